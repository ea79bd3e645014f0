/** How does anybody ask how a pilot goes, without the owner being asked twice? */
import { z } from 'zod';
import { firstSendable, type WorkingCalendar } from '../../core/business-time.ts';
import { workingDaysBetween } from '../../core/calendar.ts';
import { dayOf } from '../../core/day.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { answersFor } from '../../core/roles.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { touched } from '../../db/queries/messages.ts';
import { intend, outboxById, setDetails } from '../../db/queries/outbox.ts';
import { checkInsOf } from '../../db/queries/rhythm.ts';
import { type Message, message, sentence } from '../../slack/blocks.ts';
import { textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { close, open, type Reply, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { weekdayText } from '../../views/day-text.ts';
import { aboutPilot, nameOf } from '../../views/pilot-card.ts';
import { checkedInText } from '../../views/update-text.ts';
import { calendarsOf } from '../calendars.ts';
import { type Feature, onPress, onSubmit, type Scene } from '../feature.ts';
import { findById } from '../find-pilot.ts';
import {
  newestUpdateAsked,
  readUpdate,
  tellUpdate,
  UPDATE_ASKED,
  type UpdateAsked,
} from '../keep-updates.ts';
import { whoIsThere } from '../who-is-there.ts';
import { letters } from './letters.ts';

/** How many working days an answer, a check-in or an open question stands before the owner is asked again. */
const FRESH_DAYS = 3;

const updateForm = defineForm({
  id: 'give-update',
  title: 'Your update',
  submit: 'Send',
  meta: z.object({ pilot: z.string(), question: z.string() }),
  fields: {
    words: textField({
      label: 'How it goes',
      hint: 'Goes to everybody who asked',
      lines: true,
      max: 1000,
    }).required,
  },
});

/** Whoever answers for the owner, with their calendar. */
async function whoAnswers(
  scene: Scene,
  { holders }: PilotFacts,
): Promise<{ readonly person: string; readonly calendar: WorkingCalendar | undefined } | null> {
  const there = await whoIsThere(scene, scene.workspace, [holders.owner, holders.backup]);
  const person = answersFor('owner', holders, (id) => there.has(id));
  if (person === null) return null;
  return { person, calendar: (await calendarsOf(scene, scene.workspace, [person])).get(person) };
}

/** Asks, unless it is known already, or somebody has just asked. */
async function ask(scene: Scene, facts: PilotFacts): Promise<Message> {
  const { pilot } = facts;
  if (pilot.stage === 'stopped' || pilot.pausedSince !== null)
    return sentence(
      `${pilot.name} is ${pilot.stage === 'stopped' ? 'stopped' : 'paused'}, so nobody is asked. Nothing was sent.`,
    );
  const answers = await whoAnswers(scene, facts);
  if (answers === null) {
    const office = await scene.people.officeName(scene.workspace);
    return sentence(
      `${pilot.name} has no owner to ask at the moment; ${office} names one. Nothing was sent.`,
    );
  }
  if (answers.person === scene.actor.id)
    return message({
      notice: `You answer for ${pilot.name}; there is nobody else to ask.`,
      lines: [`You answer for ${pilot.name}; there is nobody else to ask.`],
      buttons: [[buttons.checkIn.element({ pilot: pilot.id })]],
    });
  const asked = await newestUpdateAsked(scene.db, scene.workspace, pilot.id);
  const known = await knownAlready(scene, facts, answers.calendar, asked);
  if (known !== null) return known;
  const isOpen = asked !== null && asked.told === null;
  if (isOpen && isFresh(scene, answers.calendar, asked.row.createdAt)) return join(scene, facts, asked);
  return askNow(scene, facts, answers, isOpen ? asked.askers : []);
}

function isFresh(scene: Scene, calendar: WorkingCalendar | undefined, at: number): boolean {
  const day = dayOf(at, scene.zone);
  const today = dayOf(scene.at, scene.zone);
  return calendar === undefined ? day === today : workingDaysBetween(calendar, day, today) < FRESH_DAYS;
}

/** What the owner has said in the last days, instead of asking for it once more. */
async function knownAlready(
  scene: Scene,
  { pilot }: PilotFacts,
  calendar: WorkingCalendar | undefined,
  asked: UpdateAsked | null,
): Promise<Message | null> {
  const checkIns = await checkInsOf(scene.db, { workspace: scene.workspace, pilot: pilot.id });
  const last = checkIns.at(-1);
  const told = asked?.told ?? null;
  const today = dayOf(scene.at, scene.zone);
  const on = (at: number) => weekdayText(dayOf(at, scene.zone), today);
  const names = await scene.people.names(scene.workspace, [last?.submittedBy, told?.by]);
  const rows = { buttons: [[buttons.follow.element({ pilot: pilot.id })]] };
  if (told !== null && told.at >= (last?.submittedAt ?? 0) && isFresh(scene, calendar, told.at)) {
    const line = `${nameOf(names, told.by)} said on ${on(told.at)}: "${told.words}". Nothing was sent.`;
    return message({ notice: line, lines: [line], ...rows });
  }
  if (last === undefined || !isFresh(scene, calendar, last.submittedAt)) return null;
  const line = `${nameOf(names, last.submittedBy)} checked in on ${on(last.submittedAt)}: ${checkedInText(last.view)} Nothing was sent.`;
  return message({ notice: line, lines: [line], ...rows });
}

/** Whoever asks while the question is open gets the answer too. */
async function join(scene: Scene, { pilot }: PilotFacts, asked: UpdateAsked): Promise<Message> {
  const { db, workspace, at, actor } = scene;
  const names = await scene.people.names(workspace, asked.askers);
  if (asked.askers.includes(actor.id))
    return sentence(
      'You have asked already, and hear as soon as there is an answer. Nothing was sent again.',
    );
  const details = { askers: [...asked.askers, actor.id], told: null };
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(setDetails(db, asked.row, details), 'question'),
      log({ at, kind: 'update_asked', pilot: pilot.id, actor: `user:${actor.id}`, body: { joined: true } }),
      ...touched(db, workspace, pilot.id),
    ]);
  } catch (error) {
    if (error instanceof Stale)
      return sentence('Somebody else asked at the same moment, so nothing was kept. Press again.');
    throw error;
  }
  return sentence(
    `${nameOf(names, asked.askers[0])} has asked about ${pilot.name} already; you get the answer too.`,
  );
}

async function askNow(
  scene: Scene,
  { pilot }: PilotFacts,
  answers: { readonly person: string; readonly calendar: WorkingCalendar | undefined },
  before: readonly string[],
): Promise<Message> {
  const { db, workspace, at, actor } = scene;
  const askers = [...new Set([...before, actor.id])];
  const notBefore = answers.calendar === undefined ? at : firstSendable(answers.calendar, at);
  await db.atomically(workspace, (log) => [
    intend(db, workspace, scene.newId(), at, {
      kind: UPDATE_ASKED,
      subject: pilot.id,
      version: 1,
      addressee: `user:${answers.person}`,
      details: { askers, told: null },
      // Two who ask in the same moment make one question.
      dedupeKey: `${UPDATE_ASKED}:${pilot.id}:${dayOf(at, scene.workspaceZone)}`,
      notBefore,
    }),
    log({ at, kind: 'update_asked', pilot: pilot.id, actor: `user:${actor.id}`, body: { joined: false } }),
  ]);
  const names = await scene.people.names(workspace, [answers.person]);
  return sentence(
    `${nameOf(names, answers.person)} is asked for an update on ${pilot.name}. The answer comes to you directly.`,
  );
}

/** The answer of whoever was asked; somebody who answers second sees what was said. */
async function give(
  scene: Scene,
  words: string,
  about: { readonly pilot: string; readonly question: string },
): Promise<Reply> {
  const found = await findById(scene, about.pilot);
  if ('instead' in found) return close(found.instead);
  const asked = readUpdate(await outboxById(scene.db, scene.workspace, about.question));
  const refused = notOpen(scene, asked);
  if (asked === null || refused !== null) return close(refused ?? sentence('Nothing was sent.'));
  const { db, workspace, at, actor } = scene;
  const calendars = await calendarsOf(scene, workspace, asked.askers);
  const hours = new Map([...calendars].map(([id, calendar]) => [id, firstSendable(calendar, at)]));
  const { claim, letters: told } = tellUpdate(scene, found.facts, asked, words, hours);
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(claim, 'question'),
      ...told,
      log({
        at,
        kind: 'update_given',
        pilot: about.pilot,
        actor: `user:${actor.id}`,
        body: { to: asked.askers.length },
        personal: { words },
      }),
      ...touched(db, workspace, about.pilot),
    ]);
  } catch (error) {
    if (error instanceof Stale)
      return close(
        sentence('Somebody changed this question a moment ago, so nothing was sent. Press Answer again.'),
      );
    throw error;
  }
  const count = asked.askers.length;
  return close(
    sentence(
      `Your update is on its way to ${count === 1 ? 'whoever asked' : `the ${count} people who asked`}.`,
    ),
  );
}

/** Why a question cannot be answered by this person, or null. */
function notOpen(scene: Scene, asked: UpdateAsked | null): Message | null {
  if (asked === null) return sentence('This question is not there any more. Nothing was sent.');
  if (asked.row.addressee !== `user:${scene.actor.id}`)
    return sentence('This question went to somebody else. Nothing has changed.');
  if (asked.told === null) return null;
  return sentence('This was answered already. Nothing left to do.');
}

export const askUpdate: Feature = {
  name: 'ask-update',
  presses: [
    onPress(buttons.askUpdate, async (scene, { pilot }) => {
      const found = await findById(scene, pilot);
      return say('instead' in found ? found.instead : await ask(scene, found.facts));
    }),
    onPress(buttons.giveUpdate, async (scene, about) => {
      const asked = readUpdate(await outboxById(scene.db, scene.workspace, about.question));
      const refused = notOpen(scene, asked);
      if (refused !== null) return say(refused);
      const found = await findById(scene, about.pilot);
      if ('instead' in found) return say(found.instead);
      return open(updateForm.view(about, scene.place, { above: aboutPilot(found.facts.pilot.name) }));
    }),
  ],
  forms: [onSubmit(updateForm, (scene, { words }, about) => give(scene, words, about))],
  letters,
};
