/** Where does a message of the outbox go? */
import type { Database } from '../db/database.ts';
import { copiesOf, copyById, type MessageRow } from '../db/queries/messages.ts';
import { isUnderWay, type OutboxRow } from '../db/queries/outbox.ts';
import type { Place } from '../slack/courier.ts';

/**
 * A person, a channel, or the thread under an earlier message; `wait` while that one is not sent yet, null when it is not
 * shown any more.
 */
export async function destinationOf(
  db: Database,
  row: Pick<OutboxRow, 'workspace' | 'addressee'>,
  isShown: (copy: MessageRow) => Promise<boolean>,
): Promise<Place | 'wait' | null> {
  const colon = row.addressee.indexOf(':');
  const kind = row.addressee.slice(0, colon);
  const id = row.addressee.slice(colon + 1);
  if (kind === 'user' || kind === 'channel') return { to: id };
  const copy =
    kind === 'message'
      ? await copyById(db, row.workspace, id)
      : (await copiesOf(db, row.workspace, id, kind)).at(-1);
  if (copy !== undefined && copy !== null) {
    return (await isShown(copy)) ? { to: copy.channel, thread: copy.ts } : null;
  }
  return (await isUnderWay(db, row.workspace, id, kind)) ? 'wait' : null;
}
