import { isBuilt } from './built';

// English is on every phone with the shell; of the other languages, a file each (vite.config.ts), those that were chosen there.
const CACHE = 'languages';

/** Of an address or a path of a built file; undefined where it is not a language's. */
export const languageOf = (path: string) => /(?:^|\/)assets\/language-([a-z]+)-[\w-]+\.js$/.exec(path)?.[1];

/** A language's file: the copy, else from the server, and kept. */
export async function keepLanguage(file: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  const copy = await cache.match(file, { ignoreVary: true });
  if (copy) return copy;
  const answer = await fetch(file);
  if (isBuilt(answer)) await cache.put(file, answer.clone()).catch(() => undefined); // a full disk hides nothing that was read
  return answer;
}

/** Of a new build's files, those in languages that are kept of the one before: whoever reads it goes on in their language, also without a connection. */
export async function keepOn(files: readonly string[]): Promise<void> {
  const kept = new Set((await (await caches.open(CACHE)).keys()).map(({ url }) => languageOf(url)));
  await Promise.all(files.filter((file) => kept.has(languageOf(file))).map(keepLanguage));
}

/** Deletes what is of no use to this build. */
export async function dropOld(files: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) if (!files.some((file) => request.url.endsWith(`/${file}`))) await cache.delete(request, { ignoreVary: true });
}
