/** How are observed values read and written? */
import type { Database, Statement } from '../database.ts';
import { insertedRow } from '../inserted-row.ts';
import type { Tables } from '../schema.ts';
import { and, asc, eq, inArray, sql } from '../sql.ts';
import { rowsOfPilots } from './of-pilots.ts';

export type ObservationRow = Tables['observations']['$inferSelect'];

/** All observations of a pilot, corrections and withdrawals included, in the order in which they were recorded. */
export function observationsOf(db: Database, workspace: string, pilot: string): Promise<ObservationRow[]> {
  const { observations } = db.tables;
  return db.prepared<{ workspace: string; pilot: string }, ObservationRow>('observations of pilot', (q) =>
    q
      .select()
      .from(observations)
      .where(
        and(
          eq(observations.workspace, sql.placeholder('workspace')),
          eq(observations.pilot, sql.placeholder('pilot')),
        ),
      )
      .orderBy(asc(observations.recordedAt), asc(observations.id)),
  )({ workspace, pilot });
}

/** What of a recorded value the rules look at. */
export type JudgedRow = Pick<
  ObservationRow,
  | 'id'
  | 'pilot'
  | 'metric'
  | 'periodEnd'
  | 'value'
  | 'num'
  | 'den'
  | 'raw'
  | 'n'
  | 'unit'
  | 'trust'
  | 'recordedAt'
  | 'withdrawn'
>;

const judgedColumns = ({ observations: t }: Tables) => ({
  id: t.id,
  pilot: t.pilot,
  metric: t.metric,
  periodEnd: t.periodEnd,
  value: t.value,
  num: t.num,
  den: t.den,
  raw: t.raw,
  n: t.n,
  unit: t.unit,
  trust: t.trust,
  recordedAt: t.recordedAt,
  withdrawn: t.withdrawn,
});

/** All observations of a pilot, corrections and withdrawals included, in any order: enough to judge by. */
export function valuesToJudge(db: Database, workspace: string, pilot: string): Promise<JudgedRow[]> {
  const { observations: t } = db.tables;
  return db.prepared<{ workspace: string; pilot: string }, JudgedRow>('values of pilot to judge', (q) =>
    q
      .select(judgedColumns(db.tables))
      .from(t)
      .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.pilot, sql.placeholder('pilot')))),
  )({ workspace, pilot });
}

/** All observations of a workspace by pilot, each list in the order in which they were recorded. */
export async function observationsByPilot(
  db: Database,
  workspace: string,
): Promise<Map<string, ObservationRow[]>> {
  const { observations } = db.tables;
  const rows = await db.q
    .select()
    .from(observations)
    .where(eq(observations.workspace, workspace))
    .orderBy(asc(observations.recordedAt), asc(observations.id));
  return Map.groupBy(rows, ({ pilot }) => pilot);
}

/** What the rules look at of the values of some pilots, by pilot; who has none is absent. */
export async function valuesOfPilots(
  db: Database,
  workspace: string,
  pilots: readonly string[],
): Promise<ReadonlyMap<string, readonly JudgedRow[]>> {
  const { observations: t } = db.tables;
  const rows = await rowsOfPilots<JudgedRow>(
    db,
    'values of pilots to judge',
    { workspace, pilots },
    (q, some) =>
      q
        .select(judgedColumns(db.tables))
        .from(t)
        .where(and(eq(t.workspace, sql.placeholder('workspace')), inArray(t.pilot, some))),
  );
  return Map.groupBy(rows, ({ pilot }) => pilot);
}

/** Adds an observation. */
export const insertObservation = (db: Database, row: Tables['observations']['$inferInsert']): Statement =>
  insertedRow(db, 'observations', row);
