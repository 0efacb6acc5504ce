import { api, read } from '../../api/client';
import { Problem, problemOf, reach } from '../../api/problem';
import { database } from '../../offline/database';
import { cacheOf, ownerOf, unsentInterviews } from '../../offline/interviews';
import { session } from '../../session';

const keyOf = (collector: string): [string, string] => [session.account!, `survey ${collector}`];

/** How things stand on this phone. `fetched` is missing where the collector was never opened here. */
export async function surveyHere(collector: string): Promise<{ fetched?: number; unsent: number }> {
  const copy = await (await database()).get('kept', keyOf(collector));
  return { fetched: copy?.asOf, unsent: await unsentInterviews(session.account!, collector) };
}

/**
 * Makes the collector's web form ready to open without a connection, too, and returns where it is. The address stays the same as long as it
 * has not ended, by being opened on another phone or by the programme office.
 */
export async function openSurvey(collector: string): Promise<string> {
  const db = await database();
  const [account, name] = keyOf(collector);
  let address = (await db.get('kept', [account, name]))?.value as string | undefined;
  const isHere = address !== undefined && (await caches.has(cacheOf(serverOf(address))));
  if (address && (await hasEnded(address))) {
    await caches.delete(cacheOf(serverOf(address)));
    address = undefined;
  }
  const known = isHere ? address : undefined;
  address ??= new URL((await read(api.evaluation.POST('/api/evaluation/my/collectors/{id}/address', { params: { path: { id: collector } } }))).webUrl).pathname;
  try {
    await fetchAhead(address);
    await db.put('kept', { account, name, value: address, asOf: Date.now() });
  } catch (e) {
    if (!known || !(e instanceof Problem && e.passing)) throw e; // else the copy does
  }
  return `${address}#${ownerOf(account, collector)}`;
}

const serverOf = (address: string) => address.replace(/web$/, '');

const hasEnded = (address: string) => fetch(`${serverOf(address)}formList`, { method: 'HEAD' }).then((answer) => answer.status === 403, () => false);

/** All that the web form may ask for: its page, the forms, and the lists and recordings that go with them. */
async function fetchAhead(address: string): Promise<void> {
  const cache = await caches.open(cacheOf(serverOf(address)));
  const keep = async (url: string) => {
    const { pathname } = new URL(url, location.origin);
    const answer = await reach(pathname, {});
    if (!answer.ok) throw await problemOf(answer);
    await cache.put(pathname, answer.clone());
    return answer;
  };
  const addressesIn = async (answer: Response, name: string) =>
    [...new DOMParser().parseFromString(await answer.text(), 'application/xml').getElementsByTagName(name)].map((e) => e.textContent!);

  const page = await (await keep(address)).text();
  const built = [...page.matchAll(/(?:src|href)="(\/openrosa\/form\/[^"]+)"/g)].map(([, file]) => file!);
  await (await caches.open('rooms')).addAll(built);
  const list = await keep(`${serverOf(address)}formList`);
  for (const form of await addressesIn(list.clone(), 'downloadUrl')) await keep(form);
  for (const manifest of await addressesIn(list, 'manifestUrl'))
    for (const file of await addressesIn(await keep(manifest), 'downloadUrl')) await keep(file);
}
