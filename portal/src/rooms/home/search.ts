import { api, read } from '../../api/client';
import { pageOf } from '../../router';
import { mayAny } from '../../session';
import { maySearch } from './routes';

export interface Found {
  kind: keyof typeof maySearch;
  key: string;
  title: string;
  /** What else tells it from others. */
  about: string;
  state: string;
  /** Where the person may read about it: what leads nowhere is not shown. */
  to: string;
}

type Candidate = Omit<Found, 'to'> & { to: string | null };

const MOST = 20;
/**
 * Asks at once whatever the person's roles may ask: devices by the beginning of a barcode or serial, facilities by that of their code or a part of
 * their site's or employer's name, volunteers by a part of their name, address or number.
 */
export async function search(text: string): Promise<Found[]> {
  const q = text.trim();
  if (!q) return [];
  const found: Candidate[][] = await Promise.all([mayAny(maySearch.device) ? findDevices(q) : [], mayAny(maySearch.facility) ? findFacilities(q) : [], mayAny(maySearch.volunteer) ? findVolunteers(q) : []]);
  return found.flat().filter((f): f is Found => f.to !== null);
}

async function findDevices(search: string): Promise<Candidate[]> {
  const { items } = await read(api.inventory.GET('/api/inventory/devices', { params: { query: { search, limit: MOST } } }));
  return items.map((d) => ({
    kind: 'device', key: d.barcode, title: d.barcode, about: [d.manufacturer, d.model, d.serial].filter(Boolean).join(' · '), state: d.state, to: pageOf('device', d.barcode),
  }));
}

/** Who has no page about a facility finds what they have to do with there. */
const workAt = (facility: string) => (mayAny(['training-partner']) ? `/training?facility=${facility}` : mayAny(maySearch.device) ? `/stock?place=${facility}` : null);

async function findFacilities(search: string): Promise<Candidate[]> {
  const { items } = await read(api.enrollment.GET('/api/enrollment/facilities', { params: { query: { search, limit: MOST } } }));
  return items.map((f) => ({ kind: 'facility', key: f.id, title: f.code, about: [f.site, f.employer, f.zone].join(' · '), state: f.state, to: pageOf('facility', f.id) ?? workAt(f.id) }));
}

async function findVolunteers(search: string): Promise<Candidate[]> {
  const { items } = await read(api.volunteer.GET('/api/volunteer/volunteers', { params: { query: { search, limit: MOST } } }));
  return items.map((v) => ({ kind: 'volunteer', key: v.id, title: v.name, about: [v.number, v.email].join(' · '), state: v.state, to: pageOf('volunteer', v.id) }));
}
