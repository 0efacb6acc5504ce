import { beforeEach, expect, test, vi } from 'vitest';
import { dropOld, keepLanguage, keepOn, languageOf } from './languages';

// What a browser has and Node has not: a cache, by the path of what it holds.
const kept = new Map<string, Response>();
const pathOf = (what: string | { url: string }) => new URL(typeof what === 'string' ? what : what.url, 'https://portal.example/sw.js').pathname;
vi.stubGlobal('caches', {
  open: async () => ({
    match: async (what: string) => kept.get(pathOf(what))?.clone(),
    put: async (what: string, answer: Response) => void kept.set(pathOf(what), answer),
    delete: async (what: { url: string }) => kept.delete(pathOf(what)),
    keys: async () => [...kept.keys()].map((path) => ({ url: `https://portal.example${path}` })),
  }),
});
const answers = (answer: (path: string) => Response) => vi.stubGlobal('fetch', async (file: string) => answer(pathOf(file)));
const served = (path: string) => new Response(path, { headers: { 'Content-Type': 'text/javascript' } });
const away = () => { throw new TypeError('Failed to fetch'); };

const OLD = ['assets/language-ar-one11.js', 'assets/language-ur-on-_1.js'], NEW = ['assets/language-ar-two22.js', 'assets/language-ur-tw-_2.js'];

beforeEach(() => {
  kept.clear();
  answers(served);
});

test('the file of a language is known by its name', () => {
  expect([...OLD, '/assets/language-hi-x.js', 'https://portal.example/assets/language-hi-x.js'].map(languageOf)).toEqual(['ar', 'ur', 'hi', 'hi']);
  expect(['assets/en-abc.js', 'assets/office/language-ar-x.js', 'index.html'].map(languageOf)).toEqual([undefined, undefined, undefined]);
});

test('a language that was chosen is there without a connection, and another is not', async () => {
  await keepLanguage(`/${OLD[1]}`);
  answers(away);
  expect(await (await keepLanguage(OLD[1]!)).text()).toBe(`/${OLD[1]}`);
  await expect(keepLanguage(OLD[0]!)).rejects.toThrow();
});

test('an update brings the same languages along before it comes, and deletes the old files after that', async () => {
  await keepLanguage(OLD[1]!);
  await keepOn(NEW);
  expect([...kept.keys()]).toEqual([`/${OLD[1]}`, `/${NEW[1]}`]);
  await dropOld(NEW);
  expect([...kept.keys()]).toEqual([`/${NEW[1]}`]);
});

test('an update whose languages do not come waits for a better connection', async () => {
  await keepLanguage(OLD[1]!);
  answers(away);
  await expect(keepOn(NEW)).rejects.toThrow();
  expect([...kept.keys()]).toEqual([`/${OLD[1]}`]);
});

test('of a network that asks to sign in first nothing is kept', async () => {
  answers(() => new Response('<form>Camp Wi-Fi</form>', { headers: { 'Content-Type': 'text/html' } }));
  await keepLanguage(OLD[0]!);
  expect(kept.size).toBe(0);
});
