/** How is a percentile of single values said in plain words? */
import { valuesNeeded } from '../core/evaluate/index.ts';
import type { CriterionFacts } from '../core/judge.ts';

/** What says which percentile is meant, and on which side of it the goal lies. */
export type OfSingleValues = Pick<CriterionFacts, 'kind'> &
  Partial<Pick<CriterionFacts, 'agg' | 'percentile'>>;

/** How many of how many values lie at or below a percentile, or at or above it: '95 of 100', '999 of 1,000'. */
function portion(
  percentile: string,
  side: 'below' | 'above',
): { readonly text: string; readonly many: number } {
  const per = percentile.includes('.') ? 1000 : 100;
  const below = Math.round((Number(percentile) * per) / 100);
  const many = side === 'below' ? below : per - below;
  return { text: `${many} of ${per.toLocaleString('en')}`, many };
}

/** Which percentile a criterion looks at; null where it is worked out in another way. */
export const percentileOf = ({ agg, percentile }: OfSingleValues): string | null =>
  agg === 'percentile' ? (percentile ?? null) : null;

/** What follows the goal of a percentile: ' for 95 of 100', ' (what 95 of 100 stay at or below)'. Else nothing. */
export function portionBehind(criterion: OfSingleValues): string {
  const percentile = percentileOf(criterion);
  if (percentile === null || criterion.kind === 'yes_no') return '';
  if (criterion.kind === 'at_most') return ` for ${portion(percentile, 'below').text}`;
  if (criterion.kind === 'at_least') return ` for ${portion(percentile, 'above').text}`;
  return ` (what ${portion(percentile, 'below').text} stay at or below)`;
}

/**
 * What is compared with the goal, with its verb: 'at least 95 of 100 single values in the 4 weeks to 28 March are'. A level to
 * reach is reached by all the values above the percentile, one to stay below is kept by all below.
 */
export function portionCompared({ kind }: OfSingleValues, percentile: string, over: string): string {
  if (kind !== 'at_most' && kind !== 'at_least')
    return `what ${portion(percentile, 'below').text} single values in ${over} stay at or below is`;
  const { text, many } = portion(percentile, kind === 'at_least' ? 'above' : 'below');
  return `at least ${text} single values in ${over} ${many === 1 ? 'is' : 'are'}`;
}

/** How many values must be there: ' on 20 single values or more'. */
export const enoughValues = (percentile: string, least: number): string =>
  ` on ${Math.max(least, valuesNeeded(percentile)).toLocaleString('en')} single values or more`;

/** Said while a percentile is agreed. */
export const WHERE_SINGLE_VALUES_COME_FROM =
  'Single values come by file or HTTP, as raw. A number that is typed by hand does not count for a percentile.';

/** Said to whoever typed a number all the same. */
export const TYPED_IS_NO_PERCENTILE =
  'A percentile is worked out from single values, which come by file or HTTP as raw; for it this number does not count.';
