/** How does a channel get its weekly digest, on schedule and on demand? */
import { z } from 'zod';
import { todayIn } from '../../core/metric.ts';
import {
  isZone,
  nextWeekly,
  readWeekly,
  WEEKDAYS,
  type WeeklyRule,
  weeklyWords,
} from '../../core/schedule.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { intend } from '../../db/queries/outbox.ts';
import {
  claimSchedules,
  endSchedule,
  moveOn,
  nextScheduled,
  planAnew,
  scheduleOf,
  schedulesOf,
  setSchedule,
} from '../../db/queries/schedules.ts';
import { type Message, sentence } from '../../slack/blocks.ts';
import { choiceField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { channelProblem } from '../../views/channel-text.ts';
import { weekdayText } from '../../views/day-text.ts';
import { digestMessage } from '../../views/digest-text.ts';
import { type Duty, type Feature, onPress, onSubmit, type Parts, type Scene } from '../feature.ts';
import { maySee } from '../find-pilot.ts';
import { detailsLetter, digestLetter } from './letters.ts';
import { weekDigest } from './week.ts';

const KIND = 'channel-digest';
const LEASE_MS = 60_000;
const MONDAY_NINE: WeeklyRule = { weekday: 1, time: '09:00' };

const rule = z.object({ weekday: z.number().int().min(1).max(7), time: z.string().regex(/^\d{2}:\d{2}$/) });

const preferencesForm = defineForm({
  id: 'digest-preferences',
  title: 'Digest of this channel',
  submit: 'Save',
  meta: z.object({ channel: z.string() }),
  fields: {
    weekday: choiceField({
      label: 'Day',
      choices: [
        ...WEEKDAYS.map((text, index) => ({ value: String(index + 1), text })),
        { value: 'off', text: 'No digest here' },
      ],
    }).required,
    time: textField({ label: 'Time', hint: 'Like 9:00 or 14:30', max: 10 }).required,
  },
});

const isChannel = (id: string | null): id is string => id !== null && /^[CG]/.test(id);

async function run(scene: Scene, rest: string): Promise<Reply> {
  const [first = '', ...words] = rest.trim().split(/\s+/);
  switch (first.toLowerCase()) {
    case '':
      return say(await preview(scene));
    case 'now':
      return postNow(scene);
    case 'off':
      return say(await switchOff(scene, scene.incoming.channel));
    case 'here': {
      const typed = words.join(' ');
      const chosen = typed === '' ? MONDAY_NINE : readWeekly(typed);
      if (chosen === null) {
        return say(
          sentence(
            `I cannot read "${typed.slice(0, 60)}" as a time. Write it like: ${scene.command} digest here weekly monday 9:00. Nothing has changed.`,
          ),
        );
      }
      return say(await switchOn(scene, scene.incoming.channel, chosen));
    }
    default:
      return say(
        sentence(
          `I do not know "digest ${first.slice(0, 40)}". Try ${scene.command} digest, digest now, digest here weekly monday 9:00, or digest off.`,
        ),
      );
  }
}

/** What the digest would say now, for the person who asked and with what they may see. */
async function preview(scene: Scene): Promise<Message> {
  const digest = await weekDigest(scene, (facts) => maySee(facts, scene.viewer));
  const channel = scene.incoming.channel;
  const schedule = isChannel(channel) ? await scheduleOf(scene.db, scene.workspace, KIND, channel) : null;
  const known = schedule?.enabled ? rule.safeParse(schedule.rule) : null;
  const small = known?.success
    ? `This channel gets its digest ${weeklyWords(known.data)} (${schedule?.timezone}).`
    : `Only you see this. ${scene.command} digest here weekly monday 9:00 posts it in this channel.`;
  return digestMessage(digest, todayIn(scene.zone, scene.at), [], small);
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

async function postNow(scene: Scene): Promise<Reply> {
  const channel = scene.incoming.channel;
  const problem = await placeProblem(scene, channel);
  if (problem !== null || !isChannel(channel)) return say(sentence(problem ?? ''));
  const { db, workspace, at } = scene;
  await db.atomically(workspace, () =>
    digestRows(scene, workspace, channel, `${channel}@${scene.incoming.trigger ?? at}`, at, true),
  );
  return say(sentence('The digest is posted here.'));
}

function digestRows(
  parts: Pick<Parts, 'db' | 'newId'>,
  workspace: string,
  channel: string,
  subject: string,
  at: number,
  asked: boolean,
): Statement[] {
  const row = (kind: string, addressee: string) =>
    intend(parts.db, workspace, parts.newId(), at, {
      kind,
      subject,
      version: 1,
      addressee,
      details: { asked },
      dedupeKey: `${kind}:${subject}`,
      notBefore: at,
    });
  return [row('digest', `channel:${channel}`), row('digest-details', `digest:${subject}`)];
}

/** The zone of whoever sets it up, said aloud. */
async function switchOn(scene: Scene, channel: string | null, chosen: WeeklyRule): Promise<Message> {
  const problem = await placeProblem(scene, channel);
  if (problem !== null || !isChannel(channel)) return sentence(`${problem} Nothing has changed.`);
  const { db, workspace, at, newId } = scene;
  const zone = isZone(scene.zone) ? scene.zone : 'UTC';
  const nextAt = nextWeekly(chosen, zone, at);
  const before = await scheduleOf(db, workspace, KIND, channel);
  const known = rule.safeParse(before?.enabled ? before.rule : null);
  const same =
    before?.timezone === zone && known.data?.weekday === chosen.weekday && known.data.time === chosen.time;
  if (!same) {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      setSchedule(db, {
        workspace,
        id: newId(),
        kind: KIND,
        subject: channel,
        rule: { ...chosen },
        timezone: zone,
        nextAt,
        details: {},
        setBy: scene.actor.id,
        setAt: at,
      }),
      log({
        at,
        kind: 'digest_scheduled',
        pilot: null,
        actor: `user:${scene.actor.id}`,
        body: { channel, rule: { ...chosen }, timezone: zone },
      }),
    ]);
  }
  const dates: string[] = [];
  for (let next = nextAt; dates.length < 3; next = nextWeekly(chosen, zone, next)) {
    dates.push(weekdayText(todayIn(zone, next), todayIn(zone, at)));
  }
  return sentence(
    `This channel gets its digest ${weeklyWords(chosen)}, ${zone} time (yours). Next: ${dates.join(', ')}. Weeks with nothing to tell are left out. ${scene.command} digest off ends it.`,
  );
}

async function switchOff(scene: Scene, channel: string | null): Promise<Message> {
  if (!isChannel(channel))
    return sentence('A digest belongs to a channel. Type the command in the channel that gets it.');
  if (scene.actor.isGuest) return sentence('Guests cannot end a digest. Ask a member of this workspace.');
  const { db, workspace, at } = scene;
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(endSchedule(db, workspace, KIND, channel), 'schedule'),
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

/** On its day, one digest per channel; after downtime only the newest. */
const duty: Duty = {
  name: KIND,
  nextDue: (parts) => nextScheduled(parts.db, KIND),
  async rethink(parts, at) {
    for (const row of await schedulesOf(parts.db, KIND)) {
      const known = rule.safeParse(row.rule);
      if (known.success) await planAnew(parts.db, row, nextWeekly(known.data, row.timezone, at));
    }
  },
  async run(parts, at) {
    for (const row of await claimSchedules(parts.db, KIND, at, LEASE_MS)) {
      const known = rule.safeParse(row.rule);
      if (!known.success || row.nextAt === null) continue;
      const next = nextWeekly(known.data, row.timezone, at);
      const subject = `${row.subject}@${row.nextAt}`;
      await parts.db
        .atomically(row.workspace, (): (Statement | Guard)[] => [
          guard(moveOn(parts.db, row, next), 'schedule'),
          ...digestRows(parts, row.workspace, row.subject, subject, at, false),
        ])
        .catch((error: unknown) => {
          if (!(error instanceof Stale)) throw error;
        });
    }
  },
};

export const sendDigest: Feature = {
  name: 'send-digest',
  commands: [
    {
      name: 'digest',
      usage: '[now | here weekly DAY TIME | off]',
      does: 'the week in one message: preview, post, or every week',
      common: true,
      run,
    },
  ],
  presses: [
    onPress(buttons.digestPreferences, async (scene, { channel }) => {
      const schedule = await scheduleOf(scene.db, scene.workspace, KIND, channel);
      const known = rule.safeParse(schedule?.rule ?? MONDAY_NINE);
      const now = known.success ? known.data : MONDAY_NINE;
      return open(
        preferencesForm.view({ channel }, scene.place, {
          initial: {
            weekday: schedule?.enabled ? String(now.weekday) : 'off',
            time: now.time.replace(/^0/, ''),
          },
          hints: { time: `Like 9:00 or 14:30, in ${scene.zone} time (yours)` },
        }),
      );
    }),
  ],
  forms: [
    onSubmit(preferencesForm, async (scene, values, { channel }) => {
      if (values.weekday === 'off') return close(await switchOff(scene, channel));
      const chosen = readWeekly(`${WEEKDAYS[Number(values.weekday) - 1]} ${values.time}`);
      if (chosen === null) return refuse({ time: `"${values.time}" is not a time. Write it like 9:00.` });
      return close(await switchOn(scene, channel, chosen));
    }),
  ],
  letters: [digestLetter, detailsLetter],
  duties: [duty],
};
