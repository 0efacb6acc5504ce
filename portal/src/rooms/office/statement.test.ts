import { expect, test } from 'vitest';
import { type Entry, givenIn, type Pledge, statementOf } from './statement';

const GIVER = 'giver:one';
const pledge = (dueOn: string, value: number | null) => ({ dueOn, value }) as Pledge;
const entry = (number: number, on: string, nature: Entry['nature'], amount: number) =>
  ({ number, on, nature, lines: [{ account: 'purpose:any', amount }, { account: GIVER, amount: -amount }] }) as Entry;

const pledges = [pledge('2026-06-30', 700.5), pledge('2025-12-31', 100), pledge('2026-01-31', null)];
const entries = [entry(3, '2026-03-01', 'InKind', 40), entry(1, '2026-03-01', 'Cash', 200), entry(2, '2025-05-05', 'Cash', 90), entry(4, '2026-04-01', 'InKind', -40)];

test('without a period everything is in it, by year and in the order of the days', () => {
  const all = statementOf(pledges, entries, GIVER);
  expect(all.entries.map((e) => e.number)).toEqual([2, 1, 3, 4]);
  expect(all.pledges.map((p) => p.dueOn)).toEqual(['2025-12-31', '2026-01-31', '2026-06-30']);
  expect(all.total).toEqual({ pledged: 800.5, cash: 290, inKind: 0 });
  expect(all.years).toEqual([{ year: '2025', pledged: 100, cash: 90, inKind: 0 }, { year: '2026', pledged: 700.5, cash: 200, inKind: 0 }]);
  expect(all.unvalued).toBe(1);
});

test('both ends of a period are within it, and nothing beyond them', () => {
  const some = statementOf(pledges, entries, GIVER, '2025-12-31', '2026-03-01');
  expect(some.pledges.map((p) => p.dueOn)).toEqual(['2025-12-31', '2026-01-31']);
  expect(some.entries.map((e) => e.number)).toEqual([1, 3]);
  expect(some.total).toEqual({ pledged: 100, cash: 200, inKind: 40 });
});

test('what takes an entry back is below nothing, and another account has no part in it', () => {
  expect(givenIn(entries[3]!, GIVER)).toBe(-40);
  expect(givenIn(entries[1]!, 'giver:another')).toBe(0);
});
