/** What counts against a pilot that was watched only for a while? Nothing that is older than its release. */
import type { Day } from '../day.ts';
import type { StallFacts } from './facts.ts';

/** Before anything any pilot could have done. */
const EVER = '1970-01-01';

const later = (day: Day, other: Day): Day => (day > other ? day : other);

/**
 * The same facts with grace, clocks and ages counted from the day of the release on: before it nobody was asked anything,
 * so nobody owed an answer, and its days count like those of a pause. What was measured stays.
 *
 * @param releasedOn null for a pilot that never was released from watching
 * @example
 * fromRelease({ graceFrom: '2026-01-05', pauses: [], criteria: [], blockers: [], sponsor: { askedOn: null }, missedDues: ['2026-02-05'], loosenedOn: [], missedInRow: 1 }, '2026-03-02') // { graceFrom: '2026-03-02', pauses: [['1970-01-01', '2026-03-02']], criteria: [], blockers: [], sponsor: { askedOn: null }, missedDues: [], loosenedOn: [], missedInRow: 0 }
 */
export function fromRelease(facts: StallFacts, releasedOn: Day | null): StallFacts {
  if (releasedOn === null) return facts;
  const missedDues = facts.missedDues.filter((due) => due >= releasedOn);
  return {
    ...facts,
    graceFrom: facts.graceFrom === null ? null : later(facts.graceFrom, releasedOn),
    pauses: [[EVER, releasedOn], ...facts.pauses],
    missedDues,
    missedInRow: Math.min(facts.missedInRow, missedDues.length),
    loosenedOn: facts.loosenedOn.filter((day) => day >= releasedOn),
    criteria: facts.criteria.map((criterion) =>
      criterion.askedOn !== null && criterion.askedOn < releasedOn
        ? { ...criterion, askedOn: null }
        : criterion,
    ),
    blockers: facts.blockers.map((blocker) => ({ ...blocker, heardOn: later(blocker.heardOn, releasedOn) })),
    sponsor: {
      ...facts.sponsor,
      askedOn: facts.sponsor.askedOn === null ? null : later(facts.sponsor.askedOn, releasedOn),
    },
  };
}
