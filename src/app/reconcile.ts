/** What became of messages of which nobody knows whether Slack has them? */
import type { Json } from '../core/logbook.ts';
import { type Database, guard, Stale } from '../db/database.ts';
import type { OutboxRow } from '../db/queries/outbox.ts';
import { claimUnsure, settleUnsure } from '../db/queries/unsure.ts';
import type { Letter } from '../features/feature.ts';
import type { Courier, Found, Place, Posted } from '../slack/courier.ts';
import { foundCopy } from './copy-of-row.ts';
import type { Outage } from './outage.ts';

/** How often a message is said while nobody can look for it. */
const MOST_BLIND_TRIES = 3;
/** How often a message is said that was looked for, and was not there, every time. */
const MOST_TRIES = 10;
/** After an attempt, when to look first: an answer that was lost may be late as well. */
export const LOOK_AFTER_MS = 10_000;
/** Absence right after an attempt proves little, so it is looked for once more before it counts as not there. */
const LOOK_AGAIN_MS = 45_000;
const LOOKS = 2;
const UNSURE_MS = 30_000;
const LONGEST_MS = 60 * 60 * 1000;
const BATCH = 20;
/**
 * A workspace may keep messages for a day only. What was attempted longer ago than this may have been there and be gone:
 * its absence proves nothing.
 */
const PROVES_MS = 20 * 60 * 60 * 1000;

/** What looking takes. */
interface ReconcileParts {
  readonly db: Database;
  readonly courier: Courier;
  readonly now: () => number;
  readonly letters: ReadonlyMap<string, Letter>;
  readonly outage: Outage;
  readonly leaseMs: number;
  /** Where the message went, or was to go; `wait` while that is not known yet, null when it is not to be found any more. */
  readonly placeOf: (row: OutboxRow) => Promise<Place | 'wait' | null>;
  readonly log: { warn(facts: object, words: string): void };
}

/** Looks for what is to be looked for now. */
export function createReconcile(make: ReconcileParts): () => Promise<void> {
  const { db, courier, now, letters, outage, log } = make;

  async function commit(row: OutboxRow, list: readonly Parameters<typeof guard>[0][]): Promise<void> {
    const [first, ...rest] = list;
    if (first === undefined) return;
    await db
      .atomically(row.workspace, () => [guard(first, 'claim'), ...rest])
      .catch((error: unknown) => {
        if (!(error instanceof Stale)) throw error;
      });
  }

  /** It is there: kept as if the answer had come. What it says is null where that is not known. */
  const isThere = (row: OutboxRow, found: Posted, sent: Json | null): Promise<void> =>
    commit(row, [
      settleUnsure(db, row, now(), {
        state: 'sent',
        channel: found.channel,
        ts: found.ts,
        sent,
      }),
      foundCopy(db, row, found, letters, now()),
    ]);

  const sayAgain = (row: OutboxRow, why: string): Promise<void> =>
    commit(row, [settleUnsure(db, row, now(), { state: 'ready', notBefore: now(), error: why })]);

  const lookLater = (row: OutboxRow, checkAt: number, looks = row.looks): Promise<void> =>
    commit(row, [settleUnsure(db, row, now(), { state: 'unknown', checkAt, looks })]);

  /** It will not be known: shown to people, and left to them. */
  async function leaveOpen(row: OutboxRow): Promise<void> {
    log.warn({ kind: row.kind, id: row.id, code: row.error }, 'nobody knows whether Slack has this message');
    await commit(row, [settleUnsure(db, row, now(), { state: 'unknown', checkAt: null, looks: row.looks })]);
  }

  /** Nobody can look: what a kind of message says about being repeated decides. */
  const withoutLooking = (row: OutboxRow): Promise<void> =>
    letters.get(row.kind)?.repeat === 'at_least_once' && row.attempts < MOST_BLIND_TRIES
      ? sayAgain(row, row.error ?? 'unknown')
      : leaveOpen(row);

  function isNotThere(row: OutboxRow, since: number): Promise<void> {
    const looks = (row.looks ?? 0) + 1;
    if (Math.abs(now() - since) > PROVES_MS) return withoutLooking(row);
    if (looks < LOOKS) return lookLater(row, now() + LOOK_AGAIN_MS, looks);
    return row.attempts < MOST_TRIES ? sayAgain(row, 'not_there') : leaveOpen(row);
  }

  /** The longer it has not been found out, the less a minute more matters. */
  const waited = (since: number): number =>
    Math.round(Math.min(LONGEST_MS, Math.max(UNSURE_MS, Math.abs(now() - since) / 2)));

  async function reconcile(row: OutboxRow): Promise<void> {
    // Slack has told of it while its sender was still waiting for the answer.
    if (row.channel !== null && row.ts !== null)
      return isThere(row, { channel: row.channel, ts: row.ts }, null);
    const place = await make.placeOf(row);
    if (place === null) return leaveOpen(row);
    if (place === 'wait') return lookLater(row, now() + waited(row.attemptedAt ?? row.createdAt));
    const since = row.attemptedAt ?? row.createdAt;
    const looked = await courier.find(place, row.id, since);
    switch (looked.kind) {
      case 'done':
        return looked.value === null
          ? isNotThere(row, since)
          : isThere(row, looked.value, asSent(looked.value));
      case 'later':
        return lookLater(row, now() + looked.afterMs);
      case 'ambiguous':
        await outage.suspected();
        return lookLater(row, now() + waited(since));
      default:
        return withoutLooking(row);
    }
  }

  return async () => {
    while (outage.until() === null) {
      const rows = await claimUnsure(db, now(), make.leaseMs, BATCH);
      if (rows.length === 0) return;
      for (const row of rows) {
        if (outage.until() === null) await reconcile(row);
        else await lookLater(row, now());
      }
    }
  };
}

const asSent = ({ text, blocks }: Found): Json => ({ text, blocks: blocks as Json });
