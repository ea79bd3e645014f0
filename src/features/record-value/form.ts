/** What does the form ask that records values, and the one that corrects a value? */
import { z } from 'zod';
import type { Day, Period } from '../../core/day.ts';
import { currentValues } from '../../core/judge.ts';
import { nextToRecord } from '../../core/metric.ts';
import type { Metric, PilotFacts, RecordedValue } from '../../core/pilot-facts.ts';
import { criteriaOfVersion, versionInForce } from '../../core/pilot-facts.ts';
import { choiceField, dayField, textField } from '../../slack/field.ts';
import { defineForm, type Fields } from '../../slack/form.ts';
import { limitText, ratesBehind } from '../../views/criterion-text.ts';
import { periodText } from '../../views/day-text.ts';
import { shownValue } from '../../views/value-text.ts';

/** The most metrics one form asks for; the rest has a form of its own by command. */
const MOST_METRICS = 20;

const YES_NO = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
] as const;

export const recordMeta = z.object({
  pilot: z.string(),
  metrics: z.array(z.string()).max(MOST_METRICS),
  /** For each metric the end of the period the form names, or null where none has ended yet. */
  ends: z.array(z.string().nullable()).max(MOST_METRICS),
});

/** The name of the field for the metric at a place in the list. */
export const fieldName = (index: number): string => `value-${index}`;

/** The form for these metrics, in their order. Its declaration depends on the metrics, so it is made for each pilot. */
export function recordForm(metrics: readonly Pick<Metric, 'name' | 'unit'>[]) {
  const values: Fields = Object.fromEntries(
    metrics.map((metric, index) => [
      fieldName(index),
      metric.unit === 'bool'
        ? choiceField({ label: metric.name, choices: YES_NO, radio: true }).optional
        : textField({ label: metric.name, max: 60 }).optional,
    ]),
  );
  return defineForm({
    id: 'record-values',
    title: 'Record values',
    submit: 'Record',
    meta: recordMeta,
    fields: {
      ...values,
      day: dayField({ label: 'Another period', hint: 'Any day inside it. Empty: the periods named above' })
        .optional,
      evidence: textField({ label: 'Evidence', hint: 'A link to where the number comes from', max: 500 })
        .optional,
    },
  });
}

/** The period the form names for a metric: the newest that has ended and has no value. */
function periodOffered(
  facts: PilotFacts,
  metric: Metric,
  values: readonly RecordedValue[],
  today: Day,
): Period | null {
  const recorded = currentValues(values.filter((row) => row.metric === metric.id));
  const ends = recorded.map(({ periodEnd }) => periodEnd);
  return nextToRecord(versionInForce(facts).fields.start ?? today, metric.cadence, ends, today);
}

/** The ends of the periods the form names, for its metadata. */
export const endsOffered = (
  facts: PilotFacts,
  metrics: readonly Metric[],
  values: readonly RecordedValue[],
  today: Day,
): (Day | null)[] => metrics.map((metric) => periodOffered(facts, metric, values, today)?.end ?? null);

/** What the form says about each metric: the period that is asked for, the last value, and what was agreed. */
export function recordLook(
  facts: PilotFacts,
  metrics: readonly Metric[],
  values: readonly RecordedValue[],
  today: Day,
) {
  const version = versionInForce(facts);
  const criteria = criteriaOfVersion(facts, version.n);
  const labels: Record<string, string> = {};
  const hints: Record<string, string> = {};
  metrics.forEach((metric, index) => {
    const current = currentValues(values.filter((row) => row.metric === metric.id));
    const period = periodOffered(facts, metric, values, today);
    const unit = metric.unit === 'count' || metric.unit === 'bool' ? '' : `, ${unitLabel(metric.unit)}`;
    labels[fieldName(index)] =
      `${metric.name}${unit}, ${period === null ? 'first period not over yet' : periodText(period)}`;
    const criterion = criteria.find((candidate) => candidate.metric === metric.id);
    const last = current.at(-1);
    hints[fieldName(index)] = [
      last === undefined ? 'no value yet' : `last ${shownValue(last, metric)}`,
      criterion === undefined
        ? null
        : `agreed ${limitText(criterion, metric)}${ratesBehind(criterion, metric)}`,
    ]
      .filter((part) => part !== null)
      .join(' · ');
  });
  return { labels, hints };
}

/** The metrics somebody may record, those a criterion looks at first. */
export function metricsToAsk(facts: PilotFacts, may: (metric: Metric) => boolean): Metric[] {
  const version = versionInForce(facts);
  const used = new Map(
    criteriaOfVersion(facts, version.n).map((criterion, index) => [criterion.metric, index]),
  );
  return facts.metrics
    .filter(may)
    .toSorted((a, b) => (used.get(a.id) ?? 1000) - (used.get(b.id) ?? 1000))
    .slice(0, MOST_METRICS);
}

const unitLabel = (unit: string): string => (unit === 'percent' ? '%' : unit.replace('/', ' per '));

/** Puts another value in the place of one that was recorded. */
export const correctForm = defineForm({
  id: 'correct-value',
  title: 'Correct a value',
  submit: 'Correct',
  meta: z.object({ pilot: z.string(), observation: z.string() }),
  fields: {
    value: textField({ label: 'Value', max: 60 }).required,
    reason: textField({ label: 'Reason', hint: 'Why the first number was wrong', max: 500 }).optional,
  },
});
