/** How does one message of the outbox become one message in Slack? */
import { firstSendable, isSendable } from '../core/business-time.ts';
import type { Json } from '../core/logbook.ts';
import { guard, Stale, type Statement } from '../db/database.ts';
import { drawDailyAgain } from '../db/queries/messages.ts';
import { hasNewer, notATry, type OutboxRow, type Settlement, settle } from '../db/queries/outbox.ts';
import { markUninstalled } from '../db/queries/people.ts';
import { undeliveredSubject } from '../db/queries/undelivered.ts';
import { isWatchedId, noteWatched, WATCHED } from '../db/queries/watched.ts';
import { ANSWERS } from '../features/answers.ts';
import { calendarsOf } from '../features/calendars.ts';
import type { Drawn, Letter, Moment } from '../features/feature.ts';
import type { Message } from '../slack/blocks.ts';
import type { Place, Posted } from '../slack/courier.ts';
import type { Outcome } from '../slack/outcome.ts';
import type { Cards } from './cards.ts';
import { copyOfRow } from './copy-of-row.ts';
import type { DeliveryGround } from './delivery-ground.ts';
import { destinationOf } from './destination.ts';
import type { QuietTimes } from './quiet-times.ts';
import type { Receipts } from './receipts.ts';
import { LOOK_AFTER_MS } from './reconcile.ts';

/** Nothing is begun when less of its lease remains than a call may take. */
const CALL_MS = 15_000;
/** How long a workspace that does not let us in is left alone. */
const DISCONNECTED_MS = 60 * 60 * 1000;
const UNSURE_MS = 30_000;
/** How long a line for a thread waits for the message it belongs under: longer, the longer that takes. */
const THREAD_MS = 30_000;
const LONGEST_THREAD_MS = 15 * 60_000;
/** Why a message waits whose place has had enough. */
const ENOUGH = 'enough_for_now';
/** How often a message is made that fails in the making. */
const MOST_FAULTS = 3;
/** What Slack says of a thread whose first message is not there any more. */
const NO_THREAD = new Set(['cannot_reply_to_message', 'thread_not_found', 'message_not_found']);

/** What else is written when a message cannot be delivered. */
export type Parked = (row: OutboxRow, code: string, place: string) => Promise<readonly Statement[]>;

/** What sending takes. */
interface SendingParts extends DeliveryGround {
  readonly cards: Cards;
  readonly quietTimes: QuietTimes;
  readonly receipts: Receipts;
  readonly parked: Parked;
}

/** A message that is ready to be posted. */
interface Prepared {
  readonly letter: Letter;
  readonly drawn: Drawn;
  readonly target: Place;
}

/** Sends messages that were claimed. */
export interface Sending {
  /** Sends one claimed message and writes down what became of it; never throws. */
  send(row: OutboxRow): Promise<void>;
}

/** Makes what sends. */
export function createSending(make: SendingParts): Sending {
  const { db, courier, parts, letters, outage, pace, log } = make;
  /** What is under way to a place: one message at a time. */
  const turns = new Map<string, Promise<void>>();

  /** Looks once more at what was true when the message was intended; null when it is settled without being sent. */
  async function prepare(row: OutboxRow): Promise<Prepared | null> {
    const letter = letters.get(row.kind);
    const moment = await make.momentFor(row.workspace, row.addressee);
    if (letter === undefined || moment === null)
      return drop(row, letter === undefined ? 'unknown_kind' : 'not_installed');
    // What cannot go now is not made in vain.
    const place = await destinationOf(db, row, async () => true);
    if (place !== null && place !== 'wait' && (await waits(row, place))) return null;
    const drawn = await draw(row, letter, moment);
    if (drawn === null) return null;
    const target = await destinationOf(db, row, (copy) => make.cards.isShown(copy, moment));
    if (target === 'wait') {
      const age = Math.max(0, moment.at - row.createdAt);
      const wait = Math.min(LONGEST_THREAD_MS, Math.max(THREAD_MS, age / 4));
      return putBack(row, Math.round(parts.now() + wait), 'thread_not_there_yet');
    }
    if (target === null) return drop(row, 'nowhere_to_say_it');
    return { letter, drawn, target };
  }

  /** What is said now; null when it is not said any more, or not now. */
  async function draw(row: OutboxRow, letter: Letter, moment: Moment): Promise<Drawn | null> {
    if (letter.latestOnly === true && (await hasNewer(db, row)))
      return drop(row, 'a newer one is on its way');
    if (await isWatchedId(db, row.workspace, row.subject)) return watch(row, letter, moment);
    if (row.addressee.startsWith('user:') && (await notNow(row, letter, moment))) return null;
    const drawn = await letter.draw(moment, { ...row, again: false });
    if ('overtaken' in drawn) return drop(row, drawn.overtaken);
    // Never before the next look: what is held at this instant would be asked about for ever.
    if ('heldUntil' in drawn) return putBack(row, Math.max(drawn.heldUntil, parts.now() + 1), 'held');
    return drawn;
  }

  /** Puts a message to a person back who is not to be disturbed now, or of whom that is not known yet. */
  async function notNow(row: OutboxRow, letter: Letter, moment: Moment): Promise<boolean> {
    const free = ANSWERS.includes(row.kind)
      ? null
      : await make.quietTimes.ask(row.workspace, row.addressee.slice('user:'.length));
    const later = free === null && letter.inHours === true ? await afterHours(row, moment) : null;
    if (free !== null) await putBack(row, free, 'enough_for_now');
    else if (later !== null) await putBack(row, later, 'outside_hours');
    return free !== null || later !== null;
  }

  /** Notes what would have been said about a pilot that is watched only, where it still would have been. */
  async function watch(row: OutboxRow, letter: Letter, moment: Moment): Promise<null> {
    const drawn = await letter.draw(moment, { ...row, again: false });
    if ('overtaken' in drawn) return drop(row, drawn.overtaken);
    if ('heldUntil' in drawn) return putBack(row, Math.max(drawn.heldUntil, parts.now() + 1), 'held');
    const note = noteWatched(db, {
      workspace: row.workspace,
      id: row.id,
      pilot: row.subject,
      kind: row.kind,
      addressee: row.addressee,
      at: moment.at,
      dedupeKey: row.dedupeKey,
    });
    await finish(row, { state: 'dropped', error: WATCHED }, [note]);
    return null;
  }

  /** When somebody can be told who does not work now; null while they do. */
  async function afterHours(row: OutboxRow, moment: Moment): Promise<number | null> {
    const person = row.addressee.slice('user:'.length);
    const calendar = (await calendarsOf(moment, row.workspace, [person])).get(person);
    if (calendar === undefined || isSendable(calendar, moment.at, 'slot')) return null;
    return firstSendable(calendar, moment.at, 'slot');
  }

  /** Puts a message back for which Slack, or its place, has no room now. */
  async function waits(row: OutboxRow, { to }: Place): Promise<boolean> {
    const now = parts.now();
    const isAnswer = ANSWERS.includes(row.kind);
    const room = pace.roomFrom('post', now, isAnswer);
    // Whoever has just acted does not wait behind what nobody waits for.
    const free = isAnswer ? pace.placeFrom(to, now) : pace.turn(to, now, row.error === ENOUGH);
    if (Math.max(free, room) <= now) return false;
    await putBack(row, Math.max(free, room), ENOUGH);
    return true;
  }

  async function post(row: OutboxRow, { letter, drawn, target }: Prepared): Promise<void> {
    // Making it, and waiting for its turn, may have taken a while.
    if (hasNoTimeLeft(row)) return void (await putBack(row, parts.now(), 'no_time_left'));
    if (await waits(row, target)) return;
    const say = (message: Message, place: Place): Promise<Outcome<Posted>> => {
      pace.took('post', parts.now(), place.to);
      const extra = place.thread === undefined ? { id: row.id } : { id: row.id, thread: place.thread };
      return courier.post(place.to, message, extra);
    };
    let place = target;
    let posted = await say(drawn.message, place);
    // With its retention a workspace takes the first message of a thread away: then it is said in the channel.
    if (posted.kind !== 'done' && NO_THREAD.has(posted.code) && place.thread !== undefined) {
      place = { to: place.to };
      posted = await say(drawn.message, place);
    }
    if (posted.kind === 'refused' && drawn.message.blocks.length > 0) {
      log.error(
        { kind: row.kind, code: posted.code, details: posted.details },
        'Slack refused the blocks of a message',
      );
      posted = await say({ text: drawn.message.text, blocks: [] }, place);
    }
    await conclude(row, { letter, drawn, target: place }, posted);
  }

  async function conclude(row: OutboxRow, said: Prepared, posted: Outcome<Posted>): Promise<void> {
    const at = parts.now();
    const place = addressOf(said.target);
    switch (posted.kind) {
      case 'done':
        return sent(row, said, posted.value, at);
      case 'later':
        if (isOfNetwork(posted.code)) await outage.suspected();
        else pace.toldToWait('post', at, posted.afterMs);
        return void (await putBack(row, at + posted.afterMs, posted.code));
      case 'disconnected':
        log.error({ workspace: row.workspace, code: posted.code }, 'Slack does not let the app in any more');
        if (posted.code === 'account_inactive' || posted.code === 'token_revoked') {
          await markUninstalled(db, row.workspace, at);
        }
        pace.toldToWait('post', at, DISCONNECTED_MS);
        return void (await putBack(row, at + DISCONNECTED_MS, posted.code));
      case 'ambiguous': {
        // While Slack answers nothing at all, a try says nothing about this message.
        const away = await outage.suspected();
        const unsure = { state: 'unknown', error: posted.code, checkAt: at + LOOK_AFTER_MS } as const;
        return finish(row, unsure, away ? [notATry(db, row)] : []);
      }
      case 'unreachable':
      case 'refused':
        log.warn(
          { kind: row.kind, to: row.addressee, code: posted.code },
          'a message could not be delivered',
        );
        return finish(
          row,
          { state: 'failed', error: posted.code },
          await make.parked(row, posted.code, place),
        );
    }
  }

  async function sent(row: OutboxRow, said: Prepared, posted: Posted, at: number): Promise<void> {
    const { letter, drawn, target } = said;
    await db
      .atomically(row.workspace, () => [
        guard(settle(db, row, at, { state: 'sent', ...posted, sent: asSent(drawn.message) }), 'claim'),
        copyOfRow(db, row, posted, {
          shown: drawn.revision ?? 0,
          live: letter.card && drawn.live !== false,
          now: at,
        }),
        // Whoever was told that it could not be delivered reads that it was.
        ...(row.error === null
          ? []
          : [drawDailyAgain(db, row.workspace, undeliveredSubject(addressOf(target)))]),
      ])
      .catch(async (error: unknown) => {
        if (!(error instanceof Stale)) throw error;
        await make.receipts.stands(row.workspace, row.id, posted, row.fence);
      });
  }

  async function finish(
    row: OutboxRow,
    settlement: Settlement,
    more: readonly Statement[] = [],
  ): Promise<void> {
    await db.atomically(row.workspace, () => [settle(db, row, parts.now(), settlement), ...more]);
  }

  async function drop(row: OutboxRow, error: string): Promise<null> {
    await finish(row, { state: 'dropped', error });
    return null;
  }

  /** Puts a message back until an instant, as if it had not been claimed. */
  async function putBack(row: OutboxRow, notBefore: number, error: string): Promise<null> {
    await finish(row, { state: 'ready', notBefore, error }, [notATry(db, row)]);
    return null;
  }

  const hasNoTimeLeft = (row: OutboxRow): boolean => (row.leaseUntil ?? 0) - parts.now() < CALL_MS;

  async function sendNow(row: OutboxRow): Promise<void> {
    if (hasNoTimeLeft(row)) return void (await putBack(row, parts.now(), 'no_time_left'));
    if (outage.until() !== null) return void (await putBack(row, parts.now(), 'slack_is_away'));
    let ready: Prepared | null;
    try {
      ready = await prepare(row);
    } catch (error) {
      log.error({ kind: row.kind, id: row.id, err: error }, 'a message could not be made');
      const again = { state: 'ready', notBefore: parts.now() + UNSURE_MS, error: 'fault' } as const;
      return finish(row, row.attempts < MOST_FAULTS ? again : { state: 'failed', error: 'fault' });
    }
    if (ready !== null) await inTurn(ready.target.to, post.bind(null, row, ready));
  }

  /** One message at a time for each place, in the order of asking. */
  async function inTurn(place: string, work: () => Promise<void>): Promise<void> {
    const before = turns.get(place) ?? Promise.resolve();
    const mine = before.then(work);
    const ended = mine.catch(() => undefined);
    turns.set(place, ended);
    await mine.finally(() => {
      if (turns.get(place) === ended) turns.delete(place);
    });
  }

  return {
    async send(row) {
      try {
        await sendNow(row);
      } catch (error) {
        // It may stand in Slack by now: the lease runs out, and then the row is treated like that of a dead sender.
        log.error({ kind: row.kind, id: row.id, err: error }, 'what became of a message could not be kept');
      }
    },
  };
}

/** A place as the outbox names it. */
const addressOf = ({ to }: Place): string => `${/^[UW]/.test(to) ? 'user' : 'channel'}:${to}`;

/** Codes of the network are in capitals, those of Slack are not. */
const isOfNetwork = (code: string): boolean => /^[A-Z_]+$/.test(code);

const asSent = (message: Message): Json => ({
  text: message.text,
  blocks: message.blocks as unknown as Json,
});
