import { describe, expect, it } from 'vitest';
import { MOST_RAW } from '../../src/core/incoming-number.ts';
import { type IncomingPilot, pilotIndex } from '../../src/core/incoming-pilots.ts';
import type { GivenValue } from '../../src/core/incoming-problem.ts';
import { fileMemory, type KnownValue, meetKnown } from '../../src/core/incoming-repeat.ts';
import { incomingTrust, incomingValue } from '../../src/core/incoming-value.ts';

const CLAIMS: IncomingPilot = {
  id: 'P1',
  key: 'claims-triage',
  start: '2026-01-05',
  metrics: [
    { id: 'M1', key: 'handling-time', name: 'Handling time', unit: 'min', cadence: 'week' },
    { id: 'M2', key: 'accuracy', name: 'Accuracy', unit: 'percent', cadence: 'week' },
    { id: 'M3', key: 'cost', name: 'Cost per case', unit: 'EUR/case', cadence: 'month' },
    { id: 'M4', key: 'live', name: 'Live', unit: 'bool', cadence: 'week' },
    { id: 'M5', key: 'cases', name: 'Cases', unit: 'count', cadence: 'quarter' },
  ],
};
const DRAFT: IncomingPilot = { id: 'P2', key: 'churn', start: null, metrics: CLAIMS.metrics };
const PILOTS = pilotIndex([CLAIMS, DRAFT]);
const TODAY = '2026-06-02';

const read = (row: GivenValue) =>
  incomingValue(
    { pilot: 'claims-triage', metric: 'handling-time', end: '2026-01-12', ...row },
    PILOTS,
    TODAY,
  );
const takenFrom = (row: GivenValue) => {
  const result = read(row);
  return 'value' in result ? result.value : result.problem;
};
const problemOf = (row: GivenValue) => {
  const result = read(row);
  return 'problem' in result ? result.problem : null;
};

describe('a number', () => {
  it.each([
    ['12.50', '12.50'],
    ['12,5', '12.5'],
    ['0,125', '0.125'],
    ['1.234,50', '1234.50'],
    ['1,234,567', '1234567'],
    ['1 234', '1234'],
    ['1\u00a0234,5', '1234.5'],
    ["1'234", '1234'],
    ['-3', '-3'],
    ['−3', '-3'],
    ['+3', '3'],
    ['.5', '0.5'],
    ['1e3', '1000'],
    ['1.5e-7', '0.00000015'],
    ['-2.5E+2', '-250'],
    [' 12 ', '12'],
    ['12 min', '12'],
    ['12.5 minutes', '12.5'],
  ])('may be written %j', (text, value) => {
    expect(takenFrom({ value: text })).toMatchObject({ value, unit: 'min' });
  });

  it.each([
    ['1,234', 'AMBIGUOUS', ['1234', '1.234']],
    ['-12,345', 'AMBIGUOUS', ['-12345', '-12.345']],
    ['NaN', 'NOT_A_NUMBER', []],
    ['Infinity', 'NOT_A_NUMBER', []],
    ['-inf', 'NOT_A_NUMBER', []],
    ['1e400', 'TOO_LARGE', []],
    ['1e15', 'TOO_LARGE', []],
    ['1e-400', 'TOO_LARGE', []],
    ['1e-100', 'TOO_LARGE', []],
    ['1234567890123456', 'TOO_LARGE', []],
    ['twelve', 'NOT_A_NUMBER', []],
    ['0x10', 'NOT_A_NUMBER', []],
    ['12-13', 'NOT_A_NUMBER', []],
    ['٣', 'OTHER_DIGITS', []],
    ['12 bananas', 'UNKNOWN_UNIT', []],
    ['1_000', 'NOT_A_NUMBER', []],
  ])('is refused when it is %j', (given, problem, readings) => {
    const found = problemOf({ value: given });
    expect(found).toEqual({ field: 'value', given, code: 'number', problem, readings });
  });

  it('is not 0 when it is missing', () => {
    expect(problemOf({ value: '' })).toEqual({ field: 'value', given: '', code: 'missing' });
    expect(problemOf({ value: '  ' })).toEqual({ field: 'value', given: '', code: 'missing' });
  });

  it('is given in one form', () => {
    expect(problemOf({ value: '1', num: '9', den: '10' })).toMatchObject({
      code: 'several_values',
      fields: ['value', 'num', 'den'],
    });
    expect(problemOf({ raw: '1|2', value: '1' })).toMatchObject({ code: 'several_values' });
    expect(problemOf({ num: '1' })).toMatchObject({ field: 'den', code: 'half_a_ratio' });
    expect(problemOf({ den: '1' })).toMatchObject({ field: 'num', code: 'half_a_ratio' });
  });
});

describe('a unit', () => {
  it.each([
    ['', '12', { value: '12', unit: 'min' }],
    ['h', '0.5', { value: '0.5', unit: 'h' }],
    ['Minutes', '12', { unit: 'min' }],
    ['hours', '0.5 h', { unit: 'h' }],
    ['', '30 s', { value: '30', unit: 's' }],
  ])('%j with %j is taken: it converts', (unit, value, kept) => {
    expect(takenFrom({ unit, value })).toMatchObject(kept);
  });

  it('of another kind is refused, wherever it stands', () => {
    expect(problemOf({ unit: 'EUR', value: '12' })).toMatchObject({
      field: 'unit',
      code: 'unit_differs',
      typed: 'EUR',
      unit: 'min',
    });
    expect(problemOf({ value: '12 %' })).toMatchObject({
      field: 'value',
      code: 'unit_differs',
      typed: 'percent',
      unit: 'min',
    });
    expect(problemOf({ unit: 'moons', value: '12' })).toMatchObject({
      field: 'unit',
      code: 'unit_unknown',
      unit: 'min',
    });
    expect(problemOf({ unit: 'h', value: '12 min' })).toMatchObject({
      field: 'value',
      code: 'units_disagree',
      typed: 'h',
    });
  });

  it('of money is completed by what is measured, and never exchanged', () => {
    const cost = { metric: 'cost', end: '2026-02-05' };
    expect(takenFrom({ ...cost, value: '€12.50' })).toMatchObject({ value: '12.50', unit: 'EUR/case' });
    expect(takenFrom({ ...cost, value: '12.50', unit: 'EUR' })).toMatchObject({ unit: 'EUR/case' });
    expect(takenFrom({ ...cost, value: '12.50', unit: '€ per case' })).toMatchObject({ unit: 'EUR/case' });
    expect(problemOf({ ...cost, value: '$12.50' })).toMatchObject({ code: 'unit_differs' });
    expect(problemOf({ ...cost, value: '12.50', unit: 'USD/case' })).toMatchObject({ code: 'unit_differs' });
  });
});

describe('cases counted', () => {
  const accuracy = { metric: 'accuracy' };

  it.each([
    [
      { num: '9', den: '10' },
      { num: '9', den: '10', n: null, value: null },
    ],
    [
      { num: '0', den: '0' },
      { num: '0', den: '0' },
    ],
    [{ num: '9', den: '10', n: '10' }, { n: null }],
    [
      { value: '90', n: '1 000' },
      { value: '90', n: 1000 },
    ],
    [{ value: '90', n: '0' }, { n: 0 }],
  ])('%j are taken', (row, kept) => {
    expect(takenFrom({ ...accuracy, ...row })).toMatchObject(kept);
  });

  it.each([
    [
      { num: '11', den: '10' },
      { field: 'num', code: 'more_than_all', den: '10' },
    ],
    [
      { num: '-1', den: '10' },
      { field: 'num', code: 'negative' },
    ],
    [
      { num: '1', den: '-10' },
      { field: 'den', code: 'negative' },
    ],
    [
      { num: '1', den: '0' },
      { field: 'den', code: 'zero_cases' },
    ],
    [
      { num: '9', den: '10', n: '11' },
      { field: 'n', code: 'n_differs', n: 10 },
    ],
    [
      { num: '9 %', den: '10' },
      { field: 'num', code: 'unit_here', unit: 'percent' },
    ],
    [
      { value: '90', n: '1.5' },
      { field: 'n', code: 'not_whole' },
    ],
    [
      { value: '90', n: '-1' },
      { field: 'n', code: 'negative' },
    ],
    [
      { value: '90', n: '1e12' },
      { field: 'n', code: 'not_whole' },
    ],
    [
      { value: '90', n: '1,234' },
      { field: 'n', code: 'number', problem: 'AMBIGUOUS' },
    ],
  ])('%j are refused', (row, problem) => {
    expect(problemOf({ ...accuracy, ...row })).toMatchObject(problem);
  });

  it('may be more than all where they are an amount, and below nothing', () => {
    const cost = { metric: 'cost', end: '2026-02-05' };
    expect(takenFrom({ ...cost, num: '1200', den: '96' })).toMatchObject({ num: '1200', den: '96' });
    expect(takenFrom({ ...cost, num: '-5', den: '96' })).toMatchObject({ num: '-5' });
  });
});

describe('raw values', () => {
  it.each([
    ['3|5|8'],
    ['3; 5; 8'],
    ['3 5\t8'],
    ['[3, 5, 8]'],
    [['3', '5', '8']],
  ])('may be a list like %j', (raw) => {
    expect(takenFrom({ raw })).toMatchObject({ raw: ['3', '5', '8'], value: null, n: null });
  });

  it.each([
    ['3|x|8', { field: 'raw', given: 'x', code: 'number' }],
    ['3|NaN', { field: 'raw', given: 'NaN' }],
    ['[]', { field: 'raw', code: 'missing' }],
    ['[1,,2]', { field: 'raw', given: '', code: 'number', problem: 'EMPTY' }],
    ['3|5 min', { field: 'raw', given: 'min', code: 'number' }],
    [['3', '5 min'], { field: 'raw', code: 'unit_here', unit: 'min' }],
    [Array.from({ length: MOST_RAW + 1 }, () => '1'), { code: 'too_many', limit: MOST_RAW }],
  ])('are refused when one of them is wrong: %.20j', (raw, problem) => {
    expect(problemOf({ raw })).toMatchObject(problem);
  });

  it('are as many as n says', () => {
    expect(problemOf({ raw: '1|2', n: '3' })).toMatchObject({ field: 'n', code: 'n_differs', n: 2 });
    expect(takenFrom({ raw: '1|2', n: '2' })).toMatchObject({ raw: ['1', '2'] });
  });
});

describe('yes or no', () => {
  const live = { metric: 'live' };

  it.each([
    ['yes', 'true'],
    ['No', 'false'],
    ['TRUE', 'true'],
    ['0', 'false'],
  ])('is %j', (value, kept) => {
    expect(takenFrom({ ...live, value })).toMatchObject({ value: kept, unit: 'bool' });
  });

  it.each([
    [{ value: 'maybe' }],
    [{ value: '2' }],
    [{ num: '1', den: '1' }],
    [{ raw: '1' }],
  ])('is not %j', (row) => {
    expect(problemOf({ ...live, ...row })).toMatchObject({ code: 'not_yes_or_no', metric: 'Live' });
  });
});

describe('a day', () => {
  const on = (row: GivenValue) => problemOf({ value: '1', end: '', ...row });
  const periodOf = (row: GivenValue) => {
    const result = read({ value: '1', end: '', ...row });
    return 'value' in result ? [result.value.period.start, result.value.period.end] : null;
  };

  it.each([
    [{ end: '2026-01-12' }, ['2026-01-05', '2026-01-12']],
    [{ day: '2026-01-05' }, ['2026-01-05', '2026-01-12']],
    [{ day: '2026-01-11' }, ['2026-01-05', '2026-01-12']],
    [{ metric: 'cost', end: '2026-02-05' }, ['2026-01-05', '2026-02-05']],
    [{ metric: 'cases', day: '2026-02-05' }, ['2026-01-05', '2026-04-05']],
    [{ end: '2026-06-01' }, ['2026-05-25', '2026-06-01']],
  ])('%j names a period', (row, period) => {
    expect(periodOf(row)).toEqual(period);
  });

  it.each([
    [{}, { field: 'end', code: 'missing' }],
    [
      { end: '2026-01-12', day: '2026-01-12' },
      { field: 'day', code: 'two_dates' },
    ],
    [{ end: '12/01/2026' }, { code: 'not_a_day', readings: ['2026-01-12', '2026-12-01'] }],
    [{ day: '13/01/2026' }, { code: 'not_a_day', readings: ['2026-01-13'] }],
    [{ day: '12.1.2026' }, { code: 'not_a_day', readings: ['2026-01-12'] }],
    [{ day: '2026/01/12' }, { code: 'not_a_day', readings: ['2026-01-12'] }],
    [{ day: '20260112' }, { code: 'not_a_day', readings: ['2026-01-12'] }],
    [{ day: '2026-01-12T00:00:00Z' }, { code: 'not_a_day', readings: ['2026-01-12'] }],
    [{ day: '2026-02-30' }, { code: 'not_a_day', readings: [] }],
    [{ day: '01/12/26' }, { code: 'not_a_day', readings: [] }],
    [{ day: '2026-01-04' }, { field: 'day', code: 'before_start', start: '2026-01-05' }],
    [{ end: '2026-01-05' }, { field: 'end', code: 'before_start', start: '2026-01-05' }],
    [{ end: '0001-01-01' }, { code: 'before_start' }],
    [
      { end: '2026-01-11' },
      { code: 'off_grid', period: { number: 1, start: '2026-01-05', end: '2026-01-12' } },
    ],
    [{ day: '2026-06-01' }, { field: 'day', code: 'not_over', from: '2026-06-08' }],
    [{ end: '2026-06-08' }, { field: 'end', code: 'not_over', from: '2026-06-08' }],
    [{ end: '2026-06-05' }, { field: 'end', code: 'not_over', from: '2026-06-08' }],
    [{ day: '2030-01-01' }, { code: 'not_over', from: '2030-01-07' }],
    [{ day: '9999-12-31' }, { code: 'not_over', from: null }],
    [{ end: '9999-12-31' }, { code: 'not_over', from: null }],
    [
      { metric: 'cases', day: '9999-12-31' },
      { code: 'not_over', from: null },
    ],
  ])('%j is refused', (row, problem) => {
    expect(on(row)).toMatchObject(problem);
  });
});

describe('a pilot and a metric', () => {
  it('are found by key in any case, the metric by its exact name as well', () => {
    expect(takenFrom({ pilot: ' Claims-Triage ', metric: 'HANDLING TIME', value: '1' })).toMatchObject({
      metric: { id: 'M1' },
    });
  });

  it.each([
    [{ pilot: '' }, { field: 'pilot', code: 'missing' }],
    [{ pilot: 'claim-triage' }, { code: 'unknown_pilot', near: ['claims-triage', 'churn'] }],
    [{ pilot: '__proto__' }, { code: 'unknown_pilot' }],
    [{ metric: '' }, { field: 'metric', code: 'missing' }],
    [{ metric: 'accurate' }, { code: 'unknown_metric', pilot: 'claims-triage', near: ['accuracy', 'cases'] }],
    [{ metric: 'constructor' }, { code: 'unknown_metric' }],
    [{ pilot: 'churn' }, { field: 'pilot', code: 'no_start', pilot: 'churn' }],
  ])('%j is refused', (row, problem) => {
    expect(problemOf({ value: '1', ...row })).toMatchObject(problem);
  });

  it('that are wrong ten thousand times do not take ever longer to be told', () => {
    const index = pilotIndex([CLAIMS]);
    const near = Array.from({ length: 10_000 }, (_, n) => index.near(`nobody-${n}`));
    expect(near[0]).toEqual(['claims-triage']);
    expect(near.at(-1)).toEqual([]);
    expect(index.near('nobody-0')).toEqual(['claims-triage']);
  });
});

describe('words', () => {
  it('say how far a value can be trusted', () => {
    const trust = (row: GivenValue) => {
      const result = read({ value: '1', ...row });
      return 'value' in result ? incomingTrust(result.value) : null;
    };
    expect(trust({})).toBe(0);
    expect(trust({ evidence: 'https://example.com' })).toBe(1);
    expect(trust({ source: 'warehouse' })).toBe(2);
    expect(trust({ source: '\u202e ' })).toBe(0);
  });

  it.each([
    ['source', 121],
    ['evidence', 501],
    ['key', 201],
  ])('of %s may be only so long', (field, length) => {
    expect(problemOf({ value: '1', [field]: 'x'.repeat(length) })).toMatchObject({
      field,
      code: 'too_long',
      limit: length - 1,
    });
    expect(takenFrom({ value: '1', [field]: 'x'.repeat(length - 1) })).toMatchObject({
      [field]: 'x'.repeat(length - 1),
    });
  });
});

describe('what was said before', () => {
  const taken = (row: GivenValue) => {
    const result = read({ value: '12.5', ...row });
    if ('problem' in result) throw new Error(result.problem.code);
    return result.value;
  };
  const known = (over: Partial<KnownValue> = {}): KnownValue => ({
    metric: 'M1',
    periodEnd: '2026-01-12',
    value: '12.50',
    num: null,
    den: null,
    raw: null,
    n: null,
    unit: 'min',
    trust: 0,
    ...over,
  });

  it('in the same file is a repeat when it says the same, and a contradiction when it does not', () => {
    const memory = fileMemory();
    expect(memory.meet(2, taken({}), 'a')).toBe('new');
    expect(memory.meet(3, taken({ value: '12.500' }), 'a')).toBe('repeated');
    expect(memory.meet(4, taken({ value: '13' }), 'a')).toMatchObject({ code: 'same_period', line: 2 });
    expect(memory.meet(5, taken({ end: '2026-01-19' }), 'a')).toBe('new');
    expect(memory.meet(6, taken({ end: '2026-01-26', key: 'k' }), 'a')).toBe('new');
    expect(memory.meet(7, taken({ end: '2026-01-26', key: 'k' }), 'a')).toBe('repeated');
    expect(memory.meet(8, taken({ end: '2026-02-02', key: 'k' }), 'a')).toMatchObject({
      code: 'same_key',
      line: 6,
    });
    expect(memory.meet(9, taken({ end: '2026-02-02', key: 'k' }), 'b')).toBe('new');
  });

  it.each([
    ['nothing', null, 'new'],
    ['the same number', known(), 'repeated'],
    ['the same number with more trust', known({ trust: 3 }), 'repeated'],
    ['another number', known({ value: '12.6' }), 'new'],
    ['the same number in another unit', known({ unit: 'h' }), 'new'],
    ['the same number for more cases', known({ n: 5 }), 'new'],
    ['a ratio', known({ value: null, num: '25', den: '2' }), 'new'],
    ['raw values', known({ value: null, raw: ['12.5'] }), 'new'],
  ])('is met as it has to be: %s', (_, current, meeting) => {
    expect(meetKnown(taken({}), 0, null, current)).toBe(meeting);
  });

  it('with less trust is said again', () => {
    expect(meetKnown(taken({}), 2, null, known({ trust: 1 }))).toBe('new');
  });

  it('under the same key must be the same', () => {
    expect(meetKnown(taken({ key: 'k' }), 0, known(), null)).toBe('repeated');
    expect(meetKnown(taken({ key: 'k' }), 0, known({ value: '9' }), null)).toMatchObject({
      field: 'key',
      code: 'key_taken',
      value: '9 for the period that ends with 2026-01-12',
    });
  });
});
