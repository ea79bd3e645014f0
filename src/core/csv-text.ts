/** How is a row written so that every spreadsheet reads back what was meant, and runs none of it? */

/** What begins a formula somewhere, in its usual and its full width, after blanks nobody sees. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * One row of a CSV file with its line end, by RFC 4180. Text that a spreadsheet would take for a formula gets an
 * apostrophe; numbers stay as they are. What is not there is an empty cell.
 *
 * @example
 * csvRow(['claims-triage', '-12.50', null, true]) // 'claims-triage,-12.50,,true\r\n'
 * csvRow(['=1+1', 'say "hi", Ana']) // '\'=1+1,"say ""hi"", Ana"\r\n'
 */
export function csvRow(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  const text = String(value);
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
