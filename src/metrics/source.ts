/** What does every source of numbers hand over, whatever it reads? */
import {
  type GivenValue,
  INCOMING_FIELDS,
  type IncomingField,
  type SourceProblem,
} from '../core/incoming-problem.ts';

/** One row: what it gives, or why it could not be read. */
export type SourceRow =
  | { readonly line: number; readonly given: GivenValue }
  | {
      readonly line: number;
      readonly problem: SourceProblem;
      /** True when nothing after this place was read. */
      readonly stops: boolean;
    };

/** A way of writing numbers down. Text in, rows out, in parts so that no file is ever held whole. */
export interface MetricSource {
  readonly name: string;
  /** Whether a text that begins like this is for this source. */
  recognises(beginning: string): boolean;
  rows(text: AsyncIterable<string>): AsyncIterable<readonly SourceRow[]>;
}

/** The names of columns and fields, in any case, and what each stands for. */
export const COLUMNS: ReadonlyMap<string, IncomingField> = new Map<string, IncomingField>([
  ...INCOMING_FIELDS.map((field) => [field, field] as const),
  ['date', 'day'],
]);

/** No row is longer than this many characters: more is a quotation mark that was never closed. */
export const LONGEST_ROW = 1_000_000;
