import { describe, expect, it } from 'vitest';
import type { EncodingProblem, IncomingProblem, SourceProblem } from '../../src/core/incoming-problem.ts';
import { incomingProblemText } from '../../src/views/incoming-problem-text.ts';
import { quoted } from '../../src/views/quoted-text.ts';
import { encodingProblemText, sourceProblemText } from '../../src/views/source-problem-text.ts';

const TODAY = '2026-06-02';
const PERIOD = { number: 1, start: '2026-01-05', end: '2026-01-12' };

/** Every problem there is, each with the words that must not be missing. */
const INCOMING: {
  [Code in IncomingProblem['code']]: readonly [Extract<IncomingProblem, { code: Code }>, string];
} = {
  missing: [{ field: 'value', given: '', code: 'missing' }, 'nothing is not 0'],
  unknown_pilot: [
    { field: 'pilot', given: 'clams', code: 'unknown_pilot', near: ['claims', 'churn'] },
    'Near it: claims, churn.',
  ],
  unknown_metric: [
    { field: 'metric', given: 'x', code: 'unknown_metric', pilot: 'claims', near: [] },
    'claims has no metric "x"',
  ],
  no_start: [{ field: 'pilot', given: 'churn', code: 'no_start', pilot: 'churn' }, 'Edit charter'],
  two_dates: [{ field: 'day', given: '2026-01-12', code: 'two_dates' }, 'Keep one'],
  not_a_day: [
    { field: 'day', given: '1/2/2026', code: 'not_a_day', readings: ['2026-02-01', '2026-01-02'] },
    '2026-02-01 or 2026-01-02',
  ],
  before_start: [
    { field: 'day', given: '2025-01-01', code: 'before_start', start: '2026-01-05' },
    '2026-01-05',
  ],
  not_over: [{ field: 'day', given: '2026-06-01', code: 'not_over', from: '2026-06-08' }, 'from Mon 8 Jun.'],
  off_grid: [
    { field: 'end', given: '2026-01-11', code: 'off_grid', period: PERIOD },
    'Write its end as 2026-01-12',
  ],
  several_values: [
    { field: 'num', given: '', code: 'several_values', fields: ['value', 'num', 'den'] },
    'value, num and den',
  ],
  half_a_ratio: [{ field: 'den', given: '', code: 'half_a_ratio', missing: 'den' }, 'den is empty'],
  number: [
    { field: 'value', given: '1,234', code: 'number', problem: 'AMBIGUOUS', readings: ['1234', '1.234'] },
    '1234 or 1.234',
  ],
  unit_here: [{ field: 'num', given: '9 %', code: 'unit_here', unit: 'percent' }, '"percent"'],
  unit_unknown: [{ field: 'unit', given: 'moons', code: 'unit_unknown', unit: 'min' }, 'min'],
  unit_differs: [
    { field: 'value', given: '9 %', code: 'unit_differs', typed: 'percent', unit: 'min' },
    'write it in min',
  ],
  units_disagree: [{ field: 'value', given: '9 min', code: 'units_disagree', typed: 'h' }, 'says h'],
  not_yes_or_no: [
    { field: 'value', given: 'maybe', code: 'not_yes_or_no', metric: 'Live' },
    '"Live" is answered with yes or no',
  ],
  negative: [{ field: 'den', given: '-1', code: 'negative' }, '"-1" is below 0'],
  zero_cases: [{ field: 'den', given: '0', code: 'zero_cases' }, '0 cases'],
  more_than_all: [
    { field: 'num', given: '11', code: 'more_than_all', den: '10' },
    '"11" is more than all 10',
  ],
  not_whole: [{ field: 'n', given: '1.5', code: 'not_whole' }, 'whole number'],
  n_differs: [{ field: 'n', given: '3', code: 'n_differs', n: 2 }, 'itself has 2'],
  too_long: [
    { field: 'key', given: 'x'.repeat(300), code: 'too_long', limit: 200 },
    'has 300 characters; 200',
  ],
  too_many: [{ field: 'raw', given: '10001', code: 'too_many', limit: 10_000 }, '10001 numbers; 10000'],
  same_period: [{ field: 'end', given: '2026-01-12', code: 'same_period', line: 3 }, 'Line 3'],
  same_key: [{ field: 'key', given: 'k', code: 'same_key', line: 3 }, 'Line 3'],
  key_taken: [{ field: 'key', given: 'k', code: 'key_taken', value: '9' }, 'a new key'],
};

const SOURCE: { [Code in SourceProblem['code']]: readonly [Extract<SourceProblem, { code: Code }>, string] } =
  {
    empty: [{ code: 'empty' }, 'pilot,metric,end,value'],
    unknown_columns: [{ code: 'unknown_columns', names: ['a', 'b\u202e'] }, 'columns "a", "b\\u202e"'],
    missing_columns: [{ code: 'missing_columns', names: ['end'] }, '"end"'],
    repeated_columns: [{ code: 'repeated_columns', names: ['Value'] }, '"Value"'],
    too_many_columns: [{ code: 'too_many_columns', count: 212, limit: 200 }, '212 columns; 200'],
    wrong_width: [{ code: 'wrong_width', count: 3, expected: 4 }, 'cut off'],
    bad_quotes: [{ code: 'bad_quotes' }, 'twice'],
    row_too_long: [{ code: 'row_too_long', limit: 5 }, '5 characters'],
    not_json: [{ code: 'not_json', why: 'Unexpected end' }, 'Unexpected end'],
    not_an_object: [{ code: 'not_an_object', given: '12' }, '"12"'],
    a_list: [{ code: 'a_list' }, 'one object per line'],
    unknown_fields: [
      { code: 'unknown_fields', names: Array.from({ length: 12 }, (_, n) => `f${n}`) },
      '"f9" and 2 more',
    ],
    wrong_kind: [{ code: 'wrong_kind', name: 'value', given: '{}' }, 'value is "{}"'],
  };

const ENCODING: {
  [Code in EncodingProblem['code']]: readonly [Extract<EncodingProblem, { code: Code }>, string];
} = {
  not_utf8: [{ code: 'not_utf8', line: 3, column: 5 }, 'Line 3, character 5'],
  not_utf16: [{ code: 'not_utf16', line: 3, column: 5 }, 'Line 3, character 5'],
  no_byte_order_mark: [{ code: 'no_byte_order_mark' }, 'CSV UTF-8'],
  utf32: [{ code: 'utf32' }, 'UTF-32'],
  workbook: [{ code: 'workbook' }, 'workbook'],
};

const said = [
  ...Object.values(INCOMING).map(
    ([problem, words]) => [problem.code, incomingProblemText(problem, TODAY), words] as const,
  ),
  ...Object.values(SOURCE).map(
    ([problem, words]) => [problem.code, sourceProblemText(problem), words] as const,
  ),
  ...Object.values(ENCODING).map(
    ([problem, words]) => [problem.code, encodingProblemText(problem), words] as const,
  ),
];

describe('every problem', () => {
  it.each(said)('%s is said in one line that ends, with what would be right', (_, sentence, words) => {
    expect(sentence).toContain(words);
    expect(sentence).toMatch(/^["A-Z\d{][^\n]+\.$|^[a-z][^\n]+\.$/);
    expect(sentence).not.toMatch(/undefined|null|\[object/);
  });

  it('is said in words of its own', () => {
    expect(new Set(said.map(([, sentence]) => sentence)).size).toBe(said.length);
  });

  it.each([
    'EMPTY',
    'AMBIGUOUS',
    'NOT_A_NUMBER',
    'OTHER_DIGITS',
    'TOO_LARGE',
    'UNKNOWN_UNIT',
  ] as const)('of a number has words: %s', (problem) => {
    const sentence = incomingProblemText(
      { field: 'value', given: 'x', code: 'number', problem, readings: [] },
      TODAY,
    );
    expect(sentence).toMatch(/\.$/);
  });
});

describe('a quotation', () => {
  it.each([
    ['plain', '"plain"'],
    ['a\nb\tc\rd', '"a\\nb\\tc\\rd"'],
    ['a\u0000\u001b\u009b\u202e\u2028\ufeff', '"a\\u0000\\u001b\\u009b\\u202e\\u2028\\ufeff"'],
    ['\ud800', '"\\ud800"'],
    ['😀'.repeat(61), `"${'😀'.repeat(60)}…"`],
    ['x'.repeat(60), `"${'x'.repeat(60)}"`],
    ['\u{e0001}', '"\\udb40\\udc01"'],
  ])('of %j is %j', (text, shown) => {
    expect(quoted(text)).toBe(shown);
  });
});
