import { expect, test } from 'vitest';
import { readBarcode } from './barcode';

// Computed by services/Inventory/Devices/Barcode.cs.
test.each(['BC-000123-T', 'bc000123t', '  BC000123T\r', 'https://connections.example/api/inventory/public/devices/BC-000123-T/'])('one label read in any way is one barcode: %s', (scanned) => {
  expect(readBarcode(scanned)).toEqual({ barcode: 'BC-000123-T' });
});

test.each(['BC-000124-T', 'BC-000132-T', 'BC-000123-D'])('a misread label is told at once: %s', (scanned) => {
  expect(readBarcode(scanned).error).toBe('check_character_wrong');
});

test.each(['', '6291041500213', 'hello', 'BC-0000123-T'])('what is no barcode of the programme is told from a misread one: %s', (scanned) => {
  expect(readBarcode(scanned).error).toBe('not_a_barcode');
});
