import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentValues, engineCriterion, judge } from '../../src/core/judge.ts';
import { aCriterion, aMetric, aValue, daysLater } from '../support/facts.ts';

const CALENDAR = { start: '2026-01-05', zone: 'Europe/Berlin' };
const on = (day: number) => daysLater(day - 1);

describe('a criterion as the engine takes it', () => {
  it('carries every agreed term', () => {
    const taken = engineCriterion(
      aCriterion({
        version: 3,
        role: 'guardrail',
        agg: 'mean',
        aggWindow: 4,
        percentile: '95',
        sustain: 2,
        minN: 10,
        minPeriods: 3,
        minTrust: 1,
        margin: '0.5',
        budget: 2,
        tolerance: '0.2',
        mode: 'first_reach',
      }),
      aMetric(),
    );
    expect(taken).toMatchObject({
      id: 'K1',
      version: 3,
      kind: 'at_most',
      role: 'guardrail',
      target: '12.50',
      baseline: '18.40',
      unit: 'EUR/claim',
      agg: 'mean',
      window: 4,
      percentile: '95',
      sustain: 2,
      min_n: 10,
      min_periods: 3,
      min_trust: 1,
      margin: '0.5',
      budget: 2,
      tolerance: '0.2',
      evaluate: 'first_reach',
    });
  });

  it.each([
    ['between', '4', '5', ['4', '5']],
    ['between', '4', null, '4'],
    ['at_least', '4', '5', '4'],
    ['yes_no', null, null, null],
  ] as const)('of kind %s with %s and %s aims at %j', (kind, target, targetHigh, expected) => {
    expect(engineCriterion(aCriterion({ kind, target, targetHigh }), aMetric()).target).toEqual(expected);
  });
});

describe('judging', () => {
  it('knows only what was recorded by then, and in the zone of the workspace', () => {
    const values = [aValue({ value: '12.50', recordedAt: on(14) })];
    expect(judge(aCriterion(), aMetric(), CALENDAR, values, on(15))).toMatchObject({ verdict: 'met' });
    expect(judge(aCriterion(), aMetric(), CALENDAR, values, on(13))).toMatchObject({ verdict: 'too_early' });
    // In Berlin the week is over an hour before it is in UTC.
    const atMidnight = Date.UTC(2026, 0, 11, 23);
    const early = [aValue({ value: '12.50', recordedAt: atMidnight })];
    expect(judge(aCriterion(), aMetric(), CALENDAR, early, atMidnight)).toMatchObject({ verdict: 'met' });
    const inUtc = { ...CALENDAR, zone: 'UTC' };
    expect(judge(aCriterion(), aMetric(), inUtc, early, atMidnight)).toMatchObject({ verdict: 'too_early' });
  });

  it('waits for the first effect that was agreed', () => {
    const values = [aValue({ value: '18.40' })];
    const patient = aCriterion({ firstEffect: '2026-02-23' });
    expect(judge(patient, aMetric(), CALENDAR, values, on(14))).toMatchObject({ reasons: ['ramp'] });
    expect(judge(aCriterion(), aMetric(), CALENDAR, values, on(14))).not.toMatchObject({
      reasons: ['ramp'],
    });
  });

  it('takes the closing days that were agreed', () => {
    const values = [aValue({ periodEnd: '2026-03-30', value: '12', recordedAt: Date.UTC(2026, 2, 30, 8) })];
    const at = Date.UTC(2026, 2, 31, 8);
    expect(judge(aCriterion(), aMetric(), CALENDAR, values, at)).toMatchObject({ phase: 'closing' });
    const closed = aCriterion({ closingDays: 0 });
    expect(judge(closed, aMetric(), CALENDAR, values, at)).toMatchObject({ phase: 'final', verdict: 'met' });
  });

  it('takes counts and samples as they were recorded', () => {
    const rate = aCriterion({ kind: 'at_least', target: '60', baseline: '40', agg: 'rate', aggWindow: 2 });
    const counted = [
      aValue({ value: null, num: '90', den: '100', unit: 'percent' }),
      aValue({
        periodEnd: '2026-01-19',
        value: null,
        num: '10',
        den: '50',
        unit: 'percent',
        recordedAt: on(20),
      }),
    ];
    const judged = judge(rate, aMetric({ unit: 'percent' }), CALENDAR, counted, on(21));
    expect(judged).toMatchObject({ verdict: 'met', value: '66.666666666666666667' });
    const sampled = aValue({ value: null, raw: [1, '2', 3], unit: 'h' });
    const mean = aCriterion({ kind: 'at_most', target: '2', baseline: '4', agg: 'mean' });
    expect(judge(mean, aMetric({ unit: 'h' }), CALENDAR, [sampled], on(14))).toMatchObject({ value: '2' });
  });

  it('says what makes a definition impossible instead of judging', () => {
    const change = aCriterion({ kind: 'decrease_abs', target: '5', baseline: null });
    expect(judge(change, aMetric(), CALENDAR, [], on(14))).toEqual({ error: 'MISSING_BASELINE' });
  });
});

describe('the values that count', () => {
  const first = aValue({ id: 'a', value: '15', recordedAt: 10 });
  const corrected = aValue({ id: 'b', value: '14', recordedAt: 20 });
  const withdrawn = aValue({ id: 'c', value: '14', recordedAt: 30, withdrawn: true });
  const later = aValue({ id: 'd', periodEnd: '2026-01-19', recordedAt: 5 });

  it('are the newest of each period, oldest period first', () => {
    expect(currentValues([later, corrected, first]).map(({ id }) => id)).toEqual(['b', 'd']);
  });

  it('leave out a period whose newest row withdraws, and take it back when it is recorded again', () => {
    expect(currentValues([first, corrected, withdrawn])).toEqual([]);
    const again = aValue({ id: 'e', value: '13', recordedAt: 40 });
    expect(currentValues([first, withdrawn, again]).map(({ id }) => id)).toEqual(['e']);
  });

  it('are decided by the id where two were recorded in the same instant', () => {
    const twin = aValue({ id: 'z', value: '9', recordedAt: 20 });
    expect(currentValues([corrected, twin])).toEqual([twin]);
    expect(currentValues([twin, corrected])).toEqual([twin]);
  });

  it('do not depend on the order of the rows', () => {
    const row = fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      periodEnd: fc.constantFrom('2026-01-12', '2026-01-19', '2026-01-26'),
      recordedAt: fc.integer({ min: 0, max: 5 }),
      withdrawn: fc.boolean(),
    });
    const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 12 });
    fc.assert(
      fc.property(rows, (some) => {
        const kept = currentValues(some);
        expect(currentValues(some.toReversed())).toEqual(kept);
        expect(kept.map(({ periodEnd }) => periodEnd)).toEqual(
          [...new Set(kept.map(({ periodEnd }) => periodEnd))].toSorted(),
        );
        expect(kept.some(({ withdrawn: gone }) => gone)).toBe(false);
      }),
    );
  });
});
