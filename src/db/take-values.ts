/** How do values that were checked become rows, many at once and each only once? */
import {
  countOfValues,
  type Stretch,
  stretchesOf,
  type ValueColumns,
  valuesAt,
} from '../core/incoming-columns.ts';
import type { IncomingProblem } from '../core/incoming-problem.ts';
import { type KnownValue, type Meeting, meetKnown } from '../core/incoming-repeat.ts';
import { currentValues } from '../core/judge.ts';
import type { Json } from '../core/logbook.ts';
import { isMeasured } from '../core/measuring.ts';
import type { PilotFacts } from '../core/pilot-facts.ts';
import { type ColumnLists, type Database, Stale } from './database.ts';
import { revisionOf, startMeasuring, valuesBetween, valuesWithKeys } from './queries/import.ts';
import { touched, touchedSince } from './queries/messages.ts';
import { observationsOf } from './queries/observations.ts';

/** What is to be done with a list of values. */
export interface Sorted {
  readonly fresh: ValueColumns;
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
  sortOut(values: ValueColumns): Promise<Sorted>;
  /**
   * Writes values in one batch, with an entry in the logbook for every pilot. Throws `Stale` when somebody has changed one
   * of the pilots since its values were sorted out, and what `isDuplicate` recognises when a key is there meanwhile.
   */
  write(values: ValueColumns): Promise<void>;
  /**
   * Sorts out, then writes; again from the start when somebody was first.
   *
   * @param before hears of what will be written
   */
  take(values: ValueColumns, before?: (fresh: ValueColumns) => Promise<void>): Promise<Sorted>;
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

  async function noteRevisions(stretches: readonly Stretch[]): Promise<void> {
    for (const { pilot } of stretches) {
      if (!compared.has(pilot)) compared.set(pilot, (await revisionOf(db, workspace, pilot)) ?? 0);
    }
  }

  async function sortOut(values: ValueColumns): Promise<Sorted> {
    const stretches = stretchesOf(values);
    await noteRevisions(stretches);
    const newest = await newestRows(db, workspace, stretches);
    const byKey = await rowsByKey(db, workspace, values);
    const count = countOfValues(values);
    const [freshAt, refused]: [number[], Sorted['refused'][number][]] = [[], []];
    // Most files tell what nobody has told before.
    if (newest.size === 0 && byKey.size === 0) return { fresh: values, refused, repeated: 0 };
    for (let at = 0; at < count; at += 1) {
      const meeting = meetingAt(values, at, { newest, byKey, origin });
      if (meeting === 'new') freshAt.push(at);
      else if (meeting !== 'repeated') refused.push({ line: values.line[at] ?? 0, problem: meeting });
    }
    const fresh = freshAt.length === count ? values : valuesAt(values, freshAt);
    return { fresh, refused, repeated: count - freshAt.length - refused.length };
  }

  /** The metrics of a pilot that is being built that have a value, these ones included; null when it is past that. */
  async function measuredMetrics(pilot: string, more: readonly Stretch[]): Promise<Set<string> | null> {
    if (parts.facts(pilot)?.pilot.stage !== 'build') return null;
    let metrics = measured.get(pilot);
    if (metrics === undefined) {
      const rows = await observationsOf(db, workspace, pilot);
      const byMetric = Map.groupBy(rows, ({ metric }) => metric);
      const withValue = [...byMetric].filter(([, of]) => currentValues(of).length > 0);
      metrics = new Set(withValue.map(([metric]) => metric));
      measured.set(pilot, metrics);
    }
    return new Set([...metrics, ...more.map(({ metric }) => metric)]);
  }

  async function write(values: ValueColumns): Promise<void> {
    const at = parts.now();
    const byPilot = Map.groupBy(stretchesOf(values), ({ pilot }) => pilot);
    const metricsOf = new Map<string, Set<string> | null>();
    for (const [pilot, of] of byPilot) metricsOf.set(pilot, await measuredMetrics(pilot, of));
    const lists = listsOf(values, { workspace, newId: parts.newId, at, origin });
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
          const { first, last } = spanOf(of);
          return [
            ...(begins ? [startMeasuring(db, workspace, pilot)] : []),
            log({
              at,
              kind: 'values_imported',
              pilot,
              actor: origin.actor,
              body: {
                count: of.reduce((sum, { from, to }) => sum + to - from, 0),
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
        if (countOfValues(sorted.fresh) === 0) return sorted;
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
const trustAt = ({ trust }: ValueColumns, at: number, origin: Origin): number =>
  origin.fromSystem === true ? 3 : (trust[at] ?? 0);

/** Whether the value at a place is new beside what is recorded. */
function meetingAt(
  values: ValueColumns,
  at: number,
  recorded: {
    readonly newest: ReadonlyMap<string, ReadonlyMap<string, KnownValue>>;
    readonly byKey: ReadonlyMap<string, ReadonlyMap<string, KnownValue>>;
    readonly origin: Origin;
  },
): Meeting {
  const value = comparedAt(values, at);
  const current = recorded.newest.get(value.metric.id)?.get(value.period.end) ?? null;
  const ofSource = value.key === null ? undefined : recorded.byKey.get(values.source[at] ?? '');
  const sameKey = ofSource?.get(value.key ?? '') ?? null;
  if (current === null && sameKey === null) return 'new';
  return meetKnown(value, trustAt(values, at, recorded.origin), sameKey, current);
}

/** What of the value at a place is compared with what is recorded. */
const comparedAt = (values: ValueColumns, at: number): Parameters<typeof meetKnown>[0] => ({
  metric: { id: values.metric[at] ?? '' },
  period: { end: values.periodEnd[at] ?? '' },
  value: values.value[at] ?? null,
  num: values.num[at] ?? null,
  den: values.den[at] ?? null,
  raw: values.raw[at] ?? null,
  n: values.n[at] ?? null,
  unit: values.unit[at] ?? '',
  key: values.key[at] ?? null,
});

/** The first and the last day on which a period of these stretches ends. */
function spanOf(stretches: readonly Stretch[]): Pick<Stretch, 'first' | 'last'> {
  const firsts = stretches.map(({ first }) => first).sort();
  const lasts = stretches.map(({ last }) => last).sort();
  return { first: firsts[0] ?? '', last: lasts.at(-1) ?? '' };
}

/**
 * The newest row of every period the values are about, by metric and end, withdrawn ones too: what was taken back is not
 * brought back.
 */
async function newestRows(
  db: Database,
  workspace: string,
  stretches: readonly Stretch[],
): Promise<Map<string, Map<string, KnownValue>>> {
  const newest = new Map<string, Map<string, KnownValue>>();
  for (const [metric, of] of Map.groupBy(stretches, (stretch) => stretch.metric)) {
    const pilot = of[0]?.pilot ?? '';
    const rows = await valuesBetween(db, { workspace, pilot, metric, ...spanOf(of) });
    if (rows.length > 0) newest.set(metric, new Map(rows.map((row) => [row.periodEnd, row])));
  }
  return newest;
}

/** The rows that came with one of the values' keys, by source and key. */
async function rowsByKey(
  db: Database,
  workspace: string,
  { key, source }: ValueColumns,
): Promise<Map<string, Map<string, KnownValue>>> {
  const found = new Map<string, Map<string, KnownValue>>();
  const keysOf = new Map<string, string[]>();
  for (const [at, given] of key.entries()) {
    if (given === null) continue;
    const from = source[at] ?? '';
    const keys = keysOf.get(from);
    if (keys === undefined) keysOf.set(from, [given]);
    else keys.push(given);
  }
  for (const [from, keys] of keysOf) {
    const rows = await valuesWithKeys(db, workspace, from, keys);
    if (rows.length > 0) found.set(from, new Map(rows.map((row) => [row.ingestKey ?? '', row])));
  }
  return found;
}

/** The rows these values become, column by column. */
function listsOf(
  values: ValueColumns,
  by: {
    readonly workspace: string;
    readonly newId: () => string;
    readonly at: number;
    readonly origin: Origin;
  },
): ColumnLists<'observations'> {
  const every = <Value>(value: Value): Value[] => values.line.map(() => value);
  return {
    workspace: every(by.workspace),
    id: values.line.map(by.newId),
    pilot: values.pilot,
    metric: values.metric,
    periodStart: values.periodStart,
    periodEnd: values.periodEnd,
    value: values.value,
    num: values.num,
    den: values.den,
    raw: values.raw as readonly (Json | null)[],
    n: values.n,
    unit: values.unit,
    source: values.source,
    trust: by.origin.fromSystem === true ? every(3) : values.trust,
    evidence: values.evidence,
    recordedAt: every(by.at),
    withdrawn: every(false),
    ingestKey: values.key,
  };
}
