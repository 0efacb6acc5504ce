import { createI18n } from 'vue-i18n';
import type { Room } from '../rooms/room';

export interface Messages {
  [key: string]: string | Messages;
}

const files = import.meta.glob<{ default: Messages }>('./*.json');

/** A file here makes a language of the portal; rooms without a file of that language speak English in it. */
export const languages = Object.keys(files).map((f) => f.slice(2, -5)).sort((a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b));

export const directionOf = (language: string) => (['ar', 'ur', 'fa', 'ps'].includes(language) ? 'rtl' : 'ltr');

/** What each language calls itself. Written here, since a browser knows that only of the languages of its own menus, and says "Nepali" else. */
const OWN_NAMES: Record<string, string> = {
  ar: 'العربية', bn: 'বাংলা', en: 'English', hi: 'हिन्दी', ml: 'മലയാളം', ne: 'नेपाली', si: 'සිංහල', ta: 'தமிழ்', tl: 'Tagalog', ur: 'اردو',
};

export const nameOf = (language: string) => OWN_NAMES[language] ?? language;

const PLURALS = ['zero', 'one', 'two', 'few', 'many', 'other'];

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  missingWarn: false,
  // As an error also where the portal is built: tests/Portal.Tests takes none on any page. Languages besides these two lack whole rooms.
  missing: (language, key) => {
    if (['en', 'ar'].includes(language)) console.error(`There is no word for ${key} in ${language}.`);
  },
  fallbackWarn: false,
  messages: {} as Record<string, Messages>,
  // Arabic has six forms, written in the order of PLURALS; the last given one stands for those after it.
  pluralRules: { ar: (n, forms) => Math.min(PLURALS.indexOf(new Intl.PluralRules('ar').select(n)), forms - 1) },
});

const { locale, mergeLocaleMessage } = i18n.global;
const entered = new Set<Room>();
let here: Room | undefined;

/** Loads the words of a room, beneath its name. */
export async function loadWords(room: Room, language = locale.value): Promise<void> {
  entered.add(room);
  // English too where a language does not cover everything; English and Arabic do, and a test holds them to it.
  for (const l of ['en', 'ar'].includes(language) ? [language] : ['en', language]) {
    const file = room.words[`./${l}.json`];
    if (!file) continue;
    mergeLocaleMessage(l, { [room.name]: ((await file()) as { default: Messages }).default });
  }
}

/** Loads the words of the room whose page is shown next: it says refusals its own way. */
export async function enter(room: Room): Promise<void> {
  await loadWords(room);
  here = room;
}

/** Where a refusal may be said, nearest first: the room that one is in, what all share, other rooms that were entered. */
export const problemKeys = (code: string) => [`${here?.name}.problems.${code}`, `problems.${code}`, ...[...entered].map((room) => `${room.name}.problems.${code}`).sort()];

/** Shows everything in it. */
export async function speak(language: string): Promise<void> {
  for (const l of ['en', 'ar'].includes(language) ? [language] : ['en', language]) mergeLocaleMessage(l, (await files[`./${l}.json`]!()).default);
  await Promise.all([...entered].map((room) => loadWords(room, language)));
  locale.value = language; // last: what is shown is drawn anew at once
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

/** For this visit and those to come. */
export async function setLanguage(language: string): Promise<void> {
  await speak(language);
  localStorage.setItem('language', language);
  void navigator.serviceWorker?.ready.then((worker) => worker.active?.postMessage({ type: 'LANGUAGE', language })); // which keeps it for when there is no connection
}

/** The chosen language, else the first of the browser's that is there. */
export const firstLanguage = () =>
  [localStorage.getItem('language'), ...navigator.languages.map((l) => l.slice(0, 2))].find((l) => l && languages.includes(l)) ?? 'en';
