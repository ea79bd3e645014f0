/** How does somebody get a weekly message of their own: the short one, or all of it? */
import { z } from 'zod';
import { isZone, nextWeekly, readWeekly, type WeeklyRule, weeklyWords } from '../../core/schedule.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { sponsorsAmong } from '../../db/queries/roles.ts';
import { endSchedule, PERSONAL_DIGEST, scheduleOf, setSchedule } from '../../db/queries/schedules.ts';
import { type Message, message, sentence } from '../../slack/blocks.ts';
import { choiceField } from '../../slack/field.ts';
import { defineForm, type ValuesOf } from '../../slack/form.ts';
import { close, open, type Reply, refuse } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import type { Scene } from '../feature.ts';
import { MONDAY_NINE, nextDates, ruleShape } from './channel.ts';
import { readWhen, whenFields } from './when.ts';

const kept = z.object({
  which: z.enum(['mine', 'all']).catch('mine'),
  /** Null: short for sponsors, else full. */
  length: z.enum(['short', 'full']).nullable().catch(null),
});

/** What somebody's weekly message tells of, and how much of it. */
export type PersonalDigest = z.infer<typeof kept>;

/** As it is kept; what cannot be read is as usual. */
export const personalDigest = (details: unknown): PersonalDigest => {
  const read = kept.safeParse(details);
  return read.success ? read.data : { which: 'mine', length: null };
};

export const howOftenForm = defineForm({
  id: 'how-often',
  title: 'My weekly message',
  submit: 'Save',
  meta: z.object({}),
  fields: {
    ...whenFields({ off: 'Never', time: 'Like 9:00 or 14:30, where you are' }),
    which: choiceField({
      label: 'Which pilots',
      radio: true,
      choices: [
        { value: 'mine', text: 'Mine, and those I follow' },
        { value: 'all', text: 'All I may see' },
      ],
    }).required,
    length: choiceField({
      label: 'How much',
      radio: true,
      choices: [
        { value: 'short', text: 'Thirty seconds: what waits, what got worse or better' },
        { value: 'full', text: 'The whole week' },
      ],
    }).required,
  },
});

/** Short for whoever sponsors a pilot, where nobody has said otherwise. */
export async function usualLength(
  scene: Pick<Scene, 'db' | 'workspace'>,
  person: string,
): Promise<'short' | 'full'> {
  const sponsors = await sponsorsAmong(scene.db, scene.workspace, [person]);
  return sponsors.has(person) ? 'short' : 'full';
}

/** Opens the form with what is set. */
export async function openHowOften(scene: Scene, which: 'mine' | 'all' | null = null): Promise<Reply> {
  const schedule = await scheduleOf(scene.db, scene.workspace, PERSONAL_DIGEST, scene.actor.id);
  const known = ruleShape.safeParse(schedule?.rule);
  const rule = known.success ? known.data : MONDAY_NINE;
  const set = personalDigest(schedule?.details);
  // Whoever presses Follow wants it; whoever looks at what is set sees what is set.
  const isOn = schedule === null ? true : schedule.enabled || which !== null;
  return open(
    howOftenForm.view({}, scene.place, {
      initial: {
        weekday: isOn ? String(rule.weekday) : 'off',
        time: rule.time.replace(/^0/, ''),
        which: which ?? set.which,
        length: set.length ?? (await usualLength(scene, scene.actor.id)),
      },
      hints: { time: `Like 9:00 or 14:30, in ${scene.zone} time (yours)` },
    }),
  );
}

/** Saves the form. */
export async function saveHowOften(
  scene: Scene,
  values: ValuesOf<(typeof howOftenForm)['fields']>,
): Promise<Reply> {
  const when = readWhen(values);
  if (when === 'off') return close(await personalOff(scene));
  if ('errors' in when) return refuse(when.errors);
  return close(await personalOn(scene, when.rule, { which: values.which, length: values.length }));
}

/** Switches it on, or changes it. */
export async function personalOn(scene: Scene, rule: WeeklyRule, digest: PersonalDigest): Promise<Message> {
  const { db, workspace, at, actor } = scene;
  const zone = isZone(scene.zone) ? scene.zone : 'UTC';
  await db.atomically(workspace, (log): Statement[] => [
    setSchedule(db, {
      workspace,
      id: scene.newId(),
      kind: PERSONAL_DIGEST,
      subject: actor.id,
      rule: { ...rule },
      timezone: zone,
      nextAt: nextWeekly(rule, zone, at),
      details: { ...digest },
      setBy: actor.id,
      setAt: at,
    }),
    log({
      at,
      kind: 'digest_scheduled',
      pilot: null,
      actor: `user:${actor.id}`,
      body: { channel: null, rule: { ...rule }, timezone: zone, ...digest },
    }),
  ]);
  const line = `You get a weekly message ${weeklyWords(rule)}, ${zone} time (yours). Next: ${nextDates(rule, zone, at).join(', ')}. Nothing is sent in weeks in which nothing waits and nothing has changed.`;
  return message({ notice: line, lines: [line], buttons: [[buttons.howOften.element({})]] });
}

/** Switches it off; a second time says so. */
export async function personalOff(scene: Scene): Promise<Message> {
  const { db, workspace, at, actor } = scene;
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(endSchedule(db, workspace, PERSONAL_DIGEST, actor.id), 'schedule'),
      log({ at, kind: 'digest_ended', pilot: null, actor: `user:${actor.id}`, body: { channel: null } }),
    ]);
  } catch (error) {
    if (error instanceof Stale) return sentence('You get no weekly message, so there is nothing to end.');
    throw error;
  }
  return sentence(`You get no weekly message any more. ${scene.command} digest me starts it again.`);
}

/** `me [short | full] [weekly DAY TIME]`, read; or what to say instead. */
export function readMe(
  command: string,
  words: readonly string[],
): { readonly rule: WeeklyRule; readonly length: 'short' | 'full' | null } | { readonly instead: Message } {
  const length = words.find((word) => /^(?:short|full)$/i.test(word))?.toLowerCase() as
    | 'short'
    | 'full'
    | undefined;
  const rest = words.filter((word) => !/^(?:short|full)$/i.test(word)).join(' ');
  const rule = rest === '' ? MONDAY_NINE : readWeekly(rest);
  if (rule !== null) return { rule, length: length ?? null };
  return {
    instead: sentence(
      `I cannot read "${rest.slice(0, 60)}" as a time. Write it like: ${command} digest me short weekly monday 8:30. Nothing has changed.`,
    ),
  };
}
