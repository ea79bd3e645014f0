/** How do messages leave the outbox? */
import type { Json } from '../core/logbook.ts';
import { type Database, guard, Stale } from '../db/database.ts';
import { copiesOf, copyById, rememberCopy } from '../db/queries/messages.ts';
import {
  claimReady,
  expireSending,
  isUnderWay,
  nextDelivery,
  type OutboxRow,
  type Settlement,
  settle,
} from '../db/queries/outbox.ts';
import { markUninstalled, workspaceById } from '../db/queries/people.ts';
import type { Drawn, Letter, Moment, Parts } from '../features/feature.ts';
import type { Message, View } from '../slack/blocks.ts';
import type { Courier, Posted } from '../slack/courier.ts';
import type { Outcome } from '../slack/outcome.ts';
import { createCards } from './cards.ts';
import { createOutage } from './outage.ts';
import { MOST_TRIES, notATry, sendAgain } from './second-try.ts';

/** Longer than three times the time limit of one call, so that a slow sender is not overtaken by a second one. */
const LEASE_MS = 60_000;
/** Nothing is begun when less of its lease remains than a call may take. */
const CALL_MS = 15_000;
const BATCH = 50;
/** How long a workspace that does not let us in is left alone. */
const DISCONNECTED_MS = 60 * 60 * 1000;
const UNSURE_MS = 30_000;
/** How long a line for a thread waits for the message it belongs under. */
const THREAD_MS = 30_000;
/** What delivery needs. */
export interface DeliveryParts {
  readonly db: Database;
  readonly courier: Courier;
  readonly parts: Parts;
  readonly letters: readonly Letter[];
  readonly drawHome: (moment: Moment, user: string) => Promise<View>;
  readonly log: {
    warn(facts: object, words: string): void;
    error(facts: object, words: string): void;
  };
}

/** Sends what is due and draws again what is out of date. */
export interface Delivery {
  readonly name: string;
  nextDue(): Promise<number | null>;
  run(at: number): Promise<void>;
}

/** A message that is ready to be posted. */
interface Prepared {
  readonly letter: Letter;
  readonly drawn: Drawn;
  readonly target: { readonly to: string; readonly thread?: string };
}

/** Makes the delivery job. */
export function createDelivery(make: DeliveryParts): Delivery {
  const { db, courier, parts, log } = make;
  const letters = new Map(make.letters.map((letter) => [letter.kind, letter]));
  const outage = createOutage(courier, parts.now);
  const cards = createCards({ ...make, letters, outage, momentFor, leaseMs: LEASE_MS });
  const mustArrive = make.letters.filter(({ repeat }) => repeat === 'at_least_once').map(({ kind }) => kind);

  async function momentFor(workspace: string, addressee: string): Promise<Moment | null> {
    const row = await workspaceById(db, workspace);
    if (row === null || row.uninstalledAt !== null) return null;
    const zone = addressee.startsWith('user:')
      ? ((await parts.people.person(workspace, addressee.slice(5))).timezone ?? row.timezone)
      : row.timezone;
    return { ...parts, workspace, at: parts.now(), zone, workspaceZone: row.timezone };
  }

  /** Where a message goes: a person, a channel, or the thread under an earlier message; `wait` while that is not sent yet. */
  async function destination(
    row: OutboxRow,
    moment: Moment,
  ): Promise<{ to: string; thread?: string } | 'wait' | null> {
    const [kind, id = ''] = split(row.addressee);
    if (kind === 'user' || kind === 'channel') return { to: id };
    const copy =
      kind === 'message'
        ? await copyById(db, row.workspace, id)
        : (await copiesOf(db, row.workspace, id, kind)).at(-1);
    if (copy !== undefined && copy !== null) {
      return (await cards.isShown(copy, moment)) ? { to: copy.channel, thread: copy.ts } : null;
    }
    return (await isUnderWay(db, row.workspace, id, kind)) ? 'wait' : null;
  }

  /** What is to be posted where, or null when the message is settled without: dropped, or put back until later. */
  async function prepare(row: OutboxRow): Promise<Prepared | null> {
    const letter = letters.get(row.kind);
    const moment = await momentFor(row.workspace, row.addressee);
    if (letter === undefined || moment === null) {
      await finish(row, { state: 'dropped', error: letter === undefined ? 'unknown_kind' : 'not_installed' });
      return null;
    }
    const drawn = await letter.draw(moment, { ...row, again: false });
    if ('overtaken' in drawn) {
      await finish(row, { state: 'dropped', error: drawn.overtaken });
      return null;
    }
    if ('heldUntil' in drawn) {
      // Never before the next look: what is held at this instant would be asked about for ever.
      await putBack(row, Math.max(drawn.heldUntil, parts.now() + 1), 'held');
      return null;
    }
    const target = await destination(row, moment);
    if (target === 'wait') {
      await putBack(row, parts.now() + THREAD_MS, 'thread_not_there_yet');
      return null;
    }
    if (target === null) {
      await finish(row, { state: 'dropped', error: 'nowhere_to_say_it' });
      return null;
    }
    return { letter, drawn, target };
  }

  /** Posts a message; says until when its lane has to wait, or null. */
  async function post(row: OutboxRow, { letter, drawn, target }: Prepared): Promise<number | null> {
    const extra = target.thread === undefined ? { id: row.id } : { id: row.id, thread: target.thread };
    let posted = await courier.post(target.to, drawn.message, extra);
    if (posted.kind === 'refused' && drawn.message.blocks.length > 0) {
      log.error(
        { kind: row.kind, code: posted.code, details: posted.details },
        'Slack refused the blocks of a message',
      );
      posted = await courier.post(target.to, { text: drawn.message.text, blocks: [] }, extra);
    }
    return conclude(row, letter, drawn, posted);
  }

  async function conclude(
    row: OutboxRow,
    letter: Letter,
    drawn: Drawn,
    posted: Outcome<Posted>,
  ): Promise<number | null> {
    const at = parts.now();
    switch (posted.kind) {
      case 'done':
        await db
          .atomically(row.workspace, () => [
            guard(
              settle(db, row, at, { state: 'sent', ...posted.value, sent: asSent(drawn.message) }),
              'claim',
            ),
            rememberCopy(db, {
              workspace: row.workspace,
              id: row.id,
              kind: row.kind,
              subject: row.subject,
              version: row.version,
              reader: row.addressee,
              ...posted.value,
              shown: drawn.revision ?? 0,
              live: letter.card && drawn.live !== false,
              now: at,
            }),
          ])
          .catch(ignoreStale);
        return null;
      case 'later':
        if (isOfNetwork(posted.code)) await outage.suspected();
        return putBack(row, at + posted.afterMs, posted.code);
      case 'disconnected':
        log.error({ workspace: row.workspace, code: posted.code }, 'Slack does not let the app in any more');
        if (posted.code === 'account_inactive' || posted.code === 'token_revoked') {
          await markUninstalled(db, row.workspace, at);
        }
        return putBack(row, at + DISCONNECTED_MS, posted.code);
      case 'ambiguous': {
        // While Slack answers nothing at all, a try says nothing about this message.
        const away = await outage.suspected();
        if (letter.repeat === 'at_least_once') {
          if (away) return putBack(row, at + UNSURE_MS, posted.code);
          if (row.attempts < MOST_TRIES) {
            await finish(row, { state: 'ready', notBefore: at + UNSURE_MS, error: posted.code });
            return null;
          }
        }
        log.warn(
          { kind: row.kind, id: row.id, code: posted.code },
          'nobody knows whether Slack has this message',
        );
        await finish(row, { state: 'unknown', error: posted.code });
        return null;
      }
      case 'unreachable':
      case 'refused':
        log.warn(
          { kind: row.kind, to: row.addressee, code: posted.code },
          'a message could not be delivered',
        );
        await finish(row, { state: 'failed', error: posted.code });
        return null;
    }
  }

  async function finish(row: OutboxRow, settlement: Settlement): Promise<void> {
    await db.atomically(row.workspace, () => [settle(db, row, parts.now(), settlement)]);
  }

  /** Puts a message back until an instant, as if it had not been claimed. */
  async function putBack(row: OutboxRow, notBefore: number, error: string): Promise<number> {
    await db.atomically(row.workspace, () => [
      settle(db, row, parts.now(), { state: 'ready', notBefore, error }),
      notATry(db, row),
    ]);
    return notBefore;
  }

  async function send(row: OutboxRow): Promise<number | null> {
    if ((row.leaseUntil ?? 0) - parts.now() < CALL_MS) return putBack(row, parts.now(), 'no_time_left');
    if (outage.until() !== null) return putBack(row, parts.now(), 'slack_is_away');
    let ready: Prepared | null;
    try {
      ready = await prepare(row);
    } catch (error) {
      log.error({ kind: row.kind, id: row.id, err: error }, 'a message could not be made');
      const again = { state: 'ready', notBefore: parts.now() + UNSURE_MS, error: 'fault' } as const;
      await finish(row, row.attempts < MOST_TRIES ? again : { state: 'failed', error: 'fault' });
      return null;
    }
    try {
      return ready === null ? null : await post(row, ready);
    } catch (error) {
      // It may stand in Slack by now: the lease runs out, and then the row is treated like that of a dead sender.
      log.error({ kind: row.kind, id: row.id, err: error }, 'what became of a message could not be kept');
      return null;
    }
  }

  /** One lane: messages to the same place, in order, one at a time. What one waits for, those behind it wait for too. */
  async function sendLane(rows: readonly OutboxRow[]): Promise<void> {
    let wait: number | null = null;
    for (const row of rows) {
      if (wait === null) wait = await send(row);
      else await putBack(row, Math.max(row.notBefore, wait), 'behind_another');
    }
  }

  async function sendReady(): Promise<void> {
    while (outage.until() === null) {
      const rows = await claimReady(db, parts.now(), LEASE_MS, BATCH);
      if (rows.length === 0) return;
      const lanes = [...Map.groupBy(rows, (row) => `${row.workspace} ${row.addressee}`).values()];
      // What belongs under another message comes after it.
      const under = (lane: readonly OutboxRow[]) => !/^(user|channel):/.test(lane[0]?.addressee ?? '');
      await Promise.all(lanes.filter((lane) => !under(lane)).map(sendLane));
      await Promise.all(lanes.filter(under).map(sendLane));
    }
  }

  return {
    name: 'delivery',
    async nextDue() {
      const due = await nextDelivery(db, parts.now());
      return due === null ? null : Math.max(due, outage.until() ?? due);
    },
    async run(at) {
      if (await outage.lasts()) return;
      await sendAgain(db, mustArrive, at);
      await expireSending(db, at);
      await sendReady();
      await cards.drawBehind();
    },
  };
}

/** Codes of the network are in capitals, those of Slack are not. */
const isOfNetwork = (code: string): boolean => /^[A-Z_]+$/.test(code);

const asSent = (message: Message): Json => ({
  text: message.text,
  blocks: message.blocks as unknown as Json,
});

const split = (addressee: string): [string, string | undefined] => {
  const colon = addressee.indexOf(':');
  return [addressee.slice(0, colon), addressee.slice(colon + 1)];
};

function ignoreStale(error: unknown): void {
  if (!(error instanceof Stale)) throw error;
}
