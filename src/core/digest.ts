/** What happened to a set of pilots in a week, sorted by what it asks of the reader? */
import { addDays, type Day } from './day.ts';
import type { Verdict } from './evaluate/criterion.ts';
import { type PilotFacts, versionInForce } from './pilot-facts.ts';
import type { Standing as StallStanding } from './stall.ts';
import type { CriterionStanding, Standing } from './standing.ts';

/** One pilot with where it stands now and where it stood a week ago. */
export interface WeekOfPilot {
  readonly facts: PilotFacts;
  readonly now: Standing;
  readonly before: Standing;
  /** Where it stood at the newest look; left out before the first. */
  readonly stands?: StallStanding;
  /** What is in its way and what comes next, in words; null where nothing is. */
  readonly why?: string | null;
  /** The day by which the sponsor is to answer the card for the decision; left out while there is none. */
  readonly decideBy?: Day;
}

/** One line of the digest. */
export interface DigestEntry {
  readonly facts: PilotFacts;
  /** The criterion that says most about it; null for a pilot without one. */
  readonly lead: CriterionStanding | null;
  readonly why?: string | null;
  readonly decideBy?: Day;
  readonly stands?: StallStanding;
}

/** The week as data. Every pilot stands in exactly one list or in `quiet`. */
export interface Digest {
  readonly decide: readonly DigestEntry[];
  readonly help: readonly DigestEntry[];
  readonly sign: readonly DigestEntry[];
  readonly moved: readonly DigestEntry[];
  readonly quiet: readonly DigestEntry[];
}

/** Verdicts that do not mend themselves: somebody has to do something. */
const HELP: readonly Verdict[] = ['off_track', 'regressed', 'missed'];

/**
 * Whether a pilot needs help: what is measured is far from what was promised.
 *
 * @example
 * needsHelp({ criteria: [], worst: 'off_track' }) // true
 * needsHelp({ criteria: [], worst: 'at_risk' }) // false
 */
export const needsHelp = (standing: Standing): boolean =>
  standing.worst !== null && HELP.includes(standing.worst);

/**
 * Whether a pilot is stuck as far as a reader is concerned: what is only to be watched is not.
 *
 * @example
 * isStuck('stalling') // true
 * isStuck('watch') // false
 */
export const isStuck = (standing: StallStanding | undefined): boolean =>
  standing === 'stalling' || standing === 'stalled';

/** How many days before its decision date a pilot is listed under what is to be decided. */
const DECIDE_AHEAD_DAYS = 7;

/**
 * Sorts the week: what is to be decided (within seven days, or overdue), what needs help, what waits for a signature, what
 * has moved, and the quiet rest. A paused pilot is quiet. The list of pilots is kept in the order given.
 *
 * @example
 * digestOf([{
 *   facts: { pilot: { key: 'claims', stage: 'measure', pausedSince: null }, charter: { status: 'signed' }, signed: { fields: { decision: '2026-04-05' } } },
 *   now: { criteria: [], worst: 'off_track' },
 *   before: { criteria: [], worst: 'on_track' },
 * }], '2026-03-02').help.map(({ facts }) => facts.pilot.key) // ['claims']
 */
export function digestOf(week: readonly WeekOfPilot[], today: Day): Digest {
  const digest = { decide: [], help: [], sign: [], moved: [], quiet: [] } as Record<
    keyof Digest,
    DigestEntry[]
  >;
  for (const entry of week) {
    digest[placeOf(entry, today)].push({
      facts: entry.facts,
      lead: leadOf(entry.now),
      why: entry.why ?? null,
      ...(entry.decideBy === undefined ? {} : { decideBy: entry.decideBy }),
      ...(entry.stands === undefined ? {} : { stands: entry.stands }),
    });
  }
  return digest;
}

function placeOf({ facts, now, before, stands }: WeekOfPilot, today: Day): keyof Digest {
  const decision = versionInForce(facts).fields.decision;
  if (facts.pilot.pausedSince !== null) return 'quiet';
  const running = facts.signed !== null && ['build', 'measure'].includes(facts.pilot.stage);
  if (running && decision !== null && decision <= addDays(today, DECIDE_AHEAD_DAYS)) return 'decide';
  if (running && (needsHelp(now) || isStuck(stands))) return 'help';
  if (facts.charter.status === 'asked') return 'sign';
  // A pilot whose charter nobody gets signed is stuck as well.
  if (facts.signed === null && facts.pilot.stage !== 'stopped' && isStuck(stands)) return 'help';
  return moved(now, before) ? 'moved' : 'quiet';
}

/** Whether any value or verdict is another one than a week ago. */
function moved(now: Standing, before: Standing): boolean {
  const was = new Map(before.criteria.map(({ criterion, evaluation }) => [criterion.lineage, evaluation]));
  return now.criteria.some(({ criterion, evaluation }) => {
    const earlier = was.get(criterion.lineage);
    if ('error' in evaluation || earlier === undefined || 'error' in earlier) return false;
    return (
      evaluation.value !== earlier.value ||
      (evaluation.verdict !== earlier.verdict && evaluation.value !== null)
    );
  });
}

/** Verdicts nobody has to act on: then the first promise leads, not a guardrail that merely holds. */
const CALM: readonly Verdict[] = ['met', 'on_track', 'too_early'];

/** The criterion with the worst verdict among those that decide; the first promise where nothing is wrong. */
function leadOf(standing: Standing): CriterionStanding | null {
  const required = standing.criteria.find(({ criterion }) => criterion.role === 'required');
  if (standing.worst === null || CALM.includes(standing.worst))
    return required ?? standing.criteria[0] ?? null;
  const worst = standing.criteria.find(
    ({ criterion, evaluation }) =>
      criterion.role !== 'informative' && !('error' in evaluation) && evaluation.verdict === standing.worst,
  );
  return worst ?? required ?? null;
}

/**
 * True when there is nothing anybody would miss: such a digest is not sent.
 *
 * @example
 * isEmpty({ decide: [], help: [], sign: [], moved: [], quiet: [{ lead: null }] }) // true
 */
export const isEmpty = (digest: Digest): boolean =>
  digest.decide.length + digest.help.length + digest.sign.length + digest.moved.length === 0;
