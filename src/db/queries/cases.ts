/** Which cases are there, who has got which copy of their messages, and how is a change of them written? */
import type { Case } from '../../core/escalation/record.ts';
import type { Json } from '../../core/logbook.ts';
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, desc, eq, gt, inArray, isNull, notInArray, or, sql } from '../sql.ts';

type Row = Tables['cases']['$inferSelect'];
export type CopyRow = Tables['caseCopies']['$inferSelect'];

/** What people have said about a case; words are theirs. Instants are epoch ms. */
export interface Said {
  /** The owner's view, or the main cause and the fix where a decision is due. */
  readonly view?: {
    readonly words: string;
    readonly diagnosis: string | null;
    readonly by: string;
    readonly at: number;
    /** The words say what is wrong with the result that is to be decided about. */
    readonly isWrong?: boolean;
  };
  /** Who has taken it on, with the next step and the day. */
  readonly plan?: {
    readonly next: string;
    readonly until: string;
    readonly by: string;
    readonly at: number;
  };
  /** What a case about somebody's answer waits for: the state of a version, or the id of a question. */
  readonly press?: { readonly request: string };
  readonly snooze?: {
    readonly reason: string;
    readonly until: string;
    readonly by: string;
    readonly at: number;
  };
  /** Why it was closed without a decision. */
  readonly closing?: { readonly words: string; readonly by: string; readonly at: number };
}

/** A case with what is kept beside its record. */
export interface CaseRow extends Omit<Row, 'record' | 'said'> {
  readonly record: Case;
  readonly said: Said;
}

type OfPilot = { readonly workspace: string; readonly pilot: string };

const read = (row: Row): CaseRow => ({
  ...row,
  record: row.record as unknown as Case,
  said: (row.said ?? {}) as unknown as Said,
});

/** The cases of a pilot, open and closed, oldest first. */
export async function casesOf(db: Database, of: OfPilot): Promise<CaseRow[]> {
  const { cases: t } = db.tables;
  const rows = await db.prepared<OfPilot, Row>('cases of pilot', (q) =>
    q
      .select()
      .from(t)
      .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.pilot, sql.placeholder('pilot'))))
      .orderBy(asc(t.id)),
  )(of);
  return rows.map(read);
}

/** One case by its id, or null. */
export async function caseById(db: Database, workspace: string, id: string): Promise<CaseRow | null> {
  const { cases: t } = db.tables;
  const rows = await db.q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.id, id)));
  return rows[0] === undefined ? null : read(rows[0]);
}

/** Several cases by their ids. */
export async function casesById(db: Database, workspace: string, ids: readonly string[]): Promise<CaseRow[]> {
  if (ids.length === 0) return [];
  const { cases: t } = db.tables;
  const rows = await db.q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), inArray(t.id, [...ids])));
  return rows.map(read);
}

/** The open cases of a workspace, by pilot. */
export async function openCasesByPilot(
  db: Database,
  workspace: string,
): Promise<ReadonlyMap<string, readonly CaseRow[]>> {
  const { cases: t } = db.tables;
  const rows = await db.q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), isNull(t.closedAt)))
    .orderBy(asc(t.id));
  return Map.groupBy(rows.map(read), ({ pilot }) => pilot);
}

/** Cases that are open, and those that were closed after an instant. */
export async function casesTouchedAfter(db: Database, workspace: string, at: number): Promise<CaseRow[]> {
  const { cases: t } = db.tables;
  const rows = await db.q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), or(isNull(t.closedAt), gt(t.closedAt, at))))
    .orderBy(asc(t.id));
  return rows.map(read);
}

/** Every case of a workspace that was ever opened, oldest first; those of pilots that are watched only left aside. */
export async function allCases(db: Database, workspace: string): Promise<CaseRow[]> {
  const { cases: t, pilots } = db.tables;
  const watched = db.q
    .select({ id: pilots.id })
    .from(pilots)
    .where(and(eq(pilots.workspace, workspace), sql`${pilots.watchedSince} is not null`));
  const rows = await db.q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), sql`${t.openedAt} is not null`, notInArray(t.pilot, watched)))
    .orderBy(asc(t.id));
  return rows.map(read);
}

/** What of a case is kept in columns. */
const columnsOf = ({ record, said, ...rest }: CaseRow) => ({
  ...rest,
  record: record as unknown as Json,
  said: said as unknown as Json,
  state: record.state,
  revision: record.revision,
  openedAt: record.openedAt,
  closedAt: record.closed?.at ?? null,
  closedAs: record.closed?.as ?? null,
});

/** Adds a case. A second open one of the same pilot and cause makes the batch fail as a duplicate. */
export const insertCase = (db: Database, row: CaseRow): Statement =>
  db.q.insert(db.tables.cases).values(columnsOf(row));

/** Writes a case that was read at a revision; touches no row when it has changed since. */
export function saveCase(db: Database, row: CaseRow, readAt: number): Statement {
  const { cases: t } = db.tables;
  const { workspace, id, ...change } = columnsOf(row);
  return db.q
    .update(t)
    .set(change)
    .where(and(eq(t.workspace, workspace), eq(t.id, id), eq(t.revision, readAt)))
    .returning({ id: t.id });
}

/** Notes a copy of a message that is on its way. */
export const insertCopy = (db: Database, row: Tables['caseCopies']['$inferInsert']): Statement =>
  db.q.insert(db.tables.caseCopies).values(row).onConflictDoNothing();

/** Writes down what became of a copy. */
export function settleCaseCopy(
  db: Database,
  row: Pick<CopyRow, 'workspace' | 'id'>,
  outcome: CopyRow['outcome'],
  at: number,
): Statement {
  const { caseCopies: t } = db.tables;
  return db.q
    .update(t)
    .set({ outcome, at })
    .where(and(eq(t.workspace, row.workspace), eq(t.id, row.id), eq(t.outcome, 'waiting')))
    .returning({ id: t.id });
}

/** A copy whose message has been sent, given up or thrown away, and of which the case does not know yet. */
export interface CopyNews extends CopyRow {
  readonly state: string;
  readonly error: string | null;
  readonly finishedAt: number | null;
}

/** What became of copies since it was last looked: oldest first. */
export async function copyNews(db: Database, limit: number): Promise<CopyNews[]> {
  const { caseCopies: t, outbox } = db.tables;
  const rows = await db.q
    .select({ copy: t, state: outbox.state, error: outbox.error, finishedAt: outbox.finishedAt })
    .from(t)
    .innerJoin(outbox, eq(outbox.id, t.id))
    .where(
      and(sql`${t.outcome} = 'waiting'`, inArray(outbox.state, ['sent', 'unknown', 'failed', 'dropped'])),
    )
    .orderBy(asc(outbox.finishedAt), asc(t.id))
    .limit(limit);
  return rows.map(({ copy, ...rest }) => ({ ...copy, ...rest }));
}

/** The copies of some cases, oldest first. */
export function copiesOfCases(db: Database, workspace: string, ids: readonly string[]): Promise<CopyRow[]> {
  const { caseCopies: t } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(t)
      .where(and(eq(t.workspace, workspace), inArray(t.case, [...ids])))
      .orderBy(asc(t.id)),
  );
}

/** The copies of one pilot's cases, oldest first. */
export function copiesOfPilot(db: Database, of: OfPilot): Promise<CopyRow[]> {
  const { caseCopies: t } = db.tables;
  return db.prepared<OfPilot, CopyRow>('copies of pilot', (q) =>
    q
      .select()
      .from(t)
      .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.pilot, sql.placeholder('pilot'))))
      .orderBy(asc(t.id)),
  )(of);
}

/** The copies that are still on their way to somebody. */
export function waitingCopies(db: Database, workspace: string, person: string): Promise<CopyRow[]> {
  const { caseCopies: t } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(t)
      .where(and(eq(t.workspace, workspace), eq(t.person, person), sql`${t.outcome} = 'waiting'`))
      .orderBy(asc(t.id)),
  );
}

/**
 * What somebody is asked for in open cases, whether or not the message is there yet: once per copy. Of pilots that are
 * watched only nobody is asked anything.
 */
export async function openAsked(
  db: Database,
  workspace: string,
  person: string,
): Promise<{ pilot: string; case: string; role: CopyRow['role']; state: string }[]> {
  const { caseCopies: t, cases, pilots } = db.tables;
  return db.q
    .select({ pilot: t.pilot, case: t.case, role: t.role, state: cases.state })
    .from(t)
    .innerJoin(cases, eq(cases.id, t.case))
    .innerJoin(pilots, and(eq(pilots.workspace, t.workspace), eq(pilots.id, t.pilot)))
    .where(
      and(
        eq(t.workspace, workspace),
        eq(t.person, person),
        eq(t.isAsked, true),
        inArray(t.outcome, ['waiting', 'sent']),
        isNull(cases.closedAt),
        isNull(pilots.watchedSince),
      ),
    );
}

/** When a message of a case last reached somebody in one of some roles (epoch ms), about one pilot or any, on some rungs or any; null before the first. */
export async function lastSentTo(
  db: Database,
  workspace: string,
  person: string,
  roles: readonly CopyRow['role'][],
  about: {
    readonly pilot?: string;
    readonly levels?: readonly CopyRow['level'][];
    /** Causes whose cards do not count. */
    readonly besides?: readonly string[];
  } = {},
): Promise<number | null> {
  const { caseCopies: t, cases, outbox } = db.tables;
  const rows = await db.q
    .select({ at: outbox.finishedAt })
    .from(t)
    .innerJoin(outbox, eq(outbox.id, t.id))
    .innerJoin(cases, eq(cases.id, t.case))
    .where(
      and(
        eq(t.workspace, workspace),
        eq(t.person, person),
        inArray(t.role, [...roles]),
        inArray(outbox.state, ['sent', 'unknown']),
        about.pilot === undefined ? undefined : eq(t.pilot, about.pilot),
        about.levels === undefined ? undefined : inArray(t.level, [...about.levels]),
        about.besides === undefined ? undefined : notInArray(cases.cause, [...about.besides]),
      ),
    )
    .orderBy(desc(outbox.finishedAt))
    .limit(1);
  return rows[0]?.at ?? null;
}

/** Has the copies of a case that are held looked at again now: messages of a kind, not those that were sent for another reason. */
export function wakeCopies(
  db: Database,
  workspace: string,
  ids: readonly string[],
  kind: string,
  at: number,
): Statement {
  const { caseCopies: t, outbox } = db.tables;
  const waiting = db.q
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.workspace, workspace), inArray(t.case, [...ids]), eq(t.outcome, 'waiting')));
  return db.q
    .update(outbox)
    .set({ notBefore: at })
    .where(
      and(
        eq(outbox.workspace, workspace),
        inArray(outbox.id, waiting),
        eq(outbox.kind, kind),
        eq(outbox.state, 'ready'),
      ),
    );
}

/** Notes that a matter has looked right since its cases were closed. */
export function markCleared(db: Database, of: OfPilot, causes: readonly string[]): Statement {
  const { cases: t } = db.tables;
  return db.q
    .update(t)
    .set({ hasCleared: true })
    .where(
      and(
        eq(t.workspace, of.workspace),
        eq(t.pilot, of.pilot),
        inArray(t.cause, [...causes]),
        sql`${t.closedAt} is not null`,
      ),
    );
}
