/** How do values that were checked become rows, many at once and each only once? */
import type { IncomingProblem } from '../core/incoming-problem.ts';
import { type KnownValue, meetKnown } from '../core/incoming-repeat.ts';
import { type IncomingValue, incomingTrust } from '../core/incoming-value.ts';
import { currentValues } from '../core/judge.ts';
import { isMeasured } from '../core/measuring.ts';
import type { PilotFacts } from '../core/pilot-facts.ts';
import type { Database } from './database.ts';
import { insertObservations, startMeasuring, valuesBetween, valuesWithKeys } from './queries/import.ts';
import { touched } from './queries/messages.ts';
import { observationsOf } from './queries/observations.ts';

/** A value with the line it stands on, and where it comes from as it will be kept. */
export interface TakenValue {
  readonly line: number;
  readonly value: IncomingValue;
  readonly source: string;
}

/** What is to be done with a list of values. */
export interface Sorted {
  readonly fresh: readonly TakenValue[];
  /** How many are there already. */
  readonly repeated: number;
  readonly refused: readonly { readonly line: number; readonly problem: IncomingProblem }[];
}

/** Where the values come from, for the logbook. */
export interface Origin {
  /** The part of the app that takes them in, `system:import`. */
  readonly actor: string;
  /** The name of the file, without its folder. */
  readonly file: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
  /** True when a system of record hands them in by itself: such values are trusted most. */
  readonly fromSystem?: boolean;
}

/** Takes values in for one workspace. */
export interface Taker {
  /** Compares values with what is recorded; writes nothing. */
  sortOut(values: readonly TakenValue[]): Promise<Sorted>;
  /**
   * Writes values in one batch, with an entry in the logbook for every pilot. Throws what `isDuplicate` recognises when
   * somebody else has written one of the keys meanwhile.
   */
  write(values: readonly TakenValue[]): Promise<void>;
  /** Sorts out, then writes; once more from the start when somebody was first. */
  take(values: readonly TakenValue[]): Promise<Sorted>;
}

const ATTEMPTS = 5;

/**
 * Makes what takes values in.
 *
 * @param parts.facts the pilot of an id; every pilot the values name must be there
 */
export function createTaker(parts: {
  readonly db: Database;
  readonly workspace: string;
  readonly origin: Origin;
  readonly facts: (pilot: string) => PilotFacts | undefined;
  readonly now: () => number;
  readonly newId: () => string;
}): Taker {
  const { db, workspace, origin } = parts;
  const measured = new Map<string, Set<string>>();

  async function sortOut(values: readonly TakenValue[]): Promise<Sorted> {
    const [newest, byKey] = await Promise.all([
      newestRows(db, workspace, values),
      rowsByKey(db, workspace, values),
    ]);
    const fresh: TakenValue[] = [];
    const refused: { line: number; problem: IncomingProblem }[] = [];
    for (const taken of values) {
      const { value, source, line } = taken;
      const meeting = meetKnown(
        value,
        trustOf(value, origin),
        byKey.get(keyPlace(source, value.key)) ?? null,
        newest.get(periodPlace(value.metric.id, value.period.end)) ?? null,
      );
      if (meeting === 'new') fresh.push(taken);
      else if (meeting !== 'repeated') refused.push({ line, problem: meeting });
    }
    return { fresh, refused, repeated: values.length - fresh.length - refused.length };
  }

  /** The metrics of a pilot that is being built that have a value, these ones included; null when it is past that. */
  async function measuredMetrics(pilot: string, values: readonly TakenValue[]): Promise<Set<string> | null> {
    if (parts.facts(pilot)?.pilot.stage !== 'build') return null;
    let metrics = measured.get(pilot);
    if (metrics === undefined) {
      const rows = await observationsOf(db, workspace, pilot);
      const byMetric = Map.groupBy(rows, ({ metric }) => metric);
      const withValue = [...byMetric].filter(([, of]) => currentValues(of).length > 0);
      metrics = new Set(withValue.map(([metric]) => metric));
      measured.set(pilot, metrics);
    }
    return new Set([...metrics, ...values.map(({ value }) => value.metric.id)]);
  }

  async function write(values: readonly TakenValue[]): Promise<void> {
    const at = parts.now();
    const byPilot = Map.groupBy(values, ({ value }) => value.pilot.id);
    const metricsOf = new Map<string, Set<string> | null>();
    for (const [pilot, of] of byPilot) metricsOf.set(pilot, await measuredMetrics(pilot, of));
    const rows = values.map((taken) =>
      rowOf(taken, { workspace, id: parts.newId(), at, trust: trustOf(taken.value, origin) }),
    );
    await db.atomically(workspace, (log) => [
      ...insertObservations(db, rows),
      ...[...byPilot].flatMap(([pilot, of]) => {
        const facts = parts.facts(pilot);
        const metrics = metricsOf.get(pilot) ?? null;
        const begins = facts !== undefined && metrics !== null && isMeasured(facts, metrics);
        const ends = of.map(({ value }) => value.period.end).sort();
        return [
          ...(begins ? [startMeasuring(db, workspace, pilot)] : []),
          log({
            at,
            kind: 'values_imported',
            pilot,
            actor: origin.actor,
            body: {
              count: of.length,
              first_period: ends[0] ?? null,
              last_period: ends.at(-1) ?? null,
              sha256: origin.sha256,
              before_signature: facts?.signed === null,
            },
            personal: { file: origin.file },
          }),
          ...touched(db, workspace, pilot),
        ];
      }),
    ]);
    for (const [pilot, metrics] of metricsOf) if (metrics !== null) measured.set(pilot, metrics);
  }

  return {
    sortOut,
    write,
    async take(values) {
      for (let attempt = 1; ; attempt += 1) {
        const sorted = await sortOut(values);
        if (sorted.fresh.length === 0) return sorted;
        try {
          await write(sorted.fresh);
          return sorted;
        } catch (error) {
          if (attempt === ATTEMPTS || !db.isDuplicate(error)) throw error;
        }
      }
    },
  };
}

/** A value that a system of record hands in by itself is trusted most, whatever it says of itself. */
const trustOf = (value: IncomingValue, origin: Origin): number =>
  origin.fromSystem === true ? 3 : incomingTrust(value);

const periodPlace = (metric: string, end: string): string => `${metric} ${end}`;
const keyPlace = (source: string, key: string | null): string => `${source}\n${key ?? ''}`;

/** The newest row of every period the values are about, withdrawn ones too: what was taken back is not brought back. */
async function newestRows(
  db: Database,
  workspace: string,
  values: readonly TakenValue[],
): Promise<Map<string, KnownValue>> {
  const newest = new Map<string, KnownValue>();
  const asked = [...Map.groupBy(values, ({ value }) => value.metric.id)].map(async ([metric, of]) => {
    const ends = of.map(({ value }) => value.period.end).sort();
    const [first = '', last = first] = [ends[0], ends.at(-1)];
    const pilot = of[0]?.value.pilot.id ?? '';
    for (const row of await valuesBetween(db, { workspace, pilot, metric, first, last })) {
      newest.set(periodPlace(metric, row.periodEnd), row);
    }
  });
  await Promise.all(asked);
  return newest;
}

async function rowsByKey(
  db: Database,
  workspace: string,
  values: readonly TakenValue[],
): Promise<Map<string, KnownValue>> {
  const rows = new Map<string, KnownValue>();
  for (const [source, of] of Map.groupBy(values, (taken) => taken.source)) {
    const keys = of.flatMap(({ value }) => (value.key === null ? [] : [value.key]));
    if (keys.length === 0) continue;
    for (const row of await valuesWithKeys(db, workspace, source, keys)) {
      rows.set(keyPlace(source, row.ingestKey), row);
    }
  }
  return rows;
}

function rowOf(
  { value, source }: TakenValue,
  where: { readonly workspace: string; readonly id: string; readonly at: number; readonly trust: number },
) {
  return {
    workspace: where.workspace,
    id: where.id,
    pilot: value.pilot.id,
    metric: value.metric.id,
    periodStart: value.period.start,
    periodEnd: value.period.end,
    value: value.value,
    num: value.num,
    den: value.den,
    raw: value.raw,
    n: value.n,
    unit: value.unit,
    source,
    trust: where.trust,
    evidence: value.evidence,
    recordedAt: where.at,
    recordedBy: null,
    withdrawn: false,
    reason: null,
    ingestKey: value.key,
  };
}
