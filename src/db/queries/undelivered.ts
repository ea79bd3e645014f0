/** Which messages have reached nobody, and how are they sent again? */
import type { Database, Statement } from '../database.ts';
import { and, eq, gt, isNull, or, type SQL, sql } from '../sql.ts';
import type { OutboxRow } from './outbox.ts';

/** What a message about the messages that could not be delivered to a place is about. */
export const undeliveredSubject = (place: string): string => `undelivered:${place}`;

/** What failed, and what is not known and not looked for any more. */
function reachedNobody(db: Database, workspace: string, since: number): SQL | undefined {
  const { outbox } = db.tables;
  return and(
    eq(outbox.workspace, workspace),
    // One that is still looked for may turn up.
    or(eq(outbox.state, 'failed'), and(eq(outbox.state, 'unknown'), isNull(outbox.checkAt))),
    gt(outbox.createdAt, since),
  );
}

/** Said in a place: to it, or in the thread under a message there. */
function isSaidIn(db: Database, workspace: string, place: string): SQL {
  const { outbox, messages } = db.tables;
  const channel = place.slice(place.indexOf(':') + 1);
  return sql`(${outbox.addressee} = ${place} or ${outbox.addressee} in (
    select 'message:' || ${messages.id} from ${messages} where ${messages.workspace} = ${workspace} and ${messages.channel} = ${channel}
    union all
    select ${messages.kind} || ':' || ${messages.subject} from ${messages} where ${messages.workspace} = ${workspace} and ${messages.channel} = ${channel}))`;
}

/** Messages that were intended since an instant and reached nobody as far as is known, oldest first. */
export async function undelivered(db: Database, workspace: string, since: number): Promise<OutboxRow[]> {
  const { outbox } = db.tables;
  return db.q
    .select()
    .from(outbox)
    .where(reachedNobody(db, workspace, since))
    .orderBy(outbox.id);
}

/** Those of them that were for one place (`channel:C1`, `user:U1`), threads there included. */
export async function undeliveredTo(
  db: Database,
  workspace: string,
  place: string,
  since: number,
): Promise<OutboxRow[]> {
  const { outbox } = db.tables;
  return db.q
    .select()
    .from(outbox)
    .where(and(reachedNobody(db, workspace, since), isSaidIn(db, workspace, place)))
    .orderBy(outbox.id);
}

/** Makes them ready again; what has become unnecessary is left out at the moment of sending. */
export function sendAgainTo(
  db: Database,
  workspace: string,
  place: string,
  since: number,
  now: number,
): Statement {
  const { outbox } = db.tables;
  return db.q
    .update(outbox)
    .set({ state: 'ready', notBefore: now, attempts: 0, finishedAt: null })
    .where(and(reachedNobody(db, workspace, since), isSaidIn(db, workspace, place)))
    .returning({ id: outbox.id });
}
