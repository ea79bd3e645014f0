/** Which rows does a CSV file hold? Its first line names the columns, in any order. */
import { createRequire } from 'node:module';
import type PapaParse from 'papaparse';
import type { SourceProblem } from '../core/incoming-problem.ts';
import {
  type GivenFields,
  LONGEST_ROW,
  type MetricSource,
  type RowShape,
  type SourceRow,
  VALUE_ROWS,
} from './source.ts';

const require = createRequire(import.meta.url);

/** How many columns a file may have. */
export const MOST_COLUMNS = 200;

const DELIMITERS = [',', ';', '\t'] as const;

/** What the columns of a file stand for, in their order. */
interface Header<Field extends string> {
  readonly delimiter: string;
  readonly fields: readonly Field[];
}

/** How far the reading is: the line the next row begins on, and how many quotation marks were wrong so far. */
interface Reading<Field extends string> {
  readonly header: Header<Field>;
  line: number;
  troubles: number;
}

/** A file with more wrong quotation marks than this is no CSV file, and looking for their ends takes long. */
const MOST_TROUBLES = 100;

const tooLong = { problem: { code: 'row_too_long', limit: LONGEST_ROW } } as const;

/** What Papa's parser of one text gives back. */
interface Parsed {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly code: string; readonly row: number; readonly index: number }[];
  readonly meta: { readonly cursor: number };
}

/**
 * Comma, semicolon or tab between the cells: what makes most sense of the first line. Cells may be quoted and then hold
 * line ends. Every row must be as wide as the first line.
 */
export const csvOf = <Field extends string>(shape: RowShape<Field>): MetricSource<Field> => ({
  name: 'csv',
  recognises: () => true,
  rows: (text) => rowsOfText(shape, text),
});

/** CSV files of values. */
export const csv: MetricSource = csvOf(VALUE_ROWS);

async function* rowsOfText<Field extends string>(
  shape: RowShape<Field>,
  text: AsyncIterable<string>,
): AsyncGenerator<readonly SourceRow<Field>[]> {
  let rest = '';
  let reading: Reading<Field> | null = null;
  for await (const piece of withLineFeeds(text)) {
    rest += piece;
    if (reading === null) {
      const start = startOf(shape, rest, false);
      if (start === null) continue;
      if ('problem' in start) return yield [{ ...start, stops: true }];
      ({ reading, rest } = start);
    }
    const part = readPart(rest, reading, false);
    yield part.rows;
    if (part.stopped) return;
    rest = part.rest;
  }
  const start = reading === null ? startOf(shape, rest, true) : { reading, rest };
  if (start === null) return;
  if ('problem' in start) return yield [{ ...start, stops: true }];
  yield readPart(start.rest, start.reading, true).rows;
}

/** Where the rows begin, and the text from there on. Null for: read on. */
function startOf<Field extends string>(
  shape: RowShape<Field>,
  text: string,
  ended: boolean,
):
  | { readonly reading: Reading<Field>; readonly rest: string }
  | { readonly line: number; readonly problem: SourceProblem }
  | null {
  const blank = /^(?:[ \t]*\n)*/.exec(text)?.[0] ?? '';
  const line = countOf(blank) + 1;
  const end = text.indexOf('\n', blank.length);
  if (end === -1 && !ended) return text.length > LONGEST_ROW ? { line, ...tooLong } : null;
  const first = text.slice(blank.length, end === -1 ? text.length : end);
  if (first.trim() === '') return { line, problem: { code: 'empty' } };
  const read = readHeader(shape, first);
  if ('problem' in read) return { line, ...read };
  return {
    reading: { header: read, line: line + 1, troubles: 0 },
    rest: end === -1 ? '' : text.slice(end + 1),
  };
}

function readHeader<Field extends string>(
  { columns, missing }: RowShape<Field>,
  text: string,
): Header<Field> | { readonly problem: SourceProblem } {
  const [best] = DELIMITERS.map((delimiter) => {
    const cells = parse(text, delimiter, false).data[0] ?? [];
    return { delimiter, cells, known: cells.filter((cell) => columns.has(columnName(cell))).length };
  }).sort((a, b) => b.known - a.known || b.cells.length - a.cells.length);
  const cells = best?.cells ?? [];
  if (cells.length > MOST_COLUMNS) {
    return { problem: { code: 'too_many_columns', count: cells.length, limit: MOST_COLUMNS } };
  }
  const names = cells.map(columnName);
  // Spreadsheets write the empty columns they have touched.
  const named = cells.slice(0, names.findLastIndex((name) => name !== '') + 1);
  const unknown = named.filter((_, at) => !columns.has(names[at] ?? ''));
  if (unknown.length > 0) return { problem: { code: 'unknown_columns', names: unknown } };
  const fields = names.flatMap((name) => columns.get(name) ?? []);
  const repeated = named.filter((_, at) => fields.indexOf(fields[at] as Field) !== at);
  if (repeated.length > 0) return { problem: { code: 'repeated_columns', names: repeated } };
  const absent = missing(new Set(fields));
  if (absent.length > 0) return { problem: { code: 'missing_columns', names: absent } };
  return { delimiter: best?.delimiter ?? ',', fields };
}

const columnName = (cell: string): string => cell.trim().toLowerCase();

/** The rows of a piece of text, and what of it belongs to a row that goes on. */
function readPart<Field extends string>(
  text: string,
  reading: Reading<Field>,
  ended: boolean,
): { readonly rows: SourceRow<Field>[]; readonly rest: string; readonly stopped: boolean } {
  const rows: SourceRow<Field>[] = [];
  let rest = text;
  for (;;) {
    const { data, errors, meta } = parse(rest, reading.header.delimiter, !ended);
    const trouble = errors.find(({ row }) => row < data.length);
    const whole = data.slice(0, trouble?.row);
    for (const row of readRows(whole, reading, !rest.includes('"'))) rows.push(row);
    if (trouble === undefined) {
      rest = ended ? '' : rest.slice(meta.cursor);
      if (rest.length <= LONGEST_ROW) return { rows, rest, stopped: false };
    }
    const told = trouble === undefined ? 0 : sumOf(whole.map(linesOf));
    const next = rest.indexOf('\n', trouble?.index ?? 0) + 1;
    const problem = troubleOf(reading, trouble === undefined && (next === 0 || next > LONGEST_ROW));
    rows.push(problem);
    if (problem.stops || next === 0) return { rows, rest: '', stopped: problem.stops };
    // What looks like one long cell is most likely one wrong quotation mark: the next line is a row again.
    reading.line += countOf(rest.slice(0, next)) - told;
    rest = rest.slice(next);
  }
}

function troubleOf(reading: Reading<string>, endless: boolean) {
  if (endless) return { line: reading.line, ...tooLong, stops: true };
  reading.troubles += 1;
  const problem = { code: 'bad_quotes' } as const;
  return { line: reading.line, problem, stops: reading.troubles >= MOST_TROUBLES };
}

function readRows<Field extends string>(
  data: Parsed['data'],
  reading: Reading<Field>,
  oneLineEach: boolean,
): SourceRow<Field>[] {
  const { fields } = reading.header;
  const rows: SourceRow<Field>[] = [];
  for (const cells of data) {
    const { line } = reading;
    reading.line += oneLineEach ? 1 : linesOf(cells);
    const isFull = cells.length === fields.length && (cells[0] ?? '').trim() !== '';
    if (isFull) rows.push({ line, given: givenBy(cells, fields) });
    else if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, ...readRow(cells, fields) });
  }
  return rows;
}

function linesOf(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => (cell.includes('\n') ? sum + countOf(cell) : sum), 1);
}

function readRow<Field extends string>(
  cells: readonly string[],
  fields: readonly Field[],
): { readonly given: GivenFields<Field> } | { readonly problem: SourceProblem; readonly stops: false } {
  const count = cells.findLastIndex((cell, at) => at < fields.length || cell.trim() !== '') + 1;
  const expected = fields.length;
  // A row that ends too early is a file that was cut off, and its last cell may be half a number.
  if (count !== expected) return { problem: { code: 'wrong_width', count, expected }, stops: false };
  return { given: givenBy(cells, fields) };
}

function givenBy<Field extends string>(
  cells: readonly string[],
  fields: readonly Field[],
): GivenFields<Field> {
  const given: Partial<Record<Field, string>> = {};
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at];
    if (field !== undefined) given[field] = cells[at] ?? '';
  }
  return given;
}

function parse(text: string, delimiter: string, goesOn: boolean): Parsed {
  const papa = require('papaparse') as typeof PapaParse;
  return new papa.Parser({ delimiter, newline: '\n' }).parse(text, 0, goesOn) as Parsed;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

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
