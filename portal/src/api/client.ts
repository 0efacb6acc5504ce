import createClient from 'openapi-fetch';
import { loadSession, renewSession, session } from '../session';
import { Problem, problemOf, reach } from './problem';
import type { paths as Enrollment } from './types/enrollment';
import type { paths as Evaluation } from './types/evaluation';
import type { paths as Identity } from './types/identity';
import type { paths as Inventory } from './types/inventory';
import type { paths as Training } from './types/training';
import type { paths as Volunteer } from './types/volunteer';

/**
 * Sends a request with the session's cookie: a POST goes with an Idempotency-Key (its own where it has one), what changes something with the
 * form token, and once more after the token inside the cookie was renewed. It goes as `account` or not at all: somebody else may have signed in meanwhile.
 * @throws Problem for every answer that is no success, and when nobody answers.
 */
export async function send(request: Request, account = session.account): Promise<Response> {
  const stayTheirs = () => {
    if (session.account !== account) throw new Problem({ status: 401, code: 'session_ended', sentence: 'Somebody else is signed in here now.' });
  };
  if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', crypto.randomUUID());
  if (request.method !== 'GET' && !session.formToken) await loadSession();
  stayTheirs();
  const again = request.clone();
  try {
    return await once(request);
  } catch (e) {
    if (!(e instanceof Problem)) throw e;
    if (e.code === 'form_token_missing') await loadSession();
    else if (e.status !== 401 || !session.signedIn || !(await renewSession())) throw e;
    stayTheirs();
    return await once(again);
  }
}

async function once(request: Request): Promise<Response> {
  if (request.method !== 'GET' && session.formToken) request.headers.set('X-Form-Token', session.formToken);
  const answer = await reach(request);
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

const fetch = (request: Request) => send(request); // what openapi-fetch gives besides is no account

/** The services. Paths, queries, bodies and answers are typed by their OpenAPI documents; what is refused is thrown as a Problem. */
export const api = {
  identity: createClient<Identity>({ fetch }),
  enrollment: createClient<Enrollment>({ fetch }),
  inventory: createClient<Inventory>({ fetch }),
  volunteer: createClient<Volunteer>({ fetch }),
  training: createClient<Training>({ fetch }),
  evaluation: createClient<Evaluation>({ fetch }),
};

/** What was answered: `await read(api.enrollment.GET('/api/enrollment/facilities/{id}', { params: { path: { id } } }))`. */
export async function read<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

/** The same with its ETag, which an update gives back as If-Match. */
export async function readTagged<T>(call: Promise<{ data?: T; response: Response }>): Promise<{ value: T; tag: string }> {
  const { data, response } = await call;
  return { value: data as T, tag: response.headers.get('ETag') ?? '' };
}
