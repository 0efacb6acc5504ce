import { shallowReactive } from 'vue';
import { Problem, type ProblemData } from '../../../api/problem';
import type { Entry, Write } from '../../../offline/outbox';
import { nothingFound, type Choice, type Scan, type Step } from './steps';

export interface Line extends Scan {
  number: number;
  step: Step;
  choice: Choice;
  /** Who scanned it: it is sent as theirs, or kept for them. */
  account: string;
  /** `kept`: on this device until there is a connection. `again`: was done before, so nothing was sent. */
  state: 'sending' | 'kept' | 'done' | 'refused' | 'again' | 'undone';
  /** What the device is now. */
  device?: string;
  /** Why it is refused, or what is to be known though it was done. */
  problem?: Pick<ProblemData, 'code' | 'sentence'>;
  /** Of the outbox, where it is kept. */
  entry?: string;
  /** It is being taken back. */
  undoing?: boolean;
}

interface Result {
  done: boolean;
  state?: string | null;
  code?: string | null;
  sentence?: string | null;
}

interface Outbox {
  readonly state: { readonly entries: readonly Pick<Entry, 'id' | 'number' | 'lane' | 'state' | 'problem'>[] };
  readonly discarded: ReadonlySet<string>;
  account(): string | null;
  add(write: Write): Promise<string>;
  discard(number: number): Promise<void>;
}

/** As many as one request takes with ease; there are only that many when the service is slower than the hand. */
const MOST = 100;
const LANE = 'scans';

/**
 * Takes scans as fast as they come and sends them in their order: one request at a time, with all that were scanned while the one before it
 * was under way. Whatever could not be sent goes to the outbox, with the key it was tried with, and so does all that follows until that is empty.
 */
export function createScanQueue(post: (path: string, json: object, key: string, account: string) => Promise<{ results: Result[] }>, outbox: Outbox, label: (step: Step, barcodes: string[]) => string,
  answered: (line: Line) => void) {
  /** The latest first. */
  const lines = shallowReactive([] as Line[]);
  const waiting: Line[] = [];
  let pumping: Promise<void> | undefined;
  let number = 0;

  function scan(step: Step, choice: Choice, barcode: string, problem?: Line['problem']): Line {
    const line: Line = shallowReactive({ number: ++number, step, choice, account: outbox.account() ?? '', barcode, at: new Date(), state: problem ? 'refused' : 'sending', problem });
    const before = lines.find((l) => l.barcode === barcode && l.state !== 'again');
    if (!problem && before && ['sending', 'kept', 'done'].includes(before.state) && repeats(line, before)) line.state = 'again';
    lines.unshift(line);
    if (line.state === 'sending') {
      waiting.push(line);
      pumping ??= pump().finally(() => (pumping = undefined));
    } else answered(line);
    return line;
  }

  async function pump(): Promise<void> {
    while (waiting.length) {
      const { step, choice, account } = waiting[0]!;
      const other = waiting.findIndex((l) => l.step !== step || l.choice !== choice || l.account !== account);
      const batch = waiting.splice(0, Math.min(MOST, other < 0 ? waiting.length : other));
      const target = step.target(choice, batch);
      const key = crypto.randomUUID();
      try {
        if (outbox.state.entries.some((e) => e.lane === LANE)) throw new Problem({ status: 0, code: 'offline' }); // those before it are not sent yet
        const { results } = await post(target.path, target.json, key, account);
        batch.forEach((line, i) => settle(line, results[i]!));
      } catch (e) {
        if (!(e instanceof Problem)) throw e;
        if (e.passing || e.status === 401) await keep(batch, target, key);
        else for (const line of batch) Object.assign(line, { state: 'refused', problem: e.data });
      }
      batch.forEach(answered);
    }
  }

  async function keep(batch: Line[], target: ReturnType<Step['target']>, key: string) {
    try {
      await outbox.add({ method: 'POST', path: target.path, json: target.json, scans: target.scans, id: key, account: batch[0]!.account, lane: LANE, label: label(batch[0]!.step, batch.map((l) => l.barcode)) });
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      for (const line of batch) Object.assign(line, { state: 'refused', problem: { code: 'scan_not_kept', sentence: e.sentence } });
      return;
    }
    // Only now: what is not in the outbox yet looks like what has left it.
    for (const line of batch) Object.assign(line, { state: 'kept', entry: key });
    follow();
  }

  /** Looks up what became of those that were kept. */
  function follow() {
    for (const line of lines) {
      if (line.state !== 'kept') continue;
      const entry = outbox.state.entries.find((e) => e.id === line.entry);
      if (entry?.state === 'waiting') continue;
      if (!entry && outbox.discarded.has(line.entry!)) {
        line.state = 'undone';
        continue;
      }
      const problem = entry && refusalOf(line.barcode, entry.problem!);
      Object.assign(line, { state: problem ? 'refused' : 'done', problem });
      answered(line);
    }
  }

  /** Whether a mistake can be taken back: before it was sent always when it is alone in its request, later where the service can. */
  const mayUndo = (line: Line) => (line.state === 'kept' && lines.filter((l) => l.entry === line.entry).length === 1) || (line.state === 'done' && !!line.step.undo);

  /** Once, however often it is pressed. */
  async function undo(line: Line): Promise<void> {
    if (line.undoing || !mayUndo(line)) return;
    line.undoing = true;
    try {
      if (line.state === 'kept') {
        const entry = outbox.state.entries.find((e) => e.id === line.entry);
        if (entry) await outbox.discard(entry.number);
        return follow(); // it may have been sent meanwhile
      }
      const { path, json } = line.step.undo!(line.choice, line);
      const result = (await post(path, json, crypto.randomUUID(), line.account)).results[0]!;
      if (!result.done) throw new Problem({ status: 409, code: result.code ?? '', sentence: result.sentence ?? '' });
      line.state = 'undone';
    } finally {
      line.undoing = false;
    }
  }

  return { lines, scan, follow, mayUndo, undo, idle: () => pumping ?? Promise.resolve() };
}

function settle(line: Line, { done, state, code, sentence }: Result) {
  Object.assign(line, { state: done ? 'done' : 'refused', device: state ?? undefined, problem: code ? { code, sentence: sentence ?? '' } : undefined });
}

/** Why an entry of the outbox was refused as far as one scan of it goes; of several, each that was refused has its sentence. */
function refusalOf(barcode: string, { code, sentence, errors }: ProblemData): Line['problem'] {
  if (code !== 'scans_refused') return { code, sentence };
  const own = errors[barcode]?.[0];
  return own === undefined ? undefined : { code: '', sentence: own };
}

/** Whether it says what was said before, or less: the form forgets what was found on a device, so a second beep does not take that back. */
function repeats(line: Line, before: Line): boolean {
  const said = (choice: Choice) => JSON.stringify(line.step.target(choice, [line]));
  return line.step === before.step && [before.choice, nothingFound(before.choice)].some((choice) => said(choice) === said(line.choice));
}
