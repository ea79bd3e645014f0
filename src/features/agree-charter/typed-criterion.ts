/** What has somebody typed into the form for a criterion, read by the rules of the pilot it is for? */
import { type CriterionReading, defineCriterion, type TypedCriterion } from '../../core/define-criterion.ts';
import { todayIn } from '../../core/metric.ts';
import type { Criterion, PilotFacts } from '../../core/pilot-facts.ts';
import type { FieldErrors, ValuesOf } from '../../slack/form.ts';
import type { criterionForm } from './forms.ts';

/** The fields of the form. */
export type CriterionValues = ValuesOf<(typeof criterionForm)['fields']>;

/** The fields that hold a whole number: from where to where, and what they count. */
const COUNTS = {
  average: [1, 99, 'periods'],
  sustain: [1, 99, 'periods'],
  smallest: [0, 1_000_000, 'cases'],
  breaches: [0, 99, 'periods'],
  closing: [0, 60, 'days'],
} as const;

/** A sentence for each field that holds no whole number of what it counts. */
export function countProblems(values: CriterionValues): FieldErrors {
  const errors: FieldErrors = {};
  for (const [name, [least, most, what]] of Object.entries(COUNTS)) {
    const text = values[name as keyof typeof COUNTS];
    if (text === null || (/^(0|[1-9]\d{0,6})$/.test(text) && Number(text) >= least && Number(text) <= most))
      continue;
    errors[name] =
      `"${text}" is not a number of ${what}. Write a whole number from ${least} to ${most.toLocaleString('en')}.`;
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
    smallest: number(values.smallest),
    breaches: number(values.breaches),
    closing: number(values.closing),
    proof: number(values.proof),
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
