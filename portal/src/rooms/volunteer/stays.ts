import type { Entry } from '../../offline/outbox';
import type { VisitView } from './copies';

export const CHECK_IN = '/api/volunteer/visits';
export const checkOutOf = (visit: string) => `${CHECK_IN}/${visit}/check-out`;

/** A time on site as this device knows it. */
export interface Stay {
  id: string;
  inAt: string;
  outAt: string | null;
  /** Something of it is still to be sent. */
  waiting: boolean;
}

/** Those that the service knows and those that still wait here, the latest first. What was refused did not take place. */
export function staysOf(assignment: string, visits: readonly VisitView[], entries: readonly Entry[]): Stay[] {
  const waiting = entries.filter((e) => e.state === 'waiting');
  const recorded = waiting.filter((e) => e.path === CHECK_IN).map((e) => e.json as { id: string; assignmentId: string; at: string })
    .filter((a) => a.assignmentId === assignment && !visits.some((v) => v.id === a.id));
  return [...visits.map((v) => ({ id: v.id, inAt: v.inAt, outAt: v.outAt, waiting: false })), ...recorded.map((a) => ({ id: a.id, inAt: a.at, outAt: null, waiting: true }))]
    .map((stay) => {
      const out = waiting.find((e) => e.path === checkOutOf(stay.id));
      return out && !stay.outAt ? { ...stay, outAt: (out.json as { at: string }).at, waiting: true } : stay;
    })
    .sort((a, b) => b.inAt.localeCompare(a.inAt));
}
