/** Which pilot and which of its metrics does a row of a file or a request name? */
import { agreedUnits } from './agreed-rates.ts';
import type { Day } from './day.ts';
import { nearest } from './key.ts';
import { type CadenceName, findMetric } from './metric.ts';
import { type PilotFacts, versionInForce } from './pilot-facts.ts';

/** A metric values can be recorded for. */
export interface IncomingMetric {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  readonly cadence: CadenceName;
  /** Other units its values may come in, since a criterion agrees on their rates. */
  readonly agreed?: readonly string[];
}

/** A pilot values can be recorded for. */
export interface IncomingPilot {
  readonly id: string;
  readonly key: string;
  readonly start: Day | null;
  readonly metrics: readonly IncomingMetric[];
}

/** The pilots of a workspace, to look up row after row. */
export interface PilotIndex {
  /** A pilot by its key, in any case. */
  pilot(word: string): IncomingPilot | null;
  /** The keys nearest to one that is not there. */
  near(word: string): readonly string[];
  /** A metric of a pilot by its key or its exact name, or the keys nearest to it. */
  metric(
    pilot: IncomingPilot,
    word: string,
  ): { readonly found: IncomingMetric } | { readonly found: null; readonly near: readonly string[] };
}

/** Looking for what is near costs time for every pilot there is, so a file full of wrong names gets it for the first ones. */
const MOST_SEARCHES = 200;
const NEAR = 2;

/**
 * What a pilot's facts say that is needed to take its values.
 *
 * @example
 * incomingPilot({ pilot: { id: 'P1', key: 'claims' }, signed: null, charter: { fields: { start: '2026-01-05' } }, metrics: [], criteria: [] }) // { id: 'P1', key: 'claims', start: '2026-01-05', metrics: [] }
 */
export function incomingPilot(facts: PilotFacts): IncomingPilot {
  const { pilot } = facts;
  const { n, fields } = versionInForce(facts);
  const rated = facts.criteria.filter(({ version, rates }) => version === n && rates !== null);
  const metrics =
    rated.length === 0
      ? facts.metrics
      : facts.metrics.map((metric) => ({ ...metric, agreed: agreedUnits(rated, metric.id) }));
  return { id: pilot.id, key: pilot.key, start: fields.start, metrics };
}

/**
 * Makes the index. What was looked up once is remembered.
 *
 * @param nameable the pilots whose keys may be said to whoever wrote another one; left out, all of them
 * @example
 * pilotIndex([{ id: 'P1', key: 'claims', start: null, metrics: [] }]).pilot('CLAIMS')?.id // 'P1'
 * pilotIndex([{ id: 'P1', key: 'claims', start: null, metrics: [] }]).near('clams') // ['claims']
 * pilotIndex([{ id: 'P1', key: 'claims', start: null, metrics: [] }], []).near('clams') // []
 */
export function pilotIndex(
  pilots: readonly IncomingPilot[],
  nameable: readonly IncomingPilot[] = pilots,
): PilotIndex {
  const byKey = new Map(pilots.map((pilot) => [pilot.key.toLowerCase(), pilot]));
  const keys = nameable.map(({ key }) => key);
  const nearPilots = new Map<string, readonly string[]>();
  const metrics = new Map<IncomingPilot, Map<string, ReturnType<PilotIndex['metric']>>>();
  return {
    pilot: (word) => byKey.get(word.toLowerCase()) ?? null,
    near(word) {
      const known = nearPilots.get(word);
      if (known !== undefined || nearPilots.size >= MOST_SEARCHES) return known ?? [];
      const near = nearest(word, keys, NEAR);
      nearPilots.set(word, near);
      return near;
    },
    metric(pilot, word) {
      const known = metrics.get(pilot) ?? new Map<string, ReturnType<PilotIndex['metric']>>();
      metrics.set(pilot, known);
      const before = known.get(word);
      if (before !== undefined) return before;
      if (known.size >= MOST_SEARCHES + pilot.metrics.length) return { found: null, near: [] };
      const answer = findMetric(pilot.metrics, word);
      known.set(word, answer);
      return answer;
    },
  };
}
