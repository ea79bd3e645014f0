/** How do cards and Home tabs that stand in Slack stay true? */
import { claimBehind, type MessageRow, settleCopy } from '../db/queries/messages.ts';
import { DUPLICATE } from '../db/queries/receipts.ts';
import type { Drawn, Held, LetterAbout, Moment, Overtaken } from '../features/feature.ts';
import type { View } from '../slack/blocks.ts';
import type { Outcome } from '../slack/outcome.ts';
import type { Counted } from '../slack/pace.ts';
import type { DeliveryGround } from './delivery-ground.ts';

const BATCH = 50;
const UNSURE_MS = 30_000;
/** How long a place that does not let us in is left alone. */
const CLOSED_MS = 60 * 60 * 1000;
/** What becomes of a card's channel can be undone: then the card is to be true again. */
const MENDABLE = new Set(['not_in_channel', 'channel_not_found', 'is_archived', 'is_inactive']);

/** What it takes to draw again. */
interface CardParts extends DeliveryGround {
  readonly leaseMs: number;
  readonly drawHome: (moment: Moment, user: string) => Promise<View>;
}

/** Keeps what stands in Slack true. */
export interface Cards {
  /** Draws every copy again that shows an older state than there is. */
  drawBehind(): Promise<void>;
  /** Whether a card still is what it was: under one that has moved, or turned confidential, nothing more is said. */
  isShown(copy: MessageRow, moment: Moment): Promise<boolean>;
}

/** Makes what draws cards again. */
export function createCards(make: CardParts): Cards {
  const { db, courier, parts, letters, outage, pace, momentFor, log } = make;

  async function drawAgain(copy: MessageRow): Promise<void> {
    const moment = await momentFor(copy.workspace, copy.reader);
    if (moment === null) return settleCopy(db, copy, { live: false });
    if (copy.kind === 'home') return drawHome(moment, copy);
    if (copy.kind === DUPLICATE) return takeAway(copy);
    const letter = letters.get(copy.kind);
    if (letter === undefined) return settleCopy(db, copy, { live: false });
    const drawn: Drawn | Overtaken | Held = await letter.draw(moment, aboutCopy(copy));
    if (!('message' in drawn)) return settleCopy(db, copy, { live: false, shown: copy.wanted });
    pace.took('edit', parts.now());
    const edited = await courier.edit({ channel: copy.channel, ts: copy.ts }, drawn.message);
    await concludeCopy(copy, edited, {
      shown: drawn.revision ?? copy.wanted,
      ...(drawn.live === false ? { live: false } : {}),
    });
  }

  async function drawHome(moment: Moment, copy: MessageRow): Promise<void> {
    const user = copy.reader.slice('user:'.length);
    const view = await make.drawHome(moment, user);
    pace.took('publish', parts.now());
    const published = await courier.publishHome(user, view);
    await concludeCopy(copy, published, { shown: copy.wanted });
  }

  /** A message that stands a second time; the older one stays. */
  async function takeAway(copy: MessageRow): Promise<void> {
    pace.took('edit', parts.now());
    const removed = await courier.remove({ channel: copy.channel, ts: copy.ts });
    const isGone = removed.kind !== 'done' && removed.code === 'message_not_found';
    await concludeCopy(copy, isGone ? { kind: 'done', value: null } : removed, {
      shown: copy.wanted,
      live: false,
    });
  }

  async function concludeCopy(
    copy: MessageRow,
    outcome: Outcome<unknown>,
    done: { readonly shown: number; readonly live?: boolean },
  ): Promise<void> {
    const at = parts.now();
    // Editing twice gives the same card, so an unclear answer is simply tried again.
    if (outcome.kind === 'done') return settleCopy(db, copy, done);
    if (outcome.kind === 'later') {
      if (/^[A-Z_]+$/.test(outcome.code)) await outage.suspected();
      else pace.toldToWait(countedAs(copy), at, outcome.afterMs);
      return settleCopy(db, copy, { retryAt: at + outcome.afterMs });
    }
    if (outcome.kind === 'ambiguous') {
      await outage.suspected();
      return settleCopy(db, copy, { retryAt: at + UNSURE_MS });
    }
    if (outcome.kind === 'disconnected' || MENDABLE.has(outcome.code))
      return settleCopy(db, copy, { retryAt: at + CLOSED_MS });
    log.warn({ kind: copy.kind, code: outcome.code }, 'a card could not be drawn again');
    await settleCopy(db, copy, { live: false });
  }

  async function drawBehind(): Promise<void> {
    while (outage.until() === null) {
      const copies = await claimBehind(db, parts.now(), make.leaseMs, BATCH);
      if (copies.length === 0) return;
      for (const copy of copies) {
        try {
          const now = parts.now();
          const room = pace.roomFrom(countedAs(copy), now);
          if (outage.until() !== null || room > now) await settleCopy(db, copy, { retryAt: room });
          else {
            await parts.giveWay();
            await drawAgain(copy);
          }
        } catch (error) {
          log.error({ kind: copy.kind, err: error }, 'a card could not be made');
          await settleCopy(db, copy, { retryAt: parts.now() + make.leaseMs });
        }
      }
    }
  }

  async function isShown(copy: MessageRow, moment: Moment): Promise<boolean> {
    const letter = letters.get(copy.kind);
    if (letter?.card !== true) return true;
    const drawn = copy.live ? await letter.draw(moment, aboutCopy(copy)) : null;
    return drawn !== null && 'message' in drawn && drawn.live !== false;
  }

  return { drawBehind, isShown };
}

const countedAs = (copy: MessageRow): Counted => (copy.kind === 'home' ? 'publish' : 'edit');

const aboutCopy = (copy: MessageRow): LetterAbout => ({
  ...copy,
  addressee: copy.reader,
  details: {},
  dedupeKey: '',
  again: true,
});
