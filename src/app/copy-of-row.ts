/** What is remembered of a message of the outbox that stands in Slack? */
import type { Database, Statement } from '../db/database.ts';
import { rememberCopy } from '../db/queries/messages.ts';
import type { OutboxRow } from '../db/queries/outbox.ts';
import type { Letter } from '../features/feature.ts';
import type { Posted } from '../slack/courier.ts';

/** The copy that stands there, with what it shows. */
export const copyOfRow = (
  db: Database,
  row: OutboxRow,
  { channel, ts }: Posted,
  copy: { readonly shown: number; readonly live: boolean; readonly now: number },
): Statement =>
  rememberCopy(db, {
    workspace: row.workspace,
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    version: row.version,
    reader: row.addressee,
    channel,
    ts,
    ...copy,
  });

/** The same for one of which nobody knows which state it shows, so that a card is drawn again. */
export const foundCopy = (
  db: Database,
  row: OutboxRow,
  posted: Posted,
  letters: ReadonlyMap<string, Letter>,
  now: number,
): Statement => copyOfRow(db, row, posted, { shown: 0, live: letters.get(row.kind)?.card === true, now });
