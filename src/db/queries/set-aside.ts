/** Which numbers were set aside, and what does a source call its metrics? */
import type { IncomingProblem } from '../../core/incoming-problem.ts';
import type { Json } from '../../core/logbook.ts';
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, count, eq, inArray } from '../sql.ts';

export type SetAsideRow = Tables['setAside']['$inferSelect'];

/** Sets a number aside. The same key of the same source is set aside once. */
export function setAside(
  db: Database,
  row: {
    readonly workspace: string;
    readonly id: string;
    readonly pilot: string;
    readonly source: string;
    readonly metric: string;
    readonly given: Record<string, Json>;
    readonly problem: IncomingProblem;
    readonly ingestKey: string | null;
    readonly receivedAt: number;
  },
): Statement {
  return db.q
    .insert(db.tables.setAside)
    .values({ ...row, cause: row.problem.code, problem: { ...row.problem } as Json, state: 'open' })
    .onConflictDoNothing();
}

/** The numbers of a pilot that wait for somebody to say what they mean, oldest first. */
export function openSetAside(db: Database, workspace: string, pilot: string): Promise<SetAsideRow[]> {
  const { setAside: t } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(t)
      .where(and(eq(t.workspace, workspace), eq(t.pilot, pilot), eq(t.state, 'open')))
      .orderBy(asc(t.receivedAt), asc(t.id)),
  );
}

/** How many numbers are set aside, by pilot; a pilot without any is absent. */
export async function countSetAside(db: Database, workspace: string): Promise<Map<string, number>> {
  const { setAside: t } = db.tables;
  const rows = await db.q
    .select({ pilot: t.pilot, n: count() })
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.state, 'open')))
    .groupBy(t.pilot);
  return new Map(rows.map(({ pilot, n }) => [pilot, Number(n)]));
}

/** Ends some that are open; touches no row when somebody else has ended them all meanwhile. */
export function resolveSetAside(
  db: Database,
  workspace: string,
  ids: readonly string[],
  end: {
    readonly state: 'recorded' | 'discarded';
    readonly by: string;
    readonly at: number;
    readonly reason: string | null;
  },
): Statement {
  const { setAside: t } = db.tables;
  return db.q
    .update(t)
    .set({ state: end.state, resolvedAt: end.at, resolvedBy: end.by, reason: end.reason })
    .where(and(eq(t.workspace, workspace), inArray(t.id, [...ids]), eq(t.state, 'open')))
    .returning({ id: t.id });
}

/** What sources call the metrics of a workspace's pilots, where somebody has said so. */
export function metricNamesOf(
  db: Database,
  workspace: string,
): Promise<{ pilot: string; source: string; name: string; metric: string }[]> {
  const { metricNames: t } = db.tables;
  return Promise.resolve(
    db.q
      .select({ pilot: t.pilot, source: t.source, name: t.name, metric: t.metric })
      .from(t)
      .where(eq(t.workspace, workspace)),
  );
}

/** From now on, this name of this source means that metric. */
export function nameMetric(db: Database, row: Tables['metricNames']['$inferInsert']): Statement {
  const { metricNames: t } = db.tables;
  return db.q
    .insert(t)
    .values(row)
    .onConflictDoUpdate({
      target: [t.workspace, t.pilot, t.source, t.name],
      set: { metric: row.metric, setBy: row.setBy, setAt: row.setAt },
    });
}
