import { reactive, readonly } from 'vue';
import { PATIENCE, Problem, problemOf, reach } from './api/problem';

/** The values of the role claim; libraries/Contracts/Roles.cs. */
export const ROLES = ['programme-office', 'regulator', 'donor', 'club', 'logistics', 'employer', 'volunteer', 'training-partner', 'evaluator', 'recycler', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** What `/session` of the gateway answers. */
interface SessionView {
  signedIn: boolean;
  id?: string;
  roles?: Role[];
  organisation?: string | null;
  /** When the token inside the cookie ends. */
  endsAt?: string;
  formToken: string;
  signInAt: string | null;
}

const state = reactive({
  signedIn: false,
  /** Whose work this browser holds: also while a session has ended or cannot be asked for; null after sign-out. */
  account: null as string | null,
  roles: [] as Role[],
  organisation: null as string | null,
  endsAt: null as number | null,
  formToken: null as string | null,
  /** Where an external authority signs people in; null where our own form does. */
  signInAt: null as string | null,
});

/** Who is signed in. The browser holds no token: the cookie is out of reach of scripts. */
export const session = readonly(state);

export const mayAny = (roles: readonly Role[] | undefined) => !roles || (state.signedIn && (roles.length === 0 || roles.some((r) => state.roles.includes(r))));

// Who it was, for a start without a connection; and that a sign-out without one is still to be told to the gateway.
const REMEMBERED = 'account', SIGNING_OUT = 'signing-out';
const otherTabs = new BroadcastChannel('session');
otherTabs.onmessage = async () => {
  const before = state.account;
  await loadSession();
  if (before && before !== state.account) location.assign('/'); // what this tab shows and has in memory is no longer this person's
};

type Wipe = (account: string) => Promise<unknown>;
const onLeave: Wipe[] = [];
const onSignOut: Wipe[] = [];

/** Says what is to be deleted when the account leaves this browser, or another comes in its place: copies. */
export const whenLeaving = (wipe: Wipe) => onLeave.push(wipe);

/** Says what is to be deleted only where its owner says so: what nobody else has. */
export const whenSigningOut = (wipe: Wipe) => onSignOut.push(wipe);

/** One that fails holds up neither the others nor the sign-out. */
const all = (wipes: Wipe[], account: string) => Promise.allSettled(wipes.map((w) => w(account)));

async function ask(method: string, path: string, body?: unknown): Promise<SessionView> {
  const headers: Record<string, string> = { 'X-Form-Token': state.formToken ?? '' };
  if (body) headers['Content-Type'] = 'application/json';
  const signal = method === 'POST' ? undefined : AbortSignal.timeout(PATIENCE); // a renewal given up half way would end the session
  const answer = await reach(path, { method, headers, body: body ? JSON.stringify(body) : undefined, cache: 'no-store', signal });
  if (!answer.ok) throw await problemOf(answer);
  return answer.status === 204 ? { signedIn: false, formToken: '', signInAt: state.signInAt } : await answer.json();
}

async function adopt(view: SessionView) {
  const before = state.account;
  if (view.signedIn && before && before !== view.id) {
    state.account = null; // what is on its way is kept for nobody now
    await all(onLeave, before); // what they have not sent stays theirs
  }
  Object.assign(state, {
    signedIn: view.signedIn,
    roles: view.roles ?? [],
    organisation: view.organisation ?? null,
    endsAt: view.endsAt ? Date.parse(view.endsAt) : null,
    formToken: view.formToken || null,
    signInAt: view.signInAt,
  });
  if (view.signedIn) {
    state.account = view.id!;
    localStorage.setItem(REMEMBERED, JSON.stringify({ id: view.id, roles: view.roles, organisation: view.organisation }));
    if (before !== view.id) otherTabs.postMessage('another account');
  }
  renewInTime();
}

/** Asks the gateway who is signed in. Without a connection it is who it was. */
export async function loadSession(): Promise<void> {
  const remembered = JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null');
  state.account = remembered?.id ?? null;
  try {
    if (localStorage.getItem(SIGNING_OUT)) await leave();
    else await adopt(await ask('GET', '/session'));
  } catch (e) {
    if (!(e instanceof Problem)) throw e;
    if (remembered) Object.assign(state, { signedIn: true, roles: remembered.roles ?? [], organisation: remembered.organisation ?? null });
    else Object.assign(state, { signedIn: false, roles: [] });
  }
}

/** @throws Problem sign_in_failed, password_change_required, rate_limited, … */
export async function signIn(userName: string, password: string): Promise<void> {
  await withFormToken(() => ask('POST', '/session', { userName, password }).then(adopt));
  otherTabs.postMessage('signed-in');
}

/** Leaves this browser: nothing of the account stays, also when the gateway cannot be told yet. What is unsent is deleted too: ask first. */
export async function signOut(): Promise<void> {
  localStorage.setItem(SIGNING_OUT, '1');
  try {
    await leave();
  } catch (e) {
    if (!(e instanceof Problem)) throw e; // told at the next start
  }
  localStorage.removeItem(REMEMBERED);
  const { account } = state;
  Object.assign(state, { signedIn: false, account: null, roles: [], organisation: null, endsAt: null }); // as above
  if (account) await all([...onLeave, ...onSignOut], account);
  sessionStorage.clear();
  otherTabs.postMessage('signed-out');
}

async function leave() {
  await withFormToken(() => ask('DELETE', '/session'));
  localStorage.removeItem(SIGNING_OUT);
  await adopt(await ask('GET', '/session'));
}

/** The first form token, or a new one where ours is out of date. */
async function withFormToken<T>(work: () => Promise<T>): Promise<T> {
  const fetchToken = async () => (state.formToken = (await ask('GET', '/session')).formToken);
  if (!state.formToken) await fetchToken();
  try {
    return await work();
  } catch (e) {
    if (!(e instanceof Problem) || e.code !== 'form_token_missing') throw e;
    await fetchToken();
    return await work();
  }
}

/**
 * Puts a new token into the cookie. Tabs do it one after the other: a refresh token that is used twice ends the session as a theft,
 * so who comes second looks first whether it is done. False when the session has ended.
 */
export async function renewSession(): Promise<boolean> {
  const known = state.endsAt;
  return await navigator.locks.request('session', async () => {
    const view = await ask('GET', '/session');
    const endsAt = view.endsAt ? Date.parse(view.endsAt) : 0;
    await adopt(view);
    if (!view.signedIn) return false;
    if (endsAt > Date.now() + MARGIN && endsAt !== known) return true;
    try {
      await adopt(await ask('POST', '/session/renewal'));
      return true;
    } catch (e) {
      if (!(e instanceof Problem) || e.status !== 401) throw e;
      await adopt({ signedIn: false, formToken: view.formToken, signInAt: view.signInAt });
      return false;
    }
  });
}

const MARGIN = 30_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Renews shortly before the end, so that no request has to wait for it. A page in the background does it at its next request. */
function renewInTime() {
  clearTimeout(timer);
  if (!state.endsAt) return;
  timer = setTimeout(() => {
    if (document.visibilityState === 'visible') renewSession().catch(() => undefined); // the next request tries again, and says it
  }, Math.max(1000, state.endsAt - Date.now() - MARGIN));
}
