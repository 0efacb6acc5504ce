// What the service worker does beyond keeping built files: written into it as text (vite.config.ts), so it uses nothing from outside itself.
import type { RouteHandlerCallback, RouteMatchCallback } from 'workbox-core/types';

/** The page of the web form with its forms and lists, beneath a collector's address. */
export const isSurvey: RouteMatchCallback = ({ url, sameOrigin }) => sameOrigin && /^\/openrosa\/key\/[^/]+\/projects\/1\/(web|formList|forms\/.+)$/.test(url.pathname);

/**
 * From the server, else the copy; but only beneath an address that the portal has opened here, so that signing out deletes it
 * (src/offline/interviews.ts). A phone with one bar of signal waits 8 seconds. What the portal fetches ahead (X-Anew) is never the copy; and the
 * page is kept by the portal alone, once the files that it names are there (src/rooms/volunteer/surveys.ts).
 */
export const survey: RouteHandlerCallback = async ({ request, url }) => {
  const name = `survey ${url.pathname.match(/^\/openrosa\/key\/[^/]+\/projects\/1\//)![0]}`;
  if (request.headers.has('X-Anew') || !(await caches.has(name))) return fetch(request);
  const cache = await caches.open(name);
  const copy = await cache.match(request, { ignoreVary: true });
  const answer = fetch(request).then((answer) => {
    if (answer.ok && !url.pathname.endsWith('/web')) cache.put(request, answer.clone()).catch(() => undefined); // a full disk hides nothing that was read
    return answer;
  });
  if (!copy) return answer;
  const late = new Promise<Response>((done) => setTimeout(done, 8000, copy)); // PATIENCE of src/api/problem.ts; a worker's handler imports nothing
  return Promise.race([answer, late]).then((answer) => (answer.status < 500 ? answer : copy), () => copy);
};
