import { expect, test } from 'vitest';
import { enter, nameOf, type Messages } from '.';
import { rooms } from '../rooms';
import { sentenceOf } from './problems';

const languages = Object.keys(import.meta.glob('./*.json')).map((f) => f.slice(2, -5));
const files = import.meta.glob<{ default: Messages }>('../{words,rooms/*}/??.json', { eager: true });
const sources = import.meta.glob<string>('../**/*.{vue,ts}', { eager: true, query: '?raw', import: 'default' });

const keys = (words: Messages, path = ''): string[] => Object.entries(words).flatMap(([k, v]) => (typeof v === 'string' ? [path + k] : keys(v, `${path}${k}.`)));
const english = Object.keys(files).filter((f) => f.endsWith('/en.json'));
const translated = Object.keys(files).filter((f) => !english.includes(f));
const inEnglish = (file: string) => files[file.replace(/\w+\.json$/, 'en.json')]!.default;
const placeholders = (words: Messages, key: string) => [...new Set(String(key.split('.').reduce<Messages | string | undefined>((w, k) => (w as Messages)?.[k], words)).match(/\{\w+\}/g) ?? [])].sort();

test.each(translated)('a language says everything that English says: %s', (file) => {
  const [en, words] = [inEnglish(file), files[file]!.default];
  expect(keys(words).sort()).toEqual(keys(en).sort());
  for (const key of keys(en)) expect(placeholders(words, key), key).toEqual(placeholders(en, key));
});

test('every room speaks Arabic, and the start and those that a volunteer enters every language of the portal', () => {
  for (const file of english) expect(translated).toContain(file.replace('/en.json', '/ar.json'));
  const entered = ['home', ...rooms.filter((room) => room.routes.some(({ meta }) => meta?.roles && (!meta.roles.length || meta.roles.includes('volunteer')))).map((room) => room.name)];
  expect(entered).toEqual(['home', 'volunteer', 'openings', 'readiness', 'account']);
  expect([...languages].sort()).toEqual(['ar', 'bn', 'en', 'hi', 'ml', 'ne', 'si', 'ta', 'tl', 'ur']); // the programme's
  for (const language of languages) expect(nameOf(language), language).not.toBe(language);
  for (const language of languages.filter((l) => l !== 'en'))
    for (const room of entered) expect(translated).toContain(`../rooms/${room}/${language}.json`);
});

test('a volunteer reads every link in every language of the portal', () => {
  const links = rooms.flatMap((room) => room.links ?? []).filter((link) => !link.roles || link.roles.includes('volunteer'));
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) expect(Object.keys(link.label).sort(), link.to).toEqual([...languages].sort());
});

test('every word that a page asks for is there', () => {
  const known = new Set(english.flatMap((file) => {
    const room = file.match(/rooms\/(\w+)\//)?.[1];
    return keys(files[file]!.default).map((k) => (room ? `${room}.${k}` : k));
  }));
  for (const [file, text] of Object.entries(sources))
    for (const [, key] of text.matchAll(/(?:\bt\(|title: )'([\w.-]+\.?[\w.-]*)'/g)) if (!file.endsWith('.test.ts')) expect(known, `${key} in ${file}`).toContain(key);
});

test('a refusal is said as the room says it that one is in, whichever was entered before', async () => {
  const said = async (name: string) => {
    await enter(rooms.find((room) => room.name === name)!);
    return sentenceOf({ code: 'file_too_large', sentence: '' });
  };
  expect([await said('donor'), await said('volunteer'), await said('donor')]).toEqual(['The file is too large. Split it.', 'The photo is too large.', 'The file is too large. Split it.']);
  expect(await said('readiness'), 'which has no words of its own for it').not.toBe('file_too_large');
});
