/** Which pilots are watched only, and what would have been said about them? */
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, count, desc, eq, gte, inArray, isNull, type SQL, sql } from '../sql.ts';
import { rowsOfPilots } from './of-pilots.ts';
import { CASE_CLOCK } from './schedules.ts';

export type WatchedRow = Tables['watched']['$inferSelect'];

/** What the outbox keeps as the reason of a message that was not sent because its pilot is watched only. */
export const WATCHED = 'watched only';

/** Whether a pilot with this id is watched only. */
export async function isWatchedId(db: Database, workspace: string, id: string): Promise<boolean> {
  const { pilots } = db.tables;
  const rows = await db.prepared<{ workspace: string; id: string }, { id: string }>('watched pilot', (q) =>
    q
      .select({ id: pilots.id })
      .from(pilots)
      .where(
        and(
          eq(pilots.workspace, sql.placeholder('workspace')),
          eq(pilots.id, sql.placeholder('id')),
          sql`${pilots.watchedSince} is not null`,
        ),
      ),
  )({ workspace, id });
  return rows.length > 0;
}

/** How many messages that wait were intended at an instant or later and will not be sent, their pilots being watched only. */
export async function unsaidSince(db: Database, workspace: string, since: number): Promise<number> {
  const { outbox, pilots } = db.tables;
  // Everything that waits is looked through for it, so not where nobody watches.
  if (!(await isAnyWatched(db, workspace))) return 0;
  const rows = await db.prepared<{ workspace: string; since: number }, { n: number }>('unsaid since', (q) =>
    q
      .select({ n: count() })
      .from(outbox)
      .innerJoin(pilots, and(eq(pilots.workspace, outbox.workspace), eq(pilots.id, outbox.subject)))
      .where(
        and(
          eq(outbox.workspace, sql.placeholder('workspace')),
          sql`${outbox.state} = 'ready'`,
          gte(outbox.createdAt, sql.placeholder('since')),
          sql`${pilots.watchedSince} is not null`,
        ),
      ),
  )({ workspace, since });
  return Number(rows[0]?.n ?? 0);
}

async function isAnyWatched(db: Database, workspace: string): Promise<boolean> {
  const { pilots } = db.tables;
  const rows = await db.prepared<{ workspace: string }, { id: string }>('any watched pilot', (q) =>
    q
      .select({ id: pilots.id })
      .from(pilots)
      .where(and(eq(pilots.workspace, sql.placeholder('workspace')), sql`${pilots.watchedSince} is not null`))
      .limit(1),
  )({ workspace });
  return rows.length > 0;
}

/** Notes what would have been said, once. */
export const noteWatched = (db: Database, row: Tables['watched']['$inferInsert']): Statement =>
  db.q.insert(db.tables.watched).values(row).onConflictDoNothing();

/** Notes about pilots that are watched only now, or about one of them, since its watching began; with `pilots` joined. */
function sinceItBegan(db: Database, workspace: string, pilot: string | undefined): SQL | undefined {
  const { watched, pilots } = db.tables;
  return and(
    eq(watched.workspace, workspace),
    gte(watched.at, pilots.watchedSince),
    isNull(pilots.deletedAt),
    pilot === undefined ? undefined : eq(watched.pilot, pilot),
  );
}

/** What would have been said about pilots that are watched only now, since their watching began, newest first. */
export async function wouldHaveSaid(
  db: Database,
  workspace: string,
  page: { readonly from: number; readonly limit: number; readonly pilot?: string },
): Promise<WatchedRow[]> {
  const { watched, pilots } = db.tables;
  return db.q
    .select({
      workspace: watched.workspace,
      id: watched.id,
      pilot: watched.pilot,
      kind: watched.kind,
      addressee: watched.addressee,
      at: watched.at,
      dedupeKey: watched.dedupeKey,
    })
    .from(watched)
    .innerJoin(pilots, and(eq(pilots.workspace, watched.workspace), eq(pilots.id, watched.pilot)))
    .where(sinceItBegan(db, workspace, page.pilot))
    .orderBy(desc(watched.at), desc(watched.id))
    .offset(page.from)
    .limit(page.limit);
}

/** How much would have been said about them, by addressee, most first. */
export async function wouldHaveHeard(
  db: Database,
  workspace: string,
  pilot?: string,
): Promise<{ readonly addressee: string; readonly count: number }[]> {
  const { watched, pilots } = db.tables;
  const rows = await db.q
    .select({ addressee: watched.addressee, count: count() })
    .from(watched)
    .innerJoin(pilots, and(eq(pilots.workspace, watched.workspace), eq(pilots.id, watched.pilot)))
    .where(sinceItBegan(db, workspace, pilot))
    .groupBy(watched.addressee);
  return rows
    .map(({ addressee, count: n }) => ({ addressee, count: Number(n) }))
    .sort((a, b) => b.count - a.count || (a.addressee < b.addressee ? -1 : 1));
}

/** Lets a pilot go from watching; touches no row when it is not watched any more. */
export function endWatch(db: Database, workspace: string, pilot: string, now: number): Statement {
  const { pilots } = db.tables;
  return db.q
    .update(pilots)
    .set({ watchedSince: null, releasedAt: now })
    .where(
      and(
        eq(pilots.workspace, workspace),
        eq(pilots.id, pilot),
        sql`${pilots.watchedSince} is not null`,
        isNull(pilots.deletedAt),
      ),
    )
    .returning({ id: pilots.id });
}

/** Puts a pilot back to being watched only; touches no row when it is already. */
export function beginWatch(db: Database, workspace: string, pilot: string, now: number): Statement {
  const { pilots } = db.tables;
  return db.q
    .update(pilots)
    .set({ watchedSince: now })
    .where(
      and(
        eq(pilots.workspace, workspace),
        eq(pilots.id, pilot),
        isNull(pilots.watchedSince),
        isNull(pilots.deletedAt),
      ),
    )
    .returning({ id: pilots.id });
}

/** Takes back what came of nobody being told: the looks and cases since the watching began, and their clocks. */
export function forgetWatching(db: Database, workspace: string, pilot: string, since: number): Statement[] {
  const { looks, cases, caseCopies, schedules } = db.tables;
  const begun = db.q
    .select({ id: cases.id })
    .from(cases)
    .where(
      and(
        eq(cases.workspace, workspace),
        eq(cases.pilot, pilot),
        sql`coalesce(${cases.openedAt}, ${since}) >= ${since}`,
      ),
    );
  return [
    db.q.delete(caseCopies).where(and(eq(caseCopies.workspace, workspace), inArray(caseCopies.case, begun))),
    db.q
      .delete(schedules)
      .where(
        and(
          eq(schedules.workspace, workspace),
          eq(schedules.kind, CASE_CLOCK),
          inArray(schedules.subject, begun),
        ),
      ),
    db.q
      .delete(cases)
      .where(
        and(
          eq(cases.workspace, workspace),
          eq(cases.pilot, pilot),
          sql`coalesce(${cases.openedAt}, ${since}) >= ${since}`,
        ),
      ),
    db.q
      .delete(looks)
      .where(and(eq(looks.workspace, workspace), eq(looks.pilot, pilot), gte(looks.at, since))),
  ];
}

/** A key that is taken: by which pilot, and whether that is still there. */
export interface TakenKey {
  readonly key: string;
  readonly pilot: string;
  readonly isDeleted: boolean;
}

/** Every key of a workspace with its pilot, deleted drafts included. */
export async function keysWithPilots(db: Database, workspace: string): Promise<TakenKey[]> {
  const { pilots } = db.tables;
  const rows = await db.q
    .select({ key: pilots.key, pilot: pilots.id, deletedAt: pilots.deletedAt })
    .from(pilots)
    .where(eq(pilots.workspace, workspace));
  return rows.map(({ key, pilot, deletedAt }) => ({ key, pilot, isDeleted: deletedAt !== null }));
}

/** The entries that say what these pilots were imported from: the pilot, and the entry's body as it is kept. */
export function importEntries(
  db: Database,
  workspace: string,
  pilots: readonly string[],
): Promise<{ readonly pilot: string | null; readonly body: string }[]> {
  const { logbook } = db.tables;
  return rowsOfPilots(db, 'imports of pilots', { workspace, pilots: [...pilots] }, (q, some) =>
    q
      .select({ pilot: logbook.pilot, body: logbook.body })
      .from(logbook)
      .where(
        and(
          eq(logbook.workspace, sql.placeholder('workspace')),
          inArray(logbook.pilot, some),
          sql`${logbook.kind} = 'pilot_imported'`,
        ),
      ),
  );
}
