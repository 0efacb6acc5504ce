import { expect, test } from 'vitest';
import type { Role } from '../session';
import { pageThatShows } from '.';

const path = (role: Role) => pageThatShows('device', (roles) => !roles || roles.includes(role))?.path;

test('a device is shown on the page of the room that is nearest to the person', () => {
  expect(path('programme-office')).toBe('/office/devices/:key');
  expect(path('logistics')).toBe('/stock/:key');
  expect(path('volunteer')).toBeUndefined();
});
