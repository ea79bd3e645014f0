/** How is counted, at all pilots, what thresholds would have brought, however many pilots there are? */
import { z } from 'zod';
import type { StallSettings } from '../../core/stall/settings.ts';
import { settingsOf } from '../../core/stall/settings.ts';
import { type Database, guard, Stale } from '../../db/database.ts';
import { stallSettingsOf } from '../../db/queries/looks.ts';
import { intend } from '../../db/queries/outbox.ts';
import { allPilots, pilotsAfter } from '../../db/queries/pilots.ts';
import {
  claimSchedules,
  endSchedule,
  moveOn,
  nextScheduled,
  type ScheduleRow,
  schedulesOf,
  setSchedule,
} from '../../db/queries/schedules.ts';
import { type Message, sentence } from '../../slack/blocks.ts';
import { type AskedThresholds, askedThresholds, type Brought, brought } from '../../views/case-buttons.ts';
import { type CountShown, countedMessage, countingText } from '../../views/threshold-text.ts';
import type { Duty, Letter, Parts, Scene } from '../feature.ts';
import { phasesOfOthers } from './finished.ts';
import { bringsCards, rehearse } from './preview.ts';

const KIND = 'count-cards';
/** So many are counted while the form waits: Slack gives three seconds. */
const AT_ONCE = 100;
/** So many are counted in one go; what else falls due comes in between. */
const TOGETHER = 200;
const LEASE_MS = 60_000;

/** A count that is under way. */
const counting = askedThresholds.extend({
  by: z.string(),
  /** The end of the four weeks. */
  at: z.number(),
  all: z.number(),
  /** The key of the pilot that was counted last. */
  after: z.string(),
  sums: brought,
});
type Counting = z.infer<typeof counting>;

const NOTHING: Brought = { now: { owner: 0, sponsor: 0 }, next: { owner: 0, sponsor: 0 }, pilots: 0 };

/** The thresholds of the version that counted when somebody asked, and those they asked about. */
async function setsOf(db: Database, workspace: string, asked: AskedThresholds): Promise<StallSettings[]> {
  const now = (await stallSettingsOf(db, workspace)).get(asked.version)?.settings ?? settingsOf('normal');
  return [now, settingsOf(asked.preset, asked.changed)];
}

/** Counts at once where there are few pilots; else has it counted, and says so. */
export async function countHereOrLater(
  scene: Scene,
  asked: AskedThresholds,
): Promise<Brought | { readonly later: Message }> {
  const { db, workspace, at } = scene;
  const pilots = (await allPilots(db, workspace)).filter(bringsCards);
  if (pilots.length > AT_ONCE) return { later: await order(scene, asked, pilots.length) };
  const sets = await setsOf(db, workspace, asked);
  const others = await phasesOfOthers(scene, workspace, at);
  return added(NOTHING, await rehearse(scene, { pilots, at, sets, others }), pilots.length);
}

function added(sums: Brought, more: Awaited<ReturnType<typeof rehearse>>, pilots: number): Brought {
  const plus = (one: Brought['now'], nth: number) => ({
    owner: one.owner + (more[nth]?.owner ?? 0),
    sponsor: one.sponsor + (more[nth]?.sponsor ?? 0),
  });
  return { now: plus(sums.now, 0), next: plus(sums.next, 1), pilots: sums.pilots + pilots };
}

interface UnderWay {
  readonly row: ScheduleRow;
  readonly count: Counting;
}

async function underWay(db: Database, workspace: string): Promise<UnderWay[]> {
  const rows = await schedulesOf(db, KIND);
  return rows.flatMap((row) => {
    const read = counting.safeParse(row.details);
    return row.workspace === workspace && read.success ? [{ row, count: read.data }] : [];
  });
}

const shown = (count: Counting): CountShown => ({ ...count, done: count.sums.pilots });

/** What is being counted in a workspace, and how far it is. */
export const countsUnderWay = async (db: Database, workspace: string): Promise<CountShown[]> =>
  (await underWay(db, workspace)).map(({ count }) => shown(count));

/** Has it counted; who asks the same once more reads how far it is, who asks something else does not want the first any more. */
async function order(scene: Scene, asked: AskedThresholds, all: number): Promise<Message> {
  const { db, workspace, at, newId, actor, command } = scene;
  const own = (await underWay(db, workspace)).filter(({ count }) => count.by === actor.id);
  const same = own.find(({ count }) => isSame(count, asked));
  if (same !== undefined) return sentence(countingText(shown(same.count), command));
  const details: Counting = { ...asked, by: actor.id, at, all, after: '', sums: NOTHING };
  const subject = `${KIND}:${newId()}`;
  await db.atomically(workspace, () => [
    ...own.map(({ row }) => endSchedule(db, workspace, KIND, row.subject)),
    setSchedule(db, {
      workspace,
      id: newId(),
      kind: KIND,
      subject,
      rule: {},
      timezone: scene.zone,
      nextAt: at,
      details,
      setBy: actor.id,
      setAt: at,
    }),
  ]);
  return sentence(countingText(shown(details), command));
}

function isSame(one: AskedThresholds, other: AskedThresholds): boolean {
  const said = ({ version, preset, changed }: AskedThresholds) =>
    JSON.stringify([version, preset, Object.entries(changed).sort(([a], [b]) => (a < b ? -1 : 1))]);
  return said(one) === said(other);
}

/** Counts the next pilots, or hands over the sum when there are none left. */
async function goOn(parts: Parts, row: ScheduleRow, at: number): Promise<void> {
  const { db, newId } = parts;
  const { workspace, subject } = row;
  const read = counting.safeParse(row.details);
  if (!read.success) {
    await db.atomically(workspace, () => [endSchedule(db, workspace, KIND, subject)]);
    return;
  }
  const { by, sums, ...count } = read.data;
  const some = await pilotsAfter(db, workspace, count.after, TOGETHER);
  const last = some.at(-1);
  if (last === undefined) {
    const id = newId();
    const { version, preset, changed } = count;
    await db.atomically(workspace, () => [
      guard(endSchedule(db, workspace, KIND, subject), 'count'),
      intend(db, workspace, id, at, {
        kind: KIND,
        subject,
        version: 1,
        addressee: `user:${by}`,
        details: { version, preset, changed, brought: sums },
        dedupeKey: subject,
        notBefore: at,
      }),
    ]);
    return;
  }
  const pilots = some.filter(bringsCards);
  const [sets, others] = await Promise.all([
    setsOf(db, workspace, count),
    phasesOfOthers(parts, workspace, count.at),
  ]);
  const found = await rehearse(parts, { pilots, at: count.at, sets, others });
  const next: Counting = {
    ...count,
    by,
    sums: added(sums, found, pilots.length),
    after: last.pilot.key,
  };
  await db.atomically(workspace, () => [guard(moveOn(db, row, at, next), 'count')]);
}

/** A stretch of the count at a time, so that messages go out in between and nothing begins anew after a restart. */
export const countDuty: Duty = {
  name: KIND,
  nextDue: (parts) => nextScheduled(parts.db, KIND),
  async run(parts, at) {
    for (const row of await claimSchedules(parts.db, KIND, at, LEASE_MS)) {
      try {
        await goOn(parts, row, at);
      } catch (error) {
        // Somebody else goes on with it, or nobody wants it any more.
        if (!(error instanceof Stale)) throw error;
      }
    }
  },
};

const counted = askedThresholds.extend({ brought });

/** The answer, to who has asked. */
export const countLetter: Letter = {
  kind: KIND,
  repeat: 'at_most_once',
  card: false,
  async draw(_moment, letter) {
    const read = counted.safeParse(letter.details);
    if (!read.success) return { overtaken: 'it is not known any more' };
    const { brought: sums, ...asked } = read.data;
    return { message: countedMessage(asked, sums) };
  },
};
