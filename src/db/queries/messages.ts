/** Which copies of what was said stand in Slack, and which of them are out of date? */
import { type Database, type Guard, guard, type Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, eq, inArray, isNull, lte, or, type SQL, sql } from '../sql.ts';
import { DIGEST_EDIT_MS, DIGEST_EDITS, lookSoon } from './schedules.ts';

export type MessageRow = Tables['messages']['$inferSelect'];

/** Has the copies of somebody's message of a day drawn again, if it was sent already. */
export function drawDailyAgain(db: Database, workspace: string, subject: string): Statement {
  const { messages } = db.tables;
  return db.q
    .update(messages)
    .set({ wanted: sql`${messages.wanted} + 1` })
    .where(and(eq(messages.workspace, workspace), eq(messages.subject, subject)));
}

/** Remembers a message that now stands in Slack and is to be kept up to date. */
export function rememberCopy(
  db: Database,
  copy: {
    readonly workspace: string;
    readonly id: string;
    readonly kind: string;
    readonly subject: string;
    readonly version: number;
    readonly reader: string;
    readonly channel: string;
    readonly ts: string;
    readonly shown: number;
    readonly live: boolean;
    readonly now: number;
  },
): Statement {
  const { messages, pilots } = db.tables;
  return db.q.insert(messages).values({
    workspace: copy.workspace,
    id: copy.id,
    kind: copy.kind,
    subject: copy.subject,
    version: copy.version,
    reader: copy.reader,
    channel: copy.channel,
    ts: copy.ts,
    shown: copy.shown,
    // The pilot may have changed between drawing the card and this moment; then the copy is behind at once.
    wanted: sql`coalesce((select ${pilots.revision} from ${pilots} where ${pilots.id} = ${copy.subject}), ${copy.shown})`,
    live: copy.live,
    sentAt: copy.now,
    fence: 0,
  });
}

/** Claims copies that show an older state than the one there is. */
export function claimBehind(
  db: Database,
  now: number,
  leaseMs: number,
  limit: number,
): Promise<MessageRow[]> {
  const { messages } = db.tables;
  const behind = db.skipLocked(
    db.q
      .select({ id: messages.id })
      .from(messages)
      .where(
        and(
          sql`${messages.live} and ${messages.shown} < ${messages.wanted}`,
          or(isNull(messages.leaseUntil), lte(messages.leaseUntil, now)),
        ),
      )
      .limit(limit),
  );
  return Promise.resolve(
    db.q
      .update(messages)
      .set({ leaseUntil: now + leaseMs, fence: sql`${messages.fence} + 1` })
      .where(inArray(messages.id, behind))
      .returning(),
  );
}

/** A copy has been drawn again (or given up: `live` false). `retryAt` keeps it claimed until then. */
export async function settleCopy(
  db: Database,
  row: MessageRow,
  result: { readonly shown?: number; readonly live?: boolean; readonly retryAt?: number },
): Promise<void> {
  const { messages } = db.tables;
  await db.q
    .update(messages)
    .set({
      leaseUntil: result.retryAt ?? null,
      ...(result.shown === undefined ? {} : { shown: result.shown }),
      ...(result.live === undefined ? {} : { live: result.live }),
    })
    .where(
      and(eq(messages.workspace, row.workspace), eq(messages.id, row.id), eq(messages.fence, row.fence)),
    );
}

/** The copies of one kind about one subject, newest last. */
export function copiesOf(
  db: Database,
  workspace: string,
  subject: string,
  kind: string,
): Promise<MessageRow[]> {
  const { messages: t } = db.tables;
  return db.prepared<{ workspace: string; subject: string; kind: string }, MessageRow>(
    'copies of a kind',
    (q) =>
      q
        .select()
        .from(t)
        .where(
          and(
            eq(t.workspace, sql.placeholder('workspace')),
            eq(t.subject, sql.placeholder('subject')),
            eq(t.kind, sql.placeholder('kind')),
          ),
        )
        .orderBy(asc(t.sentAt), asc(t.id)),
  )({ workspace, subject, kind });
}

/** One copy by our id. */
export async function copyById(db: Database, workspace: string, id: string): Promise<MessageRow | null> {
  const { messages: t } = db.tables;
  const rows = await db.prepared<{ workspace: string; id: string }, MessageRow>('copy by id', (q) =>
    q
      .select()
      .from(t)
      .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.id, sql.placeholder('id')))),
  )({ workspace, id });
  return rows[0] ?? null;
}

const DIGESTS = ['digest', 'digest-details'];

/** The digests that were posted since an instant and are still kept true. */
function digestsSince(db: Database, workspace: string, since: number): SQL | undefined {
  const { messages } = db.tables;
  return and(
    eq(messages.workspace, workspace),
    inArray(messages.kind, DIGESTS),
    sql`${messages.live}`,
    sql`${messages.sentAt} >= ${since}`,
  );
}

/** Whether a digest was posted since an instant that is still kept true. */
export async function hasDigestSince(db: Database, workspace: string, since: number): Promise<boolean> {
  const { messages } = db.tables;
  const rows = await db.q
    .select({ id: messages.id })
    .from(messages)
    .where(digestsSince(db, workspace, since))
    .limit(1);
  return rows.length > 0;
}

/** Makes the digests that were posted since an instant be drawn again. */
export function drawDigestsAgain(db: Database, workspace: string, since: number): Statement {
  const { messages } = db.tables;
  return db.q
    .update(messages)
    .set({ wanted: sql`${messages.wanted} + 1` })
    .where(digestsSince(db, workspace, since));
}

/** Opens or renews somebody's Home as a copy that is kept up to date. `shown` counts drawings. */
export async function rememberHome(
  db: Database,
  home: { readonly workspace: string; readonly id: string; readonly user: string; readonly now: number },
): Promise<void> {
  const { messages } = db.tables;
  await db.q
    .insert(messages)
    .values({
      workspace: home.workspace,
      id: home.id,
      kind: 'home',
      subject: `home:${home.user}`,
      version: 0,
      reader: `user:${home.user}`,
      channel: `home:${home.user}`,
      ts: 'home',
      shown: 0,
      wanted: 1,
      live: true,
      sentAt: home.now,
      fence: 0,
    })
    .onConflictDoUpdate({
      target: [messages.workspace, messages.channel, messages.ts],
      set: { live: true, wanted: sql`${messages.wanted} + 1` },
    });
}

/**
 * Marks a pilot as changed: every copy of its cards, and the Home of everyone with a role in it, is due to be drawn
 * again. Belongs at the end of every batch that changes what people see of a pilot.
 */
export function touched(db: Database, workspace: string, pilot: string): Statement[] {
  return [raised(db, workspace, pilot), ...dueAgain(db, workspace, pilot)];
}

/** The same, and the batch is stale unless the pilot is still the one that was looked at. */
export function touchedSince(
  db: Database,
  workspace: string,
  pilot: string,
  revision: number,
): (Statement | Guard)[] {
  return [guard(raised(db, workspace, pilot, revision), 'pilot'), ...dueAgain(db, workspace, pilot)];
}

function raised(db: Database, workspace: string, pilot: string, seen?: number): Statement {
  const { pilots } = db.tables;
  const isSame = seen === undefined ? undefined : eq(pilots.revision, sql.placeholder('seen'));
  return db.written(seen === undefined ? 'raise pilot' : 'raise pilot as seen', (q) =>
    q
      .update(pilots)
      .set({ revision: sql`${pilots.revision} + 1` })
      .where(
        and(
          eq(pilots.workspace, sql.placeholder('workspace')),
          eq(pilots.id, sql.placeholder('pilot')),
          isSame,
        ),
      ),
  )({ workspace, pilot, seen });
}

function dueAgain(db: Database, workspace: string, pilot: string): Statement[] {
  const { pilots, messages, roles, schedules } = db.tables;
  const ofWorkspace = sql.placeholder('workspace');
  const ofPilot = sql.placeholder('pilot');
  const here = { workspace, pilot };
  return [
    db.written('cards of pilot again', (q) =>
      q
        .update(messages)
        .set({ wanted: sql`(select ${pilots.revision} from ${pilots} where ${pilots.id} = ${ofPilot})` })
        .where(and(eq(messages.workspace, ofWorkspace), eq(messages.subject, ofPilot))),
    )(here),
    db.written('homes of pilot again', (q) =>
      q
        .update(messages)
        .set({ wanted: sql`${messages.wanted} + 1` })
        .where(
          and(
            eq(messages.workspace, ofWorkspace),
            inArray(messages.kind, ['home', 'daily']),
            sql`${messages.live}`,
            inArray(
              messages.reader,
              q
                .select({ reader: sql<string>`'user:' || ${roles.person}` })
                .from(roles)
                .where(and(eq(roles.workspace, ofWorkspace), eq(roles.pilot, ofPilot), isNull(roles.until))),
            ),
          ),
        ),
    )(here),
    // Digests that are posted show it too, an hour after they were last drawn.
    db.written('posted digests again', (q) =>
      q
        .update(schedules)
        .set({ nextAt: sql`${schedules.setAt} + ${DIGEST_EDIT_MS}` })
        .where(
          and(
            eq(schedules.workspace, ofWorkspace),
            eq(schedules.kind, DIGEST_EDITS),
            eq(schedules.subject, ofWorkspace),
            sql`${schedules.enabled}`,
            isNull(schedules.nextAt),
          ),
        ),
    )(here),
    // What the pilot's check-in depends on may have changed: it is thought through again at once.
    db.written('check-in of pilot again', (q) =>
      q
        .update(schedules)
        .set({ nextAt: 0 })
        .where(
          and(
            eq(schedules.workspace, ofWorkspace),
            eq(schedules.kind, 'check-in'),
            eq(schedules.subject, ofPilot),
            sql`${schedules.enabled}`,
          ),
        ),
    )(here),
    lookSoon(db, workspace, pilot),
  ];
}
