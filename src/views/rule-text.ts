/** How is the rule behind a verdict said in one sentence, and what follows from it at a few values? */
import { ratesText } from '../core/agreed-rates.ts';
import type { Day } from '../core/day.ts';
import type { Reason } from '../core/evaluate/criterion.ts';
import type { CriterionFacts } from '../core/judge.ts';
import type { Metric } from '../core/pilot-facts.ts';
import { formatQuantity } from '../core/quantity.ts';
import { levelText } from './criterion-text.ts';
import { dayText } from './day-text.ts';
import { enoughValues, percentileOf, portionCompared } from './percentile-text.ts';

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
  const what = valueText(criterion, periods, until);
  const hold = criterion.sustain > 1 ? `, ${criterion.sustain} ${periods} in a row` : '';
  const margin =
    criterion.margin === '0'
      ? ''
      : `; ${formatQuantity(criterion.margin, metric.unit)} worse is still tolerated`;
  const breaches =
    criterion.budget === null
      ? ''
      : `; the limit may be broken in ${criterion.budget} ${criterion.budget === 1 ? 'period' : 'periods'}`;
  return `Passes if ${what} ${levelText(criterion, metric)}${hold}${margin}${breaches}${evidenceText(criterion)}.${ratesSentence(criterion, metric.unit)}`;
}

/** ' Agreed conversion: 1 USD = 0.92 EUR.' */
function ratesSentence({ rates }: CriterionFacts, unit: string): string {
  const told = ratesText(rates ?? null, unit);
  return told === '' ? '' : ` Agreed conversion: ${told}.`;
}

/** What is compared with the limit, with its verb: 'the average of the 4 weeks to 28 March is'. */
function valueText(criterion: CriterionFacts, periods: string, until: string): string {
  const { agg, aggWindow } = criterion;
  const over = aggWindow > 1 ? `the ${aggWindow} ${periods} to ${until}` : `the last period up to ${until}`;
  switch (agg) {
    case 'pilot_sum':
      return `the total from the start to ${until} is`;
    case 'rate':
      return `the share of all cases in ${over} is`;
    case 'percentile':
      return portionCompared(criterion, percentileOf(criterion) ?? '', over);
    case 'sum':
    case 'min':
    case 'max':
      if (aggWindow > 1) return `the ${OF_PERIODS[agg]} of ${over} is`;
      break;
    default:
      if (aggWindow > 1) return `the average of ${over} is`;
  }
  return `the last value up to ${until} is`;
}

const OF_PERIODS = { sum: 'sum', min: 'lowest', max: 'highest' } as const;

/** What must stand behind the value, where anything must. */
function evidenceText(criterion: CriterionFacts): string {
  const { minN, minTrust } = criterion;
  const percentile = percentileOf(criterion);
  const atLeast = minN > 0 ? ` on ${minN.toLocaleString('en')} cases or more` : '';
  const cases = percentile === null ? atLeast : enoughValues(percentile, minN);
  const source = PROOF[minTrust] ?? '';
  const closing = cases === '' && source === '' ? '' : ',';
  return `${closing}${cases}${source === '' ? '' : `${cases === '' ? '' : ','} ${source}`}`;
}

const PROOF: readonly string[] = ['', 'typed with proof at least', 'from a file or a system'];

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
