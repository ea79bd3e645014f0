/** What of a week is worth thirty seconds of somebody's time: what waits, what got worse, what got better? */
import { addDays, type Day } from './day.ts';
import type { WeekOfPilot } from './digest.ts';
import { VERDICTS, type Verdict } from './evaluate/criterion.ts';
import { versionInForce } from './pilot-facts.ts';

/** A week in the shortest form. Every pilot stands in exactly one list. */
export interface WeekOfPerson {
  /** Decisions and signatures that wait for this person. */
  readonly waits: readonly WeekOfPilot[];
  readonly worse: readonly WeekOfPilot[];
  readonly better: readonly WeekOfPilot[];
  /** The same word as a week ago, by the word: how many. */
  readonly unchanged: readonly WeekOfPilot[];
  /** Nothing is measured yet. */
  readonly unmeasured: readonly WeekOfPilot[];
}

/** How many days before its decision date a decision waits. */
export const DECIDE_AHEAD_DAYS = 7;
/** Words that say nothing of how it goes. */
const SILENT: readonly Verdict[] = ['no_data', 'too_early'];

/**
 * Sorts a week for one reader. What waits for them comes first; a pilot that rests or was stopped is unchanged. `decides` are the
 * pilots, by id, whose card for a decision has reached them.
 *
 * @example
 * weekOfPerson([{
 *   facts: { pilot: { stage: 'measure', pausedSince: null }, holders: { sponsor: 'U2' }, charter: { status: 'signed' }, signed: { fields: { decision: '2026-04-05' } } },
 *   now: { criteria: [], worst: 'off_track' },
 *   before: { criteria: [], worst: 'on_track' },
 * }], 'U2', '2026-03-02').worse.length // 1
 */
export function weekOfPerson(
  week: readonly WeekOfPilot[],
  person: string,
  today: Day,
  decides: ReadonlySet<string> = new Set(),
): WeekOfPerson {
  const sorted = { waits: [], worse: [], better: [], unchanged: [], unmeasured: [] } as Record<
    keyof WeekOfPerson,
    WeekOfPilot[]
  >;
  for (const entry of week) {
    const { id, pausedSince, stage } = entry.facts.pilot;
    const waits = decides.has(id) && pausedSince === null && stage !== 'stopped';
    sorted[waits ? 'waits' : placeOf(entry, person, today)].push(entry);
  }
  return sorted;
}

function placeOf({ facts, now, before }: WeekOfPilot, person: string, today: Day): keyof WeekOfPerson {
  const { pilot, holders, charter, signed } = facts;
  if (pilot.pausedSince !== null || pilot.stage === 'stopped') return 'unchanged';
  const answers = person === holders.sponsor || person === holders.delegate;
  const { decision } = versionInForce(facts).fields;
  const running = signed !== null && ['build', 'measure'].includes(pilot.stage);
  const toDecide = running && decision !== null && decision <= addDays(today, DECIDE_AHEAD_DAYS);
  if (answers && (charter.status === 'asked' || toDecide)) return 'waits';
  if (now.worst === null || SILENT.includes(now.worst))
    return now.worst === 'too_early' ? 'unchanged' : 'unmeasured';
  if (before.worst === null || SILENT.includes(before.worst))
    return now.worst === 'met' ? 'better' : 'unchanged';
  const step = VERDICTS.indexOf(now.worst) - VERDICTS.indexOf(before.worst);
  if (step === 0) return 'unchanged';
  return step > 0 ? 'worse' : 'better';
}

/**
 * Whether there is nothing worth a message.
 *
 * @example
 * isQuiet({ waits: [], worse: [], better: [], unchanged: [], unmeasured: [] }) // true
 */
export const isQuiet = ({ waits, worse, better }: WeekOfPerson): boolean =>
  waits.length + worse.length + better.length === 0;
