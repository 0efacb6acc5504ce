import { expect, test } from 'vitest';
import { reactive } from 'vue';
import { Problem } from '../../../api/problem';
import type { Entry, Write } from '../../../offline/outbox';
import { createScanQueue } from './queue';
import { nothingFound, steps } from './steps';

const stepOf = (name: string) => steps.find((s) => s.name === name)!;
const [triage, wipe, store, load, lose, find] = [stepOf('triage'), stepOf('wipe'), stepOf('store'), stepOf('load'), stepOf('lose'), stepOf('find')];
const barcodesOf = (json: object) => (json as { barcodes: string[] }).barcodes;

/** A service that answers when it is told to, and an outbox that only keeps. */
function station(post: (path: string, json: object, key: string, account: string) => Promise<{ results: { done: boolean; code?: string }[] }>) {
  const kept = reactive({ entries: [] as Entry[] });
  const box = {
    state: kept,
    discarded: new Set<string>(),
    who: 'ann',
    account: () => box.who,
    full: false,
    add: async (w: Write) => {
      if (box.full) throw new Problem({ status: 0, code: 'not_kept' });
      kept.entries.push({ ...w, id: w.id!, number: kept.entries.length + 1, account: w.account!, at: 0, state: 'waiting' });
      return w.id!;
    },
    discard: async (number: number) => {
      box.discarded.add(kept.entries.find((e) => e.number === number)!.id);
      kept.entries = kept.entries.filter((e) => e.number !== number);
    },
  };
  const beeps: string[] = [];
  return { kept, box, beeps, queue: createScanQueue(post, box, (step) => step.name, (line) => beeps.push(line.state)) };
}
const none = {};
const good = async (_: string, json: object) => ({ results: barcodesOf(json).map(() => ({ done: true })) });
const states = (lines: { state: string }[]) => lines.map((l) => l.state).reverse();

test('scans that come while one is under way go together in the next request, in their order, each once', async () => {
  const requests: string[][] = [];
  let answer = () => {};
  const { queue } = station(async (path, json) => {
    requests.push(barcodesOf(json));
    if (requests.length === 1) await new Promise<void>((r) => (answer = r));
    return good(path, json);
  });
  for (let i = 0; i < 30; i++) queue.scan(triage, none, `D${i}`);
  answer();
  await queue.idle();
  expect(requests.map((r) => r.length)).toEqual([1, 29]);
  expect(requests.flat()).toEqual(Array.from({ length: 30 }, (_, i) => `D${i}`));
  expect(new Set(states(queue.lines))).toEqual(new Set(['done']));
});

test('another step or another shelf is another request, and nothing overtakes', async () => {
  const requests: string[] = [];
  const { queue } = station(async (path, json) => (requests.push(`${(json as { action: string }).action} ${barcodesOf(json)}`), good(path, json)));
  const shelf = { warehouse: 'w1' };
  queue.scan(triage, none, 'D0');
  queue.scan(triage, none, 'D1');
  queue.scan(store, shelf, 'D1');
  queue.scan(store, shelf, 'D0');
  await queue.idle();
  expect(requests).toEqual(['Triage D0', 'Triage D1', 'Store D1,D0']);
});

test('what somebody scanned before another signed in is tried as theirs, and kept for them', async () => {
  const tried: string[] = [];
  const { kept, box, queue } = station(async (_, json, __, account) => {
    tried.push(`${account} ${barcodesOf(json)}`);
    await Promise.resolve();
    box.who = 'bob';
    throw new Problem({ status: 401, code: 'session_ended' });
  });
  queue.scan(triage, none, 'D0');
  queue.scan(triage, none, 'D1');
  await queue.idle();
  expect(tried).toEqual(['ann D0']); // the next waits behind it
  expect(kept.entries.map((e) => [e.account, barcodesOf(e.json as object)])).toEqual([['ann', ['D0']], ['ann', ['D1']]]);
});

test('one that is refused says why and leaves the others done', async () => {
  const { queue } = station(async (_, json) => ({ results: barcodesOf(json).map((b) => ({ done: b !== 'D1', code: b === 'D1' ? 'state_forbids' : undefined })) }));
  for (const b of ['D0', 'D1', 'D2']) queue.scan(triage, none, b);
  await queue.idle();
  expect(states(queue.lines)).toEqual(['done', 'refused', 'done']);
  expect(queue.lines[1]!.problem!.code).toBe('state_forbids');
});

test('scanned twice is sent once; scanned again after a refusal is sent again', async () => {
  let requests = 0;
  const { queue } = station(async (_, json) => ({ results: barcodesOf(json).map(() => ({ done: ++requests > 1 })) }));
  queue.scan(triage, none, 'D0');
  await queue.idle();
  queue.scan(triage, none, 'D0');
  await queue.idle();
  queue.scan(triage, none, 'D0');
  await queue.idle();
  expect(states(queue.lines)).toEqual(['refused', 'done', 'again']);
  expect(requests).toBe(2);
});

test('what was done before and undone by another scan since is new work', async () => {
  const requests: string[] = [];
  const { queue } = station(async (path, json) => (requests.push((json as { action: string }).action), good(path, json)));
  for (const step of [lose, find, lose]) {
    queue.scan(step, { why: 'Not on its shelf', warehouse: 'w1' }, 'D0');
    await queue.idle();
  }
  expect(requests).toEqual(['Lose', 'Find', 'Lose']);
  expect(states(queue.lines)).toEqual(['done', 'done', 'done']);
});

test('what is said otherwise than before is sent; that nothing is said of a failure once more takes nothing back', async () => {
  const sent: string[] = [];
  const { queue } = station(async (_, json) => {
    const { records } = json as { records: { status: string; method: string }[] };
    sent.push(...records.map((r) => `${r.method} ${r.status}`));
    return { results: records.map(() => ({ done: true })) };
  });
  const cleared = { media: 'Ssd', method: 'Clear', technique: 'Overwrite', tool: 'nwipe', toolVersion: '0.38', verification: 'Full', wiped: 'Succeeded', startedAt: '2026-11-22T08:00' };
  const failed = { ...cleared, wiped: 'Failed' };
  for (const choice of [cleared, { ...cleared }, failed, nothingFound(failed), { ...cleared, method: 'Purge' }]) {
    queue.scan(wipe, choice, 'D0');
    await queue.idle();
  }
  expect(sent).toEqual(['Clear Succeeded', 'Clear Failed', 'Purge Succeeded']);
  expect(states(queue.lines)).toEqual(['done', 'again', 'done', 'again', 'done']);
});

test('without a connection scans are kept with the key they were tried with, and later ones wait behind them', async () => {
  const keys: string[] = [];
  let online = false;
  const { queue, kept } = station(async (path, json, key) => {
    keys.push(key);
    if (!online) throw new Problem({ status: 0, code: 'offline' });
    return good(path, json);
  });
  queue.scan(triage, none, 'D0');
  await queue.idle();
  online = true;
  queue.scan(triage, none, 'D1');
  await queue.idle();
  expect(states(queue.lines)).toEqual(['kept', 'kept']);
  expect(kept.entries.map((e) => barcodesOf(e.json as object))).toEqual([['D0'], ['D1']]);
  expect(keys).toEqual([kept.entries[0]!.id]);

  kept.entries = [{ ...kept.entries[1]!, state: 'refused', lane: undefined, problem: { status: 409, code: 'scans_refused', sentence: '', errors: { D1: ['No.'] }, traceId: null, retryAfter: null } }];
  queue.follow();
  expect(states(queue.lines)).toEqual(['done', 'refused']);
  queue.scan(triage, none, 'D2');
  await queue.idle();
  expect(queue.lines[0]!.state).toBe('done');
});

test('a kept scan that is deleted from the outbox was not done, and nothing beeps', async () => {
  const { queue, kept, box, beeps } = station(async () => Promise.reject(new Problem({ status: 0, code: 'offline' })));
  for (const barcode of ['D0', 'D1']) {
    queue.scan(triage, none, barcode);
    await queue.idle();
  }
  await box.discard(kept.entries[0]!.number);
  queue.follow();
  expect(states(queue.lines)).toEqual(['undone', 'kept']);
  expect(beeps).toEqual(['kept', 'kept']);
});

test('a kept scan that is refused alone says why in the words of its code', async () => {
  const { queue, kept } = station(async () => Promise.reject(new Problem({ status: 0, code: 'offline' })));
  const line = queue.scan(triage, none, 'D0');
  await queue.idle();
  Object.assign(kept.entries[0]!, { state: 'refused', problem: { status: 409, code: 'state_forbids', sentence: 'It is lost.', errors: {}, traceId: null, retryAfter: null } });
  queue.follow();
  expect([line.state, line.problem]).toEqual(['refused', { code: 'state_forbids', sentence: 'It is lost.' }]);
});

test('one that is still being written into the outbox is not taken for one that has left it', async () => {
  const { queue, kept } = station(async () => Promise.reject(new Problem({ status: 0, code: 'offline' })));
  const line = queue.scan(triage, none, 'D0');
  while (!kept.entries.length) {
    queue.follow(); // as when another entry comes or goes meanwhile
    expect(line.state).toBe('sending');
    await Promise.resolve();
  }
  await queue.idle();
  expect(line.state).toBe('kept');
});

test('a mistake is taken back by the service where it can, and out of the outbox before it was sent', async () => {
  const paths: string[] = [];
  let online = true;
  const { queue, kept } = station(async (path, json) => {
    if (!online) throw new Problem({ status: 0, code: 'offline' });
    paths.push(path);
    return good(path, json);
  });
  const loaded = queue.scan(load, { loading: 's1' }, 'D0');
  const triaged = queue.scan(triage, none, 'D1');
  await queue.idle();
  expect([queue.mayUndo(loaded), queue.mayUndo(triaged)]).toEqual([true, false]);
  await queue.undo(loaded);
  expect(paths.at(-1)).toBe('/api/inventory/shipments/s1/unload');

  online = false;
  const unsent = queue.scan(triage, none, 'D2');
  await queue.idle();
  expect(queue.mayUndo(unsent)).toBe(true);
  await queue.undo(unsent);
  expect(kept.entries).toEqual([]);
  expect(unsent.state).toBe('undone');
});

test('a scan that the device cannot keep is said not to be taken, and the station goes on', async () => {
  const { queue, kept, box, beeps } = station(async () => Promise.reject(new Problem({ status: 0, code: 'offline' })));
  box.full = true;
  for (const [step, barcode] of [[triage, 'D0'], [load, 'D1']] as const) queue.scan(step, { loading: 's1' }, barcode);
  await queue.idle();
  expect(states(queue.lines)).toEqual(['refused', 'refused']);
  expect(queue.lines[0]!.problem!.code).toBe('scan_not_kept');
  expect(beeps).toEqual(['refused', 'refused']);

  box.full = false;
  queue.scan(triage, none, 'D0');
  await queue.idle();
  expect(states(queue.lines)).toEqual(['refused', 'refused', 'kept']);
  expect(kept.entries.map((e) => barcodesOf(e.json as object))).toEqual([['D0']]);
});

test('what is undone by two presses is undone once, and nothing is said to be wrong', async () => {
  const paths: string[] = [];
  let online = true;
  const { queue, kept } = station(async (path, json) => {
    if (!online) throw new Problem({ status: 0, code: 'offline' });
    paths.push(path);
    return path.endsWith('/unload') && paths.filter((p) => p === path).length > 1 ? { results: [{ done: false, code: 'not_in_shipment' }] } : good(path, json);
  });
  const loaded = queue.scan(load, { loading: 's1' }, 'D0');
  await queue.idle();
  await Promise.all([queue.undo(loaded), queue.undo(loaded)]);
  await queue.undo(loaded);
  expect(paths).toEqual(['/api/inventory/shipments/s1/load', '/api/inventory/shipments/s1/unload']);
  expect([loaded.state, loaded.undoing]).toEqual(['undone', false]);

  online = false;
  const unsent = queue.scan(triage, none, 'D1');
  await queue.idle();
  await Promise.all([queue.undo(unsent), queue.undo(unsent)]);
  await queue.undo(unsent);
  expect([unsent.state, kept.entries.length]).toEqual(['undone', 0]);
});

test('an undo that failed can be pressed again', async () => {
  let online = true;
  const { queue } = station(async (path, json) => (online ? good(path, json) : Promise.reject(new Problem({ status: 0, code: 'offline' }))));
  const loaded = queue.scan(load, { loading: 's1' }, 'D0');
  await queue.idle();
  online = false;
  await expect(queue.undo(loaded)).rejects.toMatchObject({ code: 'offline' });
  online = true;
  await queue.undo(loaded);
  expect(loaded.state).toBe('undone');
});
