/** What does a file of pilots look like, to be filled in? */
import { csvRow } from '../../core/csv-text.ts';
import { addDays, type Day, weekdayOf } from '../../core/day.ts';
import { CRITERION_FIELDS, PILOT_FIELDS, type PilotColumn } from '../../core/pilot-rows.ts';

const sample = (start: Day): readonly Readonly<Partial<Record<PilotColumn, string>>>[] => [
  {
    key: 'claims-triage',
    name: 'Claims triage',
    outcome: 'A claim costs €12.50 or less by the decision date; now €18.40',
    problem: 'Handlers read every claim twice.',
    owner: 'U0123ABCD',
    sponsor: 'U0456ABCD',
    production_owner: 'U0789ABCD',
    business_unit: 'Claims',
    start,
    decision: addDays(start, 84),
    rollback: 'The old queue is one switch away.',
    visibility: 'everyone',
    metric: 'Cost per claim',
    measures: 'business',
    kind: 'at most',
    unit: 'EUR/claim',
    baseline: '18.40',
    target: '12.50',
    every: 'week',
    role: 'required',
  },
  {
    key: 'claims-triage',
    metric: 'Wrong denials',
    measures: 'operations',
    kind: 'at most',
    unit: '%',
    baseline: '1.5',
    target: '2',
    every: 'week',
    role: 'guardrail',
  },
];

/** CSV with every column and one pilot of two criteria that starts on the Monday after `today`. */
export function pilotsTemplate(today: Day): string {
  const start = addDays(today, 8 - weekdayOf(today));
  const columns = [...PILOT_FIELDS, ...CRITERION_FIELDS];
  return [
    csvRow(columns),
    ...sample(start).map((row) => csvRow(columns.map((column) => row[column] ?? ''))),
  ].join('');
}
