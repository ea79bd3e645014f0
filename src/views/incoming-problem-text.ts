/** Which sentence says what is wrong with a value of a file or a request, and what would be right? */
import type { Day } from '../core/day.ts';
import type { IncomingProblem } from '../core/incoming-problem.ts';
import { periodText, weekdayText } from './day-text.ts';
import { quoted } from './quoted-text.ts';

const ASKED_FOR = {
  pilot: 'Write the key of the pilot, like claims-triage.',
  metric: 'Write the key or the name of the metric.',
  end: 'Write the day after the last day of the period, like 2026-01-12.',
  value: 'Write the number; nothing is not 0.',
  raw: 'Write the numbers, like 3|5|8.',
} as const;

/** One sentence, or two: the value, and what would be right. `today` decides whether a year is written. */
export function incomingProblemText(problem: IncomingProblem, today: Day): string {
  const given = quoted(problem.given);
  switch (problem.code) {
    case 'missing':
      return `It is empty. ${ASKED_FOR[problem.field as keyof typeof ASKED_FOR] ?? ''}`.trimEnd();
    case 'unknown_pilot':
      return `There is no pilot ${given}. ${nearest(problem.near, 'There is none yet.')}`;
    case 'unknown_metric':
      return `${problem.pilot} has no metric ${given}. ${nearest(problem.near, 'It has none yet.')}`;
    case 'no_start':
      return `${problem.pilot} has no start date yet, so it has no periods. Set it under Edit charter.`;
    case 'two_dates':
      return 'Both end and day are filled. Keep one of them: end is the day after the period, day is any day inside it.';
    case 'not_a_day':
      return dayText(given, problem.readings);
    case 'before_start':
      return `${given} is before the first period, which starts on ${problem.start}. Take a later one.`;
    case 'not_over':
      return problem.from === null
        ? `${given} lies years ahead. Only a period that is over can be recorded.`
        : `The period of ${given} is not over. It can be recorded from ${weekdayText(problem.from, today)}.`;
    case 'off_grid':
      return `No period of this metric ends with ${given}; the one it lies in is ${periodText(problem.period)}. Write its end as ${problem.period.end}, or use the column day.`;
    case 'several_values':
      return `${words(problem.fields)} are all filled. Give one of: value, num with den, raw.`;
    case 'half_a_ratio':
      return `${problem.missing} is empty. num and den need each other.`;
    default:
      return numberText(problem, given);
  }
}

function numberText(problem: IncomingProblem, given: string): string {
  switch (problem.code) {
    case 'number':
      return unreadable(given, problem.problem, problem.readings);
    case 'unit_here':
      return `${given} names the unit ${quoted(problem.unit)}. Write only the number here; the column unit has the unit.`;
    case 'unit_unknown':
      return `${given} is a unit I do not know. This metric is measured in ${problem.unit}; write that, or leave it empty.`;
    case 'unit_differs':
      if (problem.field === 'unit') {
        return `${given} cannot be turned into ${problem.unit}, in which this metric is measured. Write it in ${problem.unit}.`;
      }
      return `${given} is in ${quoted(problem.typed)}, and this metric is measured in ${problem.unit}. One cannot be turned into the other; write it in ${problem.unit}.`;
    case 'units_disagree':
      return `${given} names another unit than the column unit, which says ${problem.typed}. Keep one of them.`;
    case 'not_yes_or_no':
      return `${given} is neither yes nor no. ${quoted(problem.metric)} is answered with yes or no.`;
    case 'negative':
      return `${given} is below 0, which cannot be. Write 0 or more.`;
    case 'zero_cases':
      return 'It is 0, and 0 cases cannot have any among them. Leave the row out, or write how many cases there were.';
    case 'more_than_all':
      return `${given} is more than all ${problem.den}. num counts some of the cases that den counts.`;
    case 'not_whole':
      return `${given} is not a whole number of cases, from 0 to 1000000000.`;
    case 'n_differs':
      return `It says ${given} cases, and the row itself has ${problem.n}. Leave n empty, or make them agree.`;
    case 'too_long':
      return `${given} has ${[...problem.given].length} characters; ${problem.limit} can be kept. Shorten it.`;
    case 'too_many':
      return `It has ${problem.given} numbers; ${problem.limit} can be kept for one period. Give num and den instead.`;
    case 'same_period':
      return `Line ${problem.line} gives another value for the period that ends with ${problem.given}. Keep one of the two.`;
    case 'same_key':
      return `Line ${problem.line} has the key ${given} for something else. Give every value a key of its own.`;
    case 'key_taken':
      return `The key ${given} was imported before with ${problem.value}. To correct that value, give this one a new key.`;
    default:
      return `${given} cannot be read.`;
  }
}

function unreadable(given: string, problem: string, readings: readonly string[]): string {
  switch (problem) {
    case 'EMPTY':
      return 'It is empty. Write the number; nothing is not 0.';
    case 'AMBIGUOUS':
      return `${given} could mean ${readings.join(' or ')}. Write the one you mean.`;
    case 'OTHER_DIGITS':
      return `${given} has digits I cannot read. Use 0 to 9.`;
    case 'TOO_LARGE':
      return `${given} is larger or finer than any number that can be kept. Use another unit.`;
    case 'UNKNOWN_UNIT':
      return `${given} names a unit I do not know. Write only the number, and the unit in the column unit.`;
    default:
      return `${given} is not a number. Write it like 12.50.`;
  }
}

function dayText(given: string, readings: readonly Day[]): string {
  const [only, other] = readings;
  if (only === undefined) return `${given} is not a day. Write it like 2026-01-12.`;
  if (other === undefined) return `${given} is not how a day is written here. Write ${only}.`;
  return `${given} could mean ${only} or ${other}. Write the one you mean.`;
}

const nearest = (near: readonly string[], none: string): string =>
  near.length === 0 ? none : `Near it: ${near.join(', ')}.`;

const words = (fields: readonly string[]): string =>
  fields.length < 2 ? fields.join('') : `${fields.slice(0, -1).join(', ')} and ${fields.at(-1)}`;
