/** Which rows does a CSV file hold? Its first line names the columns, in any order. */
import { createRequire } from 'node:module';
import type PapaParse from 'papaparse';
import type { GivenValue, IncomingField, SourceProblem } from '../core/incoming-problem.ts';
import { COLUMNS, LONGEST_ROW, type MetricSource, type SourceRow } from './source.ts';

const require = createRequire(import.meta.url);

/** How many columns a file may have. */
export const MOST_COLUMNS = 200;

const DELIMITERS = [',', ';', '\t'] as const;

/** What the columns of a file stand for, in their order. */
interface Header {
  readonly delimiter: string;
  readonly fields: readonly IncomingField[];
}

const tooLong = { problem: { code: 'row_too_long', limit: LONGEST_ROW } } as const;

/** What Papa's parser of one text gives back. */
interface Parsed {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly code: string; readonly row: number }[];
  readonly meta: { readonly cursor: number };
}

/**
 * Comma, semicolon or tab between the cells: what makes most sense of the first line. Cells may be quoted and then hold
 * line ends. Every row must be as wide as the first line.
 */
export const csv: MetricSource = {
  name: 'csv',
  recognises: () => true,
  async *rows(text) {
    let rest = '';
    let line = 1;
    let header: Header | null = null;
    for await (const piece of withLineFeeds(text)) {
      rest += piece;
      if (header === null) {
        const start = startOf(rest, false);
        if (start === null) continue;
        if ('problem' in start) return yield [{ ...start, stops: true }];
        ({ header, line } = start);
        rest = rest.slice(start.length);
      }
      const part = parse(rest, header.delimiter, true);
      yield rowsOf(part, header, line);
      line += countOf(rest.slice(0, part.meta.cursor));
      rest = rest.slice(part.meta.cursor);
      if (rest.length > LONGEST_ROW) return yield [{ line, ...tooLong, stops: true }];
    }
    const start = header === null ? startOf(rest, true) : { header, line, length: 0 };
    if (start === null) return;
    if ('problem' in start) return yield [{ ...start, stops: true }];
    const left = rest.slice(start.length);
    if (left !== '') yield rowsOf(parse(left, start.header.delimiter, false), start.header, start.line);
  },
};

/** Where the rows begin: the header, the line after it, and how much of the text is before that. Null for: read on. */
function startOf(
  text: string,
  ended: boolean,
):
  | { readonly header: Header; readonly line: number; readonly length: number }
  | { readonly line: number; readonly problem: SourceProblem }
  | null {
  const blank = /^(?:[ \t]*\n)*/.exec(text)?.[0] ?? '';
  const line = countOf(blank) + 1;
  const end = text.indexOf('\n', blank.length);
  if (end === -1 && !ended) return text.length > LONGEST_ROW ? { line, ...tooLong } : null;
  const first = text.slice(blank.length, end === -1 ? text.length : end);
  if (first.trim() === '') return { line, problem: { code: 'empty' } };
  const read = readHeader(first);
  if ('problem' in read) return { line, ...read };
  return { header: read, line: line + 1, length: end === -1 ? text.length : end + 1 };
}

function readHeader(text: string): Header | { readonly problem: SourceProblem } {
  const [best] = DELIMITERS.map((delimiter) => {
    const cells = parse(text, delimiter, false).data[0] ?? [];
    return { delimiter, cells, known: cells.filter((cell) => COLUMNS.has(columnName(cell))).length };
  }).sort((a, b) => b.known - a.known || b.cells.length - a.cells.length);
  const cells = best?.cells ?? [];
  if (cells.length > MOST_COLUMNS) {
    return { problem: { code: 'too_many_columns', count: cells.length, limit: MOST_COLUMNS } };
  }
  const names = cells.map(columnName);
  // Spreadsheets write the empty columns they have touched.
  const named = cells.slice(0, names.findLastIndex((name) => name !== '') + 1);
  const unknown = named.filter((_, at) => !COLUMNS.has(names[at] ?? ''));
  if (unknown.length > 0) return { problem: { code: 'unknown_columns', names: unknown } };
  const fields = names.flatMap((name) => COLUMNS.get(name) ?? []);
  const repeated = named.filter((_, at) => fields.indexOf(fields[at] ?? 'pilot') !== at);
  if (repeated.length > 0) return { problem: { code: 'repeated_columns', names: repeated } };
  const missing = missingColumns(new Set(fields));
  if (missing.length > 0) return { problem: { code: 'missing_columns', names: missing } };
  return { delimiter: best?.delimiter ?? ',', fields };
}

function missingColumns(there: ReadonlySet<IncomingField>): string[] {
  const has = (...fields: IncomingField[]) => fields.every((field) => there.has(field));
  return [
    ...(has('pilot') ? [] : ['pilot']),
    ...(has('metric') ? [] : ['metric']),
    ...(has('end') || has('day') ? [] : ['end']),
    ...(has('value') || has('num', 'den') || has('raw') ? [] : ['value']),
  ];
}

const columnName = (cell: string): string => cell.trim().toLowerCase();

function rowsOf(part: Parsed, header: Header, firstLine: number): SourceRow[] {
  const troubles = new Map(part.errors.map(({ row, code }) => [row, code]));
  const rows: SourceRow[] = [];
  let line = firstLine;
  for (const [at, cells] of part.data.entries()) {
    const trouble = troubles.get(at);
    if (trouble !== undefined) {
      const unclosed = trouble === 'MissingQuotes';
      rows.push({ line, problem: { code: unclosed ? 'unclosed_quote' : 'bad_quotes' }, stops: unclosed });
    } else if (cells.some((cell) => cell.trim() !== '')) {
      rows.push({ line, ...readRow(cells, header) });
    }
    line += 1;
    for (const cell of cells) if (cell.includes('\n')) line += countOf(cell);
  }
  return rows;
}

function readRow(
  cells: readonly string[],
  { fields }: Header,
): { readonly given: GivenValue } | { readonly problem: SourceProblem; readonly stops: false } {
  const count = cells.findLastIndex((cell, at) => at < fields.length || cell.trim() !== '') + 1;
  const expected = fields.length;
  // A row that ends too early is a file that was cut off, and its last cell may be half a number.
  if (count !== expected) return { problem: { code: 'wrong_width', count, expected }, stops: false };
  return { given: Object.fromEntries(fields.map((field, at) => [field, cells[at] ?? ''])) };
}

function parse(text: string, delimiter: string, goesOn: boolean): Parsed {
  const papa = require('papaparse') as typeof PapaParse;
  return new papa.Parser({ delimiter, newline: '\n' }).parse(text, 0, goesOn) as Parsed;
}

function countOf(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The same text with every line end written as a line feed, wherever the pieces are cut. */
async function* withLineFeeds(text: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const piece of text) {
    const all = held + piece;
    held = all.endsWith('\r') ? '\r' : '';
    const whole = held === '' ? all : all.slice(0, -1);
    yield whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
  }
  if (held !== '') yield '\n';
}
