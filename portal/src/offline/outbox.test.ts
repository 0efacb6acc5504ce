import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../api/problem';

// What a browser has and Node has not: one line of locks for all tabs of an origin.
let line: Promise<unknown> = Promise.resolve();
const locks = { request: (_: string, work: () => Promise<unknown>) => (line = line.catch(() => undefined).then(work)) };
vi.stubGlobal('navigator', { locks, onLine: true, languages: ['en'] });
vi.stubGlobal('location', { origin: 'https://portal.example' });
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined });

const { createOutbox } = await import('./outbox');
const { database } = await import('./database');
const { send } = await import('../api/client');
const { loadSession } = await import('../session');

const offline = () => Promise.reject(new Problem({ status: 0, code: 'offline' }));
const refusal = () => Promise.reject(new Problem({ status: 409, code: 'outside_shift', sentence: 'Too early.' }));
const done = () => Promise.resolve(new Response(null, { status: 201 }));
const tab = (send: (request: Request, account: string) => Promise<Response>, account = 'ann', signedIn = true) => createOutbox(send, () => account, () => signedIn);
const write = (label: string, more = {}) => ({ method: 'POST' as const, path: `/api/${label}`, json: { label }, label, ...more });
const paths = (requests: Request[]) => requests.map((r) => new URL(r.url).pathname.slice(5));

beforeEach(async () => {
  await line.catch(() => undefined);
  await (await database()).clear('outbox');
});

test('what was recorded without a connection is sent in its order, once there is one, and is gone', async () => {
  const away = tab(offline);
  for (const l of ['one', 'two', 'three']) await away.add(write(l));
  await away.drain();
  expect(away.state.entries.map((e) => [e.label, e.state])).toEqual([['one', 'waiting'], ['two', 'waiting'], ['three', 'waiting']]);

  const sent: Request[] = [];
  const reopened = tab((r) => (sent.push(r), done()));
  await reopened.drain();
  await reopened.drain();
  expect(paths(sent)).toEqual(['one', 'two', 'three']);
  expect(await sent[1]!.json()).toEqual({ label: 'two' });
  expect(reopened.state.entries).toEqual([]);
});

test('what is added while the lock is given back goes out at once', async () => {
  const sent: Request[] = [];
  const here = tab((r) => (sent.push(r), done()));
  const request = locks.request;
  let added: Promise<unknown> | undefined;
  locks.request = (name, work) => request(name, work).then((r) => (added ??= here.add(write('two'))).then(() => r));
  try {
    await here.add(write('one'));
    await vi.waitFor(() => expect(paths(sent)).toEqual(['one', 'two']));
  } finally {
    locks.request = request;
  }
});

test('two tabs that find a connection at the same moment send everything once', async () => {
  await tab(offline).add(write('one'));
  const sent: Request[] = [];
  const slowly = async (r: Request) => {
    sent.push(r);
    await Promise.resolve();
    return done();
  };
  await Promise.all([tab(slowly).drain(), tab(slowly).drain()]);
  expect(paths(sent)).toEqual(['one']);
});

test('a browser that is closed in mid-send sends the same key again', async () => {
  const keys: (string | null)[] = [];
  const closed = tab(async (r) => {
    keys.push(r.headers.get('Idempotency-Key'));
    return offline(); // the answer is never seen
  });
  const id = await closed.add(write('one'));
  await closed.drain();
  await tab((r) => (keys.push(r.headers.get('Idempotency-Key')), done())).drain();
  expect(new Set(keys)).toEqual(new Set([id]));
  expect(keys.length).toBeGreaterThan(1);
});

test('a refusal stays with its reason and holds up its lane and no other', async () => {
  const away = tab(offline);
  await away.add(write('check-in', { lane: 'visit' }));
  await away.add(write('check-out', { lane: 'visit' }));
  await away.add(write('report'));
  const sent: Request[] = [];
  let answer = refusal;
  const box = tab((r) => {
    sent.push(r);
    return r.url.endsWith('check-in') ? answer() : done();
  });
  await box.drain();
  expect(paths(sent)).toEqual(['check-in', 'report']);
  expect(box.state.entries.map((e) => [e.label, e.state, e.problem?.code])).toEqual([['check-in', 'refused', 'outside_shift'], ['check-out', 'waiting', undefined]]);

  answer = done as unknown as typeof refusal;
  await box.sendAgain(box.state.entries[0]!.number);
  await box.drain();
  expect(paths(sent)).toEqual(['check-in', 'report', 'check-in', 'check-out']);
  expect(box.state.entries).toEqual([]);
});

test('a refused entry that the person deletes lets the next of its lane go', async () => {
  const away = tab(offline);
  await away.add(write('first', { lane: 'l' }));
  await away.add(write('second', { lane: 'l' }));
  const sent: Request[] = [];
  const box = tab((r) => (sent.push(r), r.url.endsWith('first') ? refusal() : done()));
  await box.drain();
  await box.discard(box.state.entries[0]!.number);
  await box.drain();
  expect(paths(sent)).toEqual(['first', 'second']);
});

test('what is deleted in one tab is known to be deleted, not sent, in every tab; what was sent meanwhile is not', async () => {
  const [here, there] = [tab(offline), tab(offline)];
  const id = await here.add(write('one'));
  await here.drain();
  await here.discard(here.state.entries[0]!.number);
  await vi.waitFor(() => expect([...there.discarded]).toEqual([id]));

  await here.add(write('two'));
  await here.drain();
  const { number } = here.state.entries[0]!;
  await tab(done).drain();
  await here.discard(number);
  expect([...here.discarded]).toEqual([id]);
});

test('one service that is away does not hold up what goes to another', async () => {
  const away = tab(offline);
  await away.add(write('away', { lane: 'a' }));
  await away.add(write('after', { lane: 'a' }));
  await away.add(write('other'));
  const sent: Request[] = [];
  const box = tab((r) => (sent.push(r), r.url.endsWith('away') ? Promise.reject(new Problem({ status: 503, code: 'service_unavailable' })) : done()));
  await box.drain();
  expect(paths(sent)).toEqual(['away', 'other']);
  expect(box.state.entries.map((e) => e.state)).toEqual(['waiting', 'waiting']);
});

test('nothing is sent without a session, and nobody sends or sees what another recorded', async () => {
  await tab(offline, 'ann').add(write('ann'));
  const sent: Request[] = [];
  const send = (r: Request) => (sent.push(r), done());
  await tab(send, 'ann', false).drain();
  const bob = tab(send, 'bob');
  await bob.drain();
  expect(sent).toEqual([]);
  expect(bob.state.entries).toEqual([]);
});

test('what goes out says whose it is, and waits where somebody else is signed in by now', async () => {
  const owners: string[] = [];
  const box = tab((_, owner) => (owners.push(owner), Promise.reject(new Problem({ status: 401, code: 'session_ended' }))));
  await box.add(write('one'));
  await box.drain();
  expect(new Set(owners)).toEqual(new Set(['ann']));
  expect(box.state.entries.map((e) => e.state)).toEqual(['waiting']);
});

test('a photo goes as it is, after what it belongs to', async () => {
  const sent: Request[] = [];
  const box = tab(offline);
  await box.add(write('report', { lane: 'report' }));
  await box.add({ method: 'POST', path: '/api/photos', label: 'Photo', lane: 'report', file: new Blob(['jpeg'], { type: 'image/jpeg' }) });
  await tab((r) => (sent.push(r), done())).drain();
  expect(paths(sent)).toEqual(['report', 'photos']);
  expect([sent[1]!.headers.get('Content-Type'), await sent[1]!.text()]).toEqual(['image/jpeg', 'jpeg']);
});

test('a write that carries an id of its own and the clock goes without a key, with the time of its leaving', async () => {
  const sent: Request[] = [];
  const box = tab((r) => (sent.push(r), done()));
  await box.add(write('visit', { clock: true }));
  await box.drain();
  expect(sent[0]!.headers.has('Idempotency-Key')).toBe(false);
  expect(Date.now() - Date.parse((await sent[0]!.json()).sentAt)).toBeLessThan(60_000);
});

test('sign-out leaves nothing of the account', async () => {
  const box = tab(offline);
  await box.add(write('one'));
  await box.drain();
  await box.wipe('ann');
  expect(await (await database()).count('outbox')).toBe(0);
});

test.each([
  ['refused', refusal],
  ['done in part', () => Promise.resolve(Response.json({ results: [{ done: true }, { done: false, code: 'state_forbids' }] }))],
])('what was under way at sign-out and is then %s does not come back', async (_, answer) => {
  await tab(offline).add(write('scans', { json: { barcodes: ['D0', 'D1'] }, scans: 'barcodes' }));
  await line.catch(() => undefined);
  const box = tab(async () => {
    await box.wipe('ann');
    return answer();
  });
  await box.drain();
  expect(await (await database()).count('outbox')).toBe(0);
});

const scans = (report: object) => () => Promise.resolve(Response.json(report));
const scan = (barcodes: string[], more = {}) => write('scans', { json: { action: 'Triage', barcodes }, scans: 'barcodes', lane: 'scans', ...more });

test('scans that a report refuses stay with why, hold up nobody, and only they are sent again', async () => {
  const away = tab(offline);
  await away.add(scan(['D0', 'D1', 'D2']));
  await away.add(scan(['D3']));
  const refusing = tab(scans({ results: [{ done: true }, { done: false, code: 'state_forbids', sentence: 'It is lost.' }, { done: true }] }));
  await refusing.drain();
  expect(refusing.state.entries.map((e) => [e.state, e.json, e.problem?.errors])).toEqual([['refused', { action: 'Triage', barcodes: ['D1'] }, { D1: ['It is lost.'] }]]);

  const sent: Request[] = [];
  const again = tab((r) => (sent.push(r), scans({ results: [{ done: true }] })()));
  await again.refresh();
  const { id, number } = again.state.entries[0]!;
  await again.sendAgain(number);
  await again.drain();
  expect(await sent[0]!.json()).toEqual({ action: 'Triage', barcodes: ['D1'] });
  expect(sent[0]!.headers.get('Idempotency-Key')).not.toBe(id); // that one has its answer already
  expect(again.state.entries).toEqual([]);
});

test('a write that was tried before goes on with the key it was tried with', async () => {
  const away = tab(offline);
  await away.add(scan(['D0'], { id: 'tried-before' }));
  const keys: (string | null)[] = [];
  await tab((r) => (keys.push(r.headers.get('Idempotency-Key')), scans({ results: [{ done: true }] })())).drain();
  expect(keys).toEqual(['tried-before']);
});

test('the refusal of a single scan is that scan\'s own', async () => {
  const box = tab(scans({ results: [{ done: false, code: 'card_unknown', sentence: 'No learner has this card.' }] }));
  await box.add(write('mark', { json: { marks: [{ card: 'C1' }] }, scans: 'marks' }));
  await box.drain();
  expect(box.state.entries.map((e) => [e.state, e.problem?.code, e.problem?.sentence])).toEqual([['refused', 'card_unknown', 'No learner has this card.']]);
});

test('what a network answers that asks to sign in first is no success: nothing is lost, and it goes once there is a way', async () => {
  const page = async () => new Response('<!doctype html><form>Camp Wi-Fi</form>', { headers: { 'Content-Type': 'text/html' } });
  let answer: typeof page = page;
  vi.stubGlobal('fetch', async (request: Request | string) => String(request) === '/session' ? Response.json({ signedIn: true, id: 'ann', formToken: 't' }) : answer());
  await loadSession();
  const box = createOutbox(send, () => 'ann', () => true);
  await box.add(write('visit'));
  await box.add(scan(['D0']));
  await box.drain();
  expect(box.state.entries.map((e) => [e.label, e.state])).toEqual([['visit', 'waiting'], ['scans', 'waiting']]);
  answer = scans({ results: [{ done: true }] });
  await box.drain();
  expect(box.state.entries).toEqual([]);
});

test('what the disk does not take is a problem in words', async () => {
  const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => { throw new DOMException('full', 'QuotaExceededError'); });
  const here = tab(done);
  await expect(here.add(write('one'))).rejects.toMatchObject({ code: 'not_kept' });
  full.mockRestore();
  await here.refresh();
  expect(here.state.entries).toEqual([]);
});
