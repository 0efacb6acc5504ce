import { expect, test } from 'vitest';
import { cardOf, isMisread } from './cards';

test.each([
  [' w-000123-c \n', 'W-000123-C'],
  ['https://portal.example/c/W-000123-C/', 'W-000123-C'],
  ['https://portal.example/check?card=W-000123-C', 'W-000123-C'],
  ['HAND#77', '77'],
  ['   ', ''],
])('a scanner that types %j has read the card %j', (scanned, card) => expect(cardOf(scanned)).toBe(card));

test.each(['W-000001-9', 'W-000012-3', 'ABC1234567', 'EMP-123456-7', 'V-000004'])('a card is taken that was read rightly, or is not one of the programme\'s: %s', (card) => expect(isMisread(card)).toBe(false));

test.each(['W-000011-4', 'W-0000123', 'W-000001-8', 'W-1'])('a card of the programme that was misread is told without a connection: %s', (card) => expect(isMisread(card)).toBe(true));
