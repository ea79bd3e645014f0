/** How do messages leave the outbox, and how do cards that stand in Slack stay true? */
import type { Json } from '../core/logbook.ts';
import { type Database, guard, Stale } from '../db/database.ts';
import {
  claimBehind,
  claimReady,
  copiesOf,
  copyById,
  expireSending,
  isUnderWay,
  type MessageRow,
  nextDelivery,
  type OutboxRow,
  rememberCopy,
  type Settlement,
  settle,
  settleCopy,
} from '../db/queries/messages.ts';
import { markUninstalled, workspaceById } from '../db/queries/people.ts';
import type { Drawn, Letter, LetterAbout, Moment, Overtaken, Parts } from '../features/feature.ts';
import type { Message, View } from '../slack/blocks.ts';
import type { Courier, Posted } from '../slack/courier.ts';
import type { Outcome } from '../slack/outcome.ts';

/** Longer than three times the time limit of one call, so that a slow sender is not overtaken by a second one. */
const LEASE_MS = 60_000;
const BATCH = 50;
/** How long a workspace that does not let us in is left alone. */
const DISCONNECTED_MS = 60 * 60 * 1000;
const UNSURE_MS = 30_000;
/** How long a line for a thread waits for the message it belongs under. */
const THREAD_MS = 2_000;

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

/** Makes the delivery job. */
export function createDelivery(make: DeliveryParts): Delivery {
  const { db, courier, parts, log } = make;
  const letters = new Map(make.letters.map((letter) => [letter.kind, letter]));

  async function momentFor(workspace: string, addressee: string): Promise<Moment | null> {
    const row = await workspaceById(db, workspace);
    if (row === null || row.uninstalledAt !== null) return null;
    const zone = addressee.startsWith('user:')
      ? ((await parts.people.person(workspace, addressee.slice(5))).timezone ?? row.timezone)
      : row.timezone;
    return { ...parts, workspace, at: parts.now(), zone, workspaceZone: row.timezone };
  }

  /** Where a message goes: a person, a channel, or the thread under an earlier message; `wait` while that is not sent yet. */
  async function destination(row: OutboxRow): Promise<{ to: string; thread?: string } | 'wait' | null> {
    const [kind, id = ''] = split(row.addressee);
    if (kind === 'user' || kind === 'channel') return { to: id };
    const copy =
      kind === 'message'
        ? await copyById(db, row.workspace, id)
        : (await copiesOf(db, row.workspace, id, kind)).at(-1);
    if (copy !== undefined && copy !== null) return { to: copy.channel, thread: copy.ts };
    return (await isUnderWay(db, row.workspace, id, kind)) ? 'wait' : null;
  }

  async function send(row: OutboxRow): Promise<'next' | 'pause'> {
    const letter = letters.get(row.kind);
    const moment = await momentFor(row.workspace, row.addressee);
    if (letter === undefined || moment === null) {
      await finish(row, { state: 'dropped', error: letter === undefined ? 'unknown_kind' : 'not_installed' });
      return 'next';
    }
    const drawn = await letter.draw(moment, { ...row, again: false });
    if ('overtaken' in drawn) {
      await finish(row, { state: 'dropped', error: drawn.overtaken });
      return 'next';
    }
    const target = await destination(row);
    if (target === 'wait') {
      await finish(row, {
        state: 'ready',
        notBefore: parts.now() + THREAD_MS,
        error: 'thread_not_there_yet',
      });
      return 'next';
    }
    if (target === null) {
      await finish(row, { state: 'dropped', error: 'nowhere_to_say_it' });
      return 'next';
    }
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
  ): Promise<'next' | 'pause'> {
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
        return 'next';
      case 'later':
        await finish(row, { state: 'ready', notBefore: at + posted.afterMs, error: posted.code });
        return 'pause';
      case 'disconnected':
        log.error({ workspace: row.workspace, code: posted.code }, 'Slack does not let the app in any more');
        if (posted.code === 'account_inactive' || posted.code === 'token_revoked') {
          await markUninstalled(db, row.workspace, at);
        }
        await finish(row, { state: 'ready', notBefore: at + DISCONNECTED_MS, error: posted.code });
        return 'pause';
      case 'ambiguous':
        if (letter.repeat === 'at_least_once' && row.attempts < 3) {
          await finish(row, { state: 'ready', notBefore: at + UNSURE_MS, error: posted.code });
        } else {
          log.warn(
            { kind: row.kind, id: row.id, code: posted.code },
            'nobody knows whether Slack has this message',
          );
          await finish(row, { state: 'unknown', error: posted.code });
        }
        return 'next';
      case 'unreachable':
      case 'refused':
        log.warn(
          { kind: row.kind, to: row.addressee, code: posted.code },
          'a message could not be delivered',
        );
        await finish(row, { state: 'failed', error: posted.code });
        return 'next';
    }
  }

  async function finish(row: OutboxRow, settlement: Settlement): Promise<void> {
    await db.atomically(row.workspace, () => [settle(db, row, parts.now(), settlement)]);
  }

  /** One lane: messages to the same place, in order, one at a time. */
  async function sendLane(rows: readonly OutboxRow[]): Promise<void> {
    for (const [index, row] of rows.entries()) {
      let go: 'next' | 'pause';
      try {
        go = await send(row);
      } catch (error) {
        log.error({ kind: row.kind, id: row.id, err: error }, 'a message could not be made');
        await finish(row, { state: 'failed', error: 'fault' });
        go = 'next';
      }
      if (go === 'pause') {
        const wait = parts.now() + 1000;
        for (const rest of rows.slice(index + 1)) {
          await finish(rest, {
            state: 'ready',
            notBefore: Math.max(rest.notBefore, wait),
            error: 'behind_another',
          });
        }
        return;
      }
    }
  }

  async function drawAgain(copy: MessageRow): Promise<void> {
    const moment = await momentFor(copy.workspace, copy.reader);
    if (moment === null) return settleCopy(db, copy, { live: false });
    if (copy.kind === 'home') return drawHome(moment, copy);
    const letter = letters.get(copy.kind);
    if (letter === undefined) return settleCopy(db, copy, { live: false });
    const about: LetterAbout = { ...copy, addressee: copy.reader, details: {}, dedupeKey: '', again: true };
    const drawn: Drawn | Overtaken = await letter.draw(moment, about);
    if ('overtaken' in drawn) return settleCopy(db, copy, { live: false, shown: copy.wanted });
    const edited = await courier.edit({ channel: copy.channel, ts: copy.ts }, drawn.message);
    await concludeCopy(copy, edited, {
      shown: drawn.revision ?? copy.wanted,
      ...(drawn.live === false ? { live: false } : {}),
    });
  }

  async function drawHome(moment: Moment, copy: MessageRow): Promise<void> {
    const user = copy.reader.slice('user:'.length);
    const published = await courier.publishHome(user, await make.drawHome(moment, user));
    await concludeCopy(copy, published, { shown: copy.wanted });
  }

  async function concludeCopy(
    copy: MessageRow,
    outcome: Outcome<unknown>,
    done: { readonly shown: number; readonly live?: boolean },
  ): Promise<void> {
    const at = parts.now();
    // Editing twice gives the same card, so an unclear answer is simply tried again.
    if (outcome.kind === 'done') return settleCopy(db, copy, done);
    if (outcome.kind === 'later') return settleCopy(db, copy, { retryAt: at + outcome.afterMs });
    if (outcome.kind === 'ambiguous') return settleCopy(db, copy, { retryAt: at + UNSURE_MS });
    if (outcome.kind === 'disconnected') return settleCopy(db, copy, { retryAt: at + DISCONNECTED_MS });
    log.warn({ kind: copy.kind, code: outcome.code }, 'a card could not be drawn again');
    await settleCopy(db, copy, { live: false });
  }

  return {
    name: 'delivery',
    nextDue: () => nextDelivery(db, parts.now()),
    async run(at) {
      await expireSending(db, at);
      for (;;) {
        const rows = await claimReady(db, parts.now(), LEASE_MS, BATCH);
        if (rows.length === 0) break;
        const lanes = [...Map.groupBy(rows, (row) => `${row.workspace} ${row.addressee}`).values()];
        // What belongs under another message comes after it.
        const under = (lane: readonly OutboxRow[]) => !/^(user|channel):/.test(lane[0]?.addressee ?? '');
        await Promise.all(lanes.filter((lane) => !under(lane)).map(sendLane));
        await Promise.all(lanes.filter(under).map(sendLane));
      }
      for (;;) {
        const copies = await claimBehind(db, parts.now(), LEASE_MS, BATCH);
        if (copies.length === 0) break;
        for (const copy of copies) {
          try {
            await drawAgain(copy);
          } catch (error) {
            log.error({ kind: copy.kind, err: error }, 'a card could not be made');
            await settleCopy(db, copy, { retryAt: parts.now() + LEASE_MS });
          }
        }
      }
    },
  };
}

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
