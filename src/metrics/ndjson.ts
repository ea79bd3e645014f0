/** Which rows does a file of JSON lines hold? One object per line, its fields named like the columns of a CSV file. */
import type { GivenValue, SourceProblem } from '../core/incoming-problem.ts';
import { mayRepeatNames, repeatedNames } from './repeated-names.ts';
import {
  type GivenFields,
  LONGEST_ROW,
  type MetricSource,
  type RowShape,
  type SourceRow,
  VALUE_ROWS,
} from './source.ts';

/** JSON lines of some shape. Numbers are taken as they are written: 12.50 stays 12.50, and 1e400 does not become infinite. */
export const ndjsonOf = <Field extends string>(shape: RowShape<Field>): MetricSource<Field> => ({
  name: 'ndjson',
  recognises: (beginning) => /^\s*[{[]/.test(beginning),
  async *rows(text) {
    let rest = '';
    let line = 1;
    for await (const piece of text) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      const rows = lines.flatMap((words, at) => readLine(shape, words, line + at));
      const end = rows.findIndex((row) => 'stops' in row && row.stops);
      if (end !== -1) return yield rows.slice(0, end + 1);
      line += lines.length;
      if (rows.length > 0) yield rows;
      if (rest.length > LONGEST_ROW) {
        return yield [{ line, problem: { code: 'row_too_long', limit: LONGEST_ROW }, stops: true }];
      }
    }
    const last = readLine(shape, rest, line);
    if (last.length > 0) yield last;
  },
});

/** JSON lines of values. */
export const ndjson: MetricSource = ndjsonOf(VALUE_ROWS);

function readLine<Field extends string>(
  shape: RowShape<Field>,
  words: string,
  line: number,
): SourceRow<Field>[] {
  if (words.trim() === '') return [];
  if (words.trimStart().startsWith('[')) return [{ line, problem: { code: 'a_list' }, stops: true }];
  const read = givenFields(shape, words);
  return ['given' in read ? { line, given: read.given } : { line, problem: read.problem, stops: false }];
}

function givenFields<Field extends string>(
  shape: RowShape<Field>,
  words: string,
): { readonly given: GivenFields<Field> } | { readonly problem: SourceProblem } {
  let json: unknown;
  try {
    json = JSON.parse(words, asWritten);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // It counts lines inside this one line, which would contradict ours.
    return { problem: { code: 'not_json', why: why.replace(/ \(line.*$/s, '') } };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { problem: { code: 'not_an_object', given: words.trim() } };
  }
  const fields = json as Readonly<Record<string, unknown>>;
  const names = namesRepeatedIn(words, fields);
  return names.length > 0 ? { problem: { code: 'repeated_columns', names } } : byField(shape, fields);
}

/** The names that stand twice in the text of an object, of which a parser keeps the last; `fields` is what it read. */
export function namesRepeatedIn(words: string, fields: Readonly<Record<string, unknown>>): string[] {
  if (!mayRepeatNames(words, Object.keys(fields).length)) return [];
  return repeatedNames(words).flatMap(({ path, name }) => (path.length === 0 ? [name] : []));
}

/**
 * The fields of a value in one object of a request or a line, `''` for null and for fields that are not there.
 *
 * Unknown fields are named, and so is a field that holds what no value can be: an object, or a list anywhere but in `raw`.
 */
export const givenByField = (
  fields: Readonly<Record<string, unknown>>,
): { readonly given: GivenValue } | { readonly problem: SourceProblem } => byField(VALUE_ROWS, fields);

function byField<Field extends string>(
  { columns, lists }: RowShape<Field>,
  fields: Readonly<Record<string, unknown>>,
): { readonly given: GivenFields<Field> } | { readonly problem: SourceProblem } {
  const given: Partial<Record<Field, string | readonly string[]>> = {};
  const unknown = Object.keys(fields).filter((name) => !columns.has(name.toLowerCase()));
  if (unknown.length > 0) return { problem: { code: 'unknown_fields', names: unknown } };
  const repeated: string[] = [];
  for (const [name, held] of Object.entries(fields)) {
    const field = columns.get(name.toLowerCase());
    const isList = field !== undefined && lists.includes(field) && Array.isArray(held);
    const text = isList ? listOf(held) : textOf(held);
    if (field === undefined || text === null) {
      return { problem: { code: 'wrong_kind', name, given: JSON.stringify(held) ?? String(held) } };
    }
    if (given[field] !== undefined) repeated.push(name);
    given[field] = text;
  }
  return repeated.length > 0 ? { problem: { code: 'repeated_columns', names: repeated } } : { given };
}

function listOf(held: readonly unknown[]): string[] | null {
  const texts = held.map(textOf);
  return texts.every((text) => text !== null) ? texts : null;
}

function textOf(held: unknown): string | null {
  if (held === null || held === undefined) return '';
  if (typeof held === 'string') return held;
  return typeof held === 'number' || typeof held === 'boolean' ? String(held) : null;
}

export function asWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? value) : value;
}
