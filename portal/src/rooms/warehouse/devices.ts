import type { components } from '../../api/types/inventory';

type Schemas = components['schemas'];

/** In the order of a device's life. */
export const deviceStates: readonly Schemas['DeviceState'][] = [
  'Received', 'Triaged', 'Wiped', 'Refurbished', 'Licensed', 'InStock', 'Reserved', 'InTransit', 'Deployed', 'Faulty', 'InRepair', 'Returned', 'Lost', 'Retired', 'Recycled',
];
export const deviceKinds: readonly Schemas['DeviceKind'][] = ['Desktop', 'Laptop', 'Modem', 'Monitor', 'Printer', 'Other'];

export const badgeOf = (state: Schemas['DeviceState']): 'plain' | 'good' | 'wait' | 'bad' =>
  state === 'Faulty' || state === 'Lost' ? 'bad' : state === 'Deployed' || state === 'InStock' ? 'good' : state === 'InRepair' || state === 'Returned' || state === 'InTransit' ? 'wait' : 'plain';
