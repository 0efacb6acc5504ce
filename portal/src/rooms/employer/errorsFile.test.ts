import { expect, test } from 'vitest';
import { errorsFile } from './errorsFile';

test('the faults of a list are a CSV that a spreadsheet opens, Arabic too, and takes no cell for a formula', async () => {
  const bytes = new Uint8Array(await errorsFile([{ line: 7, column: 'birth year', code: 'x' }, { line: 9, column: '=HYPERLINK("x")', code: 'y' }], (c) => (c === 'x' ? 'سنة "خاطئة"' : c)).arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes).split('\r\n')).toEqual(['"line","column","reason"', '"7","birth year","سنة ""خاطئة"""', '"9","\'=HYPERLINK(""x"")","y"', '']);
});
