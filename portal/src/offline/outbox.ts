import { computed, reactive, readonly, toRaw, watch } from 'vue';
import { send as sendRequest } from '../api/client';
import { Problem, type ProblemData } from '../api/problem';
import { session, whenSigningOut } from '../session';
import { sentenceOf } from '../words/problems';
import { database } from './database';

export interface Write {
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  json?: unknown;
  /** The body itself in place of JSON, for photos. */
  file?: Blob;
  /** `If-Match` and the like. */
  headers?: Record<string, string>;
  /** What it is, in the words of the person: "Check-in at F00012". */
  label: string;
  /** Writes of one lane go in their order, each only after the one before it. Without one it depends on nothing. */
  lane?: string;
  /**
   * The body gets `sentAt`, the device's clock as it leaves, by which the service puts a wrong clock right. Such a body differs each time, so
   * it goes without an Idempotency-Key: only for operations whose body carries an id made here.
   */
  clock?: boolean;
  /** Its Idempotency-Key, where it was tried before it came here. */
  id?: string;
  /** Where it is put right when it was refused. */
  page?: string;
  /** Whose it is, where that may not be who is signed in by now. */
  account?: string;
  /** The member of `json` that lists what was scanned, where the answer is a scan report: what this refuses of them stays here. */
  scans?: 'barcodes' | 'records' | 'results' | 'marks';
}

export interface Entry extends Write {
  /** In the order of adding. */
  number: number;
  /** Also the Idempotency-Key: the same for every try, also after a restart in mid-send. */
  id: string;
  account: string;
  at: number;
  state: 'waiting' | 'refused';
  problem?: ProblemData;
}

const EVERY = 30_000, LONGEST = 600_000;

/**
 * Writes that are kept in this browser until they were sent. Sent once: by one tab at a time, with the same key each time. A refusal keeps
 * the entry for the person to look at and holds up its lane; anything that passes (no connection, no session, a service away) leaves it waiting.
 */
export function createOutbox(send: (request: Request, account: string) => Promise<Response>, account: () => string | null, signedIn: () => boolean) {
  const state = reactive({
    entries: [] as Entry[],
    /** The id of the one that is under way in this tab. */
    sending: null as string | null,
  });
  /** The ids of what was deleted unsent while this tab is open: else who looks for them takes them for sent. */
  const discarded = new Set<string>();
  const otherTabs = new BroadcastChannel('outbox');
  otherTabs.onmessage = ({ data }: MessageEvent<{ discarded?: string }>) => {
    if (data.discarded) discarded.add(data.discarded);
    void refresh();
  };
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let draining: Promise<void> | undefined;
  let wanted = false;

  async function refresh(): Promise<void> {
    const own = account();
    state.entries = own ? await (await database()).getAllFromIndex('outbox', 'account', own) : [];
  }

  async function changed() {
    await refresh();
    otherTabs.postMessage({});
  }

  /**
   * Done when it is on the disk; it is sent in the background.
   * @throws Problem not_kept where the disk takes no more
   */
  async function add(write: Write): Promise<string> {
    const own = write.account ?? account();
    if (!own) throw new Problem({ status: 401, code: 'unauthorized' });
    const id = write.id ?? crypto.randomUUID();
    const entry = { ...structuredClone(toRaw(write)), id, account: own, at: Date.now(), state: 'waiting' } as Entry; // the database gives the number
    await (await database()).add('outbox', entry).catch(() => {
      throw new Problem({ status: 0, code: 'not_kept' });
    });
    await changed();
    failures = 0;
    void drain();
    return id;
  }

  /** Sends what is due, one after the other, until nothing is. */
  function drain(): Promise<void> {
    wanted = true;
    return (draining ??= navigator.locks.request('outbox', async () => {
      while (wanted) {
        wanted = false;
        await sendDue();
      }
    }).then(() => undefined).finally(() => {
      draining = undefined;
      if (wanted) return drain(); // something came while the lock was given back
      later();
    }));
  }

  async function sendDue(): Promise<void> {
    const passedOver = new Set<number>();
    for (;;) {
      await refresh();
      const stuck = (e: Entry) => e.state === 'refused' || passedOver.has(e.number);
      const held = new Set(state.entries.filter(stuck).map((e) => e.lane));
      const next = state.entries.find((e) => !stuck(e) && !(e.lane && held.has(e.lane)));
      if (!next || !signedIn()) return;
      state.sending = next.id;
      try {
        const rest = await refusedOf(next, await send(await requestOf(toRaw(next)), next.account));
        if (rest) await change(next.number, () => rest);
        else await (await database()).delete('outbox', next.number);
        failures = 0;
      } catch (e) {
        if (!(e instanceof Problem)) throw e;
        if (e.code === 'answer_not_kept') await (await database()).delete('outbox', next.number); // it was carried out
        else if (e.status === 401 || e.passing) {
          failures++;
          if (e.status < 500) return; // no connection or no session: for the others neither
          passedOver.add(next.number); // one service is away: the others may not be
        } else await change(next.number, (entry) => ({ ...entry, state: 'refused', problem: e.data }));
      } finally {
        state.sending = null;
        await changed();
      }
    }
  }

  function later() {
    clearTimeout(timer);
    if (state.entries.some((e) => e.state === 'waiting')) timer = setTimeout(() => void drain(), Math.min(LONGEST, EVERY * 2 ** Math.max(0, failures - 1)));
  }

  /** The person looked at the refusal and wants it tried once more, with a new key: what was refused was not carried out. */
  async function sendAgain(number: number): Promise<void> {
    await change(number, (entry) => ({ ...entry, id: crypto.randomUUID(), state: 'waiting', problem: undefined }));
    await changed();
    void drain();
  }

  /** Not while it is under way: then nobody could say whether it was sent. */
  async function discard(number: number): Promise<void> {
    await navigator.locks.request('outbox', async () => {
      const db = await database();
      const entry = await db.get('outbox', number);
      if (!entry) return; // it was sent while this waited
      discarded.add(entry.id);
      otherTabs.postMessage({ discarded: entry.id }); // before they see that it is gone
      await db.delete('outbox', number);
    });
    await changed();
    void drain();
  }

  async function wipe(own: string): Promise<void> {
    const db = await database();
    for (const number of await db.getAllKeysFromIndex('outbox', 'account', own)) await db.delete('outbox', number);
    await changed();
  }

  /** Goes on where the last visit stopped, and whenever there may be a way again. */
  function start() {
    const again = () => {
      failures = 0;
      void drain();
    };
    addEventListener('online', again);
    watch(() => [account(), signedIn()], again, { immediate: true });
  }

  return { state: readonly(state) as { readonly entries: readonly Entry[]; readonly sending: string | null }, discarded: discarded as ReadonlySet<string>, add, drain, sendAgain, discard, wipe, refresh, start, account };
}

/** Only where it is still there: what a sign-out deleted meanwhile does not come back. */
async function change(number: number, to: (entry: Entry) => Entry): Promise<void> {
  const { store, done } = (await database()).transaction('outbox', 'readwrite');
  const entry = await store.get(number);
  await Promise.all([entry && store.put(to(entry)), done]);
}

const nameOf = (scan: string | { barcode: string } | { card: string }) => (typeof scan === 'string' ? scan : 'card' in scan ? scan.card : scan.barcode);

/** What is left of an entry whose scans were not all done; it holds up nobody. */
async function refusedOf(entry: Entry, answer: Response): Promise<Entry | null> {
  if (!entry.scans) return null;
  const { results } = (await answer.json()) as { results: { done: boolean; code?: string; sentence?: string }[] };
  const json = structuredClone(toRaw(entry.json)) as Record<string, unknown>;
  const scans = json[entry.scans] as (string | { barcode: string } | { card: string })[];
  const rest = scans.map((scan, i) => ({ scan, ...results[i]! })).filter((s) => !s.done); // the report is in the order of the request
  if (!rest.length) return null;
  const left = { ...structuredClone(toRaw(entry)), json: { ...json, [entry.scans]: rest.map((r) => r.scan) }, lane: undefined, state: 'refused' as const };
  const refusal = { status: 409, errors: {}, traceId: null, retryAfter: null };
  if (scans.length === 1) return { ...left, problem: { ...refusal, code: rest[0]!.code ?? '', sentence: rest[0]!.sentence ?? '' } };
  const errors = Object.fromEntries(rest.map(({ scan, code, sentence }) => [nameOf(scan), [sentenceOf({ code: code ?? '', sentence: sentence ?? '' })]]));
  return { ...left, problem: { ...refusal, code: 'scans_refused', sentence: 'Some of these scans were refused.', errors } };
}

async function requestOf(entry: Entry): Promise<Request> {
  const headers = new Headers(entry.headers);
  if (!entry.clock) headers.set('Idempotency-Key', entry.id);
  let body: BodyInit | undefined;
  if (entry.file) {
    headers.set('Content-Type', entry.file.type);
    body = entry.file;
  } else if (entry.json !== undefined) {
    headers.set('Content-Type', 'application/json');
    body = JSON.stringify(entry.clock ? { ...(entry.json as object), sentAt: new Date().toISOString() } : entry.json);
  }
  return new Request(new URL(entry.path, location.origin), { method: entry.method, headers, body });
}

export const outbox = createOutbox(sendRequest, () => session.account, () => session.signedIn);

/** How many go by themselves, and how many somebody has to look at. */
export const refused = computed(() => outbox.state.entries.filter((e) => e.state === 'refused').length);
export const toSend = computed(() => outbox.state.entries.length - refused.value);

whenSigningOut(outbox.wipe);
