import { expect, test } from 'vitest';
import { cardOf } from './cards';

test.each([
  [' w-000123-c \n', 'W-000123-C'],
  ['https://portal.example/c/W-000123-C/', 'W-000123-C'],
  ['https://portal.example/check?card=W-000123-C', 'W-000123-C'],
  ['HAND#77', '77'],
  ['   ', ''],
])('a scanner that types %j has read the card %j', (scanned, card) => expect(cardOf(scanned)).toBe(card));
