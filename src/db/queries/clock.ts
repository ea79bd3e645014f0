/** What stands in the database that only a clock that ran ahead can have written? */
import type { Database } from '../database.ts';
import { and, gt, sql } from '../sql.ts';

/** Longer than anything that failed is put off. */
const LONGEST_WAIT_MS = 2 * 60 * 60 * 1000;

/**
 * Moves what is planned to where it would be, had the clock not run ahead: a message waits as long as it was to wait, and
 * what was tried is tried again. Tells whether there was anything that was written after `now`.
 */
export async function shiftBack(db: Database, now: number, toleranceMs: number): Promise<boolean> {
  const { outbox, messages, schedules, logbook } = db.tables;
  const late = now + toleranceMs;
  const found = await Promise.all([
    db.q
      .update(outbox)
      .set({ notBefore: sql`${outbox.notBefore} - (${outbox.createdAt} - ${now})`, createdAt: now })
      .where(and(sql`${outbox.state} = 'ready'`, gt(outbox.createdAt, late)))
      .returning({ id: outbox.id }),
    db.q
      .update(outbox)
      .set({ checkAt: now, attemptedAt: now })
      .where(and(sql`${outbox.state} = 'unknown'`, gt(outbox.checkAt, now), gt(outbox.attemptedAt, late)))
      .returning({ id: outbox.id }),
    db.q.select({ id: outbox.id }).from(outbox).where(gt(outbox.createdAt, late)).limit(1),
    db.q.select({ id: logbook.n }).from(logbook).where(gt(logbook.at, late)).limit(1),
  ]);
  const tried = await db.q
    .update(outbox)
    .set({ notBefore: now, attemptedAt: now })
    .where(and(sql`${outbox.state} = 'ready'`, gt(outbox.attemptedAt, late)))
    .returning({ id: outbox.id });
  if ([...found, tried].every((rows) => rows.length === 0)) return false;
  await db.q
    .update(messages)
    .set({ leaseUntil: null })
    .where(
      and(
        sql`${messages.live} and ${messages.shown} < ${messages.wanted}`,
        gt(messages.leaseUntil, now + LONGEST_WAIT_MS),
      ),
    );
  await db.q
    .update(schedules)
    .set({ leaseUntil: null })
    .where(and(sql`${schedules.enabled}`, gt(schedules.leaseUntil, now + LONGEST_WAIT_MS)));
  return true;
}
