/** What is kept when it is known that a message of ours stands in Slack? */
import type { Database, Statement } from '../database.ts';
import { and, eq, isNull, sql } from '../sql.ts';
import type { OutboxRow } from './outbox.ts';

/** A message that stands twice: the kind of the copy that is to go. */
export const DUPLICATE = 'duplicate';

/** Where a message stands. */
interface Standing {
  readonly channel: string;
  readonly ts: string;
}

const unchanged = (db: Database, row: OutboxRow) => {
  const { outbox } = db.tables;
  return and(
    eq(outbox.workspace, row.workspace),
    eq(outbox.id, row.id),
    eq(outbox.fence, row.fence),
    eq(outbox.state, row.state),
    row.ts === null ? isNull(outbox.ts) : eq(outbox.ts, row.ts),
  );
};

/** Notes where a message stands whose sender is still at it, or which stands twice; touches no row when that has changed. */
export function noteStanding(db: Database, row: OutboxRow, { channel, ts }: Standing): Statement {
  const { outbox } = db.tables;
  return db.q.update(outbox).set({ channel, ts }).where(unchanged(db, row)).returning({ id: outbox.id });
}

/** Counts a message as sent, whatever was known of it before; touches no row when that has changed. */
export function settleStanding(
  db: Database,
  row: OutboxRow,
  { channel, ts }: Standing,
  now: number,
): Statement {
  const { outbox } = db.tables;
  const settled = { finishedAt: now, leaseUntil: null, checkAt: null, error: null };
  return db.q
    .update(outbox)
    .set({ state: 'sent', channel, ts, ...settled, fence: row.fence + 1 })
    .where(unchanged(db, row))
    .returning({ id: outbox.id });
}

/** The copy that is kept true is another one from now on. */
export function moveCopy(db: Database, row: OutboxRow, { channel, ts }: Standing): Statement {
  const { messages } = db.tables;
  return db.q
    .update(messages)
    .set({ channel, ts, shown: 0, fence: sql`${messages.fence} + 1`, leaseUntil: null })
    .where(and(eq(messages.workspace, row.workspace), eq(messages.id, row.id)));
}

/** Remembers a message that stands a second time until it is taken away. */
export function rememberDuplicate(
  db: Database,
  row: OutboxRow,
  id: string,
  { channel, ts }: Standing,
  now: number,
): Statement {
  return db.q
    .insert(db.tables.messages)
    .values({
      workspace: row.workspace,
      id,
      kind: DUPLICATE,
      subject: `${DUPLICATE}:${row.id}`,
      version: row.version,
      reader: row.addressee,
      channel,
      ts,
      shown: 0,
      wanted: 1,
      live: true,
      sentAt: now,
      fence: 0,
    })
    .onConflictDoNothing();
}
