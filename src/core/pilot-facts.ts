/** What is known about one pilot, and which of it counts now? */
import type { CharterFields, CharterStatus } from './charter.ts';
import type { Measures } from './define-criterion.ts';
import type { CriterionFacts, MetricFacts, ValueFacts } from './judge.ts';
import type { Holders, Pilot } from './pilot.ts';

/** One version of a charter. Instants are epoch ms. */
export interface CharterVersion {
  readonly id: string;
  readonly n: number;
  readonly status: CharterStatus;
  readonly fields: CharterFields;
  readonly askedAt: number | null;
  readonly askedBy: string | null;
  readonly answeredAt: number | null;
  readonly answeredBy: string | null;
  readonly reason: string | null;
  readonly hash: string | null;
  readonly resultsKnown: boolean;
  readonly revision: number;
}

/** A metric of a pilot. */
export interface Metric extends MetricFacts {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** Who reports it besides the owner, or null. */
  readonly reporter: string | null;
  readonly source: string;
}

/** A criterion of one charter version. */
export interface Criterion extends CriterionFacts {
  readonly lineage: string;
  readonly position: number;
  /** The id of its metric. */
  readonly metric: string;
  readonly measures: Measures;
  readonly baselineKnownBy: string | null;
}

/** A recorded value as far as it is judged by. */
export interface MeasuredValue extends ValueFacts {
  /** The id of its metric. */
  readonly metric: string;
}

/** A recorded value with what people want to know about it. */
export interface RecordedValue extends MeasuredValue {
  readonly periodStart: string;
  readonly recordedBy: string | null;
  readonly source: string;
  readonly reason: string | null;
}

/** Everything the rules need to know about one pilot, except its values. */
export interface PilotFacts {
  readonly pilot: Pilot;
  readonly holders: Holders;
  /** The newest version: what is being agreed, or what was. */
  readonly charter: CharterVersion;
  /** The version that counts, or null before the first signature. */
  readonly signed: CharterVersion | null;
  /** Every version, oldest first. */
  readonly versions: readonly CharterVersion[];
  readonly everAsked: boolean;
  readonly metrics: readonly Metric[];
  /** Criteria of every version, oldest version first, in their order. */
  readonly criteria: readonly Criterion[];
}

/**
 * The criteria of one version, in their order.
 *
 * @example
 * criteriaOfVersion({ criteria: [{ id: 'a', version: 1 }, { id: 'b', version: 2 }] }, 2) // [{ id: 'b', version: 2 }]
 */
export const criteriaOfVersion = (facts: PilotFacts, n: number): Criterion[] =>
  facts.criteria.filter(({ version }) => version === n);

/**
 * The version people look at: the signed one where there is one, else what is being agreed.
 *
 * @example
 * versionInForce({ signed: { n: 1 }, charter: { n: 2 } }) // { n: 1 }
 * versionInForce({ signed: null, charter: { n: 1 } }) // { n: 1 }
 */
export const versionInForce = (facts: PilotFacts): CharterVersion => facts.signed ?? facts.charter;
