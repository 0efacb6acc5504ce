import { api, read } from '../../api/client';
import { PATIENCE, Problem, problemOf, reach } from '../../api/problem';
import { database } from '../../offline/database';
import { cacheOf, ownerOf, unsentInterviews } from '../../offline/interviews';
import { session } from '../../session';

const keyOf = (collector: string): [string, string] => [session.account!, `survey ${collector}`];

/** How things stand on this phone. `fetched` is missing where the collector was never opened here. */
export async function surveyHere(collector: string): Promise<{ fetched?: number; unsent: number }> {
  const kept = await (await database()).get('kept', keyOf(collector));
  return { fetched: kept && (await isHere(kept.value as string)) ? kept.asOf : undefined, unsent: await unsentInterviews(session.account!, collector) };
}

/**
 * Makes the collector's web form ready to open without a connection, too, and returns where it is. The address stays the same as long as it
 * has not ended, by being opened on another phone or by the programme office.
 */
export async function openSurvey(collector: string): Promise<string> {
  const db = await database();
  const [account, name] = keyOf(collector);
  const put = (address: string) => db.put('kept', { account, name, value: address, asOf: Date.now() });
  const deadline = AbortSignal.timeout(PATIENCE);
  let address = (await db.get('kept', [account, name]))?.value as string | undefined;
  if (address && (await hasEnded(address, deadline))) {
    await caches.delete(cacheOf(serverOf(address)));
    await db.delete('kept', [account, name]);
    address = undefined;
  }
  const known = address !== undefined && (await isHere(address));
  if (!address) {
    address = new URL((await read(api.evaluation.POST('/api/evaluation/my/collectors/{id}/address', { params: { path: { id: collector } } }))).webUrl).pathname;
    await put(address); // at once: asking for another would end it
  }
  try {
    await fetchAhead(address, known ? deadline : undefined);
    await put(address);
  } catch (e) {
    if (!known) throw e; // else the copy does
  }
  return `${address}#${ownerOf(account, collector)}`;
}

const serverOf = (address: string) => address.replace(/web$/, '');

/** The page comes into the cache last, so where it is, all is. */
const isHere = async (address: string) => (await caches.match(address, { cacheName: cacheOf(serverOf(address)), ignoreVary: true })) !== undefined;

const hasEnded = (address: string, signal: AbortSignal) => fetch(`${serverOf(address)}formList`, { method: 'HEAD', signal }).then((answer) => answer.status === 403 && !answer.headers.get('Content-Type')?.startsWith('text/html'), () => false);

/** All that the web form may ask for: its page, the forms, and the lists and recordings that go with them. */
async function fetchAhead(address: string, signal?: AbortSignal): Promise<void> {
  const cache = await caches.open(cacheOf(serverOf(address)));
  const get = async (pathname: string, headers = {}) => {
    const answer = await reach(pathname, { headers: { 'X-Anew': '1', ...headers }, signal });
    if (!answer.ok) throw await problemOf(answer);
    return answer;
  };
  const keep = async (url: string) => {
    const { pathname } = new URL(url, location.origin);
    const answer = await get(pathname);
    await cache.put(pathname, answer.clone());
    return answer;
  };
  const addressesIn = async (answer: Response, name: string) =>
    [...new DOMParser().parseFromString(await answer.text(), 'application/xml').getElementsByTagName(name)].map((e) => e.textContent!);

  const page = await get(address, { Accept: 'text/html' });
  const built = [...(await page.clone().text()).matchAll(/(?:src|href)="(\/openrosa\/form\/[^"]+)"/g)].map(([, file]) => new Request(file!, { signal }));
  if (!built.length) throw new Problem({ status: 0, code: 'network_sign_in' }); // some other page: the network's
  await (await caches.open('rooms')).addAll(built);
  const list = await keep(`${serverOf(address)}formList`);
  for (const form of await addressesIn(list.clone(), 'downloadUrl')) await keep(form);
  for (const manifest of await addressesIn(list, 'manifestUrl'))
    for (const file of await addressesIn(await keep(manifest), 'downloadUrl')) await keep(file);
  await cache.put(address, page);
}
