/** What has somebody typed into the form for a criterion, read by the rules of the pilot it is for? */
import { type CriterionReading, defineCriterion, type TypedCriterion } from '../../core/define-criterion.ts';
import { todayIn } from '../../core/metric.ts';
import type { Criterion, PilotFacts } from '../../core/pilot-facts.ts';
import type { ValuesOf } from '../../slack/form.ts';
import type { criterionForm } from './forms.ts';

/** The fields of the form. */
export type CriterionValues = ValuesOf<(typeof criterionForm)['fields']>;

/** Reads the fields; `all` are the criteria of the version, `edits` the one that is being changed. */
export function readTyped(
  values: CriterionValues,
  facts: PilotFacts,
  edits: string | null,
  all: readonly Criterion[],
): CriterionReading {
  const typed: TypedCriterion = {
    metric: values.metric,
    measures: values.measures,
    kind: values.kind,
    unit: values.unit,
    baseline: values.baseline,
    baselineKnownBy: values.baselineKnownBy,
    target: values.target,
    deadline: values.deadline,
    firstEffect: values.firstEffect,
    every: values.every,
    role: values.role,
    average: values.average === null ? null : Number(values.average),
    sustain: values.sustain === null ? null : Number(values.sustain),
    margin: values.margin,
  };
  const usedByOthers = new Set(all.filter(({ id }) => id !== edits).map(({ metric }) => metric));
  const { start, decision } = facts.charter.fields;
  return defineCriterion(typed, {
    start: start ?? todayIn('UTC', facts.pilot.createdAt),
    decision,
    metrics: facts.metrics.map(({ id, key, unit, cadence }) => ({
      key,
      unit,
      cadence,
      used: usedByOthers.has(id),
    })),
  });
}
