import type { components } from '../../api/types/volunteer';

export type Opening = components['schemas']['OpeningView'];
export type Shift = components['schemas']['ShiftTime'];

export const ROLES = ['Assessor', 'Inspector', 'Installer', 'Trainer', 'Monitor'] as const satisfies readonly Opening['role'][];
export const STATES = ['Open', 'Filled', 'Closed', 'Cancelled'] as const satisfies readonly Opening['state'][];

export const badges = { Open: 'wait', Filled: 'good', Closed: 'plain', Cancelled: 'plain' } as const;
