import { describe, expect, it } from 'vitest';
import { casesOf, evaluateCase, readCase } from '../../src/cli/evaluate-input.ts';

const CASE = {
  criterion: { kind: 'at_least', target: 40, baseline: 20 },
  observations: [
    { end: '2026-01-12', value: 21 },
    { end: '2026-01-19', value: '23.5' },
  ],
  now: '2026-01-20T09:00:00Z',
};

type Part = Record<string, unknown>;
const criterion = (part: Part) => ({ ...CASE, criterion: { ...CASE.criterion, ...part } });
const calendar = (part: Part) => ({ ...CASE, calendar: part });
const observation = (part: Part) => ({ ...CASE, observations: [{ end: '2026-01-12', ...part }] });

function input(json: unknown, defaults?: unknown) {
  const read = readCase(json, defaults);
  if ('error' in read) throw new Error(read.message);
  return read.input;
}

describe('a case', () => {
  it('answers with every key that was promised, in order', () => {
    expect(Object.keys(evaluateCase(CASE))).toEqual([
      'id',
      'verdict',
      'value',
      'goal',
      'progress',
      'expected_progress',
      'phase',
      'last_known',
      'forecast',
      'reason',
      'reasons',
      'sentence',
      'display',
    ]);
    expect(evaluateCase(CASE)).toMatchObject({
      id: null,
      verdict: 'on_track',
      value: 23.5,
      goal: 40,
      last_known: null,
    });
  });

  it('may stand alone or as the input of a vector', () => {
    const wrapped = { id: 'V1', title: 'any', expected: {}, hand: '', note: 'and more', input: CASE };
    expect(evaluateCase(wrapped)).toEqual({ ...evaluateCase(CASE), id: 'V1' });
    expect(evaluateCase({ ...CASE, id: 7 })).toMatchObject({ id: 7 });
  });

  it('takes the defaults of the shared vectors for what is missing', () => {
    const read = input({ criterion: { kind: 'yes_no' }, now: '2026-01-20T09:00:00Z' });
    expect(read.calendar).toEqual({
      start: '2026-01-05',
      deadline: '2026-03-29',
      tz: 'UTC',
      cadence: { days: 7 },
      grace_days: 2,
      ramp_days: 0,
      first_effect: null,
      closing_days: 5,
      pauses: [],
    });
    expect(read.criterion).toMatchObject({
      role: 'required',
      unit: 'count',
      min_periods: 2,
      margin: '0',
      tolerance: '0.1',
    });
    expect(read.known_at).toBe(read.now);
    expect(read.observations).toEqual([]);
  });

  it('takes a file’s own defaults before those', () => {
    const defaults = {
      calendar: { tz: 'Europe/Berlin' },
      criterion: { unit: 'percent' },
      observation: { unit: '= criterion.unit', trust: 1, recorded_at: 'local midnight of `end`' },
    };
    const read = input(CASE, defaults);
    expect([read.calendar.tz, read.calendar.start, read.criterion.unit]).toEqual([
      'Europe/Berlin',
      '2026-01-05',
      'percent',
    ]);
    expect(read.observations[0]).toMatchObject({ trust: 1, recorded_at: Date.parse('2026-01-11T23:00:00Z') });
    expect(read.observations[0]?.unit).toBeUndefined();
  });

  it('counts null as missing', () => {
    const nothing = {
      ...criterion({ budget: null, evaluate: null, percentile: null }),
      known_at: null,
      calendar: null,
    };
    expect(evaluateCase(nothing)).toEqual(evaluateCase(CASE));
  });

  it('reads months instead of days', () => {
    expect(input(calendar({ cadence_months: 3 })).calendar.cadence).toEqual({ months: 3 });
    expect(input(CASE, { calendar: { cadence_months: 1 } }).calendar.cadence).toEqual({ months: 1 });
  });

  it('reads a baseline with its origin and numbers with exponents', () => {
    const read = input(
      criterion({ baseline: { value: '2e1', n: 400, period: 'December', source: 'ledger' }, target: '4E+1' }),
    );
    expect([read.criterion.baseline, read.criterion.target]).toEqual(['20', '40']);
  });

  it('keeps every digit of a decimal string', () => {
    const digits = '12345678901234567890.12345678901234567890';
    expect(input(criterion({ target: digits })).criterion.target).toBe(
      '12345678901234567890.1234567890123456789',
    );
  });

  it('answers with a refusal where the definition cannot be judged', () => {
    expect(evaluateCase({ ...criterion({ kind: 'increase_pct', baseline: 0 }), id: 'x' })).toEqual({
      id: 'x',
      error: 'PCT_OF_ZERO_BASELINE',
    });
  });
});

describe('a case that cannot be read says where and what would be right', () => {
  it.each([
    [null, '$: null is not an object such as {"criterion": '],
    ['text', '$: "text" is not an object such as '],
    [[], '$: [] is not an object such as '],
    [
      {},
      '$.criterion: it is missing; write an object such as {"kind": "at_least", "target": 40}; $.now: it is missing; write a text such as "2026-01-27T09:00:00Z"',
    ],
    [{ ...CASE, now: 5 }, '$.now: 5 is not a text such as "2026-01-27T09:00:00Z"'],
    [
      { ...CASE, now: '2026-01-20' },
      '$.now: "2026-01-20" is not an instant with its offset such as 2026-01-27T09:00:00Z',
    ],
    [
      { ...CASE, extra: 1 },
      '$: unknown "extra"; possible are id, criterion, calendar, observations, now, known_at',
    ],
    [criterion({ targt: 1 }), '$.criterion: unknown "targt"; possible are id, version, '],
    [
      criterion({ kind: 'at_lest' }),
      '$.criterion.kind: "at_lest" is not one of "at_least", "at_most", "between", ',
    ],
    [criterion({ kind: undefined }), '$.criterion.kind: it is missing; write one of "at_least", '],
    [criterion({ unit: '' }), '$.criterion.unit: "" is too short; write one such as "min"'],
    [criterion({ unit: 5 }), '$.criterion.unit: 5 is not a text such as "min"'],
    [criterion({ target: undefined }), '$.criterion.target: it is missing; write a number such as 12.5'],
    [criterion({ target: '12,5' }), '$.criterion.target: "12,5" is not a number such as 12.5 or "12.5"'],
    [criterion({ target: 'NaN' }), '$.criterion.target: "NaN" is not a number'],
    [criterion({ target: '1e400' }), '$.criterion.target: "1e400" is larger or finer than any number'],
    [criterion({ target: JSON.parse('1e400') }), '$.criterion.target: Infinity is not a number'],
    [criterion({ target: true }), '$.criterion.target: true is not a number'],
    [
      criterion({ baseline: '0x10' }),
      '$.criterion.baseline: "0x10" is not a number such as 20, or {"value": 20}',
    ],
    [
      criterion({ kind: 'between', target: 4 }),
      '$.criterion.target: 4 is not a pair of numbers such as [4, 5]',
    ],
    [criterion({ kind: 'between', target: [4, 5, 6] }), '$.criterion.target: [4,5,6] is not a pair'],
    [criterion({ kind: 'yes_no', target: false }), '$.criterion.target: false where only true is possible'],
    [criterion({ agg: 'percentile' }), '$.criterion.percentile: needed with agg "percentile"'],
    [
      criterion({ agg: 'percentile', percentile: 100 }),
      '$.criterion.percentile: 100 does not lie between 0 and 100',
    ],
    [criterion({ window: 0 }), '$.criterion.window: 0 is not a whole number from 1 to 10000'],
    [criterion({ sustain: 1.5 }), '$.criterion.sustain: 1.5 is not a whole number'],
    [criterion({ min_trust: 4 }), '$.criterion.min_trust: 4 is not a whole number from 0 to 3'],
    [criterion({ margin: -1 }), '$.criterion.margin: -1 is below 0; write 0 or more'],
    [calendar({ start: '5/1/2026' }), '$.calendar.start: "5/1/2026" is not a day such as 2026-01-12'],
    [
      calendar({ tz: 'Mars/Olympus' }),
      '$.calendar.tz: "Mars/Olympus" is not a time zone such as Europe/Berlin',
    ],
    [
      calendar({ cadence_days: 7, cadence_months: 1 }),
      '$.calendar: give either cadence_days or cadence_months',
    ],
    [calendar({ cadence_days: 0 }), '$.calendar.cadence_days: 0 is not a whole number'],
    [
      calendar({ pauses: [['2026-02-09', '2026-01-26']] }),
      '$.calendar.pauses[0]: ["2026-02-09","2026-01-26"] ends before it begins',
    ],
    [calendar({ pauses: [['2026-02-31', null]] }), '$.calendar.pauses[0][0]: "2026-02-31" is not a day'],
    [{ ...CASE, observations: {} }, '$.observations: {} is not a list such as [{"end": '],
    [calendar({ pauses: [5] }), '$.calendar.pauses[0]: 5 is not a pair such as ["2026-02-02", '],
    [{ ...CASE, observations: [3] }, '$.observations[0]: 3 is not an object such as {"end": '],
    [observation({}), '$.observations[0]: give one of value, num with den, or raw'],
    [observation({ value: 1, raw: [1] }), '$.observations[0]: give one of value, num with den, or raw'],
    [observation({ num: 1 }), '$.observations[0]: num and den need each other'],
    [observation({ num: 1, den: 0 }), '$.observations[0].den: 0 cases cannot have 1 among them'],
    [observation({ num: 1, den: -2 }), '$.observations[0].den: -2 is below 0; write 0 or more'],
    [observation({ raw: [] }), '$.observations[0].raw: [] is too short; write one such as [3, 5, 8]'],
    [observation({ raw: [1, 'x'] }), '$.observations[0].raw[1]: "x" is not a number'],
    [observation({ value: true }), '$.observations[0].value: true is not a number'],
    [observation({ value: 1, trust: 9 }), '$.observations[0].trust: 9 is not a whole number from 0 to 3'],
    [
      observation({ value: 1, recorded_at: 'yesterday' }),
      '$.observations[0].recorded_at: "yesterday" is not an instant',
    ],
    [observation({ value: 1, vlaue: 2 }), '$.observations[0]: unknown "vlaue"'],
    [
      {
        ...criterion({ kind: 'yes_no', target: true }),
        observations: [{ end: '2026-01-12', value: 'perhaps' }],
      },
      '$.observations[0].value: "perhaps" is neither true nor false',
    ],
  ])('case %#: %j', (json, message) => {
    const answer = evaluateCase(json);
    expect(answer).toMatchObject({ error: 'INVALID_INPUT' });
    expect(answer['message']).toContain(message);
    expect(answer['message']).not.toMatch(/Invalid|expected|received/);
    expect(String(answer['message']).length).toBeLessThan(320);
  });

  it('names the place in its file, and its id', () => {
    const answer = evaluateCase({ id: 'V9', input: criterion({ window: 0 }) }, {}, '$.vectors[3]');
    expect(answer['id']).toBe('V9');
    expect(answer['message']).toMatch(/^\$\.vectors\[3\]\.input\.criterion\.window: /);
  });

  it('survives what is nested deeper than it can be written', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(evaluateCase(criterion({ target: deep }))).toMatchObject({
      error: 'INVALID_INPUT',
      message: expect.stringMatching(/^\$\.criterion\.target: what is nested that deep is not a number/),
    });
  });

  it('quotes a long value only in part', () => {
    const answer = evaluateCase(criterion({ target: 'x'.repeat(40_000) }));
    expect(String(answer['message']).length).toBeLessThan(200);
  });
});

it('a file is one case or a list with defaults', () => {
  expect(casesOf(CASE)).toEqual({ defaults: {}, cases: [CASE] });
  expect(casesOf({ about: 'x', defaults: { criterion: {} }, vectors: [CASE, CASE] })).toEqual({
    defaults: { criterion: {} },
    cases: [CASE, CASE],
  });
  expect(casesOf({ vectors: [] })).toEqual({ defaults: {}, cases: [] });
});
