/** What must be known about a pilot to tell whether it is stuck? */
import type { WorkingCalendar } from '../calendar.ts';
import { type Day, daysBetween } from '../day.ts';
import type { OwnView } from '../diagnose.ts';
import type { Role, Verdict } from '../evaluate/criterion.ts';
import type { PausedDays } from '../pause.ts';
import type { Stage } from '../pilot.ts';
import { type StallSettings, settingsOf } from './settings.ts';

/** One criterion of the charter in force. Days are days of the workspace's zone. */
export interface CriterionSigns {
  readonly id: string;
  readonly metric: string;
  readonly role: Role;
  readonly isTyped: boolean;
  /** What it measures is who uses it. */
  readonly isAdoption: boolean;
  /** A journey from a baseline has one; a level to keep needs none. */
  readonly lacksBaseline: boolean;
  /** The verdicts at the check-ins since an effect was expected, oldest first. */
  readonly looks: readonly Verdict[];
  /** A guardrail is broken beyond doubt. */
  readonly isHarm: boolean;
  /** All of the likely range at the deadline falls short. */
  readonly isForecastShort: boolean;
  /** Share of the time gone, 0 to 1; null before anything was measured. */
  readonly elapsed: number | null;
  /** The end of the newest period with a value; null without any. */
  readonly newest: Day | null;
  /** From when on values were to come: the start, or the first day an effect is expected. */
  readonly expectedFrom: Day;
  readonly cadenceDays: number;
  readonly graceDays: number;
  /** Typed metrics: the day on which a check-in first asked for what is missing; null where nobody was asked. */
  readonly askedOn: Day | null;
  /** Null where there is no single direction to go. */
  readonly course: Course | null;
}

/** The values of the periods since an effect was expected, oldest first, and where they are to lead. */
export interface Course {
  readonly direction: 'up' | 'down';
  readonly goal: number;
  readonly values: readonly { readonly period: number; readonly value: number }[];
  /** Periods still to come before the deadline. */
  readonly left: number;
}

/** Something open that stands in the way. */
export interface BlockerSigns {
  readonly id: string;
  /** The day it was raised or last heard of. */
  readonly heardOn: Day;
  /** Of whoever is to clear it. */
  readonly calendar: WorkingCalendar;
}

/** What is known about the sponsor. */
export interface SponsorSigns {
  /** Nobody holds the role, or the person is no longer there. */
  readonly isMissing: boolean;
  readonly calendar: WorkingCalendar;
  /** The day on which the oldest request that still waits for an answer was delivered; null while nothing is asked. */
  readonly askedOn: Day | null;
  /** The last day the sponsor decided, acknowledged or cleared something on this pilot. */
  readonly heardOn: Day | null;
}

/** A decision that could be made since its card was delivered. */
export interface OpenDecision {
  readonly deliveredOn: Day;
  readonly calendar: WorkingCalendar;
}

/** Everything the rules look at, on one day. */
export interface StallFacts {
  readonly today: Day;
  readonly stage: Stage;
  readonly isPaused: boolean;
  readonly pauses: readonly PausedDays[];
  /** The day the stage began. */
  readonly stageSince: Day;
  /** The pilot's start date; null in a draft without one. */
  readonly start: Day | null;
  /** The later of the start and the release from watching: nearly everything waits two weeks from here. */
  readonly graceFrom: Day | null;
  /** How many days finished pilots of the workspace spent in this stage. */
  readonly finishedDays: readonly number[];
  readonly charter: 'unsigned' | 'asked' | 'signed';
  readonly decisionDate: Day | null;
  readonly decision: OpenDecision | null;
  /** The newest day on which a gate was passed, a criterion met, a blocker closed or a new shape signed. */
  readonly progressOn: Day | null;
  /** The date of the one extension; null without one. */
  readonly extendedUntil: Day | null;
  /** The first day a required criterion was met, and the day the first unit went live. */
  readonly valueOn: Day | null;
  readonly liveOn: Day | null;
  readonly missedInRow: number;
  /** The days of the check-ins that were missed in a row. */
  readonly missedDues: readonly Day[];
  readonly criteria: readonly CriterionSigns[];
  /** The owner's view beside the worst measured verdict at each check-in, oldest first. */
  readonly views: readonly (readonly [OwnView, Verdict])[];
  /** Days on which a promise was made easier. */
  readonly loosenedOn: readonly Day[];
  readonly isOwnerMissing: boolean;
  readonly sponsor: SponsorSigns;
  readonly blockers: readonly BlockerSigns[];
  /** Whether the data drifted, look by look, oldest first. */
  readonly drift: readonly boolean[];
  readonly settings: StallSettings;
}

/**
 * Facts of a signed pilot on a day on which nothing is wrong, with what is given in place.
 *
 * @example
 * stallFacts({ today: '2026-01-20', calendar: null }).missedInRow // 0
 */
export function stallFacts(
  given: Partial<StallFacts> & { readonly today: Day; readonly calendar: WorkingCalendar },
): StallFacts {
  const { calendar, ...facts } = given;
  return {
    stage: 'build',
    isPaused: false,
    pauses: [],
    stageSince: facts.today,
    start: facts.today,
    graceFrom: null,
    finishedDays: [],
    charter: 'signed',
    decisionDate: facts.today,
    decision: null,
    progressOn: null,
    extendedUntil: null,
    valueOn: null,
    liveOn: null,
    missedInRow: 0,
    missedDues: [],
    criteria: [],
    views: [],
    loosenedOn: [],
    isOwnerMissing: false,
    sponsor: { isMissing: false, calendar, askedOn: null, heardOn: null },
    blockers: [],
    drift: [],
    settings: settingsOf('normal'),
    ...facts,
  };
}

/**
 * The days from one day to another on which the pilot did not rest.
 *
 * @example
 * activeDays([['2026-02-02', '2026-02-09']], '2026-01-26', '2026-02-16') // 14
 * activeDays([['2026-02-02', null]], '2026-01-26', '2026-02-16') // 7
 */
export function activeDays(pauses: readonly PausedDays[], from: Day, to: Day): number {
  if (to <= from) return 0;
  let days = daysBetween(from, to);
  // What has been counted already is not taken off twice where pauses overlap.
  let counted = from;
  for (const [since, until] of pauses.toSorted((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const first = since > counted ? since : counted;
    const last = until === null || until > to ? to : until;
    if (last <= first) continue;
    days -= daysBetween(first, last);
    counted = last;
  }
  return days;
}
