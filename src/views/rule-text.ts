/** How is the rule behind a verdict said in one sentence, and what follows from it at a few values? */
import type { Day } from '../core/day.ts';
import type { Reason } from '../core/evaluate/criterion.ts';
import type { CriterionFacts } from '../core/judge.ts';
import type { Metric } from '../core/pilot-facts.ts';
import { formatQuantity } from '../core/quantity.ts';
import { limitText } from './criterion-text.ts';
import { dayText } from './day-text.ts';

const PERIODS: Readonly<Record<Metric['cadence'], string>> = {
  week: 'weeks',
  fortnight: 'two-week periods',
  month: 'months',
  quarter: 'quarters',
};

/** 'Passes if the average of the 4 weeks to 28 March is €12.50 or less.' */
export function passText(
  criterion: CriterionFacts,
  metric: Pick<Metric, 'unit' | 'cadence'>,
  today: Day,
): string {
  const until = dayText(criterion.deadline, today);
  if (criterion.kind === 'yes_no') return `Passes if the answer is yes by ${until}.`;
  const periods = PERIODS[metric.cadence];
  const what =
    criterion.aggWindow > 1
      ? `the average of the ${criterion.aggWindow} ${periods} to ${until}`
      : `the last value up to ${until}`;
  const hold = criterion.sustain > 1 ? `, ${criterion.sustain} ${periods} in a row` : '';
  const margin =
    criterion.margin === '0'
      ? ''
      : `; ${formatQuantity(criterion.margin, metric.unit)} worse is still tolerated`;
  return `Passes if ${what} is ${limitText(criterion, metric)}${hold}${margin}.`;
}

const REASONS: Readonly<Record<Reason, string>> = {
  not_due: 'The first number is not due yet.',
  never_measured: 'A number was due, and none has come.',
  unit_mismatch: 'The numbers came in another unit and were set aside.',
  awaiting_final_data: 'The deadline has passed; the last number may still come.',
  last_period_missing: 'The number of the last period never came.',
  below_min_n: 'Too few cases stand behind the number.',
  untrusted: 'The number needs a better source than it has.',
  ramp: 'No effect is expected yet.',
  min_periods: 'There are too few periods to judge by.',
  min_n: 'Too few cases stand behind the number.',
  percentile_support: 'There are too few values for this percentile.',
  clear_breach: 'The limit is broken so clearly that no more numbers are needed.',
  holding: 'The limit holds.',
  within_margin: 'The limit is broken, but within what was tolerated.',
  breach_1: 'The limit was broken once; a second time in a row would be off track.',
  breach_2: 'The limit was broken twice in a row.',
  budget: 'The limit was broken more often than was agreed.',
  sustain_pending: 'It has not held long enough yet.',
  latched: 'It was reached once, and that counts.',
};

/** Why a verdict is what it is, in a sentence. */
export const reasonText = (reason: Reason): string => REASONS[reason];
