/** What is to be said to whom, and what became of it? */
import type { Json } from '../../core/logbook.ts';
import type { Database, Statement } from '../database.ts';
import { insertedRow } from '../inserted-row.ts';
import type { Tables } from '../schema.ts';
import { and, asc, count, eq, gt, inArray, isNull, lte, min, notInArray, or, type SQL, sql } from '../sql.ts';

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
  const row = {
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
  } as const;
  return insertedRow(db, 'outbox', row, 'unless there');
}

/** Who goes first, and who not now. */
export interface ClaimOrder {
  /** Kinds that answer somebody who has just acted: they go before all others, and where sending is held. */
  readonly answers: readonly string[];
  /** Places that have had as much as Slack takes for the moment. */
  readonly full: readonly string[];
  /** Nothing but answers. */
  readonly answersOnly?: boolean;
}

/** Whether a row may go out although sending may be held in its workspace; `of` names the table in the statement. */
function isFree(db: Database, of: SQL, answers: readonly string[]): SQL {
  const { workspaces } = db.tables;
  const held = sql`${of}.workspace in (select ${workspaces.id} from ${workspaces} where ${workspaces.heldSince} is not null)`;
  return answers.length === 0 ? sql`not (${held})` : sql`(not (${held}) or ${of}.kind in ${[...answers]})`;
}

/** Whether nothing else is on its way to the same place, and nothing that was due there earlier. */
const isFirstInLane = (db: Database, now: number, answers: readonly string[]): SQL => {
  const { outbox } = db.tables;
  return sql`not exists (
    select 1 from outbox p
    where p.workspace = ${outbox.workspace} and p.addressee = ${outbox.addressee}
      and p.finished_at is null and p.id <> ${outbox.id}
      and (p.state = 'sending' or (
        p.not_before <= ${now} and p.not_before <= ${outbox.notBefore}
        and (p.not_before < ${outbox.notBefore} or p.id < ${outbox.id})
        and ${isFree(db, sql`p`, answers)})))`;
};

/**
 * Claims messages that are due, until the lease runs out: for every place the oldest one, and none while another is on
 * its way there. Whoever gets a row back has it alone.
 */
export function claimReady(
  db: Database,
  now: number,
  leaseMs: number,
  limit: number,
  order: ClaimOrder,
): Promise<OutboxRow[]> {
  const { outbox } = db.tables;
  const { answers, full, answersOnly } = order;
  const rank =
    answers.length === 0 ? sql`1` : sql`case when ${outbox.kind} in ${[...answers]} then 0 else 1 end`;
  const due = db.skipLocked(
    db.q
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          sql`${outbox.state} = 'ready'`,
          lte(outbox.notBefore, now),
          isFree(db, sql`outbox`, answers),
          answersOnly === true ? inArray(outbox.kind, [...answers]) : undefined,
          full.length === 0 ? undefined : notInArray(outbox.addressee, [...full]),
          isFirstInLane(db, now, answers),
        ),
      )
      .orderBy(rank, asc(outbox.notBefore), asc(outbox.id))
      .limit(limit),
  );
  return Promise.resolve(
    db.q
      .update(outbox)
      .set({
        state: 'sending',
        leaseUntil: now + leaseMs,
        attemptedAt: now,
        attempts: sql`${outbox.attempts} + 1`,
        fence: sql`${outbox.fence} + 1`,
        looks: null,
      })
      .where(inArray(outbox.id, due))
      .returning(),
  ).then((rows) => rows.sort((a, b) => a.notBefore - b.notBefore || (a.id < b.id ? -1 : 1)));
}

/**
 * Rows whose sender died while sending: nobody knows whether Slack has them. They become `unknown` and are looked for.
 * A lease that ends later than any lease can was given by a clock that has gone back since.
 */
export async function expireSending(db: Database, now: number, leaseMs: number): Promise<number> {
  const { outbox } = db.tables;
  const rows = await db.q
    .update(outbox)
    .set({ state: 'unknown', error: 'sender_died', finishedAt: now, leaseUntil: null, checkAt: now })
    .where(
      and(
        sql`${outbox.state} = 'sending'`,
        or(lte(outbox.leaseUntil, now), gt(outbox.leaseUntil, now + 2 * leaseMs)),
      ),
    )
    .returning({ id: outbox.id });
  return rows.length;
}

/** What became of a claimed message. */
export type Settlement =
  | { readonly state: 'sent'; readonly channel: string; readonly ts: string; readonly sent: Json }
  | { readonly state: 'ready'; readonly notBefore: number; readonly error: string }
  /** `checkAt`: when to look for it; null when nothing more will be done. */
  | { readonly state: 'unknown'; readonly error: string; readonly checkAt: number | null }
  | { readonly state: 'failed' | 'dropped'; readonly error: string };

/**
 * Writes down what became of a claimed message; a stale claim (another fence) changes nothing. That it was sent is
 * believed even when its lease has run out meanwhile, unless it is known to stand in another place.
 */
export function settle(db: Database, row: OutboxRow, now: number, settlement: Settlement): Statement {
  const { outbox } = db.tables;
  const finished = settlement.state === 'ready' ? {} : { finishedAt: now };
  const checkAt = settlement.state === 'unknown' ? settlement.checkAt : null;
  const from: OutboxState[] = settlement.state === 'sent' ? ['sending', 'unknown'] : ['sending'];
  return db.q
    .update(outbox)
    .set({ ...settlement, ...finished, leaseUntil: null, checkAt })
    .where(
      and(
        eq(outbox.workspace, row.workspace),
        eq(outbox.id, row.id),
        eq(outbox.fence, row.fence),
        inArray(outbox.state, from),
        settlement.state === 'sent' ? or(isNull(outbox.ts), eq(outbox.ts, settlement.ts)) : undefined,
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
        or(inArray(outbox.state, ['ready', 'sending']), sql`${outbox.checkAt} is not null`),
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

/** When something of the outbox falls due; each null when there is nothing. */
export interface Deliverable {
  /** A message that is ready. */
  readonly ready: number | null;
  /** A lease that runs out, or a message to be looked for. */
  readonly other: number | null;
  /** A copy that shows an older state than there is. */
  readonly behind: number | null;
}

/** The next instants at which something of the outbox or a copy falls due. */
export async function nextDelivery(db: Database, now: number, order: ClaimOrder): Promise<Deliverable> {
  const { outbox, messages } = db.tables;
  const { answers, full, answersOnly } = order;
  const [ready, sending, unsure, behind] = await Promise.all([
    db.q
      .select({ at: outbox.notBefore })
      .from(outbox)
      .where(
        and(
          sql`${outbox.state} = 'ready'`,
          isFree(db, sql`outbox`, answers),
          answersOnly === true ? inArray(outbox.kind, [...answers]) : undefined,
          full.length === 0 ? undefined : notInArray(outbox.addressee, [...full]),
          // Behind one that is being sent it is not due before that is settled.
          sql`not exists (
            select 1 from outbox p
            where p.workspace = ${outbox.workspace} and p.addressee = ${outbox.addressee}
              and p.finished_at is null and p.state = 'sending')`,
        ),
      )
      .orderBy(asc(outbox.notBefore))
      .limit(1),
    db.q
      .select({ at: min(outbox.leaseUntil) })
      .from(outbox)
      .where(sql`${outbox.state} = 'sending'`),
    db.q
      .select({ at: min(outbox.checkAt) })
      .from(outbox)
      .where(sql`${outbox.state} = 'unknown'`),
    db.q
      .select({ at: min(sql<number>`coalesce(${messages.leaseUntil}, ${now})`) })
      .from(messages)
      .where(sql`${messages.live} and ${messages.shown} < ${messages.wanted}`),
  ]);
  const instant = (rows: readonly { at: unknown }[]): number | null =>
    rows[0]?.at === null || rows[0]?.at === undefined ? null : Number(rows[0].at);
  const others = [instant(sending), instant(unsure)].filter((at) => at !== null);
  return {
    ready: instant(ready),
    other: others.length === 0 ? null : Math.min(...others),
    behind: instant(behind),
  };
}

/** Whether something of the same kind that was intended later is on its way to the same place. */
export async function hasNewer(db: Database, row: OutboxRow): Promise<boolean> {
  const { outbox } = db.tables;
  const rows = await db.q
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, row.workspace),
        eq(outbox.addressee, row.addressee),
        isNull(outbox.finishedAt),
        eq(outbox.kind, row.kind),
        or(
          gt(outbox.createdAt, row.createdAt),
          and(eq(outbox.createdAt, row.createdAt), gt(outbox.id, row.id)),
        ),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** A claim that did not lead to a try, because Slack asked to wait or was not there, is not counted. */
export function notATry(db: Database, row: OutboxRow): Statement {
  const { outbox } = db.tables;
  return db.q
    .update(outbox)
    .set({ attempts: row.attempts - 1 })
    .where(and(eq(outbox.workspace, row.workspace), eq(outbox.id, row.id), eq(outbox.fence, row.fence)));
}

/** How many messages are in a state, over all workspaces. */
export async function countOutbox(db: Database, state: OutboxState): Promise<number> {
  const { outbox } = db.tables;
  const rows = await db.q.select({ n: count() }).from(outbox).where(eq(outbox.state, state));
  return Number(rows[0]?.n ?? 0);
}
