import type { components } from '../../api/types/inventory';

export const shipmentBadge = (s: Pick<components['schemas']['ShipmentView'], 'status' | 'damaged' | 'missing'>): 'plain' | 'good' | 'wait' | 'bad' =>
  s.damaged || s.missing ? 'bad' : s.status === 'Closed' ? 'good' : s.status === 'Cancelled' ? 'plain' : 'wait';
