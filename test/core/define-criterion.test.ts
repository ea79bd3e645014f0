import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/core/day.ts';
import {
  type CriterionContext,
  type CriterionProblem,
  type CriterionReading,
  type DefinedCriterion,
  defineCriterion,
  numberProblem,
  type TypedCriterion,
  usualDeadline,
  usualFirstEffect,
} from '../../src/core/define-criterion.ts';
import { KINDS } from '../../src/core/evaluate/index.ts';
import { CADENCES } from '../../src/core/metric.ts';

const CONTEXT: CriterionContext = { start: '2026-01-05', decision: '2026-04-05', metrics: [] };

const typed = (over: Partial<TypedCriterion> = {}): TypedCriterion => ({
  metric: 'Cost per claim',
  measures: 'business',
  kind: 'at_most',
  unit: 'EUR per claim',
  baseline: '18.40',
  baselineKnownBy: null,
  target: '12.50',
  deadline: null,
  firstEffect: null,
  every: 'week',
  role: 'required',
  average: null,
  sustain: null,
  margin: null,
  ...over,
});
const read = (over: Partial<TypedCriterion> = {}, context: Partial<CriterionContext> = {}) =>
  defineCriterion(typed(over), { ...CONTEXT, ...context });

function criterionOf(reading: CriterionReading): DefinedCriterion {
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.criterion;
}
const defined = (over: Partial<TypedCriterion> = {}, context: Partial<CriterionContext> = {}) =>
  criterionOf(read(over, context));
const problems = (over: Partial<TypedCriterion> = {}, context: Partial<CriterionContext> = {}) => {
  const reading = read(over, context);
  return reading.ok ? {} : reading.problems;
};

describe('a typed criterion of every kind', () => {
  it.each([
    ['at_least', { target: '40' }, { target: '40', targetHigh: null, mode: 'deadline' }],
    ['at_most', { target: '€12.50' }, { target: '12.50', targetHigh: null }],
    ['between', { target: '4 to 5' }, { target: '4', targetHigh: '5' }],
    ['between', { target: '4–5', unit: '%' }, { target: '4', targetHigh: '5', unit: 'percent' }],
    ['between', { target: '-2 to 2', baseline: null }, { target: '-2', targetHigh: '2', baseline: null }],
    ['increase_abs', { target: '5' }, { target: '5' }],
    ['increase_abs', { target: '5', unit: '%', baseline: '20 %' }, { target: '5', unit: 'percent' }],
    ['increase_abs', { target: '5 points', unit: '%' }, { target: '5', unit: 'percent' }],
    ['increase_pct', { target: '15' }, { target: '15', unit: 'EUR/claim' }],
    ['increase_pct', { target: '15 %', baseline: '-20' }, { target: '15', unit: 'EUR/claim' }],
    ['decrease_abs', { target: '5.90' }, { target: '5.90' }],
    ['decrease_pct', { target: '25 %' }, { target: '25' }],
    ['decrease_pct', { target: '25 %', unit: '%', baseline: '8 %' }, { target: '25', unit: 'percent' }],
    ['yes_no', { target: null, baseline: null }, { target: null, unit: 'bool', mode: 'first_reach' }],
    ['yes_no', { target: 'yes', baseline: 'no', margin: '5' }, { target: null, baseline: null, margin: '0' }],
  ] as const)('%s with %o is kept as %o', (kind, over, expected) => {
    expect(defined({ kind, ...over })).toMatchObject({ kind, ...expected });
  });

  it('keeps every field that was typed', () => {
    expect(
      defined({
        measures: 'cost',
        role: 'guardrail',
        every: 'fortnight',
        baseline: null,
        baselineKnownBy: '2026-01-26',
        deadline: '2026-03-01',
        firstEffect: '2026-02-01',
        average: 3,
        sustain: 2,
        margin: '0,50 €',
        smallest: 430,
        breaches: 0,
        closing: 9,
        proof: 2,
      }),
    ).toEqual({
      metricKey: 'cost-per-claim',
      metricName: 'Cost per claim',
      unit: 'EUR/claim',
      cadence: 'fortnight',
      measures: 'cost',
      kind: 'at_most',
      role: 'guardrail',
      baseline: null,
      baselineKnownBy: '2026-01-26',
      target: '12.50',
      targetHigh: null,
      deadline: '2026-03-01',
      firstEffect: '2026-02-01',
      agg: 'mean',
      aggWindow: 3,
      percentile: null,
      sustain: 2,
      minN: 430,
      minPeriods: 2,
      minTrust: 2,
      margin: '0.50',
      budget: 0,
      closingDays: 9,
      mode: 'deadline',
      rates: null,
    });
  });

  it.each([
    ['week', null, 'mean', 4],
    ['week', 1, 'latest', 1],
    ['month', null, 'latest', 1],
    ['quarter', 2, 'mean', 2],
    ['fortnight', 0, 'latest', 1],
  ] as const)('measured every %s, averaged over %j, is judged on the %s of %i', (every, average, agg, aggWindow) => {
    expect(defined({ every, average }, { decision: '2026-09-05' })).toMatchObject({ agg, aggWindow });
  });

  it.each([
    ['mean', null, { agg: 'mean', aggWindow: 4, mode: 'deadline' }],
    ['mean', 1, { agg: 'latest', aggWindow: 1, mode: 'deadline' }],
    ['rate', null, { agg: 'rate', aggWindow: 4, mode: 'deadline' }],
    ['rate', 1, { agg: 'rate', aggWindow: 1, mode: 'deadline' }],
    ['sum', 2, { agg: 'sum', aggWindow: 2, mode: 'deadline' }],
    ['min', 12, { agg: 'min', aggWindow: 12, mode: 'deadline' }],
    ['max', null, { agg: 'max', aggWindow: 4, mode: 'deadline' }],
    ['pilot_sum', 3, { agg: 'pilot_sum', aggWindow: 1, mode: 'first_reach' }],
  ] as const)('worked out as %s of %j periods is judged so', (method, average, expected) => {
    expect(defined({ kind: 'at_least', method, average })).toMatchObject(expected);
  });

  it.each([
    ['95', '95'],
    ['p95', '95'],
    ['P99.9', '99.9'],
    ['99,9', '99.9'],
    ['90th', '90'],
    ['1st', '1'],
    [' 50 % ', '50'],
    ['97.50', '97.5'],
  ])('worked out as a percentile of single values, "%s" means %s', (percentile, expected) => {
    expect(defined({ method: 'percentile', percentile })).toMatchObject({
      agg: 'percentile',
      aggWindow: 4,
      percentile: expected,
    });
  });

  it.each([
    '0',
    '100',
    '0.95',
    '99.99',
    '-95',
    'ninety',
    '95 hours',
    '1,234',
    'p',
    '9e1',
    '<!channel>',
  ])('knows no percentile "%s"', (percentile) => {
    expect(problems({ method: 'percentile', percentile })).toEqual({
      percentile: { code: 'percentile_unreadable', typed: percentile },
    });
  });

  it('asks for the percentile where one is to be worked out, and nowhere else', () => {
    const empty = { percentile: { code: 'percentile_empty' } };
    expect(problems({ method: 'percentile' })).toEqual(empty);
    expect(problems({ method: 'percentile', percentile: ' ' })).toEqual(empty);
    const unused = { percentile: { code: 'percentile_unused', typed: '95' } };
    expect(problems({ method: 'max', percentile: '95' })).toEqual(unused);
    expect(problems({ percentile: '95' })).toEqual(unused);
    const yes = { kind: 'yes_no', target: null, baseline: null, unit: null, percentile: '95' } as const;
    expect(problems({ ...yes, method: 'percentile' })).toEqual(unused);
    expect(defined({ ...yes, method: 'percentile', percentile: null }).percentile).toBeNull();
  });

  it('is done with a total that was reached, but judges one that must stay below at the end', () => {
    expect(defined({ kind: 'at_most', method: 'pilot_sum' }).mode).toBe('deadline');
    expect(defined({ kind: 'at_least', method: 'pilot_sum', role: 'guardrail' }).mode).toBe('deadline');
  });

  it('knows no breaches outside of guardrails, and no cases and methods behind a yes', () => {
    expect(defined({ breaches: 2 }).budget).toBeNull();
    expect(
      defined({ kind: 'yes_no', target: null, baseline: null, method: 'sum', smallest: 40, proof: 1 }),
    ).toMatchObject({ agg: 'latest', aggWindow: 1, minN: 0, minTrust: 1, mode: 'first_reach' });
  });

  it('asks for two periods before it is judged, unless only one fits', () => {
    expect(defined().minPeriods).toBe(2);
    expect(defined({ deadline: '2026-01-18' }).minPeriods).toBe(2);
    expect(defined({ deadline: '2026-01-17' }).minPeriods).toBe(1);
    expect(defined({ every: 'quarter' }).minPeriods).toBe(1);
  });
});

describe('the unit', () => {
  it.each([
    [{ unit: null, baseline: '18.40', target: '€12.50 per claim' }, 'EUR/claim'],
    [{ unit: null, baseline: '€18.40', target: '€12.50 per claim' }, 'EUR/claim'],
    [{ unit: null, baseline: '€18.40 per claim', target: '€12.50' }, 'EUR/claim'],
    [{ unit: null, baseline: null, target: '12,5 %' }, 'percent'],
    [{ unit: null, baseline: '30 hours', target: '20' }, 'h'],
    [{ unit: null, baseline: '30', target: '20' }, 'count'],
    [{ unit: null, kind: 'increase_abs', baseline: '20', target: '5 points' }, 'percent'],
    [{ unit: null, kind: 'increase_pct', baseline: '200', target: '15 %' }, 'count'],
    [{ unit: null, kind: 'increase_pct', baseline: '€200', target: '15 %' }, 'EUR'],
    [{ unit: null, kind: 'between', baseline: null, target: '4 to 5 %' }, 'percent'],
    [{ unit: 'tickets per week', baseline: '31', target: '20' }, 'tickets/week'],
    [{ unit: 'Tickets', baseline: '31', target: '20' }, 'Tickets'],
    [{ unit: '%', baseline: '31', target: '20 percent' }, 'percent'],
    [{ unit: 'points', kind: 'increase_abs', baseline: '31', target: '5 points' }, 'pp'],
  ] as const)('of %o is %s', (over, unit) => {
    expect(defined(over).unit).toBe(unit);
  });

  it.each([
    [{ target: '12.50 hours' }, 'target', 'EUR/claim'],
    [{ baseline: '18 %' }, 'baseline', 'EUR/claim'],
    [{ margin: '5 %' }, 'margin', 'EUR/claim'],
    [{ target: 'USD 12.50' }, 'target', 'EUR/claim'],
    [{ kind: 'between', target: '4 to 5 %' }, 'target', 'EUR/claim'],
    [{ kind: 'increase_abs', target: '5 points' }, 'target', 'EUR/claim'],
    [{ kind: 'increase_pct', target: '€5' }, 'target', 'percent'],
    [{ kind: 'increase_pct', baseline: '20 %', target: '5 %' }, 'baseline', 'EUR/claim'],
    [{ unit: '%', baseline: '20 points', target: '30' }, 'baseline', 'percent'],
    [{ unit: null, baseline: '30', target: '20', margin: '1 hour' }, 'margin', 'count'],
  ] as const)('of %o does not agree at %s', (over, field, unit) => {
    const text = typed(over)[field];
    expect(problems(over)).toEqual({ [field]: { code: 'unit_differs', typed: text, unit } });
  });

  it.each([
    ['increase_abs', '5 %'],
    ['decrease_abs', '5 percent'],
    ['increase_pct', '5 points'],
    ['decrease_pct', '5 pp'],
  ] as const)('of a percentage that changes %s by %s could be meant two ways', (kind, target) => {
    const over = { kind, target, unit: '%', baseline: '20' };
    expect(problems(over)).toEqual({ target: { code: 'percent_or_points', typed: target, kind } });
  });

  it('of a margin may be points or per cent of a percentage', () => {
    const percentage = { unit: '%', baseline: '2', target: '2', role: 'guardrail' } as const;
    expect(defined({ ...percentage, margin: '0.5 points' }).margin).toBe('0.5');
    expect(defined({ ...percentage, margin: '0,5 %' }).margin).toBe('0.5');
  });

  it('is not one of answers for a criterion in numbers', () => {
    expect(problems({ unit: 'BOOL' })).toMatchObject({ unit: { code: 'unit_for_yes_no', typed: 'BOOL' } });
  });
});

describe('a metric that another criterion uses', () => {
  const metrics = [{ key: 'cost-per-claim', unit: 'EUR/claim', cadence: 'week', used: true }] as const;

  it('gives its unit where none is typed', () => {
    expect(defined({ unit: null }, { metrics }).unit).toBe('EUR/claim');
    expect(defined({ unit: null, target: '€12' }, { metrics }).unit).toBe('EUR/claim');
  });

  it.each([
    [{ unit: 'USD' }, { unit: { code: 'unit_taken', unit: 'EUR/claim', metric: 'Cost per claim' } }],
    [{ every: 'month' }, { every: { code: 'cadence_taken', cadence: 'week', metric: 'Cost per claim' } }],
    [
      { kind: 'yes_no', target: null, baseline: null },
      { unit: { code: 'unit_taken', unit: 'EUR/claim', metric: 'Cost per claim' } },
    ],
  ] as const)('is measured in one unit and as often: %o', (over, expected) => {
    expect(problems(over, { metrics })).toEqual(expected);
  });

  it('that is answered with yes or no takes no numbers', () => {
    const answered = [{ ...metrics[0], unit: 'bool' }];
    const taken = { unit: { code: 'unit_taken', unit: 'bool', metric: 'Cost per claim' } };
    expect(problems({ unit: null }, { metrics: answered })).toEqual(taken);
    expect(defined({ kind: 'yes_no', target: null, baseline: null }, { metrics: answered }).unit).toBe(
      'bool',
    );
  });

  it('is free to change while no other criterion uses it', () => {
    const unused = [{ ...metrics[0], used: false }];
    expect(defined({ unit: 'USD', every: 'month' }, { metrics: unused })).toMatchObject({
      unit: 'USD',
      cadence: 'month',
    });
  });
});

describe('what is wrong with a criterion', () => {
  it.each([
    [{ metric: '請求' }, { metric: { code: 'no_key', name: '請求' } }],
    [{ target: null }, { target: { code: 'target_empty' } }],
    [{ target: '  ' }, { target: { code: 'target_empty' } }],
    [{ kind: 'between', target: null }, { target: { code: 'target_empty' } }],
    [
      { target: '1,234' },
      { target: { code: 'number_ambiguous', typed: '1,234', readings: ['1234', '1.234'] } },
    ],
    [
      { baseline: '-1,234 €' },
      { baseline: { code: 'number_ambiguous', typed: '-1,234 €', readings: ['-1234', '-1.234'] } },
    ],
    [
      { kind: 'between', target: '1,234 to 5' },
      { target: { code: 'number_ambiguous', typed: '1,234 to 5', readings: ['1234', '1.234'] } },
    ],
    [{ target: 'soon' }, { target: { code: 'number_unreadable', typed: 'soon' } }],
    [{ target: '12..5' }, { target: { code: 'number_unreadable', typed: '12..5' } }],
    [{ target: '=HYPERLINK("x")' }, { target: { code: 'number_unreadable', typed: '=HYPERLINK("x")' } }],
    [{ target: '<!channel>' }, { target: { code: 'number_unreadable', typed: '<!channel>' } }],
    [{ target: '9'.repeat(20) }, { target: { code: 'number_too_large', typed: '9'.repeat(20) } }],
    [{ baseline: '١٢' }, { baseline: { code: 'other_digits', typed: '١٢' } }],
    [{ target: '12 widgets' }, { target: { code: 'unit_unknown', typed: '12 widgets' } }],
    [{ margin: 'a bit' }, { margin: { code: 'number_unreadable', typed: 'a bit' } }],
    [{ margin: '-1' }, { margin: { code: 'margin_negative', typed: '-1' } }],
    [{ kind: 'between', target: '4' }, { target: { code: 'band_unreadable', typed: '4' } }],
    [{ kind: 'between', target: 'a to b' }, { target: { code: 'band_unreadable', typed: 'a to b' } }],
    [{ kind: 'between', target: '5 to 4' }, { target: { code: 'band_empty', typed: '5 to 4' } }],
    [{ kind: 'between', target: '4 to 4' }, { target: { code: 'band_empty', typed: '4 to 4' } }],
    [{ kind: 'increase_abs', target: '0' }, { target: { code: 'change_not_positive', typed: '0' } }],
    [{ kind: 'decrease_pct', target: '-5' }, { target: { code: 'change_not_positive', typed: '-5' } }],
    [{ kind: 'increase_pct', baseline: '0' }, { baseline: { code: 'baseline_zero' } }],
    [
      { kind: 'increase_abs', baseline: null },
      { baseline: { code: 'baseline_needed', kind: 'increase_abs' } },
    ],
    [
      { kind: 'yes_no', target: '50', baseline: '3' },
      {
        target: { code: 'not_for_yes_no', typed: '50' },
        baseline: { code: 'not_for_yes_no', typed: '3' },
      },
    ],
    [{ kind: 'yes_no', target: 'no', baseline: null }, { target: { code: 'not_for_yes_no', typed: 'no' } }],
    [{ deadline: '2026-01-10' }, { deadline: { code: 'deadline_too_early', first: '2026-01-11' } }],
    [{ deadline: '2026-04-06' }, { deadline: { code: 'deadline_after_decision', decision: '2026-04-05' } }],
    [{ firstEffect: '2026-03-30' }, { firstEffect: { code: 'first_effect_late', deadline: '2026-03-29' } }],
    [
      { every: 'quarter', deadline: '2026-03-29' },
      { deadline: { code: 'deadline_too_early', first: '2026-04-04' } },
    ],
  ] as const)('of %o is %o', (over, expected) => {
    expect(problems(over as Partial<TypedCriterion>)).toEqual(expected);
  });

  it('is that nothing can be measured before the decision', () => {
    const soon = { decision: '2026-01-10' };
    const expected = {
      code: 'cadence_too_long',
      cadence: 'week',
      first: '2026-01-11',
      decision: '2026-01-10',
    };
    expect(problems({}, soon)).toEqual({ every: expected });
    expect(problems({ deadline: '2026-01-09' }, soon)).toEqual({ every: expected });
    expect(defined({}, { decision: '2026-01-11' }).deadline).toBe('2026-01-11');
  });

  it('is nothing for a change whose baseline will be measured by a day', () => {
    const change = { kind: 'increase_abs', baseline: null, baselineKnownBy: '2026-01-26' } as const;
    expect(defined(change)).toMatchObject({ baseline: null, baselineKnownBy: '2026-01-26' });
  });

  it('is said of all fields at once', () => {
    const wrong = {
      metric: '!',
      unit: 'bool',
      baseline: 'x',
      target: '1,234',
      margin: '-1',
      deadline: '2026-05-01',
      firstEffect: '2026-06-01',
    };
    expect(Object.keys(problems(wrong)).toSorted()).toEqual(Object.keys(wrong).toSorted());
  });

  it('leaves only numbers that can be judged', () => {
    const text = fc.oneof(
      fc.constantFrom(
        '',
        '0',
        '12.50',
        '12,5 %',
        '1,234',
        '4 to 5',
        '€5',
        '5 points',
        '-3',
        'yes',
        '<!channel>',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    const maybe = fc.option(text, { nil: null });
    const some = fc.record({
      kind: fc.constantFrom(...KINDS),
      unit: fc.option(fc.constantFrom('%', 'EUR per claim', 'hours', 'tickets', 'points'), { nil: null }),
      baseline: maybe,
      target: maybe,
      margin: maybe,
      every: fc.constantFrom(...CADENCES),
    });
    const number = /^-?\d+(\.\d+)?$/;
    fc.assert(
      fc.property(some, (over) => {
        const reading = read(over);
        const kept = reading.ok ? reading.criterion : null;
        const numbers = [kept?.baseline, kept?.target, kept?.targetHigh, kept?.margin];
        expect(numbers.filter((value) => typeof value === 'string' && !number.test(value))).toEqual([]);
        expect(kept === null || kept.kind === 'yes_no' || kept.target !== null).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the usual deadline', () => {
  it.each([
    ['2026-01-05', '2026-04-05', 'week', '2026-03-29'],
    ['2026-01-05', '2026-04-04', 'week', '2026-03-22'],
    ['2026-01-05', '2026-04-11', 'week', '2026-03-29'],
    ['2026-01-05', '2026-04-12', 'week', '2026-04-05'],
    ['2026-01-05', '2026-04-05', 'fortnight', '2026-03-29'],
    ['2026-01-05', '2026-04-05', 'month', '2026-03-04'],
    ['2026-01-31', '2026-06-05', 'month', '2026-04-29'],
    ['2026-01-31', '2026-06-06', 'month', '2026-05-30'],
    ['2026-01-05', '2026-04-05', 'quarter', '2026-04-04'],
    ['2026-01-05', '2026-01-12', 'week', '2026-01-11'],
    ['2026-01-05', '2026-01-18', 'week', '2026-01-11'],
    ['2026-01-05', '9999-12-31', 'week', '9999-12-19'],
  ] as const)('from %s with a decision on %s, measured every %s, is %s', (start, decision, every, expected) => {
    expect(usualDeadline(start, decision, every)).toBe(expected);
  });

  it('ends a whole period a week before the decision, and is the last such day', () => {
    const span = fc.integer({ min: 0, max: 900 });
    fc.assert(
      fc.property(
        fc.constantFrom(...CADENCES),
        fc.integer({ min: 0, max: 60 }),
        span,
        (every, from, days) => {
          const start = addDays('2026-01-05', from);
          const decision = addDays(start, days);
          const deadline = usualDeadline(start, decision, every);
          const next = usualDeadline(start, addDays(decision, every === 'quarter' ? 93 : 31), every);
          const first = usualDeadline(start, start, every);
          expect(deadline === first || deadline <= addDays(decision, -7)).toBe(true);
          expect(deadline <= next).toBe(true);
          expect(next === deadline || next > addDays(decision, -7) || deadline === first).toBe(true);
          // Whatever is offered can be kept, as long as one period fits before the decision.
          const reading = read({ every }, { start, decision });
          expect(reading.ok).toBe(decision >= first);
        },
      ),
    );
  });
});

describe('the usual first effect', () => {
  it('is the first day of measure, the eighth week', () => {
    expect(usualFirstEffect('2026-01-05', '2026-03-29')).toBe('2026-02-23');
    expect(usualFirstEffect('2026-01-05', '2026-02-24')).toBe('2026-02-23');
    expect(defined().firstEffect).toBe('2026-02-23');
  });

  it('is two thirds of the way where the pilot ends before that', () => {
    expect(usualFirstEffect('2026-01-05', '2026-02-23')).toBe('2026-02-06');
    expect(usualFirstEffect('2026-01-05', '2026-01-11')).toBe('2026-01-09');
    expect(usualFirstEffect('2026-01-05', '2026-01-05')).toBe('2026-01-05');
  });

  it('never comes after the deadline', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), (days) => {
        const deadline = addDays('2026-01-05', days);
        const effect = usualFirstEffect('2026-01-05', deadline);
        expect(effect >= '2026-01-05' && effect <= deadline).toBe(true);
      }),
    );
  });
});

describe('how long a result is to be held', () => {
  it.each([
    [{ sustain: 12 }, 12],
    [{ sustain: 1, deadline: '2026-01-11' }, 1],
    [{ sustain: 2, every: 'month', deadline: '2026-03-04' }, 2],
  ] as const)('fits where %o', (over, sustain) => {
    expect(defined(over).sustain).toBe(sustain);
  });

  it.each([
    [{ sustain: 13 }, 12, '2026-03-29'],
    [{ sustain: 99 }, 12, '2026-03-29'],
    [{ sustain: 2, deadline: '2026-01-17' }, 1, '2026-01-17'],
    [{ sustain: 3, every: 'month', deadline: '2026-04-04' }, 3, null],
    [{ sustain: 4, every: 'month', deadline: '2026-04-04' }, 3, '2026-04-04'],
  ] as const)('is refused where %o leaves %s periods', (over, periods, deadline) => {
    expect(problems(over)).toEqual(
      deadline === null
        ? {}
        : { sustain: { code: 'sustain_too_long', sustain: over.sustain, periods, deadline } },
    );
  });

  it('says only what comes first', () => {
    expect(Object.keys(problems({ sustain: 99, deadline: '2026-01-06' }))).toEqual(['deadline']);
  });
});

describe('a number that cannot be read', () => {
  it.each([
    ['EMPTY', 'number_unreadable'],
    ['NOT_A_NUMBER', 'number_unreadable'],
    ['AMBIGUOUS', 'number_ambiguous'],
    ['TOO_LARGE', 'number_too_large'],
    ['OTHER_DIGITS', 'other_digits'],
    ['UNKNOWN_UNIT', 'unit_unknown'],
  ] satisfies [string, CriterionProblem['code']][])('because of %s is %s', (problem, code) => {
    expect(numberProblem('x', { problem })).toMatchObject({ code });
  });
});
