/** What does a check-in ask, in under a minute on a phone? */
import { z } from 'zod';
import { type CheckInForm, checkInForm, numberStates } from '../../core/check-in-form.ts';
import type { Day } from '../../core/day.ts';
import type { Metric, PilotFacts, RecordedValue } from '../../core/pilot-facts.ts';
import type { BlockerRow } from '../../db/queries/rhythm.ts';
import { type Block, paragraph } from '../../slack/blocks.ts';
import { choiceField, choicesField, textField } from '../../slack/field.ts';
import { defineForm, type Fields } from '../../slack/form.ts';
import { shorten } from '../../slack/limits.ts';
import { bold, type Line } from '../../slack/text.ts';
import { limitText } from '../../views/criterion-text.ts';
import { dayText, periodText } from '../../views/day-text.ts';
import { shownValue } from '../../views/value-text.ts';

export const checkInMeta = z.object({
  pilot: z.string(),
  /** The metrics that are asked for, in their order. */
  metrics: z.array(z.string()).max(10),
  /** For each metric the end of the period the form names. */
  ends: z.array(z.string()).max(10),
  /** The id the check-in will have: a form submitted twice makes one. */
  id: z.string(),
  edits: z.string().nullable(),
});

/** How the pilot is, in the owner's own view. */
export const VIEWS = [
  { value: 'green', text: 'Green, on course' },
  { value: 'amber', text: 'Amber, some risk' },
  { value: 'red', text: 'Red, needs help' },
] as const;
export type OwnView = (typeof VIEWS)[number]['value'];

/** The name of the number field at a place in the list. */
export const numberField = (index: number): string => `number-${index}`;

const YES_NO = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
] as const;

/** The form for these numbers and open blockers; its declaration depends on both. */
export function formFor(
  metrics: readonly Pick<Metric, 'name' | 'unit'>[],
  blockers: readonly Pick<BlockerRow, 'id' | 'words'>[],
) {
  const numbers: Fields = Object.fromEntries(
    metrics.map((metric, index) => [
      numberField(index),
      metric.unit === 'bool'
        ? choiceField({ label: metric.name, choices: YES_NO, radio: true }).optional
        : textField({ label: metric.name, max: 60 }).optional,
    ]),
  );
  const open: Fields =
    blockers.length === 0
      ? {}
      : {
          still: choicesField({
            label: 'Still in the way',
            choices: blockers.slice(0, 10).map(({ id, words }) => ({ value: id, text: shorten(words, 75) })),
          }).optional,
        };
  return defineForm({
    id: 'check-in',
    title: 'Check in',
    submit: 'Check in',
    meta: checkInMeta,
    fields: {
      ...numbers,
      view: choiceField({ label: 'My view', choices: VIEWS, radio: true }).required,
      ...open,
      blocker: textField({ label: 'New blocker', hint: 'One line: what is in the way', max: 300 }).optional,
      ask: textField({ label: 'Ask of the sponsor', lines: true, max: 500 }).optional,
    },
  });
}

/** What is asked of one person now, three numbers at most; of whoever was asked this once like of the owner. */
export function asked(
  facts: PilotFacts,
  values: readonly RecordedValue[],
  person: string,
  today: Day,
  isAskedElse: boolean,
): CheckInForm {
  const fed = new Set(facts.metrics.filter(({ source }) => source !== 'typed').map(({ id }) => id));
  const isTheirs = (metric: Metric) =>
    metric.reporter === null
      ? isAskedElse || person === facts.holders.owner || person === facts.holders.backup
      : metric.reporter === person;
  return checkInForm(numberStates(facts, values, today), fed, isTheirs);
}

/** Labels name the period; old values stand in hints, never in the field. */
export function numberLook(form: CheckInForm): {
  labels: Record<string, string>;
  hints: Record<string, string>;
} {
  const labels: Record<string, string> = {};
  const hints: Record<string, string> = {};
  form.fields.forEach(({ metric, criterion, period, last }, index) => {
    const unit =
      metric.unit === 'count' || metric.unit === 'bool'
        ? ''
        : `, ${metric.unit === 'percent' ? '%' : metric.unit.replace('/', ' per ')}`;
    labels[numberField(index)] = `${metric.name}${unit}, ${periodText(period)}`;
    const before = last === null ? 'no value yet' : `last ${shownValue(last, metric)}`;
    hints[numberField(index)] = `${before} · agreed ${limitText(criterion, metric)}. Empty: no new number`;
  });
  return { labels, hints };
}

/** 'Cost per claim is not asked for any more: numbers count up to 29 March.'; nothing where every number still counts. */
export function overLines(form: CheckInForm, today: Day): Line[] {
  return form.over.slice(0, 3).map(({ metric, countedUntil }) => {
    const until = countedUntil === null ? '' : `: numbers count up to ${dayText(countedUntil, today)}`;
    return `${metric.name} is not asked for any more${until}.`;
  });
}

/** What came by itself or was recorded before, and what is not asked for any more: text, not fields. */
export function knownBlocks(form: CheckInForm, today: Day): Block[] {
  const over = overLines(form, today);
  return [...arrivedBlocks(form), ...(over.length === 0 ? [] : [paragraph(over)])];
}

function arrivedBlocks(form: CheckInForm): Block[] {
  if (form.arrived.length === 0) return [];
  const lines = form.arrived
    .slice(0, 6)
    .map(
      ({ metric, criterion, value }): Line => [
        bold(`${metric.name}: `),
        value === null ? 'no value' : `${shownValue(value, metric)}; agreed ${limitText(criterion, metric)}`,
      ],
    );
  return [paragraph([[bold('Here already')], ...lines])];
}
