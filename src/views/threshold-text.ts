/** In which words are thresholds, what is wrong with them, and what they bring, told to a programme office? */
import { type EscalationFigures, REACHES, type Reach, TOO_MANY_WRONG } from '../core/escalation/figures.ts';
import type { WholeProblem } from '../core/stall/check-settings.ts';
import type { Rehearsed } from '../core/stall/rehearsal.ts';
import {
  type Preset,
  THRESHOLDS,
  type ThresholdName,
  type ThresholdProblem,
} from '../core/stall/settings.ts';
import { type Message, message } from '../slack/blocks.ts';
import { bold, type Line } from '../slack/text.ts';
import type { AskedThresholds, Brought } from './case-buttons.ts';
import * as caseButtons from './case-buttons.ts';

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

const told = ({ owner, sponsor }: Rehearsed): string =>
  `about ${owner} ${owner === 1 ? 'card' : 'cards'} to owners and ${sponsor} to sponsors`;

/** 'With these values the last four weeks would have brought about 14 cards to owners and 3 to sponsors', and what was counted. */
export function rehearsedText({ now, next, pilots }: Brought): Line[] {
  return [
    [bold('With these values '), `the last four weeks would have brought ${told(next)}.`],
    [bold('With the present ones: '), `${told(now)}.`],
    `Counted at each look of these weeks at ${many(pilots)}, with the numbers known then, as if nobody had answered; working hours, leave, requests to sign and pilots that are watched only are left out.`,
    'New values count for what is opened from now on; open matters keep theirs.',
  ];
}

const many = (pilots: number): string =>
  `${pilots.toLocaleString('en')} ${pilots === 1 ? 'pilot' : 'pilots'}`;

/** 'strict, 2 changed' */
const valuesText = ({ preset, changed }: Pick<AskedThresholds, 'preset' | 'changed'>): string => {
  const own = Object.keys(changed).length;
  return `${preset}${own === 0 ? '' : `, ${own} changed`}`;
};

/** How far a count has come: 'Counting for strict: 400 of 2,140 pilots'. */
export interface CountShown extends Pick<AskedThresholds, 'preset' | 'changed'> {
  readonly done: number;
  readonly all: number;
}

/** A line that says how far a count has come. */
export const countingLine = (count: CountShown): Line => [
  bold('Counting '),
  `what ${valuesText(count)} would have brought: ${count.done.toLocaleString('en')} of ${many(count.all)}.`,
];

/** Says where the answer will come, to who has asked. */
export const countingText = (count: CountShown, command: string): string =>
  `What ${valuesText(count)} would have brought is being counted: ${count.done === 0 ? '' : `${count.done.toLocaleString('en')} of `}${many(count.all)}. The answer comes as a direct message, with a button to use these thresholds; ${command} stalls shows how far it is. Nothing is saved yet.`;

/** The answer: the same lines as in the form, and the button that goes on. */
export function countedMessage(asked: AskedThresholds, brought: Brought): Message {
  const values = valuesText(asked);
  return message({
    notice: `Thresholds ${values}: the last four weeks would have brought ${told(brought.next)}.`,
    title: `Thresholds ${values}: what they would have brought`,
    lines: [...rehearsedText(brought), 'Nothing is saved yet.'],
    buttons: [[caseButtons.useThresholds.element({ ...asked, brought }, { style: 'primary' })]],
  });
}

const REACH_WORDS: Readonly<Record<Reach, string>> = {
  owner: 'stayed with the owner',
  backup: 'with owner and backup',
  sponsor: 'got to the sponsor',
  beyond: 'went beyond',
  gone: 'gone before anybody was told',
  waiting: 'not told yet',
};

/** '15 matters: 8 stayed with the owner, 4 got to the sponsor, 3 gone before anybody was told': they add up. */
function reachText({ opened, byReach }: EscalationFigures): string {
  if (opened === 0) return 'nothing was in the way of any pilot.';
  const parts = REACHES.filter((reach) => byReach[reach] > 0).map(
    (reach) => `${byReach[reach]} ${REACH_WORDS[reach]}`,
  );
  return `${opened === 1 ? '1 matter' : `${opened} matters`}: ${parts.join(', ')}.`;
}

function withinText(hours: number): string {
  if (hours < 1) return 'an hour';
  const [count, unit] = hours < 48 ? [Math.round(hours), 'hour'] : [Math.round(hours / 24), 'day'];
  return count === 1 ? `a ${unit}` : `${count} ${unit}s`;
}

/** '5; 3 answered a card, half of them within 20 hours, 2 came unasked'. */
function decisionsText({ decisions, answered, medianHours, sponsor, results }: EscalationFigures): string {
  if (decisions === 0) return sponsor + results === 0 ? 'none was asked for.' : 'none was made yet.';
  const unasked = decisions - answered;
  const within = medianHours === null ? '' : withinText(medianHours);
  const parts = [
    ...(answered === 0
      ? []
      : [`${answered} answered a card, ${answered === 1 ? '' : 'half of them '}within ${within}`]),
    ...(unasked === 0 ? [] : [`${unasked} came unasked`]),
  ];
  return `${decisions}; ${parts.join(', ')}.`;
}

/** How well the messages of the last 90 days have served. */
export function figuresLines(figures: EscalationFigures): Line[] {
  const { opened, sponsor, wrong, results, decisions } = figures;
  if (opened + results + decisions === 0)
    return ['In the last 90 days nothing was in the way of any pilot, and nothing was to be decided.'];
  const tooMany = sponsor > 0 && wrong / sponsor > TOO_MANY_WRONG;
  return [
    [bold('In the last 90 days: '), reachText(figures)],
    [
      bold('Called wrong or known: '),
      sponsor === 0
        ? 'no such matter has reached a sponsor.'
        : `${wrong} of ${sponsor} that reached a sponsor${tooMany ? '; that is more than one in five, so choose calmer thresholds.' : '.'}`,
    ],
    [bold('Decisions: '), decisionsText(figures)],
  ];
}
