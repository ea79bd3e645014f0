/** What has somebody typed into the form for a criterion, read by the rules of the pilot it is for? */
import {
  COUNT_LIMITS,
  type CriterionReading,
  defineCriterion,
  type TypedCriterion,
  wholeNumber,
} from '../../core/define-criterion.ts';
import { todayIn } from '../../core/metric.ts';
import type { Criterion, PilotFacts } from '../../core/pilot-facts.ts';
import type { FieldErrors, ValuesOf } from '../../slack/form.ts';
import { notACountText } from '../../views/criterion-problem-text.ts';
import type { criterionForm } from './forms.ts';

/** The fields of the form. */
export type CriterionValues = ValuesOf<(typeof criterionForm)['fields']>;

/** A sentence for each field that holds no whole number of what it counts. */
export function countProblems(values: CriterionValues): FieldErrors {
  const errors: FieldErrors = {};
  for (const [name, limits] of Object.entries(COUNT_LIMITS)) {
    const text = values[name as keyof typeof COUNT_LIMITS];
    if (text !== null && wholeNumber(text, limits) === null) errors[name] = notACountText(text, limits);
  }
  return errors;
}

/** Reads the fields; `all` are the criteria of the version, `edits` the one that is being changed. */
export function readTyped(
  values: CriterionValues,
  facts: PilotFacts,
  edits: string | null,
  all: readonly Criterion[],
): CriterionReading {
  const number = (text: string | null) => (text === null ? null : Number(text));
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
    average: number(values.average),
    sustain: number(values.sustain),
    margin: values.margin,
    method: values.method,
    percentile: values.percentile,
    smallest: number(values.smallest),
    breaches: number(values.breaches),
    closing: number(values.closing),
    proof: number(values.proof),
    rates: values.rates,
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
