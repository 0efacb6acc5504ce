import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// The gateway's side of a session, as far as the client needs it: who is signed in, until when, and what was asked.
const stored = new Map<string, string>();
vi.stubGlobal('navigator', { locks: { request: (_: string, work: () => Promise<unknown>) => work() }, onLine: true });
vi.stubGlobal('document', { visibilityState: 'hidden', createElement: () => ({}) });
vi.stubGlobal('localStorage', { getItem: (k: string) => stored.get(k) ?? null, setItem: (k: string, v: string) => stored.set(k, v), removeItem: (k: string) => stored.delete(k) });
vi.stubGlobal('sessionStorage', { clear: () => undefined });

let answer: (method: string, path: string, headers: Headers) => Response | Promise<Response>;
let asked: string[];
vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
  const request = input instanceof Request ? input : new Request(new URL(input, 'https://portal.example'), init);
  const path = new URL(request.url).pathname;
  asked.push(`${request.method} ${path}`);
  return await answer(request.method, path, request.headers);
});

const json = (status: number, body: unknown, headers = {}) => new Response(JSON.stringify(body), { status, headers });
const view = (formToken: string, minutes = 10) => ({ signedIn: true, id: 'ann', roles: ['volunteer'], organisation: null, endsAt: new Date(Date.now() + minutes * 60_000).toISOString(), formToken, signInAt: null });
const { send } = await import('./client');
const { network } = await import('./problem');
const { loadSession, session, signOut } = await import('../session');
const post = () => new Request('https://portal.example/api/x', { method: 'POST', body: '{}' });

beforeEach(() => {
  asked = [];
  stored.clear();
});
afterEach(() => vi.clearAllTimers());

test('a token that has ended is renewed once, and the request goes again with the same key', async () => {
  const keys: string[] = [];
  let renewed = false;
  answer = (_, path, headers) => {
    if (path === '/session') return json(200, view(renewed ? 'new' : 'old', renewed ? 10 : -1));
    if (path === '/session/renewal') return (renewed = true), json(200, view('new'));
    keys.push(`${headers.get('Idempotency-Key')} ${headers.get('X-Form-Token')}`);
    return renewed ? json(201, {}) : json(401, { code: 'unauthorized' });
  };
  await loadSession();
  expect((await send(post())).status).toBe(201);
  expect(asked).toEqual(['GET /session', 'POST /api/x', 'GET /session', 'POST /session/renewal', 'POST /api/x']);
  expect(keys[0]!.split(' ')[0]).toBe(keys[1]!.split(' ')[0]);
  expect(keys.map((k) => k.split(' ')[1])).toEqual(['old', 'new']);
});

test('a session that has ended says so, and the browser still knows whose work it holds', async () => {
  answer = (_, path) => (path === '/session' ? json(200, view('old', -1)) : json(401, { code: path === '/session/renewal' ? 'session_ended' : 'unauthorized' }));
  await loadSession();
  await expect(send(post())).rejects.toMatchObject({ status: 401 });
  expect([session.signedIn, session.account]).toEqual([false, 'ann']);
});

test.each([[403, 'form_token_missing'], [401, 'unauthorized']])('a request is not repeated as somebody else, who has signed in meanwhile (%i)', async (status, code) => {
  answer = () => json(200, view('ann'));
  await loadSession();
  const toldOthers = new Promise((told) => new BroadcastChannel('session').addEventListener('message', told, { once: true }));
  answer = (_, path) => (path === '/session' ? json(200, { ...view('bob', 20), id: 'bob' }) : json(status, { code }));
  asked = [];
  await expect(send(post())).rejects.toMatchObject({ status: 401, code: 'session_ended' });
  expect(asked).toEqual(['POST /api/x', 'GET /session']);
  expect([session.account, JSON.parse(stored.get('account')!).id]).toEqual(['bob', 'bob']);
  await toldOthers;

  answer = () => json(201, {});
  await expect(send(post(), 'ann')).rejects.toMatchObject({ status: 401, code: 'session_ended' });
  expect(asked).toHaveLength(2);
  expect((await send(post(), 'bob')).status).toBe(201);
});

test('a refusal has its code, its sentences by field and when to come again', async () => {
  answer = (_, path) => path === '/session' ? json(200, view('t'))
    : json(503, { code: 'service_unavailable', detail: 'Away.', traceId: 'abc', errors: { 'UserName': ['Missing.'] } }, { 'Retry-After': '5' });
  await expect(send(post())).rejects.toMatchObject({ code: 'service_unavailable', sentence: 'Away.', traceId: 'abc', retryAfter: 5, errors: { userName: ['Missing.'] }, passing: true });
});

test('no connection is told apart from a refusal, and a start without one knows who it was', async () => {
  answer = () => json(200, view('t'));
  await loadSession();
  answer = () => { throw new TypeError('Failed to fetch'); };
  await expect(send(post())).rejects.toMatchObject({ status: 0, code: 'unreachable', passing: true });
  await loadSession();
  expect([session.signedIn, session.account, session.roles]).toEqual([true, 'ann', ['volunteer']]);
});

test('a sign-out without a connection leaves nothing here and is told to the gateway at the next start', async () => {
  answer = () => json(200, view('t'));
  await loadSession();
  answer = () => { throw new TypeError('Failed to fetch'); };
  await signOut();
  expect([session.signedIn, session.account, stored.has('account')]).toEqual([false, null, false]);
  let there = true;
  answer = (method) => method === 'DELETE' ? ((there = false), new Response(null, { status: 204 })) : json(200, there ? view('t') : { signedIn: false, formToken: 'f', signInAt: null });
  await loadSession();
  expect(asked).toContain('DELETE /session');
  expect([session.signedIn, session.account]).toEqual([false, null]);
});

test('an answer that is cut off half way is none: it is worth sending the same again', async () => {
  answer = () => json(200, view('t'));
  await loadSession();
  answer = () => new Response(new ReadableStream({ pull: (body) => body.error(new TypeError('network error')) }), { status: 201 });
  await expect(send(post())).rejects.toMatchObject({ status: 0, code: 'unreachable', passing: true });
});

const page = () => new Response('<!doctype html><form action="/login">Camp Wi-Fi</form>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
test.each([
  ['its page in place of what was asked for', page],
  ['an answer of no type', () => new Response(new TextEncoder().encode('Sign in'))],
  ['511', () => new Response(null, { status: 511 })],
])('a network that asks to sign in first is no connection: %s', async (_, theirs) => {
  answer = () => json(200, view('t'));
  await loadSession();
  answer = theirs;
  for (const request of [post(), new Request('https://portal.example/api/x')])
    await expect(send(request)).rejects.toMatchObject({ status: 0, code: 'network_sign_in', passing: true });
  expect(network.signInFirst).toBe(true);
  await loadSession();
  expect([session.signedIn, session.account]).toEqual([true, 'ann']);
  answer = () => json(201, {});
  expect((await send(post())).status).toBe(201);
  expect(network.signInFirst).toBe(false);
});

test('a page is an answer to who asks for one', async () => {
  answer = () => json(200, view('t'));
  await loadSession();
  answer = page;
  expect((await send(new Request('https://portal.example/api/x', { headers: { Accept: 'text/html' } }))).status).toBe(200);
});
