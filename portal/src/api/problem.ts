import { reactive } from 'vue';

/** What was refused and why: a problem document (RFC 9457) of a service or the gateway, or that none was reached. */
export interface ProblemData {
  /** 0 when nobody answered. */
  status: number;
  /** Stable: words say it in the person's language under `problems.<code>`. `offline`, `unreachable` and `network_sign_in` are made here. */
  code: string;
  /** The service's own sentence, in English. */
  sentence: string;
  /** Sentences by field, as validation gives them. */
  errors: Record<string, string[]>;
  traceId: string | null;
  /** Seconds after which it is worth trying again. */
  retryAfter: number | null;
}

export class Problem extends Error implements ProblemData {
  readonly status: number;
  readonly code: string;
  readonly sentence: string;
  readonly errors: Record<string, string[]>;
  readonly traceId: string | null;
  readonly retryAfter: number | null;

  constructor(data: Partial<ProblemData> & Pick<ProblemData, 'status' | 'code'>) {
    super(data.sentence ?? data.code);
    this.status = data.status;
    this.code = data.code;
    this.sentence = data.sentence ?? '';
    this.errors = data.errors ?? {};
    this.traceId = data.traceId ?? null;
    this.retryAfter = data.retryAfter ?? null;
  }

  /** Nothing was refused: it is worth sending the same again later. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 500 || [408, 425, 429].includes(this.status) || this.code === 'idempotency_key_in_flight';
  }

  /** To keep in IndexedDB, which takes no instances of classes. */
  get data(): ProblemData {
    const { status, code, sentence, errors, traceId, retryAfter } = this;
    return { status, code, sentence, errors, traceId, retryAfter };
  }
}

/** Reads an answer that is no success. */
export async function problemOf(answer: Response): Promise<Problem> {
  const body = await answer.json().catch(() => ({}));
  const seconds = Number(answer.headers.get('Retry-After'));
  return new Problem({
    status: answer.status,
    code: typeof body?.code === 'string' ? body.code : `http_${answer.status}`,
    sentence: body?.detail ?? body?.title ?? answer.statusText,
    errors: byField(body?.errors),
    traceId: body?.traceId ?? null,
    retryAfter: seconds > 0 ? seconds : null,
  });
}

/** `UserName`, `$.userName` and `userName` are one field. */
function byField(errors: unknown): Record<string, string[]> {
  if (!errors || typeof errors !== 'object') return {};
  // Of a file each error is a record with its place.
  if (Array.isArray(errors)) return Object.fromEntries(errors.map((e, i) => [i, [[e.sheet, e.row, e.column].filter((p) => p != null).join(' · ') + `: ${e.sentence}`]]));
  return Object.fromEntries(Object.entries(errors).map(([name, sentences]) => {
    const field = name.replace(/^\$\.?/, '');
    return [field.charAt(0).toLowerCase() + field.slice(1), [sentences].flat().map(String)];
  }));
}

/** What has a copy, or can as well be asked again, is waited for as long as the service worker waits, too (worker/survey.ts). */
export const PATIENCE = 8_000;

/** Whether the last answer was the network's own, by which a hotel or a camp wants a sign-in first: until then there is no connection. */
export const network = reactive({ signInFirst: false });

/**
 * Whether an answer comes from a network that wants a sign-in of its own first, as in a hotel or a camp: its page in place of what was asked for.
 * The services always say of what type an answer is, and answer with a page only who asks for one.
 */
const isOfNetwork = (answer: Response, body: ArrayBuffer, asked: Headers) =>
  answer.status === 511 || (answer.ok && body.byteLength > 0 && !asked.get('Accept')?.includes('text/html') && /^(text\/html|application\/xhtml\+xml|$)/i.test(answer.headers.get('Content-Type') ?? ''));

/** A photo takes its time on a bad line; but one that hangs holds up all that is to be sent after it. */
const LONGEST = 120_000;

/** Sends, and tells "no connection" apart from "nobody answers" and "the network answers itself". The answer is whole: one that is cut off half way was none. */
export async function reach(request: Request | string, init?: RequestInit): Promise<Response> {
  let answer: Response, body: ArrayBuffer;
  try {
    answer = await fetch(request, { ...init, signal: init?.signal ?? AbortSignal.timeout(LONGEST) });
    body = await answer.arrayBuffer();
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') throw e;
    throw new Problem({ status: 0, code: navigator.onLine ? 'unreachable' : 'offline', sentence: 'There is no connection.' });
  }
  network.signInFirst = isOfNetwork(answer, body, request instanceof Request ? request.headers : new Headers(init?.headers));
  if (network.signInFirst) throw new Problem({ status: 0, code: 'network_sign_in', sentence: 'This network asks you to sign in first.' });
  return new Response(body.byteLength ? body : null, answer); // 204 may have none
}
