import type { components } from '../../api/types/enrollment';
import { wallOf } from '../../words/zone';

/** As it is typed. */
export interface PledgeForm {
  what: string;
  quantity: number;
  unit: string;
  dueOn: string;
  value: number | string | null;
}

export const today = () => wallOf(Date.now()).day;
export const newPledge = (): PledgeForm => ({ what: '', quantity: 1, unit: '', dueOn: today(), value: null });
/** A value that was left out is none. */
export const factsOf = (form: PledgeForm) => ({ ...form, value: form.value === '' || form.value === null ? null : Number(form.value) });

export const pledgeState = (p: components['schemas']['PledgeView']) => (p.overdue ? 'overdue' : p.outstanding ? 'open' : 'delivered');
export const pledgeBadges = { overdue: 'bad', open: 'wait', delivered: 'good' } as const;
