/** How is a criterion said in one line: the promise, what is measured, the word? */
import { type Rates, ratesText } from '../core/agreed-rates.ts';
import type { Day } from '../core/day.ts';
import type { Evaluation, Refused } from '../core/evaluate/criterion.ts';
import type { CriterionFacts, MetricFacts } from '../core/judge.ts';
import { formatBeside, formatQuantity } from '../core/quantity.ts';
import type { CriterionStanding } from '../core/standing.ts';
import { bold, type Line } from '../slack/text.ts';
import { dayText } from './day-text.ts';
import { type OfSingleValues, portionBehind } from './percentile-text.ts';

type Level = Pick<CriterionFacts, 'kind' | 'target' | 'targetHigh' | 'baseline'>;
type Limit = Level & OfSingleValues;

/** The goal in words: '€12.50 or less', '8 hours or less for 95 of 100'. */
export const limitText = (criterion: Limit, metric: Pick<MetricFacts, 'unit'>): string =>
  `${levelText(criterion, metric)}${portionBehind(criterion)}`;

/** The level to be reached: '€12.50 or less', 'from 4 % to 5 %', 'up by 5 points or more', 'yes'. */
export function levelText(criterion: Level, metric: Pick<MetricFacts, 'unit'>): string {
  const show = (value: string | null, unit = metric.unit) =>
    value === null ? '?' : formatQuantity(value, unit);
  const step = metric.unit === 'percent' ? 'pp' : metric.unit;
  switch (criterion.kind) {
    case 'at_least':
      return `${show(criterion.target)} or more`;
    case 'at_most':
      return `${show(criterion.target)} or less`;
    case 'between':
      return `from ${show(criterion.target)} to ${show(criterion.targetHigh)}`;
    case 'increase_abs':
      return `up by ${show(criterion.target, step)} or more`;
    case 'increase_pct':
      return `up by ${show(criterion.target, 'percent')} or more`;
    case 'decrease_abs':
      return `down by ${show(criterion.target, step)} or more`;
    case 'decrease_pct':
      return `down by ${show(criterion.target, 'percent')} or more`;
    case 'yes_no':
      return 'yes';
  }
}

/** What follows a promise whose values may come in other units: '; 1 USD = 0.92 EUR'. Else nothing. */
export function ratesBehind(
  criterion: { readonly rates?: Rates | null },
  metric: Pick<MetricFacts, 'unit'>,
): string {
  const told = ratesText(criterion.rates ?? null, metric.unit);
  return told === '' ? '' : `; ${told}`;
}

/** The promise: 'Cost per claim: €12.50 or less by 28 March; now €18.40'. */
export function promiseText(
  criterion: Limit &
    Pick<CriterionFacts, 'deadline'> & {
      readonly baselineKnownBy?: string | null;
      readonly rates?: Rates | null;
    },
  metric: Pick<MetricFacts, 'unit'> & { readonly name: string },
  today: Day,
): string {
  const now = originText(criterion, metric, today);
  return `${metric.name}: ${limitText(criterion, metric)} by ${dayText(criterion.deadline, today)}${now}${ratesBehind(criterion, metric)}`;
}

/** Where it starts: the baseline, or when it will be known. */
function originText(
  criterion: Pick<CriterionFacts, 'baseline'> & { readonly baselineKnownBy?: string | null },
  metric: Pick<MetricFacts, 'unit'>,
  today: Day,
): string {
  if (criterion.baseline !== null) return `; now ${formatQuantity(criterion.baseline, metric.unit)}`;
  const knownBy = criterion.baselineKnownBy ?? null;
  return knownBy === null ? '' : `; where it starts is known by ${dayText(knownBy, today)}`;
}

/** The word for a verdict, as people read it; there is no colour without it. */
export function verdictWord(evaluation: Evaluation | Refused, role: CriterionFacts['role']): string {
  if ('error' in evaluation)
    return evaluation.error === 'MISSING_BASELINE' ? 'baseline to come' : 'cannot be judged';
  const ended = evaluation.phase === 'final';
  switch (evaluation.verdict) {
    case 'met':
      return ended || evaluation.phase === 'closing' ? 'met' : 'at target so far';
    case 'on_track':
      return role === 'guardrail' && evaluation.reasons.includes('holding') ? 'holding' : 'on track';
    case 'too_early':
      return 'too early to say';
    case 'at_risk':
      return 'at risk';
    case 'off_track':
      return 'off track';
    case 'stale':
      return 'numbers out of date';
    case 'no_data':
      return ended ? 'not shown' : 'no numbers yet';
    case 'regressed':
      return 'slipped back';
    case 'missed':
      return 'not met';
  }
}

/** What is measured, beside what was agreed, with digits enough that the two cannot contradict the word. */
export function measuredText(standing: CriterionStanding): string | null {
  const { criterion, metric, evaluation } = standing;
  if ('error' in evaluation || evaluation.value === null) return null;
  if (typeof evaluation.value === 'boolean') return evaluation.value ? 'yes' : 'no';
  if (evaluation.display !== null && evaluation.display !== '') return evaluation.display;
  const goals = [
    evaluation.goal,
    criterion.kind === 'between' ? criterion.target : null,
    criterion.targetHigh,
  ];
  return (
    formatBeside(
      evaluation.value,
      goals.filter((goal) => goal !== null),
      metric.unit,
    )[0] ?? null
  );
}

/** A criterion without its name, as digests show it: '€15.10; agreed €12.50 or less; on track'. */
export function shortStanding(standing: CriterionStanding): string {
  const { criterion, metric, evaluation } = standing;
  const parts = [
    measuredText(standing),
    `agreed ${limitText(criterion, metric)}`,
    verdictWord(evaluation, criterion.role),
  ];
  return parts.filter((part) => part !== null).join('; ');
}

/**
 * One line of a card: 'Cost per claim: €15.10; agreed €12.50 or less by 28 March; on track'. Before the signature what was
 * agreed is only `proposed`. A `note` stands behind the word.
 */
export function standingLine(
  standing: CriterionStanding,
  today: Day,
  how: 'agreed' | 'proposed' = 'agreed',
  note = '',
): Line {
  const { criterion, metric, evaluation } = standing;
  const measured = measuredText(standing);
  const word = verdictWord(evaluation, criterion.role);
  const agreed = `${how} ${limitText(criterion, metric)} by ${dayText(criterion.deadline, today)}`;
  const name = criterion.role === 'guardrail' ? `Must not get worse, ${metric.name}` : metric.name;
  const parts = [measured, agreed, word].filter((part) => part !== null);
  const aside = criterion.role === 'informative' ? ' (for information)' : '';
  return [bold(`${name}: `), `${parts.join('; ')}${ratesBehind(criterion, metric)}${note}${aside}`];
}
