/** How is it said what was agreed first, where something else counts now? */
import type { Day } from '../core/day.ts';
import { isEasier } from '../core/loosening.ts';
import type { CriterionStanding } from '../core/standing.ts';
import { limitText, ratesBehind, verdictWord } from './criterion-text.ts';
import { dayText } from './day-text.ts';

const wordOf = ({ criterion, evaluation }: CriterionStanding): string =>
  verdictWord(evaluation, criterion.role);

/**
 * 'First agreed: €12.50 or less (made easier since). By that it would be: not met.' The amended promise decides, and
 * the first stays in sight; its word is said where it is another one.
 */
export function firstAgreedText(first: CriterionStanding, now: CriterionStanding, today: Day): string {
  const [was, is] = [first.criterion, now.criterion];
  const limit = limitText(was, first.metric);
  const metric = was.metric === is.metric ? '' : `${first.metric.name}, `;
  const by = was.deadline === is.deadline ? '' : ` by ${dayText(was.deadline, today)}`;
  const easier = isEasier(was, is) ? ' (made easier since)' : '';
  const rates = ratesBehind(was, first.metric);
  const isSameRate = rates === ratesBehind(is, now.metric);
  const other = isSameRate ? '' : rates || '; no conversion';
  const isSame = metric === '' && by === '' && isSameRate && limit === limitText(is, now.metric);
  const terms = isSame ? `the same on other terms${easier}` : `${metric}${limit}${by}${other}${easier}`;
  return `First agreed: ${terms}.${wouldBe(first, now)}`;
}

function wouldBe(first: CriterionStanding, now: CriterionStanding): string {
  // What was for information only promised nothing.
  if (first.criterion.role === 'informative' || wordOf(first) === wordOf(now)) return '';
  return ` By that it would be: ${wordOf(first)}.`;
}

/** 'taken out since; first agreed €40 or less. By that it would be: not met.' */
export const droppedText = (first: CriterionStanding): string =>
  `taken out since; first agreed ${limitText(first.criterion, first.metric)}. By that it would be: ${wordOf(first)}.`;
