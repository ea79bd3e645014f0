/** Has something that Slack delivers been dealt with before? */
import type { Database } from '../database.ts';
import { and, eq, lt } from '../sql.ts';

/** Slack delivers again within minutes; whatever has held it up longer than this is over by then. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Whether an event was dealt with already. */
export async function wasSeen(db: Database, workspace: string, id: string): Promise<boolean> {
  const { seen } = db.tables;
  const rows = await db.q
    .select({ id: seen.id })
    .from(seen)
    .where(and(eq(seen.workspace, workspace), eq(seen.id, id)));
  return rows.length > 0;
}

/** Notes that an event was dealt with, and forgets what is too old to come again. */
export async function markSeen(db: Database, workspace: string, id: string, now: number): Promise<void> {
  const { seen } = db.tables;
  await db.q.insert(seen).values({ workspace, id, at: now }).onConflictDoNothing();
  await db.q.delete(seen).where(lt(seen.at, now - KEPT_MS));
}
