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
  const isPage = url.pathname.endsWith('/web');
  /** Not where a network that wants a sign-in first answers in the server's place, by a page of its own or by sending on to it. */
  const isTheirs = async (answer: Response) => answer.type !== 'opaqueredirect' && answer.status < 500
    && (!answer.ok || (isPage ? (await answer.clone().text()).includes('/openrosa/form/') : !answer.headers.get('Content-Type')?.startsWith('text/html')));
  const answer = fetch(request).then(async (answer) => {
    const theirs = await isTheirs(answer);
    if (theirs && answer.ok && !isPage) cache.put(request, answer.clone()).catch(() => undefined); // a full disk hides nothing that was read
    return theirs || !copy ? answer : copy;
  });
  if (!copy) return answer;
  const late = new Promise<Response>((done) => setTimeout(done, 8000, copy)); // PATIENCE of api/problem.ts, which needs a page
  return Promise.race([answer, late]).catch(() => copy);
};
