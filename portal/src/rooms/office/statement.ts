import type { components as Enrollment } from '../../api/types/enrollment';
import type { components as Evaluation } from '../../api/types/evaluation';

export type Pledge = Enrollment['schemas']['PledgeView'];
export type Entry = Evaluation['schemas']['LedgerEntryView'];

/** The credit of the giver's account: of an entry that takes another back it is below nothing. */
export const givenIn = (entry: Entry, account: string) => entry.lines.filter((l) => l.account === account).reduce((sum, l) => sum - l.amount, 0);

/** What was promised and given from one day to another, both within it. A pledge belongs to the day it is due; what has no value is in no sum. */
export function statementOf(pledges: readonly Pledge[], entries: readonly Entry[], account: string, from?: string, to?: string) {
  const within = (day: string) => (!from || day >= from) && (!to || day <= to);
  const promised = pledges.filter((p) => within(p.dueOn)).sort((a, b) => a.dueOn.localeCompare(b.dueOn));
  const given = entries.filter((e) => within(e.on)).sort((a, b) => a.on.localeCompare(b.on) || a.number - b.number);
  const total = { pledged: 0, cash: 0, inKind: 0 };
  const years: Record<string, typeof total> = {}; // in their order, as keys that are numbers are
  const add = (day: string, kind: keyof typeof total, amount: number) => {
    for (const sums of [total, (years[day.slice(0, 4)] ??= { pledged: 0, cash: 0, inKind: 0 })]) sums[kind] += amount;
  };
  for (const p of promised) add(p.dueOn, 'pledged', p.value ?? 0);
  for (const e of given) add(e.on, e.nature === 'Cash' ? 'cash' : 'inKind', givenIn(e, account));
  return { pledges: promised, entries: given, total, years: Object.entries(years).map(([year, sums]) => ({ year, ...sums })), unvalued: promised.filter((p) => p.value === null).length };
}
