/** How is the weekly digest of a channel looked at, switched on and off? */
import { z } from 'zod';
import { nearest } from '../../core/key.ts';
import { todayIn } from '../../core/metric.ts';
import { isZone, nextWeekly, readWeekly, type WeeklyRule, weeklyWords } from '../../core/schedule.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { intend } from '../../db/queries/outbox.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import {
  DIGEST_EDIT_MS,
  DIGEST_EDITS,
  endSchedule,
  scheduleOf,
  setSchedule,
} from '../../db/queries/schedules.ts';
import { type Message, sentence } from '../../slack/blocks.ts';
import { personField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { type Reply, say } from '../../slack/reply.ts';
import { channelProblem } from '../../views/channel-text.ts';
import { weekdayText } from '../../views/day-text.ts';
import { digestMessage } from '../../views/digest-text.ts';
import type { Parts, Scene } from '../feature.ts';
import { maySee } from '../find-pilot.ts';
import { EVERYTHING, type Filter, filterWords, keptFilter, passes } from './filter.ts';
import { weekDigest } from './week.ts';
import { whenFields } from './when.ts';

export const CHANNEL = 'channel-digest';
export const MONDAY_NINE: WeeklyRule = { weekday: 1, time: '09:00' };

export const ruleShape = z.object({
  weekday: z.number().int().min(1).max(7),
  time: z.string().regex(/^\d{2}:\d{2}$/),
});

export const preferencesForm = defineForm({
  id: 'digest-preferences',
  title: 'Digest of this channel',
  submit: 'Save',
  meta: z.object({ channel: z.string() }),
  fields: {
    ...whenFields({ off: 'No digest here', time: 'Like 9:00 or 14:30' }),
    unit: textField({ label: 'Only business unit', hint: 'Empty: of every unit', max: 80 }).optional,
    owner: personField({ label: 'Only pilots of this owner', hint: 'Empty: of every owner' }).optional,
  },
});

const isChannel = (id: string | null): id is string => id !== null && /^[CG]/.test(id);

/** What the digest would say now, for the person who asked and with what they may see. */
export async function preview(scene: Scene): Promise<Message> {
  const channel = scene.incoming.channel;
  const schedule = isChannel(channel) ? await scheduleOf(scene.db, scene.workspace, CHANNEL, channel) : null;
  const known = schedule?.enabled ? ruleShape.safeParse(schedule.rule) : null;
  const filter = known?.success ? keptFilter(schedule?.details) : EVERYTHING;
  const [digest, names] = await Promise.all([
    weekDigest(scene, (facts) => maySee(facts, scene.viewer) && passes(facts, filter)),
    scene.people.names(scene.workspace, [filter.owner]),
  ]);
  const small = known?.success
    ? `This channel gets its digest ${weeklyWords(known.data)} (${schedule?.timezone}).`
    : `Only you see this. ${scene.command} digest here weekly monday 9:00 posts it in this channel.`;
  const about = filterWords(filter, names);
  return digestMessage(digest, todayIn(scene.zone, scene.at), [], small, about);
}

/** The sentence for a place where no digest can go, or null. */
async function placeProblem(scene: Scene, channel: string | null): Promise<string | null> {
  if (!isChannel(channel))
    return 'A digest goes to a channel, and this is not one. Type the command in the channel that should get it.';
  const problem = channelProblem(await scene.channel(scene.workspace, channel));
  if (problem !== null) return problem.replace('; or leave the field empty', '');
  if (scene.actor.isGuest) return 'Guests cannot set up a digest. Ask a member of this workspace.';
  return null;
}

/** A unit nobody's pilot belongs to, as a sentence; null where it has one that every reader may see. */
export async function unitProblem(scene: Scene, { unit }: Filter): Promise<string | null> {
  if (unit === null) return null;
  const pilots = (await allPilots(scene.db, scene.workspace)).filter((facts) => maySee(facts, scene.viewer));
  if (pilots.some((facts) => passes(facts, { unit, owner: null }))) return null;
  const units = [...new Set(pilots.map(({ pilot }) => pilot.unit).filter((name) => name !== null))];
  const near = nearest(unit, units, 2);
  const hint = near.length === 0 ? 'No pilot you can see has one' : `Near it: ${near.join(', ')}`;
  return `There is no business unit "${unit.slice(0, 60)}" with a pilot you can see. ${hint}.`;
}

/** Posts it now, besides the schedule. */
export async function postNow(scene: Scene): Promise<Reply> {
  const channel = scene.incoming.channel;
  const problem = await placeProblem(scene, channel);
  if (problem !== null || !isChannel(channel)) return say(sentence(problem ?? ''));
  const { db, workspace, at } = scene;
  const schedule = await scheduleOf(db, workspace, CHANNEL, channel);
  const filter = schedule?.enabled === true ? keptFilter(schedule.details) : EVERYTHING;
  await db.atomically(workspace, () =>
    digestRows(
      scene,
      workspace,
      { channel, subject: `${channel}@${scene.incoming.trigger ?? at}`, filter },
      at,
      true,
    ),
  );
  return say(sentence('The digest is posted here.'));
}

/** The digest, its thread, and the looks after it while values may come late. */
export function digestRows(
  parts: Pick<Parts, 'db' | 'newId'>,
  workspace: string,
  what: { readonly channel: string; readonly subject: string; readonly filter: Filter },
  at: number,
  asked: boolean,
): Statement[] {
  const { channel, subject, filter } = what;
  const row = (kind: string, addressee: string) =>
    intend(parts.db, workspace, parts.newId(), at, {
      kind,
      subject,
      version: 1,
      addressee,
      details: { asked, ...filter },
      dedupeKey: `${kind}:${subject}`,
      notBefore: at,
    });
  return [
    row('digest', `channel:${channel}`),
    row('digest-details', `digest:${subject}`),
    setSchedule(parts.db, {
      workspace,
      id: parts.newId(),
      kind: DIGEST_EDITS,
      subject: workspace,
      rule: {},
      timezone: 'UTC',
      // What changes between now and the drawing is drawn as well.
      nextAt: at + DIGEST_EDIT_MS,
      details: {},
      setBy: 'system:digest',
      setAt: at,
    }),
  ];
}

/** The zone of whoever sets it up, said aloud. */
export async function switchOn(
  scene: Scene,
  channel: string | null,
  chosen: WeeklyRule,
  filter: Filter,
): Promise<Message> {
  const problem = (await placeProblem(scene, channel)) ?? (await unitProblem(scene, filter));
  if (problem !== null || !isChannel(channel)) return sentence(`${problem} Nothing has changed.`);
  const { db, workspace, at, newId } = scene;
  const zone = isZone(scene.zone) ? scene.zone : 'UTC';
  const nextAt = nextWeekly(chosen, zone, at);
  const before = await scheduleOf(db, workspace, CHANNEL, channel);
  const known = ruleShape.safeParse(before?.enabled ? before.rule : null);
  const kept = keptFilter(before?.details);
  const isSame =
    before?.timezone === zone &&
    known.data?.weekday === chosen.weekday &&
    known.data.time === chosen.time &&
    kept.unit === filter.unit &&
    kept.owner === filter.owner;
  if (!isSame) {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      setSchedule(db, {
        workspace,
        id: newId(),
        kind: CHANNEL,
        subject: channel,
        rule: { ...chosen },
        timezone: zone,
        nextAt,
        details: { ...filter },
        setBy: scene.actor.id,
        setAt: at,
      }),
      log({
        at,
        kind: 'digest_scheduled',
        pilot: null,
        actor: `user:${scene.actor.id}`,
        body: {
          channel,
          rule: { ...chosen },
          timezone: zone,
          filtered: filter.unit !== null || filter.owner !== null,
        },
        personal: { ...filter },
      }),
    ]);
  }
  const names = await scene.people.names(workspace, [filter.owner]);
  const about = filterWords(filter, names);
  return sentence(
    `This channel gets its digest${about === '' ? '' : `, pilots${about} only,`} ${weeklyWords(chosen)}, ${zone} time (yours). Next: ${nextDates(chosen, zone, at).join(', ')}. Weeks with nothing to tell are left out. ${scene.command} digest off ends it.`,
  );
}

/** The next three days on which a rule falls due. */
export function nextDates(rule: WeeklyRule, zone: string, at: number): string[] {
  const dates: string[] = [];
  for (let next = nextWeekly(rule, zone, at); dates.length < 3; next = nextWeekly(rule, zone, next))
    dates.push(weekdayText(todayIn(zone, next), todayIn(zone, at)));
  return dates;
}

/** Ends the digest of a channel. */
export async function switchOff(scene: Scene, channel: string | null): Promise<Message> {
  if (!isChannel(channel))
    return sentence('A digest belongs to a channel. Type the command in the channel that gets it.');
  if (scene.actor.isGuest) return sentence('Guests cannot end a digest. Ask a member of this workspace.');
  const { db, workspace, at } = scene;
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(endSchedule(db, workspace, CHANNEL, channel), 'schedule'),
      log({ at, kind: 'digest_ended', pilot: null, actor: `user:${scene.actor.id}`, body: { channel } }),
    ]);
  } catch (error) {
    if (error instanceof Stale) return sentence('This channel gets no digest, so there is nothing to end.');
    throw error;
  }
  return sentence(
    `This channel gets no digest any more. ${scene.command} digest here weekly monday 9:00 starts it again.`,
  );
}

/** `here [weekly DAY TIME] [unit NAME | owner @who]`, read; or what to say instead. */
export function readHere(
  command: string,
  typed: string,
  read: { readonly words: string; readonly filter: Filter; readonly problem: 'unit' | 'owner' | null },
): { readonly rule: WeeklyRule } | { readonly instead: Message } {
  if (read.problem === 'unit')
    return {
      instead: sentence(
        `Which business unit? Write it like: ${command} digest here unit Claims. Nothing has changed.`,
      ),
    };
  if (read.problem === 'owner')
    return {
      instead: sentence(
        `Whose pilots? Mention the owner: ${command} digest here owner @ana. Nothing has changed.`,
      ),
    };
  const rule = read.words === '' ? MONDAY_NINE : readWeekly(read.words);
  if (rule !== null) return { rule };
  return {
    instead: sentence(
      `I cannot read "${typed.slice(0, 60)}" as a time. Write it like: ${command} digest here weekly monday 9:00. Nothing has changed.`,
    ),
  };
}
