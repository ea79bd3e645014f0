/** What follows when it turns out that a message of ours stands in Slack? */
import { z } from 'zod';
import { type Database, type Guard, guard, Stale, type Statement } from '../db/database.ts';
import { drawDailyAgain } from '../db/queries/messages.ts';
import { type OutboxRow, outboxById } from '../db/queries/outbox.ts';
import { workspaceById } from '../db/queries/people.ts';
import { moveCopy, noteStanding, rememberDuplicate, settleStanding } from '../db/queries/receipts.ts';
import { undeliveredSubject } from '../db/queries/undelivered.ts';
import type { Letter } from '../features/feature.ts';
import type { Posted } from '../slack/courier.ts';
import { RECEIPT } from '../slack/courier-find.ts';
import { foundCopy } from './copy-of-row.ts';

/** The event by which Slack tells of a message with metadata. */
export const RECEIPT_EVENT = 'message_metadata_posted';

/** How often it is tried when somebody else changes the same row. */
const MOST_TRIES = 5;

const eventShape = z.object({
  channel_id: z.string().min(1),
  message_ts: z.string().regex(/^\d+\.\d+$/),
  user_id: z.string(),
  metadata: z.object({
    event_type: z.literal(RECEIPT),
    event_payload: z.object({ id: z.string().min(1) }),
  }),
});

/** What is written with. */
interface ReceiptsParts {
  readonly db: Database;
  readonly letters: ReadonlyMap<string, Letter>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Learns where messages stand. */
export interface Receipts {
  /** Slack tells of a message with metadata; what is not ours changes nothing. */
  heard(workspace: string, event: Readonly<Record<string, unknown>>): Promise<void>;
  /**
   * A message of the outbox stands there. One that nobody is sending counts as sent; of two the older stays, and the younger
   * is taken away.
   *
   * @param mine the fence of the claim of whoever posted it, so that it is settled at once
   */
  stands(workspace: string, id: string, place: Posted, mine?: number): Promise<void>;
}

/** Makes what learns. */
export function createReceipts({ db, letters, now, newId }: ReceiptsParts): Receipts {
  /** Which of two places is kept, and which message goes: the older one stays. */
  function choose(row: OutboxRow, place: Posted): { readonly kept: Posted; readonly extra: Posted | null } {
    if (row.channel === null || row.ts === null) return { kept: place, extra: null };
    const known = { channel: row.channel, ts: row.ts };
    if (known.ts === place.ts) return { kept: known, extra: null };
    return place.ts < known.ts ? { kept: place, extra: known } : { kept: known, extra: place };
  }

  function changes(row: OutboxRow, place: Posted, mine: number | undefined): (Statement | Guard)[] {
    const { kept, extra } = choose(row, place);
    const isNews = kept.ts !== row.ts;
    const noted = isNews ? [guard(noteStanding(db, row, kept), 'receipt')] : [];
    const goes = extra === null ? [] : [rememberDuplicate(db, row, newId(), extra, now())];
    // The copy moves before the other is remembered: two cannot stand in one place.
    if (row.state === 'sent') return [...noted, ...(isNews ? [moveCopy(db, row, kept)] : []), ...goes];
    // Whoever is sending it hears of it, and knows what it says.
    if (row.state === 'sending' && row.fence !== mine) return [...noted, ...goes];
    return [
      guard(settleStanding(db, row, kept, now()), 'receipt'),
      foundCopy(db, row, kept, letters, now()),
      ...goes,
      // Whoever was told that it could not be delivered reads that it was.
      drawDailyAgain(db, row.workspace, undeliveredSubject(row.addressee)),
    ];
  }

  async function stands(workspace: string, id: string, place: Posted, mine?: number): Promise<void> {
    for (let turn = 0; turn < MOST_TRIES; turn += 1) {
      const row = await outboxById(db, workspace, id);
      const list = row === null ? [] : changes(row, place, mine);
      if (list.length === 0) return;
      try {
        return await db.atomically(workspace, () => list);
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
      }
    }
    throw new Error(`message ${id} is changed all the time`);
  }

  return {
    stands,
    async heard(workspace, event) {
      const read = eventShape.safeParse(event);
      if (!read.success) return;
      const { channel_id: channel, message_ts: ts, user_id: by, metadata } = read.data;
      // Anybody may post metadata of any kind: only what we have posted ourselves says something about our messages.
      if ((await workspaceById(db, workspace))?.botUser !== by) return;
      await stands(workspace, metadata.event_payload.id, { channel, ts });
    },
  };
}
