import { api, read } from '../../api/client';
import { everything } from './everything';

export const parts = ['facility', 'kit', 'fault', 'ticket', 'visit', 'report', 'session'] as const;
export type Part = (typeof parts)[number];

/** Something that happened at a facility: a word of `office.story.{part}.{word}`, with its values. */
export interface Happening {
  at: string;
  part: Part;
  word: string;
  values: Record<string, string | number>;
  /** What somebody wrote about it. */
  note?: string | null;
  barcode?: string | null;
  /** Addresses of pictures. */
  photos?: string[];
}

const most = 200;

/** What four services know of a facility, each in its own words, as one list of what happened; the latest first. */
export async function readStory(id: string): Promise<Happening[]> {
  const query = (after?: string) => ({ params: { query: { facilityId: id, after, limit: most } } });
  const [history, tickets, shipments, faults, visits, reports, sessions] = await Promise.all([
    read(api.enrollment.GET('/api/enrollment/facilities/{id}/history', { params: { path: { id } } })),
    everything((after) => read(api.enrollment.GET('/api/enrollment/tickets', query(after)))),
    everything((after) => read(api.inventory.GET('/api/inventory/shipments', query(after)))),
    everything((after) => read(api.inventory.GET('/api/inventory/faults', query(after)))),
    everything((after) => read(api.volunteer.GET('/api/volunteer/visits', query(after)))),
    everything((after) => read(api.volunteer.GET('/api/volunteer/site-reports', query(after)))),
    everything((after) => read(api.training.GET('/api/training/sessions', query(after)))),
  ]);
  const now = new Date().toISOString();
  return [
    ...history.filter((e) => e.from !== e.to).map((e): Happening => ({ at: e.at, part: 'facility', word: e.to!, values: {}, note: e.why })),
    ...tickets.map((x): Happening => ({ at: x.openedAt, part: 'ticket', word: 'opened', values: { n: x.number }, note: x.description, barcode: x.barcode })),
    ...tickets.filter((x) => x.state === 'Resolved').map((x): Happening => ({ at: x.stateSince, part: 'ticket', word: 'resolved', values: { n: x.number }, note: x.note, barcode: x.barcode })),
    ...shipments.flatMap((s): Happening[] => (s.dispatchedAt ? [{ at: s.dispatchedAt, part: 'kit', word: 'dispatched', values: { n: s.loaded }, note: s.carrier }] : [])),
    ...shipments.flatMap((s): Happening[] => (s.closedAt ? [{ at: s.closedAt, part: 'kit', word: 'received', values: { n: s.received, missing: s.missing, damaged: s.damaged } }] : [])),
    ...faults.map((f): Happening => ({ at: f.reportedAt, part: 'fault', word: 'reported', values: {}, note: f.description, barcode: f.barcode })),
    ...visits.map((v): Happening => ({ at: v.inAt, part: 'visit', word: v.role, values: { minutes: v.minutes ?? 0 } })),
    ...reports.map((r): Happening => ({ at: r.at, part: 'report', word: r.internetUp ? 'up' : 'down', values: { working: r.devicesWorking, of: r.devicesExpected, people: r.peopleSeen }, note: r.problems.map((p) => p.text).filter(Boolean).join('; '), photos: r.photos.map((p) => `/api/volunteer/site-reports/${r.id}/photos/${p.id}`) })),
    // What is planned has not happened yet.
    ...sessions.filter((s) => s.state === 'Delivered' || s.starts < now).map((s): Happening => ({ at: s.starts, part: 'session', word: s.state, values: { topic: s.topic, language: s.language, n: s.attended }, note: s.why })),
  ].sort((a, b) => b.at.localeCompare(a.at));
}
