// The service worker: the portal opens without a connection, and so do a volunteer's surveys. Nothing of /api is kept here: offline/kept.ts
// does that, for one account.
import { ExpirationPlugin } from 'workbox-expiration';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { isBuilt } from './built';
import { dropOld, keepLanguage, keepOn, languageOf } from './languages';
import { isSurvey, survey } from './survey';

/** From update.ts, when the person wants the new version; from words/index.ts, which language is spoken. */
type Message = { type: 'SKIP_WAITING' } | { type: 'LANGUAGE'; language: string };

// What is used of a worker's globals: TypeScript's library of them and that of pages exclude each other.
declare const self: {
  __WB_MANIFEST: { url: string; revision: string | null }[];
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate' | 'message', listener: (event: { data?: Message; waitUntil(work: Promise<unknown>): void }) => void): void;
};

/** Written in by the build; which files, vite.config.ts says. */
const files = self.__WB_MANIFEST;
const languages = files.map(({ url }) => url).filter(languageOf);

precacheAndRoute(files.filter(({ url }) => !languageOf(url)));
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), {
  denylist: [/^\/(api|session|connect|docs|ops|openapi|openrosa|xapi|health|alive|\.well-known)(\/|$)/],
}));
registerRoute(({ url, sameOrigin }) => sameOrigin && languageOf(url.pathname), ({ url }) => keepLanguage(url.pathname));
// Built files are named by what is in them, so a copy is never out of date.
registerRoute(/\/assets\//, new CacheFirst({
  cacheName: 'rooms',
  plugins: [new ExpirationPlugin({ maxEntries: 300 }), { cacheWillUpdate: async ({ response }) => (isBuilt(response) ? response : null) }],
}));
registerRoute(isSurvey, survey);

self.addEventListener('install', (event) => event.waitUntil(keepOn(languages)));
self.addEventListener('activate', (event) => event.waitUntil(dropOld(languages)));
self.addEventListener('message', (event) => {
  const { data } = event;
  if (data?.type === 'SKIP_WAITING') void self.skipWaiting();
  if (data?.type === 'LANGUAGE') event.waitUntil(Promise.all(languages.filter((file) => languageOf(file) === data.language).map(keepLanguage)));
});
