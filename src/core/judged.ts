/** What do the numbers say about a pilot, what was corrected of them, and what would its first charter say? */
import { asFirstAgreed, type FirstAgreed } from './first-agreed.ts';
import type { PausedDays } from './pause.ts';
import { type MeasuredValue, type PilotFacts, versionInForce } from './pilot-facts.ts';
import { type Restated, restatedOf } from './restated.ts';
import { type Standing, standingOf } from './standing.ts';

/** A pilot's criteria, judged, with what a reader should know beside the words. */
export interface Judged {
  readonly standing: Standing;
  /** What was corrected, by the id of the criterion. */
  readonly restated: ReadonlyMap<string, Restated>;
  readonly first: FirstAgreed;
}

/**
 * Judges a pilot as {@link standingOf} does, and says what was corrected and what was agreed otherwise at first.
 *
 * @example
 * judgedOn({ signed: null, charter: { n: 1, fields: { start: null } }, versions: [], criteria: [] }, [], 'Europe/Berlin', 0).standing // { criteria: [], worst: null }
 */
export function judgedOn(
  facts: PilotFacts,
  values: readonly MeasuredValue[],
  zone: string,
  now: number,
  pauses: readonly PausedDays[] = [],
): Judged {
  const standing = standingOf(facts, values, zone, now, pauses);
  const { start } = versionInForce(facts).fields;
  const restated = standing.criteria.flatMap((entry): [string, Restated][] => {
    const own = values.filter(({ metric }) => metric === entry.metric.id);
    const found = start === null ? null : restatedOf(entry, own, { start, zone, pauses }, now);
    return found === null ? [] : [[entry.criterion.id, found]];
  });
  return {
    standing,
    restated: new Map(restated),
    first: asFirstAgreed(facts, standing.criteria, { values, zone, now, pauses }),
  };
}
