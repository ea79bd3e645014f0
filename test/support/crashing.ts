/** How is a sender played that dies at one point of its work, and at another point of its next life? */
import { createDelivery } from '../../src/app/delivery.ts';
import type { Database } from '../../src/db/database.ts';
import { intend } from '../../src/db/queries/outbox.ts';
import type { Letter, Parts } from '../../src/features/feature.ts';
import { memorySlack, type Standing } from './memory-slack.ts';
import { numberWrites } from './numbered-writes.ts';
import { aPerson, aWorkspace } from './rows.ts';

const START = Date.UTC(2026, 0, 5, 8);
/** What it takes until somebody has started another process. */
const ABSENCE_MS = 5000;
const MOST_LOOKS = 60;

class Crash extends Error {}

/** Where the lives of a sender end, one after the other: the number of the point, counted in each life. */
export type Deaths = readonly number[];

/** What a sender may learn of what stands in Slack. */
export interface How {
  /** Whether it may look it up. */
  readonly mayLook?: true;
  /** How long after a message stands it is told so, in ms: 0 is before the answer. Without, it is not told. */
  readonly receiptsAfter?: number;
}

/** What one story has come to. */
export interface Story {
  /** Points passed in the life after the last death. */
  readonly passed: number;
  /** Deaths that have come about. */
  readonly died: number;
  /** Each message: how often it stands in Slack, what the outbox says, and whether that is right. */
  readonly messages: readonly { readonly id: string; readonly times: number; readonly state: string }[];
  readonly looks: number;
  /** Messages to the same place that stand in another order than they were intended in. */
  readonly outOfOrder: number;
}

const letter = (kind: string, repeat: Letter['repeat']): Letter => ({
  kind,
  repeat,
  card: kind === 'request',
  draw: async () => ({ message: { text: kind, blocks: [] }, revision: 1 }),
});
const LETTERS = [
  letter('request', 'at_least_once'),
  letter('line', 'at_most_once'),
  letter('decision', 'at_least_once'),
];

const ROWS = [
  { id: 'a', kind: 'request', addressee: 'channel:C1', subject: 'P1' },
  { id: 'b', kind: 'line', addressee: 'request:P1', subject: 'P1' },
  { id: 'c', kind: 'decision', addressee: 'channel:C1', subject: 'P1' },
  { id: 'd', kind: 'line', addressee: 'user:U1', subject: 'P1' },
] as const;

/** Empties what a story writes, and writes what is to be said. */
async function set(db: Database): Promise<void> {
  const t = db.tables;
  for (const table of [t.outbox, t.messages]) await db.q.delete(table);
  await db.q.insert(t.workspaces).values(aWorkspace()).onConflictDoNothing();
  await db.q.insert(t.people).values(aPerson()).onConflictDoNothing();
  for (const [n, row] of ROWS.entries()) {
    await db.atomically('T1', () => [
      intend(db, 'T1', row.id, START + n, { ...row, version: 1, dedupeKey: row.id, notBefore: START }),
    ]);
  }
}

/**
 * Plays the sending of four messages with a sender that dies at each point given, one life after the other.
 *
 * @param how what a sender may learn of what stands in Slack
 */
export async function play(db: Database, deaths: Deaths, how: How): Promise<Story> {
  await set(db);
  let passed = 0;
  let died = 0;
  let dead = false;
  let now = START;
  let made = 0;
  const point = () => {
    passed += 1;
    if (!dead && passed !== deaths[died]) return;
    dead = true;
    throw new Crash(`died at point ${passed}`);
  };
  /** What Slack has still to tell, until somebody has taken it. */
  const receipts = new Map<Standing, number>();
  const slack = memorySlack(point, how.mayLook === true, async (posted) => {
    if (how.receiptsAfter === undefined) return;
    receipts.set(posted, now + how.receiptsAfter);
    if (how.receiptsAfter === 0) await tell(posted);
  });
  async function tell(posted: Standing): Promise<void> {
    await sender.heard('T1', {
      channel_id: posted.to,
      message_ts: posted.ts,
      user_id: 'UBOT',
      metadata: { event_type: 'pilotage_outbox', event_payload: { id: posted.id } },
    });
    receipts.delete(posted);
  }
  /** Slack delivers again what nobody was there to take. */
  async function tellAll(): Promise<void> {
    for (const [posted, at] of [...receipts]) if (at <= now) await tell(posted);
  }
  const person = { id: 'U1', name: 'Anna', timezone: 'Europe/Berlin' };
  const life = () => {
    passed = 0;
    dead = false;
    const watched = numberWrites(db, { before: point, after: point });
    const parts = {
      db: watched,
      now: () => now,
      newId: () => {
        made += 1;
        return `made-${made}`;
      },
      people: { person: async () => person },
      giveWay: async () => {},
    } as unknown as Parts;
    const log = { warn() {}, error() {} };
    return createDelivery({
      db: watched,
      courier: slack.courier,
      parts,
      letters: LETTERS,
      log,
      drawHome: () => Promise.reject(new Error('nobody has opened it')),
    });
  };
  let sender = life();
  for (let look = 0; ; look += 1) {
    const instants = [await sender.nextDue(), ...receipts.values()].filter((at) => at !== null);
    if (instants.length === 0) break;
    const due = Math.min(...instants);
    if (look > MOST_LOOKS) throw new Error(`something stays due after ${look} looks`);
    now = Math.max(now, due);
    try {
      await tellAll();
      await sender.run(now);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
    if (!dead) continue;
    died += 1;
    now += ABSENCE_MS;
    sender = life();
  }
  const rows = await db.q.select().from(db.tables.outbox);
  return {
    passed,
    died,
    looks: slack.looks(),
    messages: ROWS.map(({ id }) => {
      const row = rows.find((one) => one.id === id);
      const isOpen = row?.state === 'unknown' && row.checkAt === null;
      return {
        id,
        times: slack.standing.filter((one) => one.id === id).length,
        state: isOpen ? 'unknown' : `${row?.state}${row?.state === 'unknown' ? ' for now' : ''}`,
      };
    }),
    outOfOrder: outOfOrder(slack.standing),
  };
}

/** Repetitions do not count: what matters is where a message stood first. */
function outOfOrder(standing: readonly Standing[]): number {
  const first = (id: string) => standing.findIndex((one) => one.id === id);
  return first('a') >= 0 && first('b') >= 0 && first('b') < first('a') ? 1 : 0;
}
