/** What is to be said to whom, and what became of it? */
import type { Json } from '../../core/logbook.ts';
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, count, eq, gt, inArray, lte, min, sql } from '../sql.ts';

export type OutboxRow = Tables['outbox']['$inferSelect'];
export type OutboxState = OutboxRow['state'];

/** A message to be said: what kind, about what, to whom. Its words are made at the moment of sending. */
export interface Intent {
  readonly kind: string;
  readonly subject: string;
  readonly version: number;
  /** `user:U1`, `channel:C1`, or `message:<id>` for the thread under an earlier message. */
  readonly addressee: string;
  readonly details?: Json;
  /** The same key is said once, however often it is asked for. */
  readonly dedupeKey: string;
  readonly notBefore: number;
}

/** Puts a message into the outbox. Asking for the same dedupe key again does nothing. */
export function intend(db: Database, workspace: string, id: string, now: number, intent: Intent): Statement {
  return db.q
    .insert(db.tables.outbox)
    .values({
      workspace,
      id,
      kind: intent.kind,
      subject: intent.subject,
      version: intent.version,
      addressee: intent.addressee,
      details: intent.details ?? {},
      dedupeKey: intent.dedupeKey,
      notBefore: intent.notBefore,
      state: 'ready',
      attempts: 0,
      fence: 0,
      createdAt: now,
    })
    .onConflictDoNothing();
}

/** Claims messages that are due, oldest first, until the lease runs out. Whoever gets a row back has it alone. */
export function claimReady(db: Database, now: number, leaseMs: number, limit: number): Promise<OutboxRow[]> {
  const { outbox } = db.tables;
  const due = db.skipLocked(
    db.q
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(sql`${outbox.state} = 'ready'`, lte(outbox.notBefore, now)))
      .orderBy(asc(outbox.notBefore), asc(outbox.id))
      .limit(limit),
  );
  return Promise.resolve(
    db.q
      .update(outbox)
      .set({
        state: 'sending',
        leaseUntil: now + leaseMs,
        attempts: sql`${outbox.attempts} + 1`,
        fence: sql`${outbox.fence} + 1`,
      })
      .where(inArray(outbox.id, due))
      .returning(),
  ).then((rows) => rows.sort((a, b) => a.notBefore - b.notBefore || (a.id < b.id ? -1 : 1)));
}

/** Rows whose sender died while sending: nobody knows whether Slack has them. They become `unknown`. */
export async function expireSending(db: Database, now: number): Promise<number> {
  const { outbox } = db.tables;
  const rows = await db.q
    .update(outbox)
    .set({ state: 'unknown', error: 'sender_died', finishedAt: now })
    .where(and(sql`${outbox.state} = 'sending'`, lte(outbox.leaseUntil, now)))
    .returning({ id: outbox.id });
  return rows.length;
}

/** What became of a claimed message. */
export type Settlement =
  | { readonly state: 'sent'; readonly channel: string; readonly ts: string; readonly sent: Json }
  | { readonly state: 'ready'; readonly notBefore: number; readonly error: string }
  | { readonly state: 'unknown' | 'failed' | 'dropped'; readonly error: string };

/** Writes down what became of a claimed message; a stale claim (another fence) changes nothing. */
export function settle(db: Database, row: OutboxRow, now: number, settlement: Settlement): Statement {
  const { outbox } = db.tables;
  const finished = settlement.state === 'ready' ? {} : { finishedAt: now };
  return db.q
    .update(outbox)
    .set({ ...settlement, ...finished, leaseUntil: null })
    .where(
      and(
        eq(outbox.workspace, row.workspace),
        eq(outbox.id, row.id),
        eq(outbox.fence, row.fence),
        eq(outbox.state, 'sending'),
      ),
    )
    .returning({ id: outbox.id });
}

/** Whether a message of a kind about a subject is still to be sent. */
export async function isUnderWay(
  db: Database,
  workspace: string,
  subject: string,
  kind: string,
): Promise<boolean> {
  const { outbox } = db.tables;
  const rows = await db.q
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, workspace),
        eq(outbox.subject, subject),
        eq(outbox.kind, kind),
        inArray(outbox.state, ['ready', 'sending']),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** One row of the outbox, whatever became of it; null when there is none. */
export async function outboxById(db: Database, workspace: string, id: string): Promise<OutboxRow | null> {
  const { outbox } = db.tables;
  const rows = await db.q
    .select()
    .from(outbox)
    .where(and(eq(outbox.workspace, workspace), eq(outbox.id, id)));
  return rows[0] ?? null;
}

/** The first message about a subject, whatever became of it; null when there is none. */
export async function outboxBySubject(
  db: Database,
  workspace: string,
  subject: string,
): Promise<OutboxRow | null> {
  const { outbox } = db.tables;
  const rows = await db.q
    .select()
    .from(outbox)
    .where(and(eq(outbox.workspace, workspace), eq(outbox.subject, subject)))
    .orderBy(asc(outbox.id))
    .limit(1);
  return rows[0] ?? null;
}

/** Changes what a row says, if it still says what was read; touches no row otherwise. */
export function setDetails(db: Database, seen: OutboxRow, details: Json): Statement {
  const { outbox } = db.tables;
  return db.q
    .update(outbox)
    .set({ details })
    .where(
      and(
        eq(outbox.workspace, seen.workspace),
        eq(outbox.id, seen.id),
        sql`cast(${outbox.details} as text) = ${JSON.stringify(seen.details)}`,
      ),
    )
    .returning({ id: outbox.id });
}

/** Whether somebody has a message under a dedupe key, or is about to get it. */
export async function isIntended(db: Database, workspace: string, dedupeKey: string): Promise<boolean> {
  const { outbox } = db.tables;
  const rows = await db.q
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, workspace),
        eq(outbox.dedupeKey, dedupeKey),
        inArray(outbox.state, ['ready', 'sending', 'sent', 'unknown']),
      ),
    );
  return rows.length > 0;
}

/** The next instant at which something of the outbox or a copy falls due, or null. */
export async function nextDelivery(db: Database, now: number): Promise<number | null> {
  const { outbox, messages } = db.tables;
  const [ready, sending, behind] = await Promise.all([
    db.q
      .select({ at: min(outbox.notBefore) })
      .from(outbox)
      .where(sql`${outbox.state} = 'ready'`),
    db.q
      .select({ at: min(outbox.leaseUntil) })
      .from(outbox)
      .where(sql`${outbox.state} = 'sending'`),
    db.q
      .select({ at: min(sql<number>`coalesce(${messages.leaseUntil}, ${now})`) })
      .from(messages)
      .where(sql`${messages.live} and ${messages.shown} < ${messages.wanted}`),
  ]);
  const instants = [ready[0]?.at, sending[0]?.at, behind[0]?.at]
    .filter((at): at is number => at !== null && at !== undefined)
    .map(Number);
  return instants.length === 0 ? null : Math.min(...instants);
}

/** How many messages are in a state, over all workspaces. */
export async function countOutbox(db: Database, state: OutboxState): Promise<number> {
  const { outbox } = db.tables;
  const rows = await db.q.select({ n: count() }).from(outbox).where(eq(outbox.state, state));
  return Number(rows[0]?.n ?? 0);
}

/** Messages that could not be delivered to an addressee since an instant, for the people who can mend it. */
export function undelivered(db: Database, workspace: string, since: number): Promise<OutboxRow[]> {
  const { outbox } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(outbox)
      .where(
        and(
          eq(outbox.workspace, workspace),
          inArray(outbox.state, ['failed', 'unknown']),
          gt(outbox.createdAt, since),
        ),
      ),
  );
}
