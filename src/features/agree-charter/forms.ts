/** Which forms does agreeing on a charter need? */
import { z } from 'zod';
import { CADENCES } from '../../core/metric.ts';
import { channelField, choiceField, dayField, personField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { charterFields } from '../../views/charter-fields.ts';

/** Everything the charter says in words, dates and people. One item alone is asked by leaving the others out. */
export const charterForm = defineForm({
  id: 'edit-charter',
  title: 'Edit charter',
  submit: 'Save',
  meta: z.object({
    pilot: z.string(),
    /** The state the form was filled from; somebody else's change meanwhile makes it old. */
    version: z.string(),
    revision: z.number(),
    /** The only fields that are asked; all of them when absent. */
    only: z.array(z.string()).optional(),
  }),
  fields: {
    name: textField({ label: 'Name', max: 80 }).required,
    outcome: charterFields.outcome,
    problem: charterFields.problem,
    sponsor: personField({
      label: 'Executive sponsor',
      hint: 'Runs the unit that benefits and is measured on the result. Not told until you ask them to sign',
    }).optional,
    owner: personField({ label: 'Owner' }).required,
    production_owner: personField({
      label: 'Production owner',
      hint: 'Answers for uptime, incidents and improvement once it is live',
    }).optional,
    start: dayField({ label: 'Start date', hint: 'When work starts; clocks count from here' }).optional,
    decision: dayField({ label: 'Decision date', hint: 'When met or not met is called' }).optional,
    rollback: charterFields.rollback,
    budget: charterFields.budget,
    delay: textField({
      label: 'Cost of delay, a week',
      hint: 'What a week without the result costs, as a range: 8000 to 15000 EUR. The sponsor reads it when something waits',
      max: 60,
    }).optional,
    delaySource: textField({
      label: 'Who says so',
      hint: 'Where this cost comes from: a person in finance, a forecast. Without it the cost is shown to nobody',
      max: 120,
    }).optional,
    unit: textField({ label: 'Business unit', max: 80 }).optional,
    channel: channelField({ label: 'Channel', hint: 'For card and digest, once asked to sign' }).optional,
    visibility: choiceField({
      label: 'Who can see it',
      choices: [
        { value: 'workspace', text: 'Everyone in the workspace' },
        { value: 'people', text: 'Only people with a role' },
      ],
    }).required,
  },
});

/** One measurable promise. About 60 seconds; the order is that of a sentence. */
export const criterionForm = defineForm({
  id: 'criterion',
  title: 'Criterion',
  submit: 'Save',
  meta: z.object({ pilot: z.string(), id: z.string(), edits: z.string().nullable() }),
  fields: {
    metric: textField({ label: 'Metric', hint: 'For example: cost per claim', max: 80 }).required,
    measures: choiceField({
      label: 'Measures',
      choices: [
        { value: 'business', text: 'Business result' },
        { value: 'model', text: 'Model' },
        { value: 'data', text: 'Data' },
        { value: 'operations', text: 'Operations' },
        { value: 'cost', text: 'Cost' },
        { value: 'adoption', text: 'Adoption' },
      ],
    }).required,
    kind: choiceField({
      label: 'Kind',
      dispatch: true,
      choices: [
        { value: 'at_least', text: 'at least' },
        { value: 'at_most', text: 'at most' },
        { value: 'between', text: 'between' },
        { value: 'increase_abs', text: 'rise by' },
        { value: 'increase_pct', text: 'rise by %' },
        { value: 'decrease_abs', text: 'fall by' },
        { value: 'decrease_pct', text: 'fall by %' },
        { value: 'yes_no', text: 'yes or no' },
      ],
    }).required,
    unit: textField({
      label: 'Unit',
      hint: 'For example EUR per claim, %, hours. Empty: a plain count',
      max: 40,
    }).optional,
    baseline: textField({
      label: 'Baseline',
      hint: 'Where it stands today. May stay empty until it is measured',
      max: 60,
    }).optional,
    baselineKnownBy: dayField({
      label: 'Known by',
      hint: 'If the baseline is empty: when it will be measured',
    }).optional,
    target: textField({ label: 'Target', hint: 'The number that counts as success', max: 60 }).optional,
    deadline: dayField({ label: 'Deadline', hint: 'The last day that counts' }).optional,
    firstEffect: dayField({ label: 'First effect expected', hint: 'Before this day no pace is judged' })
      .optional,
    every: choiceField({
      label: 'Measured every',
      dispatch: true,
      choices: CADENCES.map((value) => ({ value, text: value === 'fortnight' ? 'two weeks' : value })),
    }).required,
    source: personField({
      label: 'Source',
      hint: 'Who types the number. Files and connected systems can add to it',
    }).optional,
    role: choiceField({
      label: 'Role',
      dispatch: true,
      choices: [
        { value: 'required', text: 'Required: decides' },
        { value: 'guardrail', text: 'Must not get worse (guardrail)' },
        { value: 'informative', text: 'For information' },
      ],
    }).required,
    average: textField({
      label: 'Average over',
      hint: 'Periods; usual is 4 for weekly numbers, 1 is the last number alone',
      max: 3,
    }).optional,
    sustain: textField({ label: 'Hold for', hint: 'Periods in a row that must reach it; usual is 1', max: 3 })
      .optional,
    margin: textField({
      label: 'Margin',
      hint: 'Must not get worse: how much worse is still tolerated',
      max: 60,
    }).optional,
    method: choiceField({
      label: 'Worked out as',
      dispatch: true,
      hint: 'Empty: the average of these periods',
      choices: [
        { value: 'mean', text: 'the average' },
        { value: 'rate', text: 'the share of all their cases' },
        { value: 'percentile', text: 'a percentile of single values' },
        { value: 'sum', text: 'their sum' },
        { value: 'min', text: 'the lowest of them' },
        { value: 'max', text: 'the highest of them' },
        { value: 'pilot_sum', text: 'the total since the start' },
      ],
    }).optional,
    percentile: textField({
      label: 'Which percentile',
      hint: 'Only with single values, which come by file or HTTP as raw. 95: what 95 of 100 stay at or below',
      max: 10,
    }).optional,
    smallest: textField({
      label: 'Smallest sample',
      hint: 'How many cases must stand behind the number; empty: any',
      max: 9,
    }).optional,
    breaches: textField({
      label: 'Breaches allowed',
      hint: 'Must not get worse: how many periods may break the limit. Empty: one from eight periods on, else none',
      max: 3,
    }).optional,
    closing: textField({
      label: 'Closing days',
      hint: 'How long after the deadline the last number may come; usual is 5',
      max: 3,
    }).optional,
    proof: choiceField({
      label: 'Proof needed',
      hint: 'Numbers with less do not make it met',
      choices: [
        { value: '0', text: 'none: typed is enough' },
        { value: '1', text: 'typed with proof' },
        { value: '2', text: 'from a file or a system' },
      ],
    }).optional,
    rates: textField({
      label: 'Agreed conversion',
      hint: 'If numbers may come in another currency: 1 USD = 0.92 EUR. Fixed with the charter; several with ; between them',
      max: 200,
    }).optional,
  },
});

/** The owner's own sentence above the request. */
export const noteForm = defineForm({
  id: 'request-note',
  title: 'Your sentence',
  submit: 'Save',
  meta: z.object({ pilot: z.string(), version: z.string(), revision: z.number() }),
  fields: {
    note: textField({
      label: 'Your sentence',
      hint: 'The request opens with it: "As we agreed on Friday."',
      lines: true,
      max: 500,
    }).required,
  },
});

/** Why a sponsor does not sign. */
export const answerForm = defineForm({
  id: 'answer-request',
  title: 'Your reason',
  submit: 'Send',
  meta: z.object({
    pilot: z.string(),
    version: z.number(),
    revision: z.number(),
    answer: z.enum(['request-changes', 'decline']),
  }),
  fields: {
    reason: textField({ label: 'Reason', hint: 'The owner reads this sentence', lines: true, max: 1000 })
      .required,
  },
});
