/** How is a release carried out to the end, now or on its day? */
import { z } from 'zod';
import { stateNumber } from '../../core/charter.ts';
import { type Day, dayOf } from '../../core/day.ts';
import { channelCanSee, isWatched } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type Guard, guard, type Log, type Statement, unlessStale } from '../../db/database.ts';
import { touched } from '../../db/queries/messages.ts';
import { intend } from '../../db/queries/outbox.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { rethinkCheckIns } from '../../db/queries/rhythm.ts';
import { drawHomes } from '../../db/queries/roles.ts';
import {
  endSchedule,
  moveOn,
  type ScheduleRow,
  schedulesOf,
  setSchedule,
} from '../../db/queries/schedules.ts';
import { endWatch, forgetWatching } from '../../db/queries/watched.ts';
import { channelProblem } from '../../views/channel-text.ts';
import type { Parts, Scene } from '../feature.ts';
import { ordersDuty, PER_LOOK } from '../orders.ts';
import { officeMembers } from '../who-is-there.ts';
import { toHear } from './choose.ts';

const KIND = 'release-wave';

const order = z.object({
  pilots: z.array(z.string()),
  by: z.string(),
  /** When the first of them was released; null before that. */
  begun: z.number().nullable(),
});
type Order = z.infer<typeof order>;

/** The kind of the message to whoever is responsible for what was released. */
export const RELEASED = 'released';

/** Orders a release: a row, so that it is carried out to the end whatever happens to this process. */
export async function placeWave(
  scene: Scene,
  pilots: readonly PilotFacts[],
  when: { readonly day: Day | null; readonly at: number },
): Promise<void> {
  const { db, workspace, at, actor } = scene;
  const given: Order = { pilots: pilots.map(({ pilot }) => pilot.id), by: actor.id, begun: null };
  const id = scene.newId();
  await db.atomically(workspace, (log): (Statement | Guard)[] => [
    setSchedule(db, {
      workspace,
      id,
      kind: KIND,
      subject: id,
      rule: {},
      timezone: scene.workspaceZone,
      nextAt: when.at,
      details: given,
      setBy: actor.id,
      setAt: at,
    }),
    log({
      at,
      kind: 'release_ordered',
      pilot: null,
      actor: `user:${actor.id}`,
      body: { role: 'office', pilots: pilots.length, day: when.day },
    }),
  ]);
}

/** A release that is still to come. */
export interface PlannedWave {
  readonly id: string;
  readonly at: number;
  readonly count: number;
}

/** Releases that are still to come, the next first. */
export async function plannedWaves({ db, workspace, at }: Scene): Promise<PlannedWave[]> {
  const rows = (await schedulesOf(db, KIND)).filter((row) => row.workspace === workspace);
  return rows
    .flatMap((row) => {
      const known = order.safeParse(row.details);
      return known.success && row.nextAt !== null && row.nextAt > at
        ? [{ id: row.subject, at: row.nextAt, count: known.data.pilots.length }]
        : [];
    })
    .sort((a, b) => a.at - b.at);
}

/** Takes a release back that is still to come; false when there is none any more. */
export async function cancelWave(scene: Scene, wave: string): Promise<boolean> {
  const { db, workspace, at, actor } = scene;
  if (!(await plannedWaves(scene)).some(({ id }) => id === wave)) return false;
  return unlessStale(
    db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(endSchedule(db, workspace, KIND, wave), 'wave'),
      log({
        at,
        kind: 'release_cancelled',
        pilot: null,
        actor: `user:${actor.id}`,
        body: { role: 'office' },
      }),
    ]),
  );
}

/** Carries releases out, one batch per pilot; what was done before a crash is not done again. */
export const waveDuty = ordersDuty(KIND, order, carryOut);

async function carryOut(parts: Parts, row: ScheduleRow, given: Order, at: number): Promise<void> {
  const { db } = parts;
  const { workspace } = row;
  const wanted = new Set(given.pilots);
  const all = (await allPilots(db, workspace)).filter(({ pilot }) => wanted.has(pilot.id));
  const left = all.filter(({ pilot }) => isWatched(pilot));
  const begun = given.begun ?? at;
  for (const facts of left.slice(0, PER_LOOK)) {
    const isOpen = await mayPost(parts, facts);
    await unlessStale(
      db.atomically(workspace, (log) => released(parts, facts, { at, by: given.by, isOpen }, log)),
    );
  }
  if (left.length > PER_LOOK) {
    // When it began is kept, so that its message says all of it.
    const again = setSchedule(db, { ...scheduleAgain(row), details: { ...given, begun }, nextAt: at });
    await unlessStale(db.atomically(workspace, () => [guard(moveOn(db, row, at), 'schedule'), again]));
    return;
  }
  const people = new Set(all.flatMap(toHear));
  people.delete(given.by);
  const office = await officeMembers(parts, workspace);
  await unlessStale(
    db.atomically(workspace, () => [
      guard(moveOn(db, row, null), 'schedule'),
      endSchedule(db, workspace, KIND, row.subject),
      drawHomes(db, workspace, office),
      ...[...people].map((person) =>
        intend(db, workspace, parts.newId(), at, {
          kind: RELEASED,
          subject: `wave:${row.subject}`,
          version: 1,
          addressee: `user:${person}`,
          details: { from: begun, until: at },
          dedupeKey: `${RELEASED}:${row.subject}:${person}`,
          notBefore: at,
        }),
      ),
    ]),
  );
}

const scheduleAgain = ({ workspace, id, kind, subject, timezone, setBy, setAt }: ScheduleRow) => ({
  workspace,
  id,
  kind,
  subject,
  rule: {},
  timezone,
  setBy,
  setAt,
});

/** Whether the card of a pilot may stand in its channel. */
async function mayPost(parts: Parts, { pilot, everAsked }: PilotFacts): Promise<boolean> {
  const { channel, workspace } = pilot;
  const seen = { ...pilot, watchedSince: null };
  if (channel === null || !channelCanSee(seen, everAsked)) return false;
  return channelProblem(await parts.channel(workspace, channel)) === null;
}

/** One pilot goes: what was looked at while nobody was told is forgotten, and every clock begins. */
function released(
  { db, newId }: Parts,
  facts: PilotFacts,
  how: { readonly at: number; readonly by: string; readonly isOpen: boolean },
  log: Log,
): (Statement | Guard)[] {
  const { pilot, charter, holders } = facts;
  const { workspace, id, channel } = pilot;
  const { at } = how;
  const say = (kind: string, version: number, addressee: string, dedupeKey: string): Statement =>
    intend(db, workspace, newId(), at, { kind, subject: id, version, addressee, dedupeKey, notBefore: at });
  const sponsor = charter.status === 'asked' ? holders.sponsor : undefined;
  return [
    guard(endWatch(db, workspace, id, at), 'pilot'),
    ...forgetWatching(db, workspace, id, pilot.watchedSince ?? at),
    rethinkCheckIns(db, workspace, [id]),
    ...(how.isOpen && channel !== null
      ? [say('pilot-card', 1, `channel:${channel}`, `pilot-card:${id}:${channel}:${at}`)]
      : []),
    // Whoever was asked while it was watched only has not heard of it.
    ...(sponsor === undefined
      ? []
      : [
          say(
            'sign-request',
            stateNumber(charter.n, charter.revision),
            `user:${sponsor}`,
            `sign-request:${charter.id}:${charter.revision}:${sponsor}:${at}`,
          ),
        ]),
    log({
      at,
      kind: 'pilot_released',
      pilot: id,
      actor: `user:${how.by}`,
      body: { role: 'office', watched_since: dayOf(pilot.watchedSince ?? at, 'UTC') },
    }),
    ...touched(db, workspace, id),
  ];
}
