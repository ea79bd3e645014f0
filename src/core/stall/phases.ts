/** When did the phases of a pilot begin, and how long did those take that are over? */
import { type Day, daysBetween } from '../day.ts';
import type { PausedDays } from '../pause.ts';
import type { Stage } from '../pilot.ts';
import { activeDays } from './facts.ts';

/** The days from which the phases of a pilot follow. */
export interface PhaseMarks {
  /** The pilot's start date; null in a draft without one. */
  readonly start: Day | null;
  readonly created: Day;
  /** The day of the first signature; null before. */
  readonly agreed: Day | null;
  /** The day the last of the required metrics got its first number; null before. */
  readonly measured: Day | null;
  /** The day it was decided to go live; null before. */
  readonly live: Day | null;
}

/** What tells how long the phases of a finished pilot took. */
export interface FinishedPilot extends Omit<PhaseMarks, 'live'> {
  /** The day it was decided to go live or to stop. */
  readonly ended: Day;
  readonly pauses: readonly PausedDays[];
  /** The day it was released from watching; null for one that never was watched only. */
  readonly released: Day | null;
}

/** A phase that is over. */
export interface FinishedPhase {
  readonly stage: Stage;
  /** Days on which the pilot did not rest. */
  readonly days: number;
  /** The day it was over. */
  readonly on: Day;
}

/** Whoever registers a pilot within its first two weeks has Pilotage see its phases. */
const BEGUN_LONG_BEFORE = 14;

const later = (day: Day, other: Day | null): Day => (other !== null && other > day ? other : day);

/**
 * The day on which a pilot came into the phase it is in.
 *
 * @example
 * phaseSince({ start: '2026-01-05', created: '2026-01-02', agreed: '2026-01-14', measured: '2026-02-20', live: null }, 'select') // '2026-01-05'
 * phaseSince({ start: '2026-01-05', created: '2026-01-02', agreed: '2026-01-14', measured: '2026-02-20', live: null }, 'build') // '2026-01-14'
 * phaseSince({ start: '2026-01-05', created: '2026-01-02', agreed: '2026-01-14', measured: '2026-02-20', live: null }, 'measure') // '2026-02-20'
 */
export function phaseSince({ start, created, agreed, measured, live }: PhaseMarks, stage: Stage): Day {
  if (stage === 'select' || agreed === null) return later(created, start);
  const built = later(agreed, start);
  if (stage === 'build') return built;
  return stage === 'measure' ? later(built, measured) : (live ?? built);
}

/**
 * How long the phases of a finished pilot took. What was not seen from its first day to its last is no measure for others: the
 * phases of a pilot that had begun long before it was registered, those that began before it was released from watching, and
 * one that was broken off. Measuring ends with any decision, a stop as well.
 *
 * @example
 * finishedPhases({ start: '2026-01-05', created: '2026-01-02', agreed: '2026-01-14', measured: '2026-02-20', ended: '2026-04-07', pauses: [], released: null }) // [{ stage: 'select', days: 9, on: '2026-01-14' }, { stage: 'build', days: 37, on: '2026-02-20' }, { stage: 'measure', days: 46, on: '2026-04-07' }]
 * finishedPhases({ start: '2025-06-02', created: '2026-01-02', agreed: '2026-01-02', measured: '2026-01-02', ended: '2026-01-07', pauses: [], released: null }) // []
 */
export function finishedPhases(pilot: FinishedPilot): FinishedPhase[] {
  const { start, created, agreed, ended, pauses, released } = pilot;
  if (agreed === null || (start !== null && daysBetween(start, created) > BEGUN_LONG_BEFORE)) return [];
  const seenFrom = released ?? created;
  const marks = { ...pilot, live: null };
  // A number that came after the decision did not begin a phase before it.
  const measured = pilot.measured === null || pilot.measured > ended ? null : phaseSince(marks, 'measure');
  const over: readonly (readonly [Stage, Day | null])[] = [
    ['select', agreed],
    ['build', measured],
    ['measure', measured === null ? null : ended],
  ];
  return over.flatMap(([stage, on]) => {
    const since = phaseSince(marks, stage);
    if (on === null || on < since || since < seenFrom) return [];
    return [{ stage, days: activeDays(pauses, since, on), on }];
  });
}

/**
 * The days others had spent in a phase by a day.
 *
 * @example
 * daysOthersTook([{ stage: 'build', days: 30, on: '2026-02-20' }, { stage: 'build', days: 40, on: '2026-03-02' }], 'build', '2026-03-01') // [30]
 */
export const daysOthersTook = (phases: readonly FinishedPhase[], stage: Stage, by: Day): number[] =>
  phases.filter((phase) => phase.stage === stage && phase.on <= by).map(({ days }) => days);
