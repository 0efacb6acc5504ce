import { expect, test } from 'vitest';
import type { Entry } from '../../offline/outbox';
import type { VisitView } from './copies';
import { CHECK_IN, checkOutOf, staysOf } from './stays';

const known = (id: string, inAt: string, outAt: string | null = null) => ({ id, inAt, outAt }) as VisitView;
const waits = (path: string, json: unknown, state: Entry['state'] = 'waiting') => ({ path, json, state }) as Entry;

test('who checked in without a connection is there, and gone once the check-out is recorded too', () => {
  const checkIn = waits(CHECK_IN, { id: 'v1', assignmentId: 'a', at: '2026-11-22T08:00:00Z' });
  expect(staysOf('a', [], [checkIn])).toEqual([{ id: 'v1', inAt: '2026-11-22T08:00:00Z', outAt: null, waiting: true }]);
  expect(staysOf('a', [], [checkIn, waits(checkOutOf('v1'), { at: '2026-11-22T10:00:00Z' })])[0]!.outAt).toBe('2026-11-22T10:00:00Z');
  expect(staysOf('b', [], [checkIn])).toEqual([]);
});

test('a check-in that was sent meanwhile is one visit and not two', () => {
  const stays = staysOf('a', [known('v1', '2026-11-22T08:00:00Z')], [waits(CHECK_IN, { id: 'v1', assignmentId: 'a', at: '2026-11-22T08:00:00Z' })]);
  expect(stays).toEqual([{ id: 'v1', inAt: '2026-11-22T08:00:00Z', outAt: null, waiting: false }]);
});

test('the check-out of a visit that the service knows may wait here', () => {
  const stays = staysOf('a', [known('v1', '2026-11-22T08:00:00Z'), known('v0', '2026-11-21T08:00:00Z', '2026-11-21T09:00:00Z')], [waits(checkOutOf('v1'), { at: '2026-11-22T10:00:00Z' })]);
  expect(stays.map((s) => [s.id, s.outAt, s.waiting])).toEqual([['v1', '2026-11-22T10:00:00Z', true], ['v0', '2026-11-21T09:00:00Z', false]]);
});

test('who was refused at the check-in may check in again', () => {
  expect(staysOf('a', [], [waits(CHECK_IN, { id: 'v1', assignmentId: 'a', at: '2026-11-22T08:00:00Z' }, 'refused')])).toEqual([]);
});
