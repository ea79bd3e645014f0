/** How does somebody who has no part in a pilot hear how it goes? */
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { isZone, nextWeekly, weeklyWords } from '../../core/schedule.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { follow, followedBy, unfollow } from '../../db/queries/follows.ts';
import { openSchedule, PERSONAL_DIGEST, scheduleOf } from '../../db/queries/schedules.ts';
import { type Message, message, sentence } from '../../slack/blocks.ts';
import { type Reply, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { type Feature, onPress, type Scene } from '../feature.ts';
import { type Found, findById, findByKey } from '../find-pilot.ts';

const MONDAY_NINE = { weekday: 1, time: '09:00' } as const;

/** Begins to follow: what moves stands in the follower's own weekly message. */
async function begin(scene: Scene, { pilot }: PilotFacts): Promise<Message> {
  const { db, workspace, at, actor } = scene;
  const [followed, schedule] = await Promise.all([
    followedBy(db, workspace, actor.id),
    scheduleOf(db, workspace, PERSONAL_DIGEST, actor.id),
  ]);
  const zone = isZone(scene.zone) ? scene.zone : 'UTC';
  if (!followed.has(pilot.id))
    await db.atomically(workspace, (log): Statement[] => [
      follow(db, { workspace, person: actor.id, pilot: pilot.id }, at),
      ...(schedule === null
        ? [
            openSchedule(db, {
              workspace,
              id: scene.newId(),
              kind: PERSONAL_DIGEST,
              subject: actor.id,
              rule: { ...MONDAY_NINE },
              timezone: zone,
              nextAt: nextWeekly(MONDAY_NINE, zone, at),
              details: {},
              setBy: actor.id,
              setAt: at,
            }),
          ]
        : []),
      log({ at, kind: 'followed', pilot: pilot.id, actor: `user:${actor.id}`, body: {} }),
    ]);
  const how =
    schedule === null || schedule.enabled
      ? `It stands in your weekly message${schedule === null ? `, ${weeklyWords(MONDAY_NINE)}` : ''}, when something waits or has changed.`
      : `Your weekly message is switched off: ${scene.command} digest me starts it again.`;
  const line = `You follow ${pilot.name}. ${how}`;
  return message({
    notice: line,
    lines: [line],
    buttons: [[buttons.unfollow.element({ pilot: pilot.id }), buttons.howOften.element({})]],
  });
}

/** Ends it; a second press says so. */
async function end(scene: Scene, { pilot }: PilotFacts): Promise<Message> {
  const { db, workspace, at, actor } = scene;
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(unfollow(db, { workspace, person: actor.id, pilot: pilot.id }), 'following'),
      log({ at, kind: 'unfollowed', pilot: pilot.id, actor: `user:${actor.id}`, body: {} }),
    ]);
  } catch (error) {
    if (error instanceof Stale) return sentence(`You do not follow ${pilot.name}. Nothing has changed.`);
    throw error;
  }
  return message({
    notice: `You do not follow ${pilot.name} any more.`,
    lines: [`You do not follow ${pilot.name} any more.`],
    buttons: [[buttons.follow.element({ pilot: pilot.id })]],
  });
}

const answered = async (
  scene: Scene,
  found: Found,
  act: (scene: Scene, facts: PilotFacts) => Promise<Message>,
): Promise<Reply> => say('instead' in found ? found.instead : await act(scene, found.facts));

export const followPilot: Feature = {
  name: 'follow-pilot',
  commands: [
    {
      name: 'follow',
      usage: 'KEY',
      does: 'hear once a week how a pilot goes',
      run: async (scene, rest) => answered(scene, await findByKey(scene, rest), begin),
    },
    {
      name: 'unfollow',
      usage: 'KEY',
      does: 'hear of it no more',
      run: async (scene, rest) => answered(scene, await findByKey(scene, rest), end),
    },
  ],
  presses: [
    onPress(buttons.follow, async (scene, { pilot }) => answered(scene, await findById(scene, pilot), begin)),
    onPress(buttons.unfollow, async (scene, { pilot }) => answered(scene, await findById(scene, pilot), end)),
  ],
};
