/** What would the verdict be at the baseline, half way and at the target, and is the promise worth signing? */

import { addDays, periodsOf, startOfDay } from '../day.ts';
import { trendP } from '../statistics/kendall.ts';
import { Z_95 } from '../statistics/normal.ts';
import type { Calendar, Criterion, DecimalText, Evaluation, Observation, Refused } from './criterion.ts';
import { evaluate } from './evaluate.ts';
import { decimalText, Exact, fraction } from './exact.ts';
import { checkDefinition, goalFrom, goalOf } from './goal.ts';
import { journeyOf } from './pace.ts';
import { valuesNeeded } from './percentile.ts';
import { isShareOfOne, wholeOf } from './units.ts';

/** One point of the way and the verdict at the decision if every period came out there. */
export interface WhatIfPoint {
  readonly at: 'baseline' | 'half_way' | 'target';
  readonly value: DecimalText | boolean;
  readonly evaluation: Evaluation;
}

/** Why a promise may prove nothing. */
export type Warning =
  | { readonly code: 'BASELINE_TOO_SHORT'; readonly periods: number; readonly needed: number }
  | { readonly code: 'BASELINE_TRENDING'; readonly p: number }
  | { readonly code: 'MIN_N_TOO_SMALL'; readonly min_n: number; readonly suggested: number }
  | { readonly code: 'ALREADY_REACHED' }
  | { readonly code: 'NO_WHOLE_PERIOD' };

/** The points of the way, and what to think over before signing. */
export interface WhatIf {
  readonly points: readonly WhatIfPoint[];
  readonly warnings: readonly Warning[];
}

const FEWEST_FOR_TREND = 5;
const TREND_LEVEL = 0.05;

/**
 * Tries a definition before it is signed: each point as if every period came out there, judged when all is final. `baseline`
 * holds the values of the periods the baseline was measured on, oldest first, where they are known.
 *
 * @example
 * whatIf({ kind: 'increase_abs', baseline: null, target: '5' }, { start: '2026-01-05', deadline: '2026-03-29' }) // { "error": "MISSING_BASELINE" }
 */
export function whatIf(
  criterion: Criterion,
  calendar: Calendar,
  baseline: readonly DecimalText[] | null = null,
): WhatIf | Refused {
  const error = checkDefinition(criterion, calendar);
  if (error !== null) return { error };
  const points: WhatIfPoint[] = [];
  const tried = supplied(criterion);
  for (const { at, value } of stationsOf(criterion)) {
    const evaluation = evaluate({
      criterion: tried,
      calendar,
      observations: steady(tried, calendar, value),
      now: startOfDay(addDays(calendar.deadline, 1 + calendar.closing_days), calendar.tz),
    });
    if (!('error' in evaluation)) points.push({ at, value, evaluation });
  }
  return { points, warnings: warningsOf(criterion, calendar, baseline) };
}

/**
 * How many cases it takes to tell two shares (0 to 1) apart: half their distance is the reach of a 95 % interval.
 *
 * @example
 * suggestedCases(0.5, 0.6) // 380
 * suggestedCases(0.2, 0.4) // 81
 * suggestedCases(0.05, 0.1) // 426
 */
export function suggestedCases(from: number, to: number): number {
  const middle = (from + to) / 2;
  return Math.round((Z_95 * Z_95 * middle * (1 - middle)) / ((to - from) / 2) ** 2);
}

function stationsOf(criterion: Criterion): { at: WhatIfPoint['at']; value: DecimalText | boolean }[] {
  if (criterion.kind === 'yes_no') {
    return [
      { at: 'baseline', value: false },
      { at: 'target', value: true },
    ];
  }
  const goal = goalFrom(criterion);
  const target = goalOf(criterion) ?? (goal.shape === 'band' ? midpoint(goal.texts[0], goal.texts[1]) : null);
  if (target === null) return [];
  if (criterion.baseline === null) return [{ at: 'target', value: target }];
  return [
    { at: 'baseline', value: criterion.baseline },
    { at: 'half_way', value: midpoint(criterion.baseline, target) },
    { at: 'target', value: target },
  ];
}

function midpoint(a: DecimalText, b: DecimalText): DecimalText {
  return decimalText(fraction(new Exact(a).plus(b), 2));
}

// Single values in any number would have to be made up one by one: as many as a percentile needs are enough to try it.
function supplied(criterion: Criterion): Criterion {
  return criterion.agg === 'percentile' ? { ...criterion, min_n: 0 } : criterion;
}

// Every period comes out at the value (a total once), on as many cases and from as trusted a source as are asked for.
function steady(criterion: Criterion, calendar: Calendar, value: DecimalText | boolean): Observation[] {
  const periods = periodsOf(calendar.start, calendar.cadence, calendar.deadline);
  const cases =
    criterion.percentile === null ? Math.max(criterion.min_n, 1) : valuesNeeded(criterion.percentile);
  const given = (number: number): Pick<Observation, 'value' | 'raw' | 'n'> => {
    if (typeof value !== 'string') return { value };
    if (criterion.agg === 'percentile') return { raw: Array.from({ length: cases }, () => value) };
    // A total is the same whichever period brings it.
    return { value: criterion.agg === 'pilot_sum' && number > 1 ? '0' : value, n: cases };
  };
  return periods.map(({ number, end }) => ({
    end,
    ...given(number),
    trust: 3,
    recorded_at: startOfDay(end, calendar.tz),
  }));
}

function warningsOf(
  criterion: Criterion,
  calendar: Calendar,
  baseline: readonly DecimalText[] | null,
): Warning[] {
  const warnings: Warning[] = [];
  if (periodsOf(calendar.start, calendar.cadence, calendar.deadline).length === 0) {
    warnings.push({ code: 'NO_WHOLE_PERIOD' });
  }
  if (baseline !== null && baseline.length < criterion.min_periods) {
    warnings.push({ code: 'BASELINE_TOO_SHORT', periods: baseline.length, needed: criterion.min_periods });
  }
  if (baseline !== null && baseline.length >= FEWEST_FOR_TREND) {
    const p = trendP(baseline.map(Number));
    if (p <= TREND_LEVEL) warnings.push({ code: 'BASELINE_TRENDING', p });
  }
  const suggested = casesNeeded(criterion);
  if (suggested !== null && criterion.min_n < suggested) {
    warnings.push({ code: 'MIN_N_TOO_SMALL', min_n: criterion.min_n, suggested });
  }
  const goal = goalFrom(criterion);
  if (
    criterion.role !== 'guardrail' &&
    criterion.baseline !== null &&
    goal.shape !== 'yes' &&
    journeyOf(criterion, goal) === null
  )
    warnings.push({ code: 'ALREADY_REACHED' });
  return warnings;
}

function casesNeeded(criterion: Criterion): number | null {
  const goal = goalOf(criterion);
  if (
    criterion.agg !== 'rate' ||
    !isShareOfOne(criterion.unit) ||
    criterion.baseline === null ||
    goal === null
  ) {
    return null;
  }
  const whole = wholeOf(criterion.unit);
  const [from, to] = [Number(criterion.baseline) / whole, Number(goal) / whole];
  const isShare = (share: number) => share >= 0 && share <= 1;
  return from === to || !isShare(from) || !isShare(to) ? null : suggestedCases(from, to);
}
