/** In which words is said what stands in a pilot's way, on what that rests, and what would help? */
import { type Day, daysBetween } from '../core/day.ts';
import type { Decision } from '../core/escalation/refusal.ts';
import type { Stage } from '../core/pilot.ts';
import type { Evidence, LatePhase, Signal } from '../core/stall/signal.ts';
import type { Standing as Standings } from '../core/stall.ts';
import type { SuggestionReason } from '../core/suggestion.ts';
import { dayText, weekdayText } from './day-text.ts';

/** What the words need to know besides the numbers. */
export interface EvidenceNames {
  /** Names of metrics by the ids of their criteria. */
  readonly criteria: ReadonlyMap<string, string>;
  /** What stands in the way, by the ids of blockers. */
  readonly blockers: ReadonlyMap<string, string>;
  readonly today: Day;
  /** The day of the look: what it has counted goes on to the day it is read. Left out where that is the same day. */
  readonly seenOn?: Day;
}

const STAGES: Readonly<Record<Stage, string>> = {
  select: 'agreeing on success',
  build: 'building',
  measure: 'measuring',
  deploy: 'going live',
  expand: 'growing',
  stopped: 'stopped',
};

const weeks = (days: number): string => {
  const count = Math.round(days / 7);
  return count === 1 ? '1 week' : `${count} weeks`;
};
const times = (count: number): string => ['', 'once', 'twice'][count] ?? `${count} times`;
const share = (part: number): string => `${Math.round(part * 100)} %`;

/** One thing that was seen, as a short sentence without its full stop. Nobody is named for having missed something. */
export function evidenceText(evidence: Evidence, names: EvidenceNames): string {
  const { today } = names;
  const on = (day: Day) => weekdayText(day, today);
  const criterion = 'criterion' in evidence ? (names.criteria.get(evidence.criterion) ?? 'a criterion') : '';
  switch (evidence.rule) {
    case 'missed_check_ins': {
      const since = evidence.dues[0] === undefined ? '' : ` since ${on(evidence.dues[0])}`;
      return `nothing heard${since}; ${evidence.missed === 1 ? 'one check-in' : `${evidence.missed} check-ins`} without an answer`;
    }
    case 'old_data':
      return `${criterion}: ${oldDataText(evidence, names)}`;
    case 'off_track':
      return `${criterion}: off track ${times(evidence.looks)} running`;
    case 'regressed':
      return `${criterion}: slipped back ${times(evidence.looks)} running`;
    case 'forecast_short':
      return `${criterion}: on its course it falls short, with ${share(evidence.elapsed)} of the time gone`;
    case 'flat':
      return `${criterion}: hardly moved over the last ${evidence.periods} numbers`;
    case 'harm':
      return `${criterion}: got worse than agreed, beyond doubt`;
    default:
      return otherText(evidence, criterion, names);
  }
}

/**
 * 'the newest number is of 12 October, asked for since Sun 25 Oct'. What nobody is asked for has its own age: it was counted when the
 * pilot was looked at, and is read on another day.
 */
function oldDataText(
  { newest, askedOn, days }: Evidence & { readonly rule: 'old_data' },
  names: EvidenceNames,
): string {
  const { today } = names;
  const has = newest === null ? 'no number yet' : `the newest number is of ${dayText(newest, today)}`;
  if (askedOn !== null) return `${has}, asked for since ${weekdayText(askedOn, today)}`;
  return newest === null
    ? `${has}, ${daysText(byToday(days, names))} after one was due`
    : `${has}, ${daysText(daysBetween(newest, today))} old`;
}

/** Days that were counted at the look, by the day they are read; a pilot that rests shows none, and is looked at when it goes on. */
const byToday = (days: number, { seenOn, today }: EvidenceNames): number =>
  seenOn === undefined || seenOn >= today ? days : days + daysBetween(seenOn, today);

function otherText(evidence: Evidence, criterion: string, names: EvidenceNames): string {
  const { blockers, today } = names;
  const on = (day: Day) => weekdayText(day, today);
  switch (evidence.rule) {
    case 'late_phase':
      return `${STAGES[evidence.stage]} for ${phaseText(evidence, byToday(evidence.days, names))}`;
    case 'no_decision_date':
      return `running for ${weeks(byToday(evidence.days, names))} without a day on which it is decided about`;
    case 'purgatory':
      return `no progress since ${on(evidence.since)}: for ${weeks(byToday(evidence.days, names))} nothing was reached, cleared or newly agreed`;
    case 'decision_overdue':
      return `to be decided since ${on(evidence.since)}`;
    case 'no_owner':
      return 'nobody owns it';
    case 'no_sponsor':
      return 'it has no sponsor';
    case 'silent_sponsor':
      return `an answer of the sponsor is awaited since ${on(evidence.since)}`;
    case 'old_blocker':
      return `${blockers.get(evidence.blocker) ?? 'a blocker'}, no news since ${on(evidence.since)}`;
    case 'watermelon':
      return 'the view of the owner and the numbers differ';
    case 'blind_green':
      return 'said to be on course, with no current number';
    case 'loosened':
      return evidence.isLate
        ? 'a target was made easier late'
        : `targets were made easier ${times(evidence.times)}`;
    case 'few_users':
      return `${criterion}: ${evidence.value} at half-time, ${evidence.needed} would be half of what was agreed`;
    case 'users_leave':
      return `${criterion}: down to ${evidence.value} from ${evidence.peak}`;
    case 'no_criteria':
      return `nothing is agreed ${daysText(daysBetween(evidence.start, today))} after the start`;
    case 'no_baseline':
      return `${criterion}: where it starts was not measured ${daysText(daysBetween(evidence.start, today))} after the start`;
    case 'drift':
      return 'the data has changed';
    default:
      return 'something is in the way';
  }
}

/** How long a phase has lasted and with what that was compared: '42 days, where 17 of 20 finished pilots took 30 or fewer'. */
function phaseText(evidence: LatePhase, days: number): string {
  if (evidence.by === 'plan') {
    const { planned } = evidence;
    return `${weeks(days)}, ${planned === undefined ? 'longer than planned' : `planned for ${weeks(planned)}`}`;
  }
  const others = othersText(evidence);
  return `${daysText(days)}, ${others === null ? 'longer than nearly all others' : `where ${others}`}`;
}

const daysText = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

/** '17 of 20 finished pilots took 30 or fewer', in days; null where a look of an earlier version does not say. */
export function othersText(evidence: Extract<LatePhase, { by: 'others' }>): string | null {
  const { finished, within, limit } = evidence;
  if (finished === undefined || within === undefined) return null;
  return `${within} of ${finished} finished pilots took ${Math.floor(limit)} or fewer`;
}

/** What counted, the heaviest first, each once. */
export function evidenceTexts(signals: readonly Signal[], names: EvidenceNames): string[] {
  const sorted = signals.toSorted(
    (a, b) => Number(b.isCritical) - Number(a.isCritical) || b.weight - a.weight,
  );
  return [...new Set(sorted.map(({ evidence }) => evidenceText(evidence, names)))];
}

/** A decision as it stands on its button. */
export const DECISION_WORDS: Readonly<Record<Decision, string>> = {
  unblock: 'Unblock',
  extend: 'Extend',
  restructure: 'Restructure',
  stop: 'Stop',
  go: 'Go',
  conditional_go: 'Conditional go',
  not_yet: 'Not yet',
};

/** Why something is suggested. */
export const REASON_WORDS: Readonly<Record<SuggestionReason, string>> = {
  harm: 'something gets worse that must not',
  blocked: 'nothing else is missing',
  blocked_first: 'this comes before everything else',
  nobody_owns: 'it needs a person',
  no_progress_again: 'a new shape has been tried already',
  no_progress: 'six months brought nothing; a smaller promise may',
  tried_before: 'a new shape has been tried already',
  little_reached: 'half the time is gone and hardly any of the way',
  would_arrive: 'on its course it arrives within four weeks more',
  wont_arrive: 'the promise cannot be kept as it stands',
  silent: 'find out who or what is missing',
  late: 'this phase takes longer than it should',
};

/** The same for a decision on final numbers. */
export const RULE_WORDS: Readonly<Record<string, string>> = {
  R1: 'everything agreed is met',
  R2: 'met, but who runs it or the way back is not named',
  R3: 'something got worse that must not',
  R4: 'a new shape has been tried already',
  R5: 'six months, and hardly any of the way',
  R6: 'the model does not carry it',
  R7: 'what is missing is on its way',
  R8: 'a smaller promise may hold',
};

/** Where a pilot stands, in the word people read; null where there is nothing to say. Who is asked to decide reads "stuck". */
export function standingWord(standing: Standings | null | undefined): string | null {
  switch (standing) {
    case 'stalled':
    case 'stalling':
      return 'needs help';
    case 'watch':
      return 'to watch';
    default:
      return null;
  }
}

/** Where a pilot stands and why: 'needs help: nothing heard since Thu 8 Jan; 2 check-ins without an answer'. */
export interface StandingShown {
  readonly standing: Standings;
  readonly signals: readonly Signal[];
  readonly evidence: EvidenceNames;
}

/** The same as text, with at most two things that were seen; null where nothing is in the way. */
export function standingText({ standing, signals, evidence }: StandingShown): string | null {
  const word = standingWord(standing);
  if (word === null) return null;
  // How long a decision waits is the sponsor's and the programme office's to know.
  const own = signals.filter(({ cause }) => cause !== 'decision_overdue');
  const told = evidenceTexts(own, evidence).slice(0, 2);
  return told.length === 0 ? null : `${word}: ${told.join('; ')}`;
}
