/** Which sentence says why a row or a file cannot be read, and what to do? */
import { type EncodingProblem, INCOMING_FIELDS, type SourceProblem } from '../core/incoming-problem.ts';
import { quoted } from './quoted-text.ts';

const MOST_NAMES = 10;

/** What a file should have looked like. */
export interface FileWords {
  /** Its columns. */
  readonly columns: readonly string[];
  /** Its first line, shortest. */
  readonly first: string;
  /** Which columns it cannot do without, in words. */
  readonly needed: string;
  /** One JSON line. */
  readonly object: string;
  /** Which fields may be lists. */
  readonly lists: string;
}

const VALUES: FileWords = {
  columns: INCOMING_FIELDS,
  first: 'pilot,metric,end,value',
  needed: 'pilot, metric, end or day, and value or num with den or raw',
  object: '{"pilot": "claims-triage", "metric": "cost", "end": "2026-01-12", "value": "12.5"}',
  lists: 'only raw is a list',
};

/** Why a row could not be read, or nothing from it on; by default in a file of values. */
export function sourceProblemText(problem: SourceProblem, words: FileWords = VALUES): string {
  const possible = words.columns.join(', ');
  switch (problem.code) {
    case 'empty':
      return `The file is empty. Its first line names the columns, like: ${words.first}.`;
    case 'unknown_columns':
      return `Unknown ${plural('column', problem.names)} ${list(problem.names)}. Possible are: ${possible}.`;
    case 'missing_columns':
      return `The first line has no column ${list(problem.names)}. Needed are ${words.needed}.`;
    case 'repeated_columns':
      return `${list(problem.names)} stands there twice. Keep one.`;
    case 'too_many_columns':
      return `There are ${problem.count} columns; ${problem.limit} can be read. Leave out what is not one of: ${possible}.`;
    case 'wrong_width':
      return problem.count < problem.expected
        ? `The row has ${problem.count} cells and the first line ${problem.expected}; the file may have been cut off here.`
        : `The row has ${problem.count} cells and the first line ${problem.expected}. Put a cell that holds a separator into quotation marks.`;
    case 'bad_quotes':
      return 'A quotation mark is opened in this row and not closed at the end of a cell. Write every quotation mark inside a quoted cell twice.';
    case 'row_too_long':
      return `The row is longer than ${problem.limit} characters, which no row is. Write one row per line.`;
    case 'not_json':
      return `This is not a whole JSON object (${quoted(problem.why).slice(1, -1)}); the file may have been cut off here.`;
    case 'not_an_object':
      return `${quoted(problem.given)} is not an object. Write one per line, like ${words.object}.`;
    case 'a_list':
      return 'This is a list. Write one object per line, without brackets and commas around them.';
    case 'unknown_fields':
      return `Unknown ${plural('field', problem.names)} ${list(problem.names)}. Possible are: ${possible}.`;
    case 'wrong_kind':
      return `${problem.name} is ${quoted(problem.given)}, which is no single value. Write a text or a number; ${words.lists}.`;
  }
}

/** Why bytes cannot be read as text, and what helps; by default for a table. */
export function encodingProblemText(
  problem: EncodingProblem,
  remedy = 'Save the file as "CSV UTF-8".',
): string {
  switch (problem.code) {
    case 'not_utf8':
      return `Line ${problem.line}, character ${problem.column} is not UTF-8. ${remedy}`;
    case 'not_utf16':
      return `Line ${problem.line}, character ${problem.column} is not UTF-16, though the file begins like it. ${remedy}`;
    case 'no_byte_order_mark':
      return `Line 1 begins like UTF-16, but without the mark that says which. ${remedy}`;
    case 'utf32':
      return `Line 1 begins like UTF-32, which I do not read. ${remedy}`;
    case 'workbook':
      return 'This is a workbook, not a CSV file. Save the sheet as "CSV UTF-8".';
  }
}

const plural = (word: string, names: readonly string[]): string => (names.length === 1 ? word : `${word}s`);

function list(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return (
    names
      .slice(0, MOST_NAMES)
      .map((name) => quoted(name))
      .join(', ') + (more > 0 ? ` and ${more} more` : '')
  );
}
