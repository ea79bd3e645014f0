/** How does a test write a CSV file whose cells may hold anything? */

/** Every cell in quotation marks, in the order of the columns; what a row does not have is empty. */
export function csvOf(columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string {
  const cells = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return cells.map((line) => `${line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`).join('');
}
