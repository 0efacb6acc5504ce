interface RowError {
  line: number;
  column: string | null;
  code: string;
}

/** A cell as CSV has it; one that a spreadsheet would take for a formula is text. */
const cell = (value: string) => `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

/** The rows to mend, with a BOM, by which spreadsheets know Arabic. */
export function errorsFile(errors: readonly RowError[], sentence: (code: string) => string): Blob {
  const lines = [['line', 'column', 'reason'], ...errors.map((e) => [String(e.line), e.column ?? '', sentence(e.code)])];
  return new Blob(['\ufeff', lines.map((l) => l.map(cell).join(',')).join('\r\n'), '\r\n'], { type: 'text/csv' });
}
