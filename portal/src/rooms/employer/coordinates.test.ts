import { expect, test } from 'vitest';
import { coordinatesOf } from './coordinates';

test.each([
  ['25.18, 51.43', { latitude: 25.18, longitude: 51.43 }],
  [' 25.18 51.43 ', { latitude: 25.18, longitude: 51.43 }],
  ['٢٥٫١٨، ٥١٫٤٣', { latitude: 25.18, longitude: 51.43 }],
  ['-1.5;36', { latitude: -1.5, longitude: 36 }],
  ['Street 33', null],
  ['25.18', null],
])('%j is %j', (text, place) => expect(coordinatesOf(text)).toEqual(place));
