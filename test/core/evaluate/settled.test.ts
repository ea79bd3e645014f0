import { describe, expect, it } from 'vitest';
import { addDays, startOfDay } from '../../../src/core/day.ts';
import { isClearHarm } from '../../../src/core/evaluate/guardrail.ts';
import { calendarFrom, criterionFrom, type Observation } from '../../../src/core/evaluate/index.ts';
import { CALENDAR, FINAL, judged, morningAfter, row, weekly } from './portfolio.ts';

const UP = criterionFrom({ kind: 'at_least', target: '40', baseline: '20' });

function verdictOf(
  criterion = UP,
  observations: readonly Observation[] = [],
  now = FINAL,
  calendar = CALENDAR,
) {
  return judged({ criterion, calendar, observations, now });
}

describe('usable means inside the pilot', () => {
  it.each([
    ['2026-03-29', 'met', 41],
    ['2026-03-28', 'missed', 38],
    ['2026-04-04', 'met', 41],
    ['2026-04-05', 'no_data', 41],
  ])('with the deadline %s the last whole week decides: %s', (deadline, verdict, value) => {
    const calendar = calendarFrom({ start: '2026-01-05', deadline });
    const result = verdictOf(UP, weekly(['37', '38', '41'], 10), startOfDay('2026-05-01', 'UTC'), calendar);
    expect([result.verdict, Number(result.value)]).toEqual([verdict, value]);
  });

  it.each([
    ['2026-01-11', 'a day too early', null],
    ['2026-01-12', 'the first whole week', '41'],
  ])('a period that ends on %s is %s', (end, _title, value) => {
    const rows = [{ end, value: '41', trust: 3, recorded_at: startOfDay(end, 'UTC') }];
    expect(verdictOf(UP, rows, startOfDay('2026-01-13', 'UTC')).value).toBe(value);
  });
});

describe('a window is the scheduled periods by calendar that end with the newest', () => {
  const mean = (window: number) =>
    criterionFrom({ kind: 'at_least', target: '12', baseline: '4', agg: 'mean', window });
  it.each([
    [1, ['20', '20', null, '10'], '10'],
    [2, ['20', '20', null, '10'], '10'],
    [3, ['20', '20', null, '10'], '15'],
    [4, ['20', '21', null, '10'], '17'],
    [9, ['20', '21', null, '10'], '17'],
  ])('of %i weeks over %j is %s', (window, values, expected) => {
    expect(verdictOf(mean(window), weekly(values), morningAfter(4)).value).toBe(expected);
  });

  it('counts calendar months where periods are months', () => {
    const calendar = calendarFrom({ start: '2026-01-31', deadline: '2026-12-30', cadence: { months: 1 } });
    const ends = ['2026-02-28', '2026-03-31', '2026-05-31'];
    const rows = ends.map((end, i) => ({
      end,
      value: String(10 * (i + 1)),
      trust: 3,
      recorded_at: startOfDay(end, 'UTC'),
    }));
    const now = startOfDay('2026-06-01', 'UTC');
    expect(judged({ criterion: mean(2), calendar, observations: rows, now }).value).toBe('30');
    expect(judged({ criterion: mean(3), calendar, observations: rows, now }).value).toBe('25');
  });
});

describe('trust of a value is the lowest in its window', () => {
  it.each([
    [1, 'met'],
    [2, 'on_track'],
    [3, 'on_track'],
  ])('with %i weeks and proof asked for: %s', (window, verdict) => {
    const criterion = criterionFrom({ ...UP, agg: 'mean', window, min_trust: 1 });
    const rows = [
      row(1, { value: '41', trust: 2 }),
      row(2, { value: '42', trust: 0 }),
      row(3, { value: '43', trust: 1 }),
    ];
    expect(verdictOf(criterion, rows, morningAfter(3)).verdict).toBe(verdict);
  });
});

describe('reached earlier needs the same evidence as now', () => {
  it.each([
    [
      'enough periods',
      {},
      [row(1, { value: '30' }), row(2, { value: '41' }), row(3, { value: '38' })],
      'regressed',
    ],
    ['too few periods', {}, [row(1, { value: '41' }), row(2, { value: '38' })], 'on_track'],
    [
      'too little proof',
      { min_trust: 1 },
      [row(1, { value: '30' }), row(2, { value: '41', trust: 0 }), row(3, { value: '38' })],
      'on_track',
    ],
    [
      'too few cases',
      { min_n: 10 },
      [row(1, { value: '30', n: 50 }), row(2, { value: '41', n: 9 }), row(3, { value: '38', n: 50 })],
      'on_track',
    ],
    [
      'too short',
      { sustain: 2 },
      [row(1, { value: '30' }), row(2, { value: '41' }), row(3, { value: '38' })],
      'on_track',
    ],
  ])('%s', (_title, given, rows, verdict) => {
    expect(verdictOf(criterionFrom({ ...UP, ...given }), rows, morningAfter(3)).verdict).toBe(verdict);
  });
});

it.each([
  [{ min_periods: 3 }, 'min_periods'],
  [{ min_n: 3 }, 'min_n'],
])('at the decision %j not kept is no data', (given, reason) => {
  const result = verdictOf(criterionFrom({ ...UP, ...given }), weekly(['41', '42'], 11));
  expect([result.verdict, result.reason]).toEqual(['no_data', 'below_min_n']);
  expect(result.reasons).toContain(reason);
});

describe('guardrail breaches are counted on each period of its own', () => {
  const guardrail = criterionFrom({
    kind: 'at_most',
    target: '10',
    role: 'guardrail',
    agg: 'mean',
    window: 4,
  });

  it('two bad weeks running count although the last two weeks alone are fine by the mean', () => {
    const result = verdictOf(guardrail, weekly(['9', '9', '14', '14']), morningAfter(4));
    expect([result.value, result.verdict, result.reason]).toEqual(['11.5', 'off_track', 'breach_2']);
  });

  it('a bad mean with a good last week is once only', () => {
    const result = verdictOf(guardrail, weekly(['9', '20', '20', '5']), morningAfter(4));
    expect([result.verdict, result.reason]).toEqual(['at_risk', 'breach_1']);
  });

  it('the mean may hold while single weeks use up the budget', () => {
    const result = verdictOf(guardrail, weekly(['9', '20', '5', '4', '5', '20', '5', '5', '5'], 4));
    expect([result.value, result.verdict, result.reason]).toEqual(['8.75', 'missed', 'budget']);
  });

  it('of a total the running sum is compared, because one week alone says nothing', () => {
    const total = criterionFrom({ kind: 'at_most', target: '10', role: 'guardrail', agg: 'sum', window: 4 });
    expect(verdictOf(total, weekly(['3', '3', '3', '3']), morningAfter(4)).reason).toBe('breach_1');
    expect(verdictOf(total, weekly(['3', '3', '3', '3', '3']), morningAfter(5)).reason).toBe('breach_2');
  });
});

describe('clear early harm', () => {
  it.each([
    [8, 20, 0.1, 'down', true],
    [5, 20, 0.1, 'down', false],
    [2, 200, 0.1, 'down', false],
    [0, 200, 0.1, 'down', false],
    [18, 60, 0.1, 'down', true],
    [20, 200, 0.1, 'down', false],
    [1, 5, 0, 'down', true],
    [0, 5, 0, 'down', false],
    [12, 20, 0.9, 'up', true],
    [19, 20, 0.9, 'up', false],
    [4, 5, 1, 'up', true],
    [5, 5, 1, 'up', false],
    [7, 5, 0.1, 'down', false],
    [0, 0, 0.1, 'down', false],
    [1000, 2000, 1.2, 'down', false],
  ] as const)('%i of %i at a limit of %f (%s is better): %s', (hits, cases, limit, better, expected) => {
    expect(isClearHarm(hits, cases, limit, better)).toBe(expected);
  });

  it('counts what lies beyond either edge of a band', () => {
    const band = criterionFrom({
      kind: 'between',
      target: ['40', '60'],
      unit: 'percent',
      role: 'guardrail',
      agg: 'rate',
      min_n: 500,
    });
    const counts = (num: string) => [row(1, { num, den: '100' })];
    expect(verdictOf(band, counts('90'), morningAfter(1)).reason).toBe('clear_breach');
    expect(verdictOf(band, counts('10'), morningAfter(1)).reason).toBe('clear_breach');
    expect(verdictOf(band, counts('55'), morningAfter(1)).verdict).toBe('too_early');
  });

  it('is not judged on amounts of money', () => {
    const cost = criterionFrom({
      kind: 'at_most',
      target: '0.1',
      unit: 'EUR/case',
      role: 'guardrail',
      agg: 'rate',
      min_n: 500,
    });
    expect(verdictOf(cost, [row(1, { num: '90', den: '100' })], morningAfter(1)).verdict).toBe('too_early');
  });
});

describe('yes or no', () => {
  const yes = criterionFrom({ kind: 'yes_no', unit: 'bool' });

  it.each([
    ['2026-01-05', 'on_track'],
    ['2026-03-09', 'on_track'],
    ['2026-03-10', 'at_risk'],
    ['2026-03-21', 'at_risk'],
    ['2026-03-22', 'off_track'],
    ['2026-03-29', 'off_track'],
  ])('silent on %s is %s: never too early, stale or without data while live', (day, verdict) => {
    expect(verdictOf(yes, [], startOfDay(day, 'UTC')).verdict).toBe(verdict);
  });

  it('a no long ago is not stale', () => {
    expect(verdictOf(yes, [row(1, { value: false })], startOfDay('2026-03-01', 'UTC')).verdict).toBe(
      'on_track',
    );
  });

  it('one true row is enough, whatever else is asked of periods and cases', () => {
    const strict = criterionFrom({ ...yes, min_periods: 5, min_n: 100 });
    expect(verdictOf(strict, [row(1, { value: 'true' })], morningAfter(1)).verdict).toBe('met');
    expect(verdictOf(strict, [row(1, { value: true })]).verdict).toBe('met');
  });

  it('as a guardrail it must stay true', () => {
    const guardrail = criterionFrom({ ...yes, role: 'guardrail' });
    const reported = (...values: boolean[]) => values.map((value, i) => row(i + 1, { value }));
    expect(verdictOf(guardrail, reported(true), morningAfter(1)).reason).toBe('holding');
    expect(verdictOf(guardrail, reported(true, false), morningAfter(2)).verdict).toBe('at_risk');
    expect(verdictOf(guardrail, reported(true, false, false), morningAfter(3)).verdict).toBe('off_track');
  });
});

describe('the forecast', () => {
  it('looks at the newest 104 periods', () => {
    const calendar = calendarFrom({ start: '2024-01-01', deadline: '2026-12-27' });
    const at = (number: number) => addDays('2024-01-01', 7 * number);
    const rows = Array.from({ length: 124 }, (_, i) => {
      const value = i < 20 ? 1000 - i : 10 + i;
      return { end: at(i + 1), value: String(value), trust: 3, recorded_at: 0 };
    });
    const criterion = criterionFrom({ kind: 'at_least', target: '500', baseline: '10' });
    const now = startOfDay(at(124), 'UTC') + 1;
    const result = judged({ criterion, calendar, observations: rows, now });
    const newest = judged({ criterion, calendar, observations: rows.slice(20), now });
    expect(result.forecast).toEqual(newest.forecast);
    expect(result.forecast?.slope).toBe(1);
  });

  it('while value, goal and comparison are exact', () => {
    const sum = criterionFrom({ kind: 'at_most', target: '0.3', baseline: '1', agg: 'sum', window: 3 });
    expect(verdictOf(sum, weekly(['0.1', '0.1', '0.1']), morningAfter(3))).toMatchObject({
      verdict: 'met',
      value: '0.3',
    });
    const hair = weekly(['0.1', '0.1', '0.1000000000000000000001']);
    expect(verdictOf(sum, hair, morningAfter(3))).toMatchObject({
      verdict: 'regressed',
      value: '0.3000000000000000000001',
    });
  });

  it('gives the goal of a change without rounding', () => {
    const criterion = criterionFrom({
      kind: 'decrease_pct',
      target: '12.3456789',
      baseline: '0.1',
      unit: 'EUR',
    });
    expect(verdictOf(criterion, weekly(['0.09', '0.09']), morningAfter(2)).goal).toBe('0.0876543211');
  });
});
