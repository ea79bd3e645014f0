/** Which messages may or may not stand in Slack, and what was found out about them? */
import type { Json } from '../../core/logbook.ts';
import type { Database, Statement } from '../database.ts';
import { and, asc, eq, inArray, lte, sql } from '../sql.ts';
import type { OutboxRow } from './outbox.ts';

/** Claims messages that are to be looked for now; whoever dies over it leaves them to be looked for after `leaseMs`. */
export function claimUnsure(db: Database, now: number, leaseMs: number, limit: number): Promise<OutboxRow[]> {
  const { outbox } = db.tables;
  const due = db.skipLocked(
    db.q
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(sql`${outbox.state} = 'unknown'`, lte(outbox.checkAt, now)))
      .orderBy(asc(outbox.checkAt), asc(outbox.id))
      .limit(limit),
  );
  return Promise.resolve(
    db.q
      .update(outbox)
      .set({ checkAt: now + leaseMs, fence: sql`${outbox.fence} + 1` })
      .where(inArray(outbox.id, due))
      .returning(),
  );
}

/** What looking for a message has come to. */
export type Finding =
  | { readonly state: 'sent'; readonly channel: string; readonly ts: string; readonly sent: Json | null }
  /** It is not there: it is said (again). */
  | { readonly state: 'ready'; readonly notBefore: number; readonly error: string }
  /** Not known yet, or, with null, not to be known at all. */
  | { readonly state: 'unknown'; readonly checkAt: number | null; readonly looks: number | null };

/** Writes down what looking for a message has come to; somebody else's claim (another fence) changes nothing. */
export function settleUnsure(db: Database, row: OutboxRow, now: number, finding: Finding): Statement {
  const { outbox } = db.tables;
  const rest = {
    sent: { finishedAt: now, checkAt: null, error: null },
    ready: { finishedAt: null, checkAt: null },
    unknown: {},
  }[finding.state];
  return db.q
    .update(outbox)
    .set({ ...finding, ...rest })
    .where(
      and(
        eq(outbox.workspace, row.workspace),
        eq(outbox.id, row.id),
        eq(outbox.fence, row.fence),
        eq(outbox.state, 'unknown'),
      ),
    )
    .returning({ id: outbox.id });
}
