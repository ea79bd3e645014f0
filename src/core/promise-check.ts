/** Is a promise worth signing: what would be said at a few values, and what speaks against it? */
import { calendarFrom } from './evaluate/criterion.ts';
import { type WhatIf, whatIf } from './evaluate/index.ts';
import {
  type CriterionFacts,
  currentValues,
  engineCriterion,
  type MetricFacts,
  type PilotCalendar,
  type ValueFacts,
} from './judge.ts';
import { cadenceOf } from './metric.ts';

/**
 * Tries a criterion before it is signed. `values` are the metric's recorded values; those of periods before the effect is
 * expected are what the baseline rests on. Null when the definition cannot be judged yet.
 *
 * @example
 * checkPromise({ kind: 'increase_abs', role: 'required', target: '5', baseline: null, deadline: '2026-03-29', firstEffect: null }, { unit: 'percent', cadence: 'week' }, { start: '2026-01-05', zone: 'UTC' }, []) // null
 */
export function checkPromise(
  facts: CriterionFacts,
  metric: MetricFacts,
  calendar: PilotCalendar,
  values: readonly ValueFacts[],
): WhatIf | null {
  const early = currentValues(values).filter(
    ({ periodEnd }) => facts.firstEffect === null || periodEnd <= facts.firstEffect,
  );
  const baseline = early.flatMap(({ value }) => (value === null ? [] : [value]));
  const result = whatIf(
    engineCriterion(facts, metric),
    calendarFrom({
      start: calendar.start,
      deadline: facts.deadline,
      tz: calendar.zone,
      cadence: cadenceOf(metric.cadence),
      first_effect: facts.firstEffect,
      closing_days: facts.closingDays,
    }),
    baseline.length === 0 ? null : baseline,
  );
  if ('error' in result) return null;
  // A guardrail is meant to hold already.
  const warnings = result.warnings.filter(
    ({ code }) => facts.role !== 'guardrail' || code !== 'ALREADY_REACHED',
  );
  return { ...result, warnings };
}
