/** Which criteria read differently than before? */
import type { CriterionStanding, Standing } from '../core/standing.ts';
import { verdictWord } from './criterion-text.ts';

/** The criteria whose word is another one than before. */
export function changedWords(before: Standing, after: Standing): CriterionStanding[] {
  const words = new Map(
    before.criteria.map(({ criterion, evaluation }) => [
      criterion.id,
      verdictWord(evaluation, criterion.role),
    ]),
  );
  return after.criteria.filter(
    ({ criterion, evaluation }) => words.get(criterion.id) !== verdictWord(evaluation, criterion.role),
  );
}
