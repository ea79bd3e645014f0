/** What is planned to happen again and again, and what of it is due? */
import type { Json } from '../../core/logbook.ts';
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, eq, inArray, isNull, lte, or, sql } from '../sql.ts';

/** The kind of the rows that say: something about this person is to be looked at. */
export const PERSON_CHANGED = 'person-changed';

/**
 * The kind of the row that says when the digests of a workspace that are posted are looked at again. It rests until something
 * changes, and then falls due an hour after the last look: `set_at`.
 */
export const DIGEST_EDITS = 'digest-edits';
/** How long a digest stands before what came late is put into it. */
export const DIGEST_EDIT_MS = 60 * 60 * 1000;

/** The kind of the rows that say when the time to answer in a case is over. */
export const CASE_CLOCK = 'case';
/** The kind of the row by which it is looked, once a day in a workspace, whether everybody could be reached. */
export const PREFLIGHT = 'preflight';

/** The kind of the rows that say when somebody gets their weekly message. */
export const PERSONAL_DIGEST = 'personal-digest';

export type ScheduleRow = Tables['schedules']['$inferSelect'];

/** One schedule of a kind for a subject, or null. */
export async function scheduleOf(
  db: Database,
  workspace: string,
  kind: string,
  subject: string,
): Promise<ScheduleRow | null> {
  const { schedules } = db.tables;
  const rows = await db.q
    .select()
    .from(schedules)
    .where(and(eq(schedules.workspace, workspace), eq(schedules.kind, kind), eq(schedules.subject, subject)));
  return rows[0] ?? null;
}

/** Every schedule of a kind that is on. */
export function schedulesOf(db: Database, kind: string): Promise<ScheduleRow[]> {
  const { schedules } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(schedules)
      .where(and(sql`${schedules.enabled}`, eq(schedules.kind, kind))),
  );
}

/** Puts a schedule to an instant that was found anew, unless it has moved meanwhile. */
export async function planAnew(db: Database, row: ScheduleRow, nextAt: number): Promise<void> {
  const { schedules } = db.tables;
  await db.q
    .update(schedules)
    .set({ nextAt, leaseUntil: null })
    .where(
      and(eq(schedules.workspace, row.workspace), eq(schedules.id, row.id), eq(schedules.fence, row.fence)),
    );
}

/** Sets a schedule; setting it again replaces it. */
export function setSchedule(
  db: Database,
  row: {
    readonly workspace: string;
    readonly id: string;
    readonly kind: string;
    readonly subject: string;
    readonly rule: Json;
    readonly timezone: string;
    readonly nextAt: number;
    readonly details: Json;
    readonly setBy: string;
    readonly setAt: number;
  },
): Statement {
  const { schedules } = db.tables;
  const { id: _id, workspace: _workspace, kind: _kind, subject: _subject, ...change } = row;
  return db.q
    .insert(schedules)
    .values({ ...row, enabled: true, fence: 0 })
    .onConflictDoUpdate({
      target: [schedules.workspace, schedules.kind, schedules.subject],
      set: { ...change, enabled: true, leaseUntil: null },
    });
}

/** Opens a schedule where there is none; one that is there keeps its rule and is only looked at again. */
export function openSchedule(db: Database, row: Parameters<typeof setSchedule>[1]): Statement {
  const { schedules } = db.tables;
  return db.q
    .insert(schedules)
    .values({ ...row, enabled: true, fence: 0 })
    .onConflictDoUpdate({
      target: [schedules.workspace, schedules.kind, schedules.subject],
      set: { nextAt: row.nextAt, enabled: true },
    });
}

/** Switches a schedule off; touches no row when it is not on. */
export function endSchedule(db: Database, workspace: string, kind: string, subject: string): Statement {
  const { schedules } = db.tables;
  return db.q
    .update(schedules)
    .set({ enabled: false, nextAt: null })
    .where(
      and(
        eq(schedules.workspace, workspace),
        eq(schedules.kind, kind),
        eq(schedules.subject, subject),
        eq(schedules.enabled, true),
      ),
    )
    .returning({ id: schedules.id });
}

/** The next instant at which a schedule of a kind falls due, or null. */
export async function nextScheduled(db: Database, kind: string): Promise<number | null> {
  const { schedules: t } = db.tables;
  const [free, leased] = await Promise.all([
    db.prepared<{ kind: string }, { at: number | null }>('next schedule of kind', (q) =>
      q
        .select({ at: t.nextAt })
        .from(t)
        .where(
          and(
            sql`${t.enabled}`,
            eq(t.kind, sql.placeholder('kind')),
            sql`${t.nextAt} is not null and (${t.leaseUntil} is null or ${t.leaseUntil} <= ${t.nextAt})`,
          ),
        )
        .orderBy(asc(t.nextAt))
        .limit(1),
    )({ kind }),
    // A claimed one is due again when its claimant has not finished by the end of the lease.
    db.prepared<{ kind: string }, { at: number | null }>('next lease of kind', (q) =>
      q
        .select({ at: t.leaseUntil })
        .from(t)
        .where(
          and(
            eq(t.kind, sql.placeholder('kind')),
            sql`${t.leaseUntil} is not null and ${t.enabled} and ${t.leaseUntil} > ${t.nextAt}`,
          ),
        )
        .orderBy(asc(t.leaseUntil))
        .limit(1),
    )({ kind }),
  ]);
  const instants = [free[0]?.at, leased[0]?.at].filter((at) => at !== null && at !== undefined).map(Number);
  return instants.length === 0 ? null : Math.min(...instants);
}

/** Claims schedules that are due, until the lease runs out. */
export function claimSchedules(
  db: Database,
  kind: string,
  now: number,
  leaseMs: number,
): Promise<ScheduleRow[]> {
  const { schedules } = db.tables;
  const due = db.skipLocked(
    db.q
      .select({ id: schedules.id })
      .from(schedules)
      .where(
        and(
          sql`${schedules.enabled}`,
          eq(schedules.kind, kind),
          lte(schedules.nextAt, now),
          or(isNull(schedules.leaseUntil), lte(schedules.leaseUntil, now)),
        ),
      )
      .orderBy(asc(schedules.nextAt))
      .limit(100),
  );
  return Promise.resolve(
    db.q
      .update(schedules)
      .set({ leaseUntil: now + leaseMs, fence: sql`${schedules.fence} + 1` })
      .where(inArray(schedules.id, due))
      .returning(),
  );
}

/** Lets a claimed schedule rest until something wakes it, and notes the look; switched off where nothing is left to look at. */
export function restAfter(db: Database, row: ScheduleRow, at: number, enabled: boolean): Statement {
  const { schedules } = db.tables;
  return db.q
    .update(schedules)
    .set({ nextAt: null, leaseUntil: null, setAt: at, enabled })
    .where(
      and(eq(schedules.workspace, row.workspace), eq(schedules.id, row.id), eq(schedules.fence, row.fence)),
    )
    .returning({ id: schedules.id });
}

/** Moves a claimed schedule on to its next instant; null lets it rest until something changes. Touches no row when somebody else has it meanwhile. */
export function moveOn(db: Database, row: ScheduleRow, nextAt: number | null, details?: Json): Statement {
  const { schedules } = db.tables;
  return db.q
    .update(schedules)
    .set({ nextAt, leaseUntil: null, ...(details === undefined ? {} : { details }) })
    .where(
      and(eq(schedules.workspace, row.workspace), eq(schedules.id, row.id), eq(schedules.fence, row.fence)),
    )
    .returning({ id: schedules.id });
}

/** The kind of the schedules by which pilots are looked at. */
export const LOOK = 'look';

/** Has a pilot looked at as soon as possible: something it is judged by may have changed. */
export function lookSoon(db: Database, workspace: string, pilot: string): Statement {
  const { schedules } = db.tables;
  return db.written('look at pilot soon', (q) =>
    q
      .insert(schedules)
      .values({
        workspace: sql.placeholder('workspace'),
        // One per pilot, so its id needs no chance.
        id: sql.placeholder('id'),
        kind: LOOK,
        subject: sql.placeholder('pilot'),
        rule: {},
        timezone: 'UTC',
        nextAt: 0,
        enabled: true,
        details: {},
        setBy: '',
        setAt: 0,
        fence: 0,
      })
      .onConflictDoUpdate({
        target: [schedules.workspace, schedules.kind, schedules.subject],
        set: { nextAt: 0, enabled: true },
      }),
  )({ workspace, pilot, id: `${LOOK}:${pilot}` });
}

/** Has every pilot that is looked at looked at as soon as possible. */
export function allLookSoon(db: Database, workspace: string): Statement {
  const { schedules: t } = db.tables;
  return db.q
    .update(t)
    .set({ nextAt: 0 })
    .where(and(eq(t.workspace, workspace), eq(t.kind, LOOK), sql`${t.enabled}`));
}
