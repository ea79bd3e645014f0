/** Which criteria read differently than before? */
import type { CriterionStanding, Standing } from '../core/standing.ts';
import { verdictWord } from './criterion-text.ts';

/** The word of each criterion by its id: what has to be kept of a standing to see later what has changed. */
export const wordsOf = (standing: Standing): ReadonlyMap<string, string> =>
  new Map(
    standing.criteria.map(({ criterion, evaluation }) => [
      criterion.id,
      verdictWord(evaluation, criterion.role),
    ]),
  );

/** The criteria whose word is another one than before. */
export function changedWords(words: ReadonlyMap<string, string>, after: Standing): CriterionStanding[] {
  return after.criteria.filter(
    ({ criterion, evaluation }) => words.get(criterion.id) !== verdictWord(evaluation, criterion.role),
  );
}
