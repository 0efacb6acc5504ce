import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import type { RouteHandlerCallbackOptions } from 'workbox-core/types';
import { isBuilt } from '../../worker/built';
import { survey } from '../../worker/survey';

// What a browser has and Node has not: caches, by the path of what they hold.
const stored = new Map<string, Map<string, Response>>();
const pathOf = (what: Request | string) => new URL(what instanceof Request ? what.url : what, 'https://portal.example').pathname;
const open = async (name: string) => {
  const cache = stored.get(name) ?? new Map<string, Response>();
  stored.set(name, cache);
  return {
    match: async (what: Request | string) => cache.get(pathOf(what))?.clone(),
    put: async (what: Request | string, answer: Response) => void cache.set(pathOf(what), answer),
    addAll: async (all: Request[]) => {
      for (const one of all) cache.set(pathOf(one), await fetch(one));
    },
  };
};
vi.stubGlobal('caches', {
  open,
  has: async (name: string) => stored.has(name),
  delete: async (name: string) => stored.delete(name),
  match: async (what: string, { cacheName }: { cacheName: string }) => stored.get(cacheName)?.get(pathOf(what))?.clone(),
});
vi.stubGlobal('location', new URL('https://portal.example'));
vi.stubGlobal('navigator', { onLine: true, locks: { request: (_: string, work: () => Promise<unknown>) => work() } });
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined });
vi.stubGlobal('DOMParser', class { parseFromString = () => ({ getElementsByTagName: () => [] }); }); // no forms

const RequestOfNode = Request;
vi.stubGlobal('Request', class extends RequestOfNode {
  constructor(what: Request | string | URL, init?: RequestInit) {
    super(what instanceof RequestOfNode ? what : new URL(what, 'https://portal.example'), init);
  }
});

const SERVER = '/openrosa/key/k1/projects/1/', PAGE = `${SERVER}web`, CACHE = `survey ${SERVER}`;
let asked: string[];
let answer: (method: string, path: string) => Response | Promise<Response>;
/** As from a page that the worker controls. */
vi.stubGlobal('fetch', async (what: Request | string, init?: RequestInit) => {
  const request = new Request(what, init);
  asked.push(`${request.method} ${pathOf(request)}`);
  return await answer(request.method, pathOf(request));
});
const worker = (path: string, headers = {}) => survey({ url: new URL(path, location.origin), request: new Request(path, { headers }) } as unknown as RouteHandlerCallbackOptions);
const away = () => { throw new TypeError('Failed to fetch'); };
const there = (version: string) => (method: string, path: string) =>
  path === '/session' ? Response.json({ signedIn: true, id: 'ann', roles: ['volunteer'], formToken: 't', signInAt: null })
  : method === 'POST' ? Response.json({ webUrl: `https://portal.example${PAGE}` })
  : new Response(path === PAGE ? `<script src="/openrosa/form/assets/${version}.js"></script>` : path);

const { loadSession } = await import('../../session');
const { database } = await import('../../offline/database');
const { openSurvey, surveyHere } = await import('./surveys');

beforeEach(async () => {
  stored.clear();
  asked = [];
  answer = there('one');
  await (await database()).clear('kept');
  await loadSession();
});

test('a page whose files did not come is not kept, and the next try asks for no other address', async () => {
  answer = (method, path) => (path.endsWith('one.js') ? away() : there('one')(method, path));
  await expect(openSurvey('c1')).rejects.toThrow();
  expect((await surveyHere('c1')).fetched).toBeUndefined();
  answer = there('one');
  expect(await openSurvey('c1')).toBe(`${PAGE}#ann/c1`);
  expect((await surveyHere('c1')).fetched).toBeGreaterThan(0);
  expect(asked.filter((a) => a.startsWith('POST'))).toHaveLength(1);
});

test('whatever fails, a known copy opens as it was, and says when it was fetched', async () => {
  await openSurvey('c1');
  const { fetched } = await surveyHere('c1');
  answer = (method, path) => (path.endsWith('two.js') ? away() : there('two')(method, path));
  expect(await openSurvey('c1')).toBe(`${PAGE}#ann/c1`);
  expect((await surveyHere('c1')).fetched).toBe(fetched);
  expect(await stored.get(CACHE)!.get(PAGE)!.clone().text()).toContain('one.js');
});

test('an address that has ended is forgotten with its copy, also where no other is to be had', async () => {
  await openSurvey('c1');
  answer = (method) => (method === 'HEAD' ? new Response(null, { status: 403 }) : away());
  await expect(openSurvey('c1')).rejects.toThrow();
  expect(stored.has(CACHE)).toBe(false);
  expect(await (await database()).count('kept')).toBe(0);
});

test('the worker opens the copy without a connection, but never as what is fetched ahead, and keeps no page itself', async () => {
  await openSurvey('c1');
  answer = there('two');
  expect(await (await worker(PAGE)).text()).toContain('two.js');
  answer = away;
  expect(await (await worker(PAGE)).text()).toContain('one.js');
  await expect(worker(PAGE, { 'X-Anew': '1' })).rejects.toThrow();
});

const network = () => new Response('<form>Camp Wi-Fi</form>', { headers: { 'Content-Type': 'text/html' } });

test('of a network that asks to sign in first nothing is kept: neither its page nor its answer in a form\'s or a built file\'s place', async () => {
  await openSurvey('c1');
  answer = network;
  await openSurvey('c1');
  expect(await stored.get(CACHE)!.get(PAGE)!.clone().text()).toContain('one.js');
  expect(await (await worker(PAGE)).text()).toContain('one.js');
  expect(await (await worker(`${SERVER}formList`)).text()).toBe(`${SERVER}formList`);
  expect(await stored.get(CACHE)!.get(`${SERVER}formList`)!.clone().text()).toBe(`${SERVER}formList`);

  expect(isBuilt(network())).toBe(false);
  expect(isBuilt(new Response('1', { headers: { 'Content-Type': 'text/javascript' } }))).toBe(true);
});

test('a network that asks to sign in first ends no address', async () => {
  await openSurvey('c1');
  answer = () => new Response('<form>Camp Wi-Fi</form>', { status: 403, headers: { 'Content-Type': 'text/html' } });
  expect(await openSurvey('c1')).toBe(`${PAGE}#ann/c1`);
  expect(stored.has(CACHE)).toBe(true);
});
