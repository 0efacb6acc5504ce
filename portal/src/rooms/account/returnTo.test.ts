import { beforeAll, expect, test, vi } from 'vitest';
import { returnTo } from './returnTo';

beforeAll(() => vi.stubGlobal('location', { origin: 'https://portal.example' }));

test('after sign-in a person comes back to the page they asked for', () => {
  expect(returnTo('/devices?state=InStock#top')).toBe('/devices?state=InStock#top');
});

test.each([undefined, ['/a', '/b'], 'https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)'])('a link cannot send them elsewhere: %s', (asked) => {
  expect(returnTo(asked)).toBe('/');
});
