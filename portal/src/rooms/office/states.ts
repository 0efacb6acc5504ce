import type { components } from '../../api/types/enrollment';

export type FacilityState = NonNullable<components['schemas']['FacilityState']>;

/** In the order of a facility's life. */
export const facilityStates = [
  'Applied', 'NeedsAssessed', 'SpaceInPreparation', 'SpaceReady', 'KitReserved', 'KitInTransit', 'KitDelivered', 'Open', 'Suspended', 'Closed', 'Withdrawn',
] as const satisfies readonly FacilityState[];
