/** How long has a pilot been on its way to value, to production, and without any progress? */
import { addDays, type Day } from '../day.ts';
import { activeDays, type StallFacts } from './facts.ts';

/** The three clocks that run on every pilot. */
export const CLOCKS = ['value', 'production', 'progress'] as const;
export type ClockName = (typeof CLOCKS)[number];

/** One clock. It is early before `from`, due between the two days, late after `until`; done where it has been reached. */
export interface PilotClock {
  readonly clock: ClockName;
  readonly since: Day;
  /** Days gone without pauses; up to the day it was reached. */
  readonly days: number;
  readonly from: Day;
  readonly until: Day;
  readonly reachedOn: Day | null;
  readonly state: 'early' | 'due' | 'late' | 'done';
}

const WEEK = 7;
// Value within 8 to 12 weeks, production within 3 to 6 months; six months without progress force a decision.
const VALUE_WEEKS = [8, 12] as const;
const PRODUCTION_WEEKS = [13, 26] as const;

/**
 * The clocks of a pilot, from its start date on: a required criterion met, the first unit live, and the newest progress, which
 * is never reached for good but begins again. None before the start or after the end; pauses take no time; the last one is
 * put off by the one extension and by nothing else.
 *
 * @example
 * pilotClocks({ today: '2026-03-16', stage: 'measure', start: '2026-01-05', pauses: [], valueOn: null, liveOn: null, progressOn: '2026-02-02', extendedUntil: null, settings: { purgatory_weeks: 26 } }).map(({ clock, days, state }) => [clock, days, state]) // [['value', 70, 'due'], ['production', 70, 'early'], ['progress', 42, 'early']]
 */
export function pilotClocks(facts: StallFacts): PilotClock[] {
  const { start, today, stage, progressOn, extendedUntil, settings } = facts;
  if (start === null || today < start || stage === 'stopped') return [];
  const since = progressOn !== null && progressOn > start ? progressOn : start;
  const limit = settings.purgatory_weeks;
  const progress = clockOf(facts, 'progress', since, [limit, limit], null);
  const isExtended = extendedUntil !== null && extendedUntil > progress.until;
  const extended: PilotClock = isExtended
    ? { ...progress, until: extendedUntil, state: stateOn(today, progress.from, addDays(extendedUntil, 1)) }
    : progress;
  return [
    clockOf(facts, 'value', start, VALUE_WEEKS, facts.valueOn),
    clockOf(facts, 'production', start, PRODUCTION_WEEKS, facts.liveOn),
    ...(stage === 'expand' ? [] : [extended]),
  ];
}

function clockOf(
  { pauses, today }: StallFacts,
  clock: ClockName,
  since: Day,
  [low, high]: readonly [number, number],
  reachedOn: Day | null,
): PilotClock {
  const end = reachedOn !== null && reachedOn < today ? reachedOn : today;
  const days = activeDays(pauses, since, end);
  // What a pilot has rested is added to the days by which something is due.
  const rested = activeDays([], since, end) - days;
  const from = addDays(since, low * WEEK + rested);
  const until = addDays(since, high * WEEK + rested);
  const running = { clock, since, days, from, until, reachedOn };
  return { ...running, state: reachedOn === null ? stateOn(today, from, until) : 'done' };
}

function stateOn(today: Day, from: Day, until: Day): PilotClock['state'] {
  if (today < from) return 'early';
  return today < until ? 'due' : 'late';
}
