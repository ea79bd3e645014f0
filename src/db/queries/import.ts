/** Which values are there already, and how are many written at once? */
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, eq, inArray, sql } from '../sql.ts';

/** What of a recorded value a new one is compared with. */
export type KnownRow = Pick<
  Tables['observations']['$inferSelect'],
  'metric' | 'periodEnd' | 'value' | 'num' | 'den' | 'raw' | 'n' | 'unit' | 'trust' | 'ingestKey'
>;

/** Keys asked for at once; the statement is the same for any number of them. */
const KEYS_PER_STATEMENT = 50;

const knownColumns = ({ observations: t }: Tables) => ({
  metric: t.metric,
  periodEnd: t.periodEnd,
  value: t.value,
  num: t.num,
  den: t.den,
  raw: t.raw,
  n: t.n,
  unit: t.unit,
  trust: t.trust,
  ingestKey: t.ingestKey,
});

/** The rows of one metric whose periods end within two days, both included; of each period the newest comes last. */
export function valuesBetween(
  db: Database,
  wanted: {
    readonly workspace: string;
    readonly pilot: string;
    readonly metric: string;
    readonly first: string;
    readonly last: string;
  },
): Promise<KnownRow[]> {
  const { observations: t } = db.tables;
  return db.prepared<Record<string, string>, KnownRow>('values of metric between', (q) =>
    q
      .select(knownColumns(db.tables))
      .from(t)
      .where(
        and(
          eq(t.workspace, sql.placeholder('workspace')),
          eq(t.pilot, sql.placeholder('pilot')),
          eq(t.metric, sql.placeholder('metric')),
          sql`${t.periodEnd} between ${sql.placeholder('first')} and ${sql.placeholder('last')}`,
        ),
      )
      .orderBy(asc(t.periodEnd), asc(t.recordedAt), asc(t.id)),
  )({ ...wanted });
}

/** The rows of one source that came with one of these keys. */
export async function valuesWithKeys(
  db: Database,
  workspace: string,
  source: string,
  keys: readonly string[],
): Promise<KnownRow[]> {
  const { observations: t } = db.tables;
  const places = Array.from({ length: KEYS_PER_STATEMENT }, (_, n) => `key${n}`);
  const read = db.prepared<Record<string, string>, KnownRow>('values with keys', (q) =>
    q
      .select(knownColumns(db.tables))
      .from(t)
      .where(
        and(
          eq(t.workspace, sql.placeholder('workspace')),
          eq(t.source, sql.placeholder('source')),
          inArray(
            t.ingestKey,
            places.map((place) => sql.placeholder(place)),
          ),
        ),
      ),
  );
  const rows: KnownRow[] = [];
  for (let from = 0; from < keys.length; from += KEYS_PER_STATEMENT) {
    const asked = places.map((place, n) => [place, keys[Math.min(from + n, keys.length - 1)] ?? ''] as const);
    for (const row of await read({ ...Object.fromEntries(asked), workspace, source })) rows.push(row);
  }
  return rows;
}

/** How often a pilot has changed: who writes may do so only if it is still the same. Null when there is no such pilot. */
export async function revisionOf(db: Database, workspace: string, pilot: string): Promise<number | null> {
  const { pilots: t } = db.tables;
  const rows = await db.prepared<{ workspace: string; pilot: string }, { revision: number }>(
    'revision of pilot',
    (q) =>
      q
        .select({ revision: t.revision })
        .from(t)
        .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.id, sql.placeholder('pilot')))),
  )({ workspace, pilot });
  return rows[0]?.revision ?? null;
}

/** Moves a pilot that is still being built on to being measured. */
export function startMeasuring(db: Database, workspace: string, pilot: string): Statement {
  const { pilots } = db.tables;
  return db.q
    .update(pilots)
    .set({ stage: 'measure' })
    .where(and(eq(pilots.workspace, workspace), eq(pilots.id, pilot), eq(pilots.stage, 'build')));
}
