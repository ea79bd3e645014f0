/** What can be wrong with values that come from a file or a request? */
import type { Day, Period } from './day.ts';
import type { QuantityProblem } from './decimal-typed.ts';

/** What one value is described by, under the names files and requests use. */
export const INCOMING_FIELDS = [
  'pilot',
  'metric',
  'end',
  'day',
  'value',
  'num',
  'den',
  'raw',
  'unit',
  'n',
  'source',
  'evidence',
  'key',
] as const;
export type IncomingField = (typeof INCOMING_FIELDS)[number];

/** One value as it was given: text by field, a list of texts where `raw` values came as a list. */
export type GivenValue = Readonly<Partial<Record<IncomingField, string | readonly string[]>>>;

/** Why a value cannot be taken. `given` is the text of the field, `''` where there was none. */
export type IncomingProblem = { readonly field: IncomingField; readonly given: string } & Complaint;

type Complaint =
  | { readonly code: 'missing' }
  | { readonly code: 'unknown_pilot'; readonly near: readonly string[] }
  | { readonly code: 'unknown_metric'; readonly pilot: string; readonly near: readonly string[] }
  | { readonly code: 'no_start'; readonly pilot: string }
  | { readonly code: 'two_dates' }
  /** Not `YYYY-MM-DD`; `readings` are the days it could mean. */
  | { readonly code: 'not_a_day'; readonly readings: readonly Day[] }
  | { readonly code: 'before_start'; readonly start: Day }
  /** The period has not ended; `from` is the first day on which it can be recorded, null when that is years away. */
  | { readonly code: 'not_over'; readonly from: Day | null }
  /** No period ends on that day; `period` is the one it is the last day of or lies in. */
  | { readonly code: 'off_grid'; readonly period: Period }
  | { readonly code: 'several_values'; readonly fields: readonly IncomingField[] }
  | { readonly code: 'half_a_ratio'; readonly missing: IncomingField }
  | { readonly code: 'number'; readonly problem: QuantityProblem; readonly readings: readonly string[] }
  | { readonly code: 'unit_here'; readonly unit: string }
  | { readonly code: 'unit_unknown'; readonly unit: string }
  | { readonly code: 'unit_differs'; readonly typed: string; readonly unit: string }
  | { readonly code: 'units_disagree'; readonly typed: string }
  | { readonly code: 'not_yes_or_no'; readonly metric: string }
  | { readonly code: 'negative' }
  | { readonly code: 'zero_cases' }
  | { readonly code: 'more_than_all'; readonly den: string }
  | { readonly code: 'not_whole' }
  | { readonly code: 'n_differs'; readonly n: number }
  | { readonly code: 'too_long'; readonly limit: number }
  | { readonly code: 'too_many'; readonly limit: number }
  /** An earlier line gives another value for the same period. */
  | { readonly code: 'same_period'; readonly line: number }
  /** An earlier line has the same key for something else. */
  | { readonly code: 'same_key'; readonly line: number }
  /** The key was imported before, for something else. */
  | { readonly code: 'key_taken'; readonly value: string };

/** Why a row, or everything from a place on, could not be read at all. */
export type SourceProblem =
  | { readonly code: 'empty' }
  | { readonly code: 'unknown_columns'; readonly names: readonly string[] }
  | { readonly code: 'missing_columns'; readonly names: readonly string[] }
  | { readonly code: 'repeated_columns'; readonly names: readonly string[] }
  | { readonly code: 'too_many_columns'; readonly count: number; readonly limit: number }
  | { readonly code: 'wrong_width'; readonly count: number; readonly expected: number }
  | { readonly code: 'bad_quotes' }
  | { readonly code: 'row_too_long'; readonly limit: number }
  | { readonly code: 'not_json'; readonly why: string }
  | { readonly code: 'not_an_object'; readonly given: string }
  | { readonly code: 'a_list' }
  | { readonly code: 'unknown_fields'; readonly names: readonly string[] }
  | { readonly code: 'wrong_kind'; readonly name: string; readonly given: string };

/** Why bytes are not text that can be read. `line` and `column` count from 1. */
export type EncodingProblem =
  | { readonly code: 'not_utf8'; readonly line: number; readonly column: number }
  | { readonly code: 'not_utf16'; readonly line: number; readonly column: number }
  | { readonly code: 'no_byte_order_mark' }
  | { readonly code: 'utf32' }
  | { readonly code: 'workbook' };
