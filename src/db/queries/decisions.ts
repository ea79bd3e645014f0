/** What was decided about pilots, on which conditions, and what of it can still be undone? */
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, eq, isNull, lte, min, sql } from '../sql.ts';

export type DecisionRow = Tables['decisions']['$inferSelect'];
export type ConditionRow = Tables['conditions']['$inferSelect'];

type OfPilot = { readonly workspace: string; readonly pilot: string };

/** The decisions about a pilot that were not undone, oldest first. */
export function decisionsOf(db: Database, of: OfPilot): Promise<DecisionRow[]> {
  const { decisions: t } = db.tables;
  return db.prepared<OfPilot, DecisionRow>('decisions of pilot', (q) =>
    q
      .select()
      .from(t)
      .where(
        and(
          eq(t.workspace, sql.placeholder('workspace')),
          eq(t.pilot, sql.placeholder('pilot')),
          sql`${t.state} <> 'undone'`,
        ),
      )
      .orderBy(asc(t.at), asc(t.id)),
  )(of);
}

/** Every decision of a workspace that took effect, oldest first. */
export function decisionsMade(db: Database, workspace: string): Promise<DecisionRow[]> {
  const { decisions: t } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(t)
      .where(and(eq(t.workspace, workspace), eq(t.state, 'done')))
      .orderBy(asc(t.at), asc(t.id)),
  );
}

/** One decision by its id, or null. */
export async function decisionById(db: Database, workspace: string, id: string): Promise<DecisionRow | null> {
  const { decisions: t } = db.tables;
  const rows = await db.q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  return rows[0] ?? null;
}

/** Adds a decision; a second one that waits makes the batch fail as a duplicate. */
export const insertDecision = (db: Database, row: DecisionRow): Statement =>
  db.q.insert(db.tables.decisions).values(row);

/** Lets a decision that waits take effect, or undoes it; touches no row when it waits no longer. */
export function settleDecision(
  db: Database,
  row: Pick<DecisionRow, 'workspace' | 'id'>,
  state: 'done' | 'undone',
): Statement {
  const { decisions: t } = db.tables;
  return db.q
    .update(t)
    .set({ state })
    .where(and(eq(t.workspace, row.workspace), eq(t.id, row.id), eq(t.state, 'pending')))
    .returning({ id: t.id });
}

/** The instant at which the next decision takes effect, or null. */
export async function nextDecision(db: Database): Promise<number | null> {
  const { decisions: t } = db.tables;
  const rows = await db.q
    .select({ at: min(t.effectiveAt) })
    .from(t)
    .where(sql`${t.state} = 'pending'`);
  const at = rows[0]?.at;
  return at === null || at === undefined ? null : Number(at);
}

/** Decisions that take effect now. */
export function decisionsDue(db: Database, at: number): Promise<DecisionRow[]> {
  const { decisions: t } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(t)
      .where(and(sql`${t.state} = 'pending'`, lte(t.effectiveAt, at))),
  );
}

/** Adds a condition of a conditional go. */
export const insertCondition = (db: Database, row: ConditionRow): Statement =>
  db.q.insert(db.tables.conditions).values(row);

/** The conditions of a pilot, earliest first. */
export function conditionsOf(db: Database, of: OfPilot): Promise<ConditionRow[]> {
  const { conditions: t } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(t)
      .where(and(eq(t.workspace, of.workspace), eq(t.pilot, of.pilot)))
      .orderBy(asc(t.due), asc(t.id)),
  );
}

/** The conditions of a workspace that are not done, by the ids of their pilots, earliest first. */
export async function openConditions(db: Database, workspace: string): Promise<Map<string, ConditionRow[]>> {
  const { conditions: t } = db.tables;
  const rows = await db.q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), isNull(t.clearedAt)))
    .orderBy(asc(t.due), asc(t.id));
  return Map.groupBy(rows, ({ pilot }) => pilot);
}

/** Clears a condition; touches no row when it is cleared already. */
export function clearCondition(db: Database, of: OfPilot, id: string, by: string, at: number): Statement {
  const { conditions: t } = db.tables;
  return db.q
    .update(t)
    .set({ clearedAt: at, clearedBy: by })
    .where(and(eq(t.workspace, of.workspace), eq(t.pilot, of.pilot), eq(t.id, id), isNull(t.clearedAt)))
    .returning({ id: t.id });
}
