/** When did pilots rest, and how is a pause begun, changed and ended? */
import type { Database, Statement } from '../database.ts';
import { and, asc, eq, isNull, sql } from '../sql.ts';
import type { PauseRow } from './rhythm.ts';

type OfPilot = { readonly workspace: string; readonly pilot: string };

/** The pauses of every pilot of a workspace by the pilot's id, oldest first; who never paused is absent. */
export async function pausesByPilot(
  db: Database,
  workspace: string,
): Promise<ReadonlyMap<string, readonly PauseRow[]>> {
  const { pauses: t } = db.tables;
  const rows = await db.q.select().from(t).where(eq(t.workspace, workspace)).orderBy(asc(t.since));
  return Map.groupBy(rows, ({ pilot }) => pilot);
}

/** Adds a pause that runs. */
export const insertPause = (db: Database, row: Omit<PauseRow, 'until'>): Statement =>
  db.q.insert(db.tables.pauses).values({ ...row, until: null });

/** Changes what was said about a pause that still runs; touches no row when it has ended. */
export function changePause(
  db: Database,
  pause: Pick<PauseRow, 'workspace' | 'id'>,
  change: Pick<PauseRow, 'reason' | 'returnDay'>,
): Statement {
  const { pauses: t } = db.tables;
  return db.q
    .update(t)
    .set(change)
    .where(and(eq(t.workspace, pause.workspace), eq(t.id, pause.id), isNull(t.until)))
    .returning({ id: t.id });
}

/** Ends the pause of a pilot that runs. */
export function endPause(db: Database, of: OfPilot, at: number): Statement {
  const { pauses: t } = db.tables;
  return db.q
    .update(t)
    .set({ until: at })
    .where(and(eq(t.workspace, of.workspace), eq(t.pilot, of.pilot), isNull(t.until)));
}

/** Marks a pilot as paused (`since` an instant) or as going on (null); touches no row when it is that already. */
export function markPaused(db: Database, of: OfPilot, since: number | null): Statement {
  const { pilots: t } = db.tables;
  return db.q
    .update(t)
    .set({ pausedSince: since })
    .where(
      and(
        eq(t.workspace, of.workspace),
        eq(t.id, of.pilot),
        since === null ? sql`${t.pausedSince} is not null` : isNull(t.pausedSince),
        isNull(t.deletedAt),
        sql`${t.stage} <> 'stopped'`,
      ),
    )
    .returning({ id: t.id });
}
