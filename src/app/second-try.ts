/** Which messages are said once more when nobody knows whether they arrived, and what counts as a try? */
import type { Database, Statement } from '../db/database.ts';
import type { OutboxRow } from '../db/queries/outbox.ts';
import { and, eq, inArray, lt, lte, sql } from '../db/sql.ts';

/** How often a message that must arrive is said while Slack answers everything else. */
export const MOST_TRIES = 3;

/**
 * Messages that must arrive and whose sender died while sending become ready again: a second card is harmless, a request
 * that nobody gets is not. The others are left to `expireSending`.
 */
export async function sendAgain(db: Database, kinds: readonly string[], now: number): Promise<void> {
  const { outbox } = db.tables;
  await db.q
    .update(outbox)
    .set({ state: 'ready', notBefore: now, leaseUntil: null, error: 'sender_died' })
    .where(
      and(
        sql`${outbox.state} = 'sending'`,
        lte(outbox.leaseUntil, now),
        inArray(outbox.kind, [...kinds]),
        lt(outbox.attempts, MOST_TRIES),
      ),
    )
    .returning({ id: outbox.id });
}

/** A claim that did not lead to a try, because Slack asked to wait or was not there, is not counted. */
export function notATry(db: Database, row: OutboxRow): Statement {
  const { outbox } = db.tables;
  return db.q
    .update(outbox)
    .set({ attempts: row.attempts - 1 })
    .where(and(eq(outbox.workspace, row.workspace), eq(outbox.id, row.id), eq(outbox.fence, row.fence)));
}
