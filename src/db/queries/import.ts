/** Which values are there already, and how are many written at once? */
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, eq, inArray, sql } from '../sql.ts';

export type NewObservation = Tables['observations']['$inferInsert'];
type ObservationRow = Tables['observations']['$inferSelect'];

/** Few enough for the parameters of one statement on both engines. */
const ROWS_PER_STATEMENT = 200;

/** The rows of one metric whose periods end within two days, both included, in the order in which they were recorded. */
export function valuesBetween(
  db: Database,
  wanted: {
    readonly workspace: string;
    readonly pilot: string;
    readonly metric: string;
    readonly first: string;
    readonly last: string;
  },
): Promise<ObservationRow[]> {
  const { observations: t } = db.tables;
  return db.prepared<Record<string, string>, ObservationRow>('values of metric between', (q) =>
    q
      .select()
      .from(t)
      .where(
        and(
          eq(t.workspace, sql.placeholder('workspace')),
          eq(t.pilot, sql.placeholder('pilot')),
          eq(t.metric, sql.placeholder('metric')),
          sql`${t.periodEnd} between ${sql.placeholder('first')} and ${sql.placeholder('last')}`,
        ),
      )
      .orderBy(asc(t.recordedAt), asc(t.id)),
  )({ ...wanted });
}

/** The rows of one source that came with one of these keys. */
export function valuesWithKeys(
  db: Database,
  workspace: string,
  source: string,
  keys: readonly string[],
): Promise<ObservationRow[]> {
  const { observations: t } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(t)
      .where(and(eq(t.workspace, workspace), eq(t.source, source), inArray(t.ingestKey, [...keys]))),
  );
}

/**
 * Adds many observations. A source and key that are there already make the batch fail as a duplicate.
 *
 * Each statement is put together when it is run, so that the text of a large batch is never held whole.
 */
export function insertObservations(db: Database, rows: readonly NewObservation[]): Statement[] {
  const parts = Math.ceil(rows.length / ROWS_PER_STATEMENT);
  return Array.from({ length: parts }, (_, at) => {
    const part = rows.slice(at * ROWS_PER_STATEMENT, (at + 1) * ROWS_PER_STATEMENT);
    return { toSQL: () => db.q.insert(db.tables.observations).values(part).toSQL() };
  });
}

/** Moves a pilot that is still being built on to being measured. */
export function startMeasuring(db: Database, workspace: string, pilot: string): Statement {
  const { pilots } = db.tables;
  return db.q
    .update(pilots)
    .set({ stage: 'measure' })
    .where(and(eq(pilots.workspace, workspace), eq(pilots.id, pilot), eq(pilots.stage, 'build')));
}
