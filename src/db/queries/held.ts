/** Is sending held in a workspace, and what waits for its release? */
import type { Database, Statement } from '../database.ts';
import { and, asc, count, eq, gte, isNull, lte, notInArray, sql } from '../sql.ts';

/** Holds all sending of a workspace; touches no row when it is held already. */
export function holdSending(db: Database, workspace: string, by: string, now: number): Statement {
  const { workspaces } = db.tables;
  return db.q
    .update(workspaces)
    .set({ heldSince: now, heldBy: by })
    .where(and(eq(workspaces.id, workspace), isNull(workspaces.heldSince)))
    .returning({ id: workspaces.id });
}

/** Lets messages go out again; touches no row when nothing is held. */
export function releaseSending(db: Database, workspace: string): Statement {
  const { workspaces } = db.tables;
  return db.q
    .update(workspaces)
    .set({ heldSince: null, heldBy: null })
    .where(and(eq(workspaces.id, workspace), sql`${workspaces.heldSince} is not null`))
    .returning({ id: workspaces.id });
}

/** Messages of one kind that wait. */
export interface Waiting {
  readonly kind: string;
  readonly count: number;
}

/** What would go out now if nothing were held, by kind. */
export async function waitingByKind(
  db: Database,
  workspace: string,
  answers: readonly string[],
  now: number,
): Promise<Waiting[]> {
  const { outbox } = db.tables;
  const rows = await db.q
    .select({ kind: outbox.kind, count: count() })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, workspace),
        sql`${outbox.state} = 'ready'`,
        lte(outbox.notBefore, now),
        notInArray(outbox.kind, [...answers]),
      ),
    )
    .groupBy(outbox.kind)
    .orderBy(asc(outbox.kind));
  return rows.map(({ kind, count: n }) => ({ kind, count: Number(n) }));
}

/** How many messages that wait were intended at an instant or later. */
export async function waitingSince(
  db: Database,
  workspace: string,
  answers: readonly string[],
  since: number,
): Promise<number> {
  const { outbox } = db.tables;
  const rows = await db.q
    .select({ n: count() })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, workspace),
        sql`${outbox.state} = 'ready'`,
        gte(outbox.createdAt, since),
        notInArray(outbox.kind, [...answers]),
      ),
    );
  return Number(rows[0]?.n ?? 0);
}

/** Drops what waits and was intended up to an instant; what falls due later is not touched. */
export function dropWaiting(
  db: Database,
  workspace: string,
  answers: readonly string[],
  now: number,
): Statement {
  const { outbox } = db.tables;
  return db.q
    .update(outbox)
    .set({ state: 'dropped', error: 'dropped while held', finishedAt: now })
    .where(
      and(
        eq(outbox.workspace, workspace),
        sql`${outbox.state} = 'ready'`,
        lte(outbox.notBefore, now),
        notInArray(outbox.kind, [...answers]),
      ),
    )
    .returning({ id: outbox.id });
}
