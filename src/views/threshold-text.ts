/** In which words are thresholds, what is wrong with them, and what they bring, told to a programme office? */
import { type EscalationFigures, TOO_MANY_WRONG } from '../core/escalation/figures.ts';
import type { WholeProblem } from '../core/stall/check-settings.ts';
import type { Rehearsed } from '../core/stall/rehearsal.ts';
import {
  type Preset,
  THRESHOLDS,
  type ThresholdName,
  type ThresholdProblem,
} from '../core/stall/settings.ts';
import { bold, type Line } from '../slack/text.ts';

/** The presets as one chooses among them. */
export const PRESET_CHOICES: readonly { readonly value: Preset; readonly text: string }[] = [
  { value: 'calm', text: 'Calm: later, fewer messages' },
  { value: 'normal', text: 'Normal' },
  { value: 'strict', text: 'Strict: earlier, more messages' },
];

const UNITS: Readonly<Record<(typeof THRESHOLDS)[ThresholdName]['unit'], string>> = {
  check_ins: 'check-ins in a row',
  cadences: 'times the usual distance of two numbers',
  looks: 'check-ins running',
  share: 'as a share of 1',
  periods: 'periods',
  weeks: 'weeks',
  days: 'days',
  working_days: 'working days',
};

const WHOLE: Readonly<Record<string, string>> = {
  silent: 'a pilot nobody hears of for eight weeks would never reach its sponsor',
  off_track: 'a pilot off track at eight check-ins would never reach its sponsor',
  no_progress: 'forty weeks without progress would never reach the sponsor',
  undecided: 'a decision six weeks late would never reach anybody else',
  healthy: 'a pilot on which nothing is wrong would be called stuck',
  bad_week: 'one bad week would bring a pilot before its sponsor',
};

/** One reason why thresholds cannot be used, with what would be right. */
export function thresholdProblemText(problem: ThresholdProblem | WholeProblem): string {
  switch (problem.why) {
    case 'never':
      return `With these values ${WHOLE[problem.death]}. Lower one of them.`;
    case 'always':
      return `With these values ${WHOLE[problem.of]}. Raise one of them.`;
    case 'after':
      return `${problem.name} must not be greater than ${problem.limit}.`;
    default: {
      const { min, max, unit } = THRESHOLDS[problem.name];
      return `${problem.name} takes ${problem.why === 'not_whole' ? 'a whole number' : 'a number'} from ${min} to ${max}, ${UNITS[unit]}.`;
    }
  }
}

/** The line for a threshold nobody knows. */
export const unknownThresholdText = (line: string, near: readonly string[]): string =>
  `"${line}" is not a threshold and a number. Write one per line, like missed_critical 5${near.length === 0 ? '' : `; near it: ${near.join(', ')}`}.`;

/**
 * 'With these values the last four weeks would have brought about 14 cards to owners and 3 to sponsors', and what was left out of
 * account: `pilots` of `all` running ones were counted.
 */
export function rehearsedText(now: Rehearsed, next: Rehearsed, pilots: number, all: number): Line[] {
  const told = ({ owner, sponsor }: Rehearsed) =>
    `about ${owner} ${owner === 1 ? 'card' : 'cards'} to owners and ${sponsor} to sponsors`;
  return [
    [bold('With these values '), `the last four weeks would have brought ${told(next)}.`],
    [bold('With the present ones: '), `${told(now)}.`],
    `Counted at each look of these weeks at ${pilots === all ? pilots : `${pilots} of ${all}`} ${all === 1 ? 'pilot' : 'pilots'}, with the numbers known then, as if nobody had answered; working hours, leave and requests to sign are left out.`,
    'New values count for what is opened from now on; open matters keep theirs.',
  ];
}

const noneText = (asked: number): string => (asked === 0 ? 'none was asked for' : 'none was made yet');

/** How well the messages of the last 90 days have served. */
export function figuresLines(figures: EscalationFigures): Line[] {
  const { opened, byLevel, sponsor, wrong, medianHours, decisions } = figures;
  if (opened === 0) return ['In the last 90 days nothing was in the way of any pilot.'];
  const share = sponsor === 0 ? null : wrong / sponsor;
  const latency =
    medianHours === null
      ? noneText(sponsor)
      : `half of ${decisions} came within ${medianHours < 48 ? `${Math.round(medianHours)} hours` : `${Math.round(medianHours / 24)} days`}`;
  return [
    [
      bold('In the last 90 days: '),
      `${opened} matters; ${byLevel.L1} ended with the owner, ${byLevel.L2} with owner and backup, ${byLevel.L3} with the sponsor, ${byLevel.L4} beyond.`,
    ],
    [
      bold('Called wrong or known by then: '),
      sponsor === 0
        ? 'no card has reached a sponsor.'
        : `${wrong} of ${sponsor} cards that reached a sponsor${share !== null && share > TOO_MANY_WRONG ? '; that is more than one in five, so choose calmer thresholds.' : '.'}`,
    ],
    [bold('Decisions: '), `${latency}.`],
  ];
}
