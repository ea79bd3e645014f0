/** What does every source of numbers hand over, whatever it reads? */
import { INCOMING_FIELDS, type IncomingField, type SourceProblem } from '../core/incoming-problem.ts';

/** The fields of one row under their names: text, or a list of texts where the shape has lists. */
export type GivenFields<Field extends string> = Readonly<Partial<Record<Field, string | readonly string[]>>>;

/** One row: what it gives, or why it could not be read. */
export type SourceRow<Field extends string = IncomingField> =
  | { readonly line: number; readonly given: GivenFields<Field> }
  | {
      readonly line: number;
      readonly problem: SourceProblem;
      /** True when nothing after this place was read. */
      readonly stops: boolean;
    };

/** A way of writing rows down. Text in, rows out, in parts so that no file is ever held whole. */
export interface MetricSource<Field extends string = IncomingField> {
  readonly name: string;
  /** Whether a text that begins like this is for this source. */
  recognises(beginning: string): boolean;
  rows(text: AsyncIterable<string>): AsyncIterable<readonly SourceRow<Field>[]>;
}

/** What the rows of a file are about: which columns there may be, and which it cannot do without. */
export interface RowShape<Field extends string> {
  /** The names of columns and fields, in lower case, and what each stands for. */
  readonly columns: ReadonlyMap<string, Field>;
  /** Fields whose texts may come as a list. */
  readonly lists: readonly Field[];
  /** The columns that are missing beside those that are there. */
  missing(there: ReadonlySet<Field>): string[];
}

/** The names of columns and fields, in any case, and what each stands for. */
export const COLUMNS: ReadonlyMap<string, IncomingField> = new Map<string, IncomingField>([
  ...INCOMING_FIELDS.map((field) => [field, field] as const),
  ['date', 'day'],
]);

/** Rows of values. */
export const VALUE_ROWS: RowShape<IncomingField> = {
  columns: COLUMNS,
  lists: ['raw'],
  missing(there) {
    const has = (...fields: IncomingField[]) => fields.every((field) => there.has(field));
    return [
      ...(has('pilot') ? [] : ['pilot']),
      ...(has('metric') ? [] : ['metric']),
      ...(has('end') || has('day') ? [] : ['end']),
      ...(has('value') || has('num', 'den') || has('raw') ? [] : ['value']),
    ];
  },
};

/** No row is longer than this many characters: more is a quotation mark that was never closed. */
export const LONGEST_ROW = 1_000_000;
