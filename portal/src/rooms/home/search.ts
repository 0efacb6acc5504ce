import { api, read } from '../../api/client';
import { pageOf } from '../../router';
import { mayAny, type Role } from '../../session';

export interface Found {
  kind: 'device' | 'facility';
  key: string;
  title: string;
  /** What else tells it from others. */
  about: string;
  state: string;
  /** Where the person may read about it, if anywhere. */
  to: string | null;
}

const MOST = 20;
const devices: readonly Role[] = ['programme-office', 'logistics', 'club', 'recycler', 'donor', 'evaluator'];
const facilities: readonly Role[] = ['programme-office', 'logistics', 'training-partner', 'evaluator', 'employer', 'volunteer'];

/** Asks at once whatever the person's roles may ask: devices by the beginning of a barcode or serial, facilities by that of their code or a part of their site's or employer's name. */
export async function search(text: string): Promise<Found[]> {
  const q = text.trim();
  if (!q) return [];
  const found = await Promise.all([mayAny(devices) ? findDevices(q) : [], mayAny(facilities) ? findFacilities(q) : []]);
  return found.flat();
}

async function findDevices(search: string): Promise<Found[]> {
  const { items } = await read(api.inventory.GET('/api/inventory/devices', { params: { query: { search, limit: MOST } } }));
  return items.map((d) => ({
    kind: 'device', key: d.barcode, title: d.barcode, about: [d.manufacturer, d.model, d.serial].filter(Boolean).join(' · '), state: d.state, to: pageOf('device', d.barcode),
  }));
}

async function findFacilities(search: string): Promise<Found[]> {
  const { items } = await read(api.enrollment.GET('/api/enrollment/facilities', { params: { query: { search, limit: MOST } } }));
  return items.map((f) => ({ kind: 'facility', key: f.id, title: f.code, about: [f.site, f.employer, f.zone].join(' · '), state: f.state, to: pageOf('facility', f.id) }));
}
