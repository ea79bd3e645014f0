/** What would be said of a promise by the terms on which it was agreed first? */
import { judge } from './judge.ts';
import { droppedSince, firstAgreed } from './loosening.ts';
import type { PausedDays } from './pause.ts';
import type { Criterion, MeasuredValue, PilotFacts } from './pilot-facts.ts';
import type { CriterionStanding } from './standing.ts';

/** The numbers and the time a pilot is judged by. */
export interface JudgedBy {
  readonly values: readonly MeasuredValue[];
  /** IANA zone of the workspace. */
  readonly zone: string;
  /** Epoch ms. */
  readonly now: number;
  readonly pauses: readonly PausedDays[];
}

/** The first terms of what was changed or taken out since. The rule for a decision runs on what counts now; this stands beside it. */
export interface FirstAgreed {
  /** By the id of the criterion that counts now: its first terms, judged. */
  readonly amended: ReadonlyMap<string, CriterionStanding>;
  /** What decided once and was taken out, by its first terms, judged. */
  readonly dropped: readonly CriterionStanding[];
}

/**
 * Judges by its first terms what was amended or dropped since: with their goal, their deadline, their metric and the start
 * date of the version in which they were agreed.
 *
 * @example
 * asFirstAgreed({ versions: [{ n: 1, status: 'signed' }], criteria: [] }, [], { values: [], zone: 'UTC', now: 0, pauses: [] }).dropped // []
 */
export function asFirstAgreed(
  facts: PilotFacts,
  counted: readonly CriterionStanding[],
  by: JudgedBy,
): FirstAgreed {
  const amended = counted.flatMap(({ criterion }): [string, CriterionStanding][] => {
    const first = firstAgreed(facts, criterion);
    const judged = first === null ? null : judgedBy(facts, first, by);
    return judged === null ? [] : [[criterion.id, judged]];
  });
  const dropped = droppedSince(facts).flatMap(
    (criterion) => judgedBy(facts, firstAgreed(facts, criterion) ?? criterion, by) ?? [],
  );
  return { amended: new Map(amended), dropped };
}

function judgedBy(
  { metrics, versions }: PilotFacts,
  criterion: Criterion,
  { values, zone, now, pauses }: JudgedBy,
): CriterionStanding | null {
  const metric = metrics.find(({ id }) => id === criterion.metric);
  const start = versions.find(({ n }) => n === criterion.version)?.fields.start ?? null;
  if (metric === undefined || start === null) return null;
  const own = values.filter((row) => row.metric === metric.id);
  return { criterion, metric, evaluation: judge(criterion, metric, { start, zone, pauses }, own, now) };
}
