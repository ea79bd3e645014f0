/** How does somebody answer without deciding: with a next step, a snooze, or by saying that it is wrong? */
import { z } from 'zod';
import { hoursAt, workingDayFrom, workingDaysBetween } from '../../core/calendar.ts';
import { addDays, type Day, dayOf, startOfDay } from '../../core/day.ts';
import type { StallCause } from '../../core/escalation/cause.ts';
import type { Act, ActRefusal } from '../../core/escalation/refusal.ts';
import { type Guard, Stale, type Statement } from '../../db/database.ts';
import type { CaseRow, Said } from '../../db/queries/cases.ts';
import { touched } from '../../db/queries/messages.ts';
import { sentence } from '../../slack/blocks.ts';
import { choicesField, dayField, textField } from '../../slack/field.ts';
import { defineForm, type Fields } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import type { AboutCase } from '../../views/case-buttons.ts';
import { CAUSE_WORDS, caseRefusalText } from '../../views/case-refusal-text.ts';
import { weekdayText } from '../../views/day-text.ts';
import { aboutPilot } from '../../views/pilot-card.ts';
import { changedMeanwhile } from '../../views/refusal-text.ts';
import type { FormHandler, Scene } from '../feature.ts';
import { type Acting, acting, pendingMessage, refusalMessage, refused, together } from './acting.ts';
import { type Turn, turn, turnStatements } from './perform.ts';

const meta = z.object({ pilot: z.string(), case: z.string() });
/** Working days. */
const USUAL_DAYS = 5;

export const onItForm = defineForm({
  id: 'on-it',
  title: "I'm on it",
  submit: "I'm on it",
  meta,
  fields: {
    next: textField({ label: 'Next step', hint: 'What happens, and who does it', max: 300 }).required,
    until: dayField({ label: 'By', hint: 'Within 20 working days' }).required,
  },
});

export const snoozeForm = defineForm({
  id: 'snooze',
  title: 'Snooze',
  submit: 'Snooze',
  meta,
  fields: {
    reason: textField({ label: 'Why', hint: 'Everybody who asks reads it', max: 300 }).required,
    until: dayField({ label: 'Until', hint: 'Within 10 working days, twice at most' }).required,
  },
});

/** The form for what is wrong; with several causes one says which. */
export function wrongForm(causes: readonly { readonly value: string; readonly text: string }[]) {
  const which: Fields =
    causes.length < 2 ? {} : { which: choicesField({ label: 'What is wrong', choices: causes }).required };
  return defineForm({
    id: 'is-wrong',
    title: 'This is wrong',
    submit: 'Close it',
    meta: meta.extend({ as: z.enum(['false_alarm', 'accepted_risk']) }),
    fields: {
      ...which,
      words: textField({ label: 'Why', hint: 'It stays in the history', max: 300 }).required,
    },
  });
}

type Opening = Acting | { readonly reply: Reply };

/** Whoever may act, while no decision waits for its ten minutes. */
export async function ready(scene: Scene, about: AboutCase, what: string): Promise<Opening> {
  const found = await acting(scene, about, what);
  if ('instead' in found) return { reply: say(found.instead) };
  const pending = await pendingMessage(scene, found);
  return pending === null ? found : { reply: say(pending) };
}

const isDate = (refusal: ActRefusal): boolean => refusal === 'needs_date' || refusal === 'too_long';

/** Opens the form for an act that would not be refused whatever is typed. */
async function openFor(
  scene: Scene,
  about: AboutCase,
  what: string,
  probe: Act,
  view: (found: Acting) => Reply,
): Promise<Reply> {
  const found = await ready(scene, about, what);
  if ('reply' in found) return found.reply;
  const refusal = refused(found, found.row, probe);
  return refusal === null ? view(found) : say(await refusalMessage(scene, found, refusal, what));
}

/** What the form is about, and a week as the usual time. */
function usual(scene: Scene, { facts, around }: Acting) {
  const today = dayOf(scene.at, scene.zone);
  const until = workingDayFrom(around.desk.calendarOf(scene.actor.id), today, USUAL_DAYS);
  return { above: aboutPilot(facts.pilot.name), initial: { until } };
}

/** Opens the form for the next step. */
export const openOnIt = (scene: Scene, about: AboutCase): Promise<Reply> =>
  openFor(scene, about, 'answer for', { act: 'ack', next: 'x', days: 1 }, (found) =>
    open(onItForm.view(about, scene.place, usual(scene, found))),
  );

/** Opens the form for a snooze. */
export const openSnooze = (scene: Scene, about: AboutCase): Promise<Reply> =>
  openFor(scene, about, 'answer for', { act: 'snooze', reason: 'x', days: 1 }, (found) =>
    open(snoozeForm.view(about, scene.place, usual(scene, found))),
  );

/** Opens the form for why it is wrong, or known and accepted. */
export const openWrong = (
  scene: Scene,
  about: AboutCase,
  as: 'false_alarm' | 'accepted_risk',
): Promise<Reply> =>
  openFor(scene, about, 'close this for', { act: 'close', as }, (found) => {
    const causes = choicesOf(together(found, { act: 'close', as }));
    const isKnown = as === 'accepted_risk';
    return open(
      wrongForm(causes).view({ ...about, as }, scene.place, {
        above: aboutPilot(found.facts.pilot.name),
        ...(isKnown ? { title: 'Known, accepted' } : {}),
        initial: (causes.length < 2 ? {} : { which: causes.map(({ value }) => value) }) as never,
      }),
    );
  });

const choicesOf = (rows: readonly CaseRow[]) =>
  rows.map(({ cause }) => ({ value: cause, text: CAUSE_WORDS[cause as StallCause] ?? cause }));

/** When a chosen day ends for somebody: with their working day. */
function endOf(found: Acting, person: string, day: Day): { readonly days: number; readonly until: number } {
  const calendar = found.around.desk.calendarOf(person);
  const today = dayOf(found.around.at, calendar.zone);
  return {
    days: day <= today ? 0 : workingDaysBetween(calendar, today, day),
    until: hoursAt(calendar, day)?.to ?? startOfDay(addDays(day, 1), calendar.zone),
  };
}

/** Takes it on: the clock stops until the day of the next step. */
export async function takeOn(
  scene: Scene,
  values: { readonly next: string; readonly until: Day },
  about: AboutCase,
): Promise<Reply> {
  return settle(scene, about, (found) => {
    const { days, until } = endOf(found, scene.actor.id, values.until);
    const plan = { next: values.next, until: values.until, by: scene.actor.id, at: scene.at };
    return {
      act: { act: 'ack', next: values.next, days },
      happening: { event: 'ack', until, by: scene.actor.id },
      said: { plan },
      personal: { next: values.next, until: values.until },
      answer: `Noted: ${weekdayText(values.until, dayOf(scene.at, scene.zone))}. Nobody is asked until then.`,
    };
  });
}

/** Puts it aside for a few days. */
export async function putAside(
  scene: Scene,
  values: { readonly reason: string; readonly until: Day },
  about: AboutCase,
): Promise<Reply> {
  return settle(scene, about, (found) => {
    const { days, until } = endOf(found, scene.actor.id, values.until);
    const snooze = { reason: values.reason, until: values.until, by: scene.actor.id, at: scene.at };
    return {
      act: { act: 'snooze', reason: values.reason, days },
      happening: { event: 'snooze', until, by: scene.actor.id },
      said: { snooze },
      personal: { reason: values.reason, until: values.until },
      answer: `Put aside until ${weekdayText(values.until, dayOf(scene.at, scene.zone))}. Then it is asked again.`,
    };
  });
}

/** Says that it is wrong, or known and accepted: it is closed, and stays quiet as long as nothing changes. */
export const wrongHandler: FormHandler = {
  form: 'is-wrong',
  async run(scene, view) {
    const known = wrongForm([]).about(view);
    const gone = sentence('This form is out of date. Nothing was saved; open it again.');
    if (known === null) return close(gone);
    const found = await ready(scene, known.meta, 'close this for');
    if ('reply' in found) return asClose(found.reply);
    const act: Act = { act: 'close', as: known.meta.as };
    const rows = together(found, act);
    const read = wrongForm(choicesOf(rows)).read(view);
    if (!read.ok) return refuse(read.errors);
    const values = read.values as Readonly<Record<string, unknown>>;
    const which = Array.isArray(values['which'])
      ? (values['which'] as string[])
      : rows.map(({ cause }) => cause);
    const words = String(values['words']);
    return settle(
      scene,
      known.meta,
      () => ({
        act,
        happening: { event: 'decide', closing: { as: known.meta.as, decision: null } },
        said: { closing: { words, by: scene.actor.id, at: scene.at } },
        personal: { reason: words },
        answer: 'Closed. It stays quiet as long as nothing changes.',
      }),
      which,
    );
  },
};

/** Closes what looks right again before the next look does. What comes back is asked again, so there is nothing to undo. */
export async function closeNow(scene: Scene, about: AboutCase): Promise<Reply> {
  const reply = await settle(scene, about, () => ({
    act: { act: 'close', as: 'resolved' },
    happening: { event: 'decide', closing: { as: 'resolved', decision: null } },
    said: { closing: { words: '', by: scene.actor.id, at: scene.at } },
    personal: {},
    answer: 'Closed. If it comes back, it is asked again.',
  }));
  return reply.do === 'close' && reply.say !== undefined ? say(reply.say) : reply;
}

interface Answer {
  readonly act: Act;
  readonly happening: Omit<Parameters<typeof turn>[2], 'at'>;
  readonly said: Partial<Said>;
  readonly personal: { readonly [key: string]: string | null };
  readonly answer: string;
}

async function settle(
  scene: Scene,
  about: AboutCase,
  answerOf: (found: Acting) => Answer,
  causes?: readonly string[],
): Promise<Reply> {
  const found = await ready(scene, about, 'answer for');
  if ('reply' in found) return asClose(found.reply);
  const given = answerOf(found);
  const refusal = refused(found, found.row, given.act);
  if (refusal !== null) {
    if (isDate(refusal)) return refuse({ until: caseRefusalText(refusal, found.facts.pilot.name) });
    return close(await refusalMessage(scene, found, refusal, 'answer for'));
  }
  const rows = together(found, given.act).filter(
    ({ cause }) => causes === undefined || causes.includes(cause),
  );
  const { db, workspace, at } = scene;
  const turns = rows.map((row): Turn => {
    const turned = turn(found.around, row, { ...given.happening, at });
    return { ...turned, after: { ...turned.after, said: { ...row.said, ...given.said } } };
  });
  const by = { actor: `user:${scene.actor.id}`, score: found.now.look?.score ?? 0, personal: given.personal };
  return write(
    scene,
    found,
    () =>
      db.atomically(workspace, (log): (Statement | Guard)[] => [
        ...turns.flatMap((one) => turnStatements(found.around, one, by, log)),
        ...touched(db, workspace, found.facts.pilot.id),
      ]),
    given.answer,
  );
}

/** Writes what somebody has answered and says so; or the state, where that has changed meanwhile. */
export async function write(
  scene: Scene,
  found: Acting,
  batch: () => Promise<void>,
  answer: string,
): Promise<Reply> {
  try {
    await batch();
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    const again = await acting(scene, { pilot: found.facts.pilot.id, case: found.row.id }, 'answer for');
    return close('instead' in again ? again.instead : changedMeanwhile(found.facts.pilot.name));
  }
  return close(sentence(`${found.facts.pilot.name}: ${answer}`));
}

/** What is said, with the form closed. */
export const asClose = (reply: Reply): Reply => (reply.do === 'say' ? close(reply.message) : reply);
