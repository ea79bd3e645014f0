import { describe, expect, it } from 'vitest';
import { calendarFrom, criterionFrom, type WhatIf, whatIf } from '../../../src/core/evaluate/index.ts';
import { suggestedCases } from '../../../src/core/evaluate/what-if.ts';
import { CALENDAR } from './portfolio.ts';

function tried(...input: Parameters<typeof whatIf>): WhatIf {
  const result = whatIf(...input);
  if ('error' in result) throw new Error(`refused: ${result.error}`);
  return result;
}

function verdicts(result: WhatIf): unknown[] {
  return result.points.map(({ at, value, evaluation }) => [at, value, evaluation.verdict]);
}

function codes(result: WhatIf): string[] {
  return result.warnings.map(({ code }) => code);
}

describe('before signing', () => {
  it('shows the decision at the baseline, half way and at the target', () => {
    const criterion = criterionFrom({
      kind: 'at_most',
      target: '12.5',
      baseline: '18.4',
      unit: 'EUR',
      agg: 'mean',
      window: 4,
    });
    const result = tried(criterion, CALENDAR);
    expect(verdicts(result)).toEqual([
      ['baseline', '18.4', 'missed'],
      ['half_way', '15.45', 'missed'],
      ['target', '12.5', 'met'],
    ]);
    expect(result.points[2]?.evaluation.sentence).toBe('€12.50; €12.50 or less needed, by 29 March: met');
    expect(result.warnings).toEqual([]);
  });

  it.each([
    ['a sum over the window', { kind: 'at_least', target: '40', baseline: '20', agg: 'sum', window: 1 }],
    [
      'a rate with many cases',
      { kind: 'at_least', target: '60', baseline: '50', unit: 'percent', agg: 'rate', min_n: 380 },
    ],
    [
      'a percentile',
      { kind: 'at_most', target: '20', baseline: '30', unit: 's', agg: 'percentile', percentile: '99.5' },
    ],
    ['a total', { kind: 'at_least', target: '1000', baseline: '0', agg: 'pilot_sum' }],
    ['a change by per cent', { kind: 'increase_pct', target: '50', baseline: '-20' }],
    ['proof asked for', { kind: 'at_least', target: '40', baseline: '20', min_trust: 3 }],
    ['to be held', { kind: 'at_least', target: '40', baseline: '20', sustain: 3 }],
    ['a band from outside', { kind: 'between', target: ['4', '5'], baseline: '7' }],
  ] as const)('is met at the target alone: %s', (_title, given) => {
    const result = tried(criterionFrom({ ...given }), CALENDAR);
    expect(result.points.map(({ evaluation }) => evaluation.verdict)).toEqual(['missed', 'missed', 'met']);
    expect(result.points.every(({ evaluation }) => evaluation.phase === 'final')).toBe(true);
  });

  it('knows only the target where there is no baseline', () => {
    expect(verdicts(tried(criterionFrom({ kind: 'at_least', target: '40' }), CALENDAR))).toEqual([
      ['target', '40', 'met'],
    ]);
    expect(verdicts(tried(criterionFrom({ kind: 'between', target: ['4', '5'] }), CALENDAR))).toEqual([
      ['target', '4.5', 'met'],
    ]);
  });

  it.each(['95', '1', '99.9'])('has as many single values as percentile %s needs', (percentile) => {
    const some = { kind: 'at_most', target: '8', baseline: '12', agg: 'percentile', percentile } as const;
    expect(verdicts(tried(criterionFrom(some), CALENDAR))).toEqual([
      ['baseline', '12', 'missed'],
      ['half_way', '10', 'missed'],
      ['target', '8', 'met'],
    ]);
    const many = criterionFrom({ ...some, min_n: 1_000_000_000 });
    expect(verdicts(tried(many, CALENDAR)).at(-1)).toEqual(['target', '8', 'met']);
  });

  it('of a yes knows no half', () => {
    expect(verdicts(tried(criterionFrom({ kind: 'yes_no' }), CALENDAR))).toEqual([
      ['baseline', false, 'missed'],
      ['target', true, 'met'],
    ]);
  });

  it('works with periods of months', () => {
    const calendar = calendarFrom({ start: '2026-01-31', deadline: '2026-07-29', cadence: { months: 1 } });
    const result = tried(criterionFrom({ kind: 'at_least', target: '40', baseline: '20' }), calendar);
    expect(result.points.at(-1)?.evaluation.verdict).toBe('met');
  });

  it('passes a refused definition on', () => {
    expect(whatIf(criterionFrom({ kind: 'increase_abs', target: '4' }), CALENDAR)).toEqual({
      error: 'MISSING_BASELINE',
    });
  });
});

describe('it warns', () => {
  const criterion = criterionFrom({
    kind: 'at_least',
    target: '60',
    baseline: '50',
    unit: 'percent',
    agg: 'rate',
    min_n: 379,
  });

  it('when the smallest sample cannot tell baseline from target, with the size that can', () => {
    expect(tried(criterion, CALENDAR).warnings).toEqual([
      { code: 'MIN_N_TOO_SMALL', min_n: 379, suggested: 380 },
    ]);
    expect(codes(tried({ ...criterion, min_n: 380 }, CALENDAR))).toEqual([]);
    expect(codes(tried({ ...criterion, agg: 'mean' }, CALENDAR))).toEqual([]);
    expect(codes(tried({ ...criterion, unit: 'EUR/case' }, CALENDAR))).toEqual([]);
  });

  it('when the baseline rests on too few periods', () => {
    const up = criterionFrom({ kind: 'at_least', target: '40', baseline: '20' });
    expect(tried(up, CALENDAR, ['20']).warnings).toEqual([
      { code: 'BASELINE_TOO_SHORT', periods: 1, needed: 2 },
    ]);
    expect(codes(tried(up, CALENDAR, ['20', '21']))).toEqual([]);
    expect(codes(tried(up, CALENDAR))).toEqual([]);
  });

  it('when the baseline has a trend of its own', () => {
    const up = criterionFrom({ kind: 'at_least', target: '40', baseline: '20' });
    expect(codes(tried(up, CALENDAR, ['16', '17', '18', '19', '20']))).toEqual(['BASELINE_TRENDING']);
    expect(codes(tried(up, CALENDAR, ['20', '19', '18', '17', '16']))).toEqual(['BASELINE_TRENDING']);
    expect(codes(tried(up, CALENDAR, ['17', '19', '16', '20', '18']))).toEqual([]);
    expect(codes(tried(up, CALENDAR, ['17', '18', '19', '20']))).toEqual([]);
  });

  it('when the baseline is at the target already, unless it is to be guarded', () => {
    const held = criterionFrom({ kind: 'at_most', target: '12', baseline: '11' });
    expect(codes(tried(held, CALENDAR))).toEqual(['ALREADY_REACHED']);
    expect(codes(tried({ ...held, role: 'guardrail' }, CALENDAR))).toEqual([]);
  });

  it('when no whole period fits before the deadline', () => {
    const calendar = calendarFrom({ start: '2026-01-05', deadline: '2026-01-10' });
    const result = tried(criterionFrom({ kind: 'at_least', target: '40', baseline: '20' }), calendar);
    expect(codes(result)).toEqual(['NO_WHOLE_PERIOD']);
    expect(result.points.at(-1)?.evaluation.verdict).toBe('no_data');
  });
});

it.each([
  [0.5, 0.6, 380],
  [0.2, 0.4, 81],
  [0.05, 0.1, 426],
  [0.1, 0.05, 426],
])('to tell %d from %d takes %i cases', (from, to, cases) => {
  expect(suggestedCases(from, to)).toBe(cases);
});
