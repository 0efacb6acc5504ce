import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { PATIENCE, Problem } from '../api/problem';

// A browser in which Ann has signed in; how the network behaves is each test's own.
vi.stubGlobal('navigator', { onLine: true, languages: ['en'] });
vi.stubGlobal('location', { origin: 'https://portal.example' });
vi.stubGlobal('localStorage', { getItem: (key: string) => (key === 'account' ? '{"id":"ann","roles":["volunteer"]}' : null), setItem: () => undefined, removeItem: () => undefined });
vi.stubGlobal('sessionStorage', { clear: () => undefined });
const answers = (answer: () => Promise<Response>) => vi.stubGlobal('fetch', answer);
const noNetwork = () => Promise.reject(new TypeError('Failed to fetch'));

const { send } = await import('../api/client');
const { loadSession, session, signOut } = await import('../session');
const { database } = await import('./database');
const { kept } = await import('./kept');

const offline = () => Promise.reject(new Problem({ status: 0, code: 'offline' }));
const refusal = () => Promise.reject(new Problem({ status: 409, code: 'outside_shift', sentence: 'Too early.' }));

beforeEach(async () => {
  answers(noNetwork);
  await loadSession();
  await (await database()).clear('kept');
});

test('without a connection the last copy is shown with its time, and a refusal is not hidden behind it', async () => {
  const first = await kept('day', async () => ({ visits: 2 }));
  expect(first).toMatchObject({ value: { visits: 2 }, fresh: true });
  expect(await kept('day', offline)).toEqual({ value: { visits: 2 }, asOf: first.asOf, fresh: false });
  await expect(kept('day', refusal)).rejects.toMatchObject({ code: 'outside_shift' });
  await expect(kept('never read', offline)).rejects.toMatchObject({ code: 'offline' });
});

test('an answer that does not come in time is not waited for where there is a copy, and is the next copy when it comes', async () => {
  await kept('day', async () => ({ visits: 2 }));
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  let answer = (_: { visits: number }) => {};
  const shown = kept('day', () => new Promise<{ visits: number }>((come) => (answer = come)));
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
  vi.advanceTimersByTime(PATIENCE);
  vi.useRealTimers();
  expect(await shown).toMatchObject({ value: { visits: 2 }, fresh: false });
  answer({ visits: 3 });
  await vi.waitFor(async () => expect(await kept('day', offline)).toMatchObject({ value: { visits: 3 } }));
});

test('an answer that is cut off half way does not win over the copy', async () => {
  await kept('day', async () => ({ visits: 2 }));
  answers(async () => new Response(new ReadableStream({
    start: (body) => body.enqueue(new TextEncoder().encode('{"visits":')),
    pull: (body) => body.error(new TypeError('network error')),
  })));
  expect(await kept('day', async () => (await send(new Request('https://portal.example/api/day'))).json())).toMatchObject({ value: { visits: 2 }, fresh: false });
});

test('what was being read at sign-out leaves no copy', async () => {
  await kept('day', async () => (await signOut(), { visits: 2 }));
  expect(session.account).toBeNull();
  expect(await (await database()).count('kept')).toBe(0);
});

test('what was read is shown also where the disk has no room for its copy', async () => {
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => { throw new DOMException('full', 'QuotaExceededError'); });
  expect(await kept('day', async () => ({ visits: 2 }))).toMatchObject({ value: { visits: 2 }, fresh: true });
  expect(put).toHaveBeenCalledOnce();
  put.mockRestore();
  await expect(kept('day', offline)).rejects.toMatchObject({ code: 'offline' });
});
