/** Which sentence tells an owner what is wrong with a criterion, and what would be right? */
import type { Day } from '../core/day.ts';
import type { CountLimits, CriterionProblem } from '../core/define-criterion.ts';
import type { Kind } from '../core/evaluate/criterion.ts';
import type { CadenceName } from '../core/metric.ts';
import { withUnit } from '../core/unit.ts';
import { dayText } from './day-text.ts';

/** One sentence per problem: the value, and what would be right. */
export function criterionProblemText(problem: CriterionProblem, today: Day): string {
  switch (problem.code) {
    case 'no_key':
      return `"${problem.name}" has no Latin letter or digit, so nobody could type it. Add a short name, like "cost per claim".`;
    case 'number_unreadable':
      return `"${problem.typed}" is not a number I can read. Write it like 12.50, 85 % or €12.50.`;
    case 'number_ambiguous':
      return `"${problem.typed}" could mean ${problem.readings.join(' or ')}. Write ${problem.readings.join(' or ')}.`;
    case 'number_too_large':
      return `"${problem.typed}" is larger than any number that can be kept. Use another unit.`;
    case 'other_digits':
      return `"${problem.typed}" has digits I cannot read. Use 0 to 9.`;
    case 'unit_unknown':
      return `"${problem.typed}" names a unit I do not know. Put the unit in the field Unit and only the number here.`;
    case 'unit_differs':
      if (PLAIN.has(problem.unit)) {
        return `"${problem.typed}" names a unit, and this criterion is in plain numbers. Write only the number, or fill in Unit.`;
      }
      return `"${problem.typed}" is not in ${unitText(problem.unit)}, which is this criterion's unit. I do not convert; write it in ${unitText(problem.unit)}.`;
    case 'unit_taken':
      if (problem.unit === 'bool') {
        return `${problem.metric} is answered with yes or no in another criterion. Choose that kind, or give this metric another name.`;
      }
      return `${problem.metric} is measured in ${unitText(problem.unit)} in another criterion. Use that unit, or give this metric another name.`;
    case 'unit_for_yes_no':
      return `"${problem.typed}" is not a unit of numbers. Leave it empty for a plain count, or choose the kind yes or no.`;
    case 'percent_or_points':
      return problem.kind.endsWith('_pct')
        ? `"${problem.typed}" is a change in points, and this kind is one in per cent of today. Write it in per cent, or choose the kind "${directionWord(problem.kind)} by".`
        : `"${problem.typed}" can mean points or per cent of today. Write it in points, or choose the kind "${directionWord(problem.kind)} by %".`;
    case 'cadence_taken': {
      const cadence = cadenceText(problem.cadence);
      return `${problem.metric} is measured every ${cadence} in another criterion. Choose ${cadence}, or give this metric another name.`;
    }
    case 'cadence_too_long':
      return `Measured every ${cadenceText(problem.cadence)}, the first number covers the days to ${dayText(problem.first, today)}, and the decision is on ${dayText(problem.decision, today)}. Measure more often, or decide later.`;
    case 'target_empty':
      return 'The target is empty. Write the number that counts as success; nothing is not 0.';
    case 'not_for_yes_no':
      return `"${problem.typed}" is not needed here: the answer is yes or no. Leave it empty, or choose another kind.`;
    case 'band_unreadable':
      return `"${problem.typed}" is not a range. Write it like 4 to 5.`;
    case 'band_empty':
      return `"${problem.typed}" has nothing in between. Write the smaller number first, like 4 to 5.`;
    case 'baseline_needed':
      return 'A change needs something to change from. Write where it stands today, or say in Known by when it will be measured.';
    case 'baseline_zero':
      return 'A change by per cent from 0 says nothing. Choose a change in the unit itself, or another baseline.';
    case 'change_not_positive':
      return `"${problem.typed}" is not a change. Write by how much, more than 0; the direction is in Kind.`;
    case 'margin_negative':
      return `"${problem.typed}" is below 0. Write how much worse is still tolerated, as a plain number.`;
    case 'percentile_empty':
      return 'A percentile needs its number. Write which one, like 95.';
    case 'percentile_unreadable':
      return `"${problem.typed}" is not a percentile. Write a number from 1 to 99.9, like 95.`;
    case 'percentile_unused':
      return `"${problem.typed}" is used only with a percentile of single values. Choose that in Worked out as, or leave this empty.`;
    case 'rate_unreadable':
      return `"${problem.typed}" is not a conversion I can read. Write it like 1 USD = 0.92 EUR.`;
    case 'rate_elsewhere':
      return `"${problem.typed}" does not lead to ${unitText(problem.unit)}, which is this criterion's unit. Write how much of that 1 of the other unit is.`;
    case 'rate_known':
      return `"${problem.typed}" need not be agreed: numbers in such units count as they are. Leave it out.`;
    case 'rate_twice':
      return `"${problem.typed}" is the second rate of this unit. Keep one of them.`;
    case 'deadline_too_early':
      return `The first measured period ends on ${dayText(problem.first, today)}. Choose that day or a later one.`;
    case 'deadline_after_decision':
      return `The decision is on ${dayText(problem.decision, today)}; a result after it comes too late. Choose an earlier day.`;
    case 'sustain_too_long':
      return `Only ${problem.periods} ${problem.periods === 1 ? 'period is' : 'periods are'} over by the deadline, ${dayText(problem.deadline, today)}, so ${problem.sustain} in a row cannot be reached. Write ${problem.periods} or less, or choose a later deadline.`;
    case 'first_effect_late':
      return `The deadline is ${dayText(problem.deadline, today)}; an effect must be expected before it.`;
  }
}

/** What is wrong with a text that is no whole number within its limits. */
export const notACountText = (text: string, { least, most, what }: CountLimits): string =>
  `"${text}" is not a number of ${what}. Write a whole number from ${least} to ${most.toLocaleString('en')}.`;

const PLAIN: ReadonlySet<string> = new Set(['count', 'score', 'ratio']);

/** A unit as one says it after "in": 'per cent', '€ per claim', 'hours', 'plain numbers'. */
function unitText(unit: string): string {
  if (unit === 'percent') return 'per cent';
  return PLAIN.has(unit) ? 'plain numbers' : withUnit('', unit, true).replace(/\s+/g, ' ').trim();
}

const cadenceText = (cadence: CadenceName): string => (cadence === 'fortnight' ? 'two weeks' : cadence);

const directionWord = (kind: Kind): string => (kind.startsWith('increase') ? 'rise' : 'fall');
