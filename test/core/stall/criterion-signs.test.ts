import { describe, expect, it } from 'vitest';
import type { Evaluation, Kind } from '../../../src/core/evaluate/criterion.ts';
import type { Criterion, Metric, RecordedValue } from '../../../src/core/pilot-facts.ts';
import { criterionSigns, type SignsGiven } from '../../../src/core/stall/criterion-signs.ts';
import { signsOf } from '../../../src/core/stall/progress.ts';

const criterion = (over: Partial<Criterion> = {}) =>
  ({
    id: 'c1',
    role: 'required',
    kind: 'at_least',
    baseline: '20',
    target: '40',
    firstEffect: null,
    measures: 'business',
    deadline: '2026-03-29',
    agg: 'latest',
    ...over,
  }) as Criterion;
const metric = (over: Partial<Metric> = {}) =>
  ({ id: 'm1', cadence: 'week', unit: 'count', ...over }) as Metric;
const evaluation = {
  reasons: [],
  forecast: null,
  goal: '40',
  expected_progress: 0.5,
} as unknown as Evaluation;
const value = (periodEnd: string, number: string | null, over: Partial<RecordedValue> = {}) =>
  ({
    id: periodEnd,
    periodEnd,
    value: number,
    num: null,
    den: null,
    unit: 'count',
    recordedAt: 1,
    withdrawn: false,
    ...over,
  }) as RecordedValue;
const given = (over: Partial<SignsGiven> = {}): SignsGiven => ({
  start: '2026-01-05',
  today: '2026-02-05',
  looks: [],
  values: [],
  isFed: false,
  askedOn: null,
  ...over,
});
const signs = (what: Partial<Criterion>, more: Partial<SignsGiven>, m: Partial<Metric> = {}) =>
  criterionSigns({ criterion: criterion(what), metric: metric(m), evaluation }, given(more));

describe('the signs of a criterion', () => {
  it('leave out looks and values from before an effect is expected', () => {
    const { looks, course, expectedFrom } = signs(
      { firstEffect: '2026-01-19' },
      {
        looks: [
          { day: '2026-01-15', verdict: 'off_track' },
          { day: '2026-01-22', verdict: 'at_risk' },
        ],
        values: [value('2026-01-12', '20'), value('2026-01-19', '21'), value('2026-01-26', '22')],
      },
    );
    expect(expectedFrom).toBe('2026-01-19');
    expect(looks).toEqual(['at_risk']);
    expect(course).toEqual({ direction: 'up', goal: 40, left: 9, values: [{ period: 3, value: 22 }] });
  });

  it('take the newest row of each ended period, as a number', () => {
    const { course, newest } = signs(
      { kind: 'at_most' },
      {
        values: [
          value('2026-01-12', '30'),
          value('2026-01-12', '31', { id: 'b', recordedAt: 2 }),
          value('2026-01-19', null, { num: '58', den: '2' }),
          value('2026-01-26', '900', { unit: 'percent' }),
          value('2026-02-02', null),
          value('2026-02-09', '5'),
        ],
      },
    );
    expect(course?.values).toEqual([
      { period: 1, value: 31 },
      { period: 2, value: 29 },
    ]);
    expect([course?.direction, course?.left, newest]).toEqual(['down', 10, '2026-02-02']);
  });

  it('take values in another unit at the rate that was agreed', () => {
    const values = [value('2026-01-12', '30', { unit: 'USD' }), value('2026-01-19', '40', { unit: 'GBP' })];
    expect(signs({ rates: { USD: '0.5' } }, { values }).course?.values).toEqual([{ period: 1, value: 15 }]);
    expect(signs({}, { values }).course?.values).toEqual([]);
  });

  it('have no course without a single direction, for totals, and for percentiles of single values', () => {
    const values = [value('2026-01-12', '30')];
    expect(signs({ kind: 'between' }, { values }).course).toBeNull();
    expect(signs({ kind: 'yes_no' }, { values }).course).toBeNull();
    expect(signs({ agg: 'pilot_sum' }, { values }).course).toBeNull();
    expect(signs({ agg: 'percentile', percentile: '95' }, { values }).course).toBeNull();
  });

  it('say who brings the values and how often', () => {
    const monthly = signs({}, { isFed: true, askedOn: '2026-01-15' }, { cadence: 'month' });
    expect(monthly).toMatchObject({ isTyped: false, cadenceDays: 31, askedOn: '2026-01-15', newest: null });
    expect(signs({ measures: 'adoption' }, {}).isAdoption).toBe(true);
  });

  it('miss a baseline only where there is a way to go', () => {
    expect(signs({ baseline: null }, {}).lacksBaseline).toBe(true);
    expect(signs({ baseline: null, kind: 'yes_no' }, {}).lacksBaseline).toBe(false);
    expect(signs({}, {}).lacksBaseline).toBe(false);
  });

  it('of a definition that cannot be judged say nothing about its course', () => {
    const broken = criterionSigns(
      { criterion: criterion(), metric: metric(), evaluation: { error: 'MISSING_BASELINE' } },
      given({ values: [value('2026-01-12', '30')] }),
    );
    expect(broken).toMatchObject({ course: null, isHarm: false, elapsed: null, newest: '2026-01-12' });
  });
});

it('a straight course that ends at the goal is not short of it, whatever adding doubles loses', () => {
  const forecast = { slope: -0.52, slope_lo: -0.52, slope_hi: -0.52 };
  const end = (kind: Kind, goal: string, at: number) =>
    signsOf(kind, { reasons: [], forecast: { ...forecast, lo: at, hi: at }, goal, expected_progress: 0.8 })
      .isForecastShort;
  expect(end('at_most', '31.88', 31.880000000000003)).toBe(false);
  expect(end('at_least', '31.88', 31.879999999999995)).toBe(false);
  expect(end('at_most', '31.88', 31.881)).toBe(true);
  expect(end('at_least', '31.88', 31.879)).toBe(true);
  expect(end('between', '31.88', 40)).toBe(false);
});
