/** Which sentence says what is wrong with a row of a file of pilots, and what would be right? */
import type { SignItem } from '../core/charter.ts';
import type { Day } from '../core/day.ts';
import type { SheetProblem } from '../core/pilot-columns.ts';
import { CRITERION_FIELDS, PILOT_FIELDS, type RowProblem } from '../core/pilot-rows.ts';
import { criterionProblemText } from './criterion-problem-text.ts';
import { quoted } from './quoted-text.ts';
import { unfitText } from './refusal-text.ts';
import type { FileWords } from './source-problem-text.ts';

/** What a file of pilots looks like. */
export const PILOT_FILE: FileWords = {
  columns: [...PILOT_FIELDS, ...CRITERION_FIELDS],
  first: 'name,owner,metric,kind,target',
  needed: 'name or key, and owner',
  object: '{"name": "Claims triage", "owner": "U0123ABCD", "metric": "Cost per claim", "kind": "at most"}',
  lists: 'no field is a list',
};

/** A pilot whose key is taken. */
export interface TakenProblem {
  readonly line: number;
  readonly field: 'key';
  readonly given: string;
  /** `changed`: it was imported before, with other content. */
  readonly code: 'key_taken' | 'changed';
  readonly free: string;
}

const NOBODY = {
  unknown:
    'is nobody I have met. Write the member ID from their Slack profile (⋮, Copy member ID), like U0123ABCD.',
  email:
    'is an e-mail address, which I may not look up. Write the member ID from their Slack profile, like U0123ABCD.',
  several: 'is the name of several people. Write the member ID from the Slack profile, like U0123ABCD.',
} as const;

const ROLE_WORDS = {
  owner: 'the owner',
  backup: 'the backup owner',
  sponsor: 'the executive sponsor',
  delegate: 'the delegate',
  production_owner: 'the production owner',
} as const;

const SIGN_WORDS: Readonly<Record<SignItem, string>> = {
  outcome: 'its business outcome',
  sponsor: 'its executive sponsor',
  start: 'its start date',
  decision: 'its decision date',
  criterion: 'a required criterion that measures a business result',
  production_owner: 'its production owner',
  rollback: 'its rollback plan',
};

/** One sentence, or two: the value, and what would be right. `today` decides whether a year is written. */
export function pilotProblemText(problem: SheetProblem | RowProblem | TakenProblem, today: Day): string {
  const given = quoted(problem.given);
  switch (problem.code) {
    case 'empty':
      return EMPTY[problem.field] ?? 'It is empty. Fill it in.';
    case 'no_name':
      return problem.given === ''
        ? 'Both name and key are empty. Write what people call the pilot, on its first row at least; its key on the others.'
        : `${given} has no Latin letter or digit, so no key can be made of it. Write one into the column key, like claims-triage.`;
    case 'bad_key':
      return `${given} cannot be a key. Use letters, digits and hyphens, like ${problem.better === '' ? 'claims-triage' : problem.better}.`;
    case 'differs':
      return `${given} differs from ${quoted(problem.before.text)} in line ${problem.before.line}, for the same pilot. Keep one, or leave this one empty.`;
    case 'same_row':
      return `Line ${problem.before} says the same about this pilot. Leave one of the two out.`;
    case 'key_taken':
      return `The key ${given} belongs to a pilot that was not imported like this. Keys are never used twice; ${problem.free} is free.`;
    case 'changed':
      return `${given} was imported before, and this file says something else about it. Change it in Slack, under Edit charter; ${problem.free} is free for another pilot.`;
    default:
      return cellText(problem, given, today);
  }
}

const EMPTY: Readonly<Partial<Record<string, string>>> = {
  name: 'It is empty. Write what people call the pilot.',
  owner: 'It is empty. Write who owns the pilot: the member ID from their Slack profile, like U0123ABCD.',
  metric: 'It is empty, and the row has more about a criterion. Write what is measured, like cost per claim.',
};

function cellText(problem: Exclude<SheetProblem, { code: 'empty' }>, given: string, today: Day): string {
  switch (problem.code) {
    case 'too_long':
      return `${given} has ${[...problem.given].length} characters; ${problem.limit} can be kept. Shorten it.`;
    case 'not_a_day':
      return dayText(given, problem.readings);
    case 'not_one_of':
      return problem.given === ''
        ? `It is empty. Write one of: ${problem.choices.join(', ')}.`
        : `${given} is not one of: ${problem.choices.join(', ')}.`;
    case 'not_a_count':
      return `${given} is not a number of ${problem.what}. Write a whole number from ${problem.least} to ${problem.most.toLocaleString('en')}.`;
    case 'not_a_channel':
      return `${given} is not the ID of a channel. Copy it from the channel's details in Slack, like C0123ABCD.`;
    case 'not_a_link':
      return `${given} is not a link. Write it with https:// in front, without blanks, in 500 characters at most.`;
    case 'nobody':
      return `${given} ${NOBODY[problem.why]}`;
    case 'unfit':
      return unfitText(quoted(problem.name).slice(1, -1), problem.unfit, roleWord(problem.field));
    case 'clash':
      return `${quoted(problem.name).slice(1, -1)} is ${ROLE_WORDS[problem.other]} too, and nobody can be both. Name two people.`;
    case 'decision_past':
      return `${given} is not ahead. Choose a decision date after today.`;
    case 'decision_before_start':
      return `${given} is not after the start date, ${problem.start}. Choose a later day.`;
    case 'signed_ahead':
      return `${given} is ahead. Write the day on which the sponsor signed, or leave it empty.`;
    case 'not_signable':
      return `A charter that is signed needs ${SIGN_WORDS[problem.missing]}. Fill it in, or leave signed empty.`;
    case 'too_many_criteria':
      return `This is criterion ${problem.limit + 1} of the pilot, and a charter holds ${problem.limit}. Two to four that decide are enough.`;
    case 'criterion':
      return criterionProblemText(problem.problem, today);
  }
}

const roleWord = (field: string): string =>
  Object.hasOwn(ROLE_WORDS, field) ? ROLE_WORDS[field as keyof typeof ROLE_WORDS] : 'part of a pilot';

function dayText(given: string, readings: readonly Day[]): string {
  const [only, other] = readings;
  if (only === undefined) return `${given} is not a day. Write it like 2026-01-12.`;
  if (other === undefined) return `${given} is not how a day is written here. Write ${only}.`;
  return `${given} could mean ${only} or ${other}. Write the one you mean.`;
}
