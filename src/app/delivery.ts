/** How do messages leave the outbox? */
import type { Database } from '../db/database.ts';
import {
  type ClaimOrder,
  claimReady,
  type Deliverable,
  expireSending,
  nextDelivery,
  type OutboxRow,
} from '../db/queries/outbox.ts';
import { workspaceById } from '../db/queries/people.ts';
import { ANSWERS } from '../features/answers.ts';
import type { Letter, Moment, Parts } from '../features/feature.ts';
import type { View } from '../slack/blocks.ts';
import type { Courier } from '../slack/courier.ts';
import { createPace, type SendingLimits } from '../slack/pace.ts';
import { createCards } from './cards.ts';
import { createClockWatch } from './clock-watch.ts';
import type { DeliveryGround, DeliveryLog } from './delivery-ground.ts';
import { destinationOf } from './destination.ts';
import { createOutage } from './outage.ts';
import { createQuietTimes } from './quiet-times.ts';
import { createReceipts, type Receipts } from './receipts.ts';
import { createReconcile } from './reconcile.ts';
import { createSending, type Parked } from './sending.ts';

/** Longer than three times the time limit of one call, so that a slow sender is not overtaken by a second one. */
const LEASE_MS = 60_000;
const BATCH = 50;

/** What delivery needs. */
export interface DeliveryParts {
  readonly db: Database;
  readonly courier: Courier;
  readonly parts: Parts;
  readonly letters: readonly Letter[];
  readonly drawHome: (moment: Moment, user: string) => Promise<View>;
  /** What else is written when a message cannot be delivered: who is told, and how. */
  readonly parked?: Parked;
  /** The clock has run ahead and gone back: what was planned by it is planned anew. */
  readonly clockWentBack?: (at: number) => Promise<void>;
  /** How much Slack takes; by default what it publishes. */
  readonly limits?: SendingLimits;
  readonly log: DeliveryLog;
}

/** Sends what is due and draws again what is out of date. */
export interface Delivery {
  readonly name: string;
  nextDue(): Promise<number | null>;
  run(at: number): Promise<void>;
  /** Slack tells of a message with metadata, or again of one of ours. */
  readonly heard: Receipts['heard'];
}

/** Makes the delivery job. */
export function createDelivery(make: DeliveryParts): Delivery {
  const { db, courier, parts, log } = make;
  const letters = new Map(make.letters.map((letter) => [letter.kind, letter]));
  const outage = createOutage(courier, parts.now);
  const pace = createPace(make.limits);
  const ground: DeliveryGround = { db, courier, parts, letters, outage, pace, momentFor, log };
  const cards = createCards({ ...ground, drawHome: make.drawHome, leaseMs: LEASE_MS });
  const receipts = createReceipts({ db, letters, now: parts.now, newId: parts.newId });
  const sending = createSending({
    ...ground,
    cards,
    receipts,
    quietTimes: createQuietTimes({ db, courier, pace, now: parts.now }),
    parked: make.parked ?? (async () => []),
  });
  const reconcile = createReconcile({
    db,
    courier,
    now: parts.now,
    letters,
    outage,
    leaseMs: LEASE_MS,
    log,
    // Whether it may still be shown does not matter here: it is looked for where it would have been said.
    placeOf: (row) => destinationOf(db, row, async () => true),
  });
  const clock = createClockWatch(db, parts.now, make.clockWentBack ?? (async () => {}));

  async function momentFor(workspace: string, addressee: string): Promise<Moment | null> {
    const row = await workspaceById(db, workspace);
    if (row === null || row.uninstalledAt !== null) return null;
    const zone = addressee.startsWith('user:')
      ? ((await parts.people.person(workspace, addressee.slice(5))).timezone ?? row.timezone)
      : row.timezone;
    return { ...parts, workspace, at: parts.now(), zone, workspaceZone: row.timezone };
  }

  /** Who goes first, and which places have had enough for the moment. */
  const order = (now: number): ClaimOrder => ({
    answers: ANSWERS,
    full: pace.fullPlaces(now).map((id) => `${/^[UW]/.test(id) ? 'user' : 'channel'}:${id}`),
  });

  async function sendReady(): Promise<void> {
    while (outage.until() === null) {
      const now = parts.now();
      const room = pace.room('post', now);
      const kept = pace.room('post', now, true);
      if (kept === 0) return;
      const limit = Math.min(BATCH, room === 0 ? kept : room);
      const rows = await claimReady(db, now, LEASE_MS, limit, { ...order(now), answersOnly: room === 0 });
      if (rows.length === 0) return;
      // What belongs under another message comes after it.
      const isUnder = ({ addressee }: OutboxRow) => !/^(user|channel):/.test(addressee);
      await Promise.all(rows.filter((row) => !isUnder(row)).map(sending.send));
      await Promise.all(rows.filter(isUnder).map(sending.send));
    }
  }

  /** When a message may go that is ready: its time has come, and Slack takes it. */
  async function readyFrom(now: number, due: Deliverable, full: readonly string[]): Promise<number | null> {
    const room = pace.roomFrom('post', now);
    const instants = due.ready === null ? [] : [Math.max(due.ready, room)];
    if (room > now) {
      const { ready } = await nextDelivery(db, now, { answers: ANSWERS, full, answersOnly: true });
      if (ready !== null) instants.push(Math.max(ready, pace.roomFrom('post', now, true)));
    }
    if (full.length > 0) {
      const { ready } = await nextDelivery(db, now, { answers: ANSWERS, full: [] });
      const free = Math.min(...pace.fullPlaces(now).map((place) => pace.placeFrom(place, now)));
      if (ready !== null && (due.ready === null || ready < due.ready))
        instants.push(Math.max(ready, free, room));
    }
    return instants.length === 0 ? null : Math.min(...instants);
  }

  return {
    name: 'delivery',
    heard: receipts.heard,
    async nextDue() {
      const now = parts.now();
      if (clock.wentBack()) return now;
      const { answers, full } = order(now);
      const due = await nextDelivery(db, now, { answers, full });
      const ready = await readyFrom(now, due, full);
      const drawn = Math.min(pace.roomFrom('edit', now), pace.roomFrom('publish', now));
      const behind = due.behind === null ? null : Math.max(due.behind, drawn);
      const instants = [ready, due.other, behind].filter((at) => at !== null);
      if (instants.length === 0) return null;
      return Math.max(Math.min(...instants), outage.until() ?? 0);
    },
    async run(at) {
      await clock.mend();
      if (await outage.lasts()) return;
      await expireSending(db, at, LEASE_MS);
      await reconcile();
      await sendReady();
      await cards.drawBehind();
    },
  };
}
