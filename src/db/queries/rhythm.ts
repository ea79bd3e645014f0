/** What is known about a pilot's check-ins, blockers and pauses, and about when people may be asked? */
import type { CalendarSettings } from '../../core/calendar-settings.ts';
import type { Role } from '../../core/pilot.ts';
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, eq, inArray, isNull, sql } from '../sql.ts';

export type CheckInRow = Tables['checkIns']['$inferSelect'];
export type CheckInLogRow = Tables['checkInLog']['$inferSelect'];
export type BlockerRow = Tables['blockers']['$inferSelect'];
export type PauseRow = Tables['pauses']['$inferSelect'];

/** What a person may set for themselves; everything else is taken from Slack and the workspace. */
export type OwnCalendar = Partial<
  Pick<CalendarSettings, 'zone' | 'hours' | 'weekend' | 'country' | 'slot' | 'holidays' | 'leave'>
>;

type OfPilot = { readonly workspace: string; readonly pilot: string };
type Args = { workspace: string; pilot: string };

/** The check-ins of a pilot, oldest first. */
export function checkInsOf(db: Database, of: OfPilot): Promise<CheckInRow[]> {
  const { checkIns: t } = db.tables;
  return db.prepared<Args, CheckInRow>('check-ins of pilot', (q) =>
    q
      .select()
      .from(t)
      .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.pilot, sql.placeholder('pilot'))))
      .orderBy(asc(t.submittedAt), asc(t.id)),
  )({ ...of });
}

/** What was asked, reminded and missed about a pilot's check-ins, oldest first. */
export function checkInLogOf(db: Database, of: OfPilot): Promise<CheckInLogRow[]> {
  const { checkInLog: t } = db.tables;
  return db.prepared<Args, CheckInLogRow>('check-in log of pilot', (q) =>
    q
      .select()
      .from(t)
      .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.pilot, sql.placeholder('pilot'))))
      .orderBy(asc(t.at)),
  )({ ...of });
}

/** The pauses of a pilot, oldest first; the running one has no end. */
export function pausesOf(db: Database, of: OfPilot): Promise<PauseRow[]> {
  const { pauses: t } = db.tables;
  return db.prepared<Args, PauseRow>('pauses of pilot', (q) =>
    q
      .select()
      .from(t)
      .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.pilot, sql.placeholder('pilot'))))
      .orderBy(asc(t.since)),
  )({ ...of });
}

/** The blockers of a pilot that are not closed, oldest first. */
export function openBlockers(db: Database, of: OfPilot): Promise<BlockerRow[]> {
  const { blockers: t } = db.tables;
  return db.prepared<Args, BlockerRow>('open blockers of pilot', (q) =>
    q
      .select()
      .from(t)
      .where(
        and(
          eq(t.workspace, sql.placeholder('workspace')),
          eq(t.pilot, sql.placeholder('pilot')),
          isNull(t.closedAt),
        ),
      )
      .orderBy(asc(t.raisedAt)),
  )({ ...of });
}

/** The blockers of a pilot, open and closed, oldest first. */
export function blockersOf(db: Database, of: OfPilot): Promise<BlockerRow[]> {
  const { blockers: t } = db.tables;
  return db.prepared<OfPilot, BlockerRow>('blockers of pilot', (q) =>
    q
      .select()
      .from(t)
      .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.pilot, sql.placeholder('pilot'))))
      .orderBy(asc(t.raisedAt), asc(t.id)),
  )(of);
}

/** The words of the open blockers of a workspace, by their ids. */
export async function blockerWords(db: Database, workspace: string): Promise<ReadonlyMap<string, string>> {
  const { blockers: t } = db.tables;
  const rows = await db.q
    .select({ id: t.id, words: t.words })
    .from(t)
    .where(and(eq(t.workspace, workspace), isNull(t.closedAt)));
  return new Map(rows.map(({ id, words }) => [id, words]));
}

/** Since when somebody holds a role in a pilot, or null. */
export async function roleSince(
  db: Database,
  of: OfPilot,
  role: Role,
  person: string,
): Promise<number | null> {
  const { roles: t } = db.tables;
  const rows = await db.prepared<Args & { role: string; person: string }, { since: number }>(
    'role since',
    (q) =>
      q
        .select({ since: t.since })
        .from(t)
        .where(
          and(
            eq(t.workspace, sql.placeholder('workspace')),
            eq(t.pilot, sql.placeholder('pilot')),
            eq(t.role, sql.placeholder('role')),
            eq(t.person, sql.placeholder('person')),
            isNull(t.until),
          ),
        ),
  )({ workspace: of.workspace, pilot: of.pilot, role, person });
  return rows[0]?.since ?? null;
}

/** What people have set for themselves, by their ids. */
export async function ownCalendars(
  db: Database,
  workspace: string,
  people: readonly string[],
): Promise<ReadonlyMap<string, OwnCalendar>> {
  if (people.length === 0) return new Map();
  const { preferences: t } = db.tables;
  const selected = { person: t.person, settings: t.settings };
  const [only] = people;
  // One person is looked up with every request, and a list has another text for each length.
  const rows =
    people.length === 1
      ? await db.prepared<
          { workspace: string; person: string },
          Pick<Tables['preferences']['$inferSelect'], 'person' | 'settings'>
        >('preferences of person', (q) =>
          q
            .select(selected)
            .from(t)
            .where(
              and(eq(t.workspace, sql.placeholder('workspace')), eq(t.person, sql.placeholder('person'))),
            ),
        )({ workspace, person: only ?? '' })
      : await db.q
          .select(selected)
          .from(t)
          .where(and(eq(t.workspace, workspace), inArray(t.person, [...people])));
  return new Map(rows.map(({ person, settings }) => [person, (settings['calendar'] ?? {}) as OwnCalendar]));
}

/** Makes the check-ins of pilots be thought through again now: something they depend on has changed. */
export function rethinkCheckIns(db: Database, workspace: string, pilots: readonly string[]): Statement {
  const { schedules: t } = db.tables;
  return db.q
    .update(t)
    .set({ nextAt: 0 })
    .where(
      and(
        eq(t.workspace, workspace),
        eq(t.kind, 'check-in'),
        sql`${t.enabled}`,
        inArray(t.subject, [...pilots]),
      ),
    );
}

/** The asks and reminders of the day that go into one person's message: those since `from` (epoch ms). */
export function askedSince(
  db: Database,
  workspace: string,
  person: string,
  from: number,
): Promise<CheckInLogRow[]> {
  const { checkInLog: t } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(t)
      .where(and(eq(t.workspace, workspace), eq(t.person, person), sql`${t.at} >= ${from}`))
      .orderBy(asc(t.at)),
  );
}

/** Writes down that somebody was asked or reminded, or that a check-in was missed. A second time it is a duplicate. */
export const logCheckIn = (db: Database, row: Tables['checkInLog']['$inferInsert']): Statement =>
  db.q.insert(db.tables.checkInLog).values(row);

/** Adds a check-in. */
export const insertCheckIn = (db: Database, row: Tables['checkIns']['$inferInsert']): Statement =>
  db.q.insert(db.tables.checkIns).values(row);

/** Changes a check-in that may still be edited. */
export function editCheckIn(
  db: Database,
  row: Pick<CheckInRow, 'workspace' | 'id' | 'revision'>,
  change: Pick<CheckInRow, 'view' | 'ask'>,
): Statement {
  const { checkIns: t } = db.tables;
  return db.q
    .update(t)
    .set({ ...change, revision: row.revision + 1 })
    .where(and(eq(t.workspace, row.workspace), eq(t.id, row.id), eq(t.revision, row.revision)))
    .returning({ id: t.id });
}

/** Adds a blocker. */
export const insertBlocker = (db: Database, row: Tables['blockers']['$inferInsert']): Statement =>
  db.q.insert(db.tables.blockers).values(row);

/** Says who is to clear a blocker, and by when; touches no row when it is closed. */
export function askForBlocker(
  db: Database,
  workspace: string,
  id: string,
  change: {
    readonly words: string;
    readonly kind: string;
    readonly owner: string;
    readonly neededBy: string;
    readonly newsAt: number;
  },
): Statement {
  const { blockers: t } = db.tables;
  return db.q
    .update(t)
    .set(change)
    .where(and(eq(t.workspace, workspace), eq(t.id, id), isNull(t.closedAt)))
    .returning({ id: t.id });
}

/** Closes blockers; those that are closed already stay as they are. */
export function closeBlockers(
  db: Database,
  workspace: string,
  ids: readonly string[],
  by: string,
  at: number,
): Statement {
  const { blockers: t } = db.tables;
  return db.q
    .update(t)
    .set({ closedAt: at, closedBy: by, newsAt: at })
    .where(and(eq(t.workspace, workspace), inArray(t.id, [...ids]), isNull(t.closedAt)))
    .returning({ id: t.id });
}

/** Notes that somebody has confirmed that blockers are still there. */
export function freshenBlockers(
  db: Database,
  workspace: string,
  ids: readonly string[],
  at: number,
): Statement {
  const { blockers: t } = db.tables;
  return db.q
    .update(t)
    .set({ newsAt: at })
    .where(and(eq(t.workspace, workspace), inArray(t.id, [...ids]), isNull(t.closedAt)));
}
