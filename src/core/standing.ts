/** Where does a pilot stand: each criterion's verdict, and the worst of those that decide? */
import type { Evaluation, Refused, Verdict } from './evaluate/criterion.ts';
import { worstOf } from './evaluate/index.ts';
import { judge } from './judge.ts';
import type { PausedDays } from './pause.ts';
import {
  type Criterion,
  criteriaOfVersion,
  type MeasuredValue,
  type Metric,
  type PilotFacts,
  versionInForce,
} from './pilot-facts.ts';

/** One criterion with its metric and what the values say about it. */
export interface CriterionStanding {
  readonly criterion: Criterion;
  readonly metric: Metric;
  readonly evaluation: Evaluation | Refused;
}

/** A pilot's criteria, judged. */
export interface Standing {
  readonly criteria: readonly CriterionStanding[];
  /** The worst verdict of required criteria and guardrails; null without any that can be judged. */
  readonly worst: Verdict | null;
}

/**
 * Judges the criteria of the version that counts (or is being agreed) as known at `now`, in the workspace's zone.
 * A pilot without a start date has nothing to be judged by. Days on which it rested take no time from it.
 *
 * @example
 * standingOf({ signed: null, charter: { n: 1, fields: { start: null } } }, [], 'Europe/Berlin', 0) // { criteria: [], worst: null }
 */
export function standingOf(
  facts: PilotFacts,
  values: readonly MeasuredValue[],
  zone: string,
  now: number,
  pauses: readonly PausedDays[] = [],
): Standing {
  const version = versionInForce(facts);
  const start = version.fields.start;
  if (start === null) return { criteria: [], worst: null };
  const metrics = new Map(facts.metrics.map((metric) => [metric.id, metric]));
  const valuesOf = Map.groupBy(values, ({ metric }) => metric);
  const criteria = criteriaOfVersion(facts, version.n).flatMap((criterion) => {
    const metric = metrics.get(criterion.metric);
    if (metric === undefined) return [];
    const evaluation = judge(criterion, metric, { start, zone, pauses }, valuesOf.get(metric.id) ?? [], now);
    return [{ criterion, metric, evaluation }];
  });
  const deciding = criteria.flatMap(({ criterion, evaluation }) =>
    criterion.role === 'informative' || 'error' in evaluation ? [] : [evaluation.verdict],
  );
  return { criteria, worst: deciding.length === 0 ? null : worstOf(deciding) };
}
