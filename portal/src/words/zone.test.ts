import { expect, test, vi } from 'vitest';
import { addDays, atWall, fromField, toField, wallOf, weekOf } from './zone';

test('what is typed is a time of the programme, and is shown as it was typed', () => {
  expect(atWall('2026-11-22', '09:00').toISOString()).toBe('2026-11-22T06:00:00.000Z');
  expect(atWall('2026-11-22').toISOString()).toBe('2026-11-21T21:00:00.000Z');
  expect(wallOf('2026-11-22T21:30:00Z')).toEqual({ day: '2026-11-23', clock: '00:30' });
});

test('a field of day and time holds what the programme\'s clocks show, wherever the browser stands', () => {
  vi.stubEnv('TZ', 'America/New_York');
  expect(new Date('2026-11-22T12:00').toISOString()).toBe('2026-11-22T17:00:00.000Z'); // it does stand there
  expect(toField('2026-11-22T21:30:00Z')).toBe('2026-11-23T00:30');
  expect(fromField('2026-11-23T00:30').toISOString()).toBe('2026-11-22T21:30:00.000Z');
  vi.unstubAllEnvs();
});

test('a week begins on Sunday', () => {
  expect(weekOf('2026-11-22')).toBe('2026-11-22');
  expect(weekOf('2026-11-28')).toBe('2026-11-22');
  expect(addDays(weekOf('2026-12-02'), 7)).toBe('2026-12-06');
});
