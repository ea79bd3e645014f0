/** How do values that were checked become rows, many at once and each only once? */
import type { IncomingProblem } from '../core/incoming-problem.ts';
import { type KnownValue, meetKnown } from '../core/incoming-repeat.ts';
import { type IncomingValue, incomingTrust } from '../core/incoming-value.ts';
import { currentValues } from '../core/judge.ts';
import type { Json } from '../core/logbook.ts';
import { isMeasured } from '../core/measuring.ts';
import type { PilotFacts } from '../core/pilot-facts.ts';
import { type ColumnLists, type Database, Stale } from './database.ts';
import { revisionOf, startMeasuring, valuesBetween, valuesWithKeys } from './queries/import.ts';
import { touched, touchedSince } from './queries/messages.ts';
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
   * Writes values in one batch, with an entry in the logbook for every pilot. Throws `Stale` when somebody has changed one
   * of the pilots since its values were sorted out, and what `isDuplicate` recognises when a key is there meanwhile.
   */
  write(values: readonly TakenValue[]): Promise<void>;
  /**
   * Sorts out, then writes; again from the start when somebody was first.
   *
   * @param before hears of what will be written
   */
  take(
    values: readonly TakenValue[],
    before?: (fresh: readonly TakenValue[]) => Promise<void>,
  ): Promise<Sorted>;
}

/** Who was first has written something, so this many in a row mean that something is wrong. */
const ATTEMPTS = 30;

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
  /** The pilots as they were when their values were compared, until these are written. */
  const compared = new Map<string, number>();

  async function noteRevisions(values: readonly TakenValue[]): Promise<void> {
    for (const pilot of new Set(values.map(({ value }) => value.pilot.id))) {
      if (!compared.has(pilot)) compared.set(pilot, (await revisionOf(db, workspace, pilot)) ?? 0);
    }
  }

  async function sortOut(values: readonly TakenValue[]): Promise<Sorted> {
    await noteRevisions(values);
    const newest = await newestRows(db, workspace, values);
    const byKey = await rowsByKey(db, workspace, values);
    const fresh: TakenValue[] = [];
    const refused: { line: number; problem: IncomingProblem }[] = [];
    for (const taken of values) {
      const { value, source, line } = taken;
      const current = newest.get(value.metric.id)?.get(value.period.end) ?? null;
      const sameKey = value.key === null ? null : (byKey.get(source)?.get(value.key) ?? null);
      const meeting =
        current === null && sameKey === null
          ? 'new'
          : meetKnown(value, trustOf(value, origin), sameKey, current);
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
    const lists = columnsOf(values, { workspace, newId: parts.newId, at, origin });
    try {
      await db.atomically(workspace, (log) => [
        // First, so that a batch that came too late has done nothing yet.
        ...[...byPilot.keys()].flatMap((pilot) => {
          const revision = compared.get(pilot);
          return revision === undefined
            ? touched(db, workspace, pilot)
            : touchedSince(db, workspace, pilot, revision);
        }),
        ...db.insertMany('observations', lists),
        ...[...byPilot].flatMap(([pilot, of]) => {
          const facts = parts.facts(pilot);
          const metrics = metricsOf.get(pilot) ?? null;
          const begins = facts !== undefined && metrics !== null && isMeasured(facts, metrics);
          const [first, last] = spanOf(of);
          return [
            ...(begins ? [startMeasuring(db, workspace, pilot)] : []),
            log({
              at,
              kind: 'values_imported',
              pilot,
              actor: origin.actor,
              body: {
                count: of.length,
                first_period: first,
                last_period: last,
                sha256: origin.sha256,
                before_signature: facts?.signed === null,
              },
              personal: { file: origin.file },
            }),
          ];
        }),
      ]);
      for (const [pilot, metrics] of metricsOf) if (metrics !== null) measured.set(pilot, metrics);
    } catch (error) {
      for (const pilot of byPilot.keys()) measured.delete(pilot);
      throw error;
    } finally {
      for (const pilot of byPilot.keys()) compared.delete(pilot);
    }
  }

  return {
    sortOut,
    write,
    async take(values, before) {
      for (let attempt = 1; ; attempt += 1) {
        const sorted = await sortOut(values);
        if (sorted.fresh.length === 0) return sorted;
        await before?.(sorted.fresh);
        try {
          await write(sorted.fresh);
          return sorted;
        } catch (error) {
          const overtaken = error instanceof Stale || db.isDuplicate(error);
          if (attempt === ATTEMPTS || !overtaken) throw error;
        }
      }
    },
  };
}

/** A value that a system of record hands in by itself is trusted most, whatever it says of itself. */
const trustOf = (value: IncomingValue, origin: Origin): number =>
  origin.fromSystem === true ? 3 : incomingTrust(value);

/** The first and the last day on which a period of these values ends. */
function spanOf(values: readonly TakenValue[]): [first: string, last: string] {
  let first = values[0]?.value.period.end ?? '';
  let last = first;
  for (const { value } of values) {
    const { end } = value.period;
    if (end < first) first = end;
    if (end > last) last = end;
  }
  return [first, last];
}

/**
 * The newest row of every period the values are about, by metric and end, withdrawn ones too: what was taken back is not
 * brought back.
 */
async function newestRows(
  db: Database,
  workspace: string,
  values: readonly TakenValue[],
): Promise<Map<string, Map<string, KnownValue>>> {
  const newest = new Map<string, Map<string, KnownValue>>();
  for (const [metric, of] of Map.groupBy(values, ({ value }) => value.metric.id)) {
    const [first, last] = spanOf(of);
    const pilot = of[0]?.value.pilot.id ?? '';
    const rows = await valuesBetween(db, { workspace, pilot, metric, first, last });
    if (rows.length > 0) newest.set(metric, new Map(rows.map((row) => [row.periodEnd, row])));
  }
  return newest;
}

/** The rows that came with one of the values' keys, by source and key. */
async function rowsByKey(
  db: Database,
  workspace: string,
  values: readonly TakenValue[],
): Promise<Map<string, Map<string, KnownValue>>> {
  const found = new Map<string, Map<string, KnownValue>>();
  for (const [source, of] of Map.groupBy(values, (taken) => taken.source)) {
    const keys = of.map(({ value }) => value.key).filter((key) => key !== null);
    if (keys.length === 0) continue;
    const rows = await valuesWithKeys(db, workspace, source, keys);
    found.set(source, new Map(rows.map((row) => [row.ingestKey ?? '', row])));
  }
  return found;
}

/** The rows these values become, column by column. */
function columnsOf(
  values: readonly TakenValue[],
  by: {
    readonly workspace: string;
    readonly newId: () => string;
    readonly at: number;
    readonly origin: Origin;
  },
): ColumnLists<'observations'> {
  return {
    workspace: values.map(() => by.workspace),
    id: values.map(() => by.newId()),
    pilot: values.map(({ value }) => value.pilot.id),
    metric: values.map(({ value }) => value.metric.id),
    periodStart: values.map(({ value }) => value.period.start),
    periodEnd: values.map(({ value }) => value.period.end),
    value: values.map(({ value }) => value.value),
    num: values.map(({ value }) => value.num),
    den: values.map(({ value }) => value.den),
    raw: values.map(({ value }) => value.raw as Json | null),
    n: values.map(({ value }) => value.n),
    unit: values.map(({ value }) => value.unit),
    source: values.map(({ source }) => source),
    trust: values.map(({ value }) => trustOf(value, by.origin)),
    evidence: values.map(({ value }) => value.evidence),
    recordedAt: values.map(() => by.at),
    withdrawn: values.map(() => false),
    ingestKey: values.map(({ value }) => value.key),
  };
}
