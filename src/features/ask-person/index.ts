/** How does somebody ask about a pilot, and how does the answer find its way back? */
import { z } from 'zod';
import { firstSendable } from '../../core/business-time.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { answersFor } from '../../core/roles.ts';
import { intend, outboxById } from '../../db/queries/outbox.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { lookSoon } from '../../db/queries/schedules.ts';
import { type Message, message, sentence } from '../../slack/blocks.ts';
import { textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { close, open, say } from '../../slack/reply.ts';
import { bold, type Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { aboutPilot, nameOf } from '../../views/pilot-card.ts';
import { calendarsOf } from '../calendars.ts';
import { pilotGone } from '../card-letters.ts';
import { type Feature, type Letter, type Moment, onPress, onSubmit, type Scene } from '../feature.ts';
import { findById } from '../find-pilot.ts';
import { whoIsThere } from '../who-is-there.ts';

const askForm = defineForm({
  id: 'ask-owner',
  title: 'Ask the owner',
  submit: 'Ask',
  meta: z.object({ pilot: z.string(), id: z.string() }),
  fields: {
    words: textField({
      label: 'Your question',
      hint: 'The answer comes back to you here',
      lines: true,
      max: 500,
    }).required,
  },
});

const answerForm = defineForm({
  id: 'answer-question',
  title: 'Your answer',
  submit: 'Send',
  meta: z.object({ pilot: z.string(), question: z.string() }),
  fields: {
    answer: textField({ label: 'Answer', hint: 'Goes to whoever asked', lines: true, max: 1000 }).required,
  },
});

const asked = z.object({ words: z.string(), by: z.string() });
const answered = asked.extend({ answer: z.string() });

/** The question, once, at an hour at which the person asked works. */
const question: Letter = {
  kind: 'question',
  repeat: 'at_least_once',
  card: false,
  inHours: true,
  async draw(moment, about) {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    const given = asked.safeParse(about.details);
    if (facts === null || !given.success) return pilotGone;
    const reader = about.addressee.slice('user:'.length);
    if (!holds(facts, reader)) return { overtaken: 'somebody else has this role now' };
    if (facts.pilot.pausedSince !== null || facts.pilot.stage === 'stopped')
      return { overtaken: 'the pilot is not running' };
    const { sponsor, delegate } = facts.holders;
    const names = await moment.people.names(moment.workspace, [given.data.by, delegate]);
    const who = nameOf(names, given.data.by);
    return {
      message: message({
        notice: `${who} asks you about ${facts.pilot.name}: "${given.data.words}"`,
        title: `${facts.pilot.name}: ${who} has a question`,
        lines: [
          [bold(`${who}: `), `"${given.data.words}"`],
          reader === sponsor || reader === delegate
            ? `Without an answer you are reminded once; then ${await nextAsked(moment, facts, reader, names)} is asked.`
            : 'Without an answer nothing changes by itself.',
        ],
        buttons: [
          [
            buttons.answerQuestion.element(
              { pilot: facts.pilot.id, question: about.id },
              { style: 'primary' },
            ),
            buttons.readAll.element({ pilot: facts.pilot.id }),
            buttons.preferences.element({ about: 'me' }),
          ],
        ],
      }),
    };
  },
};

/** The answer, to whoever asked. */
const answer: Letter = {
  kind: 'question-answered',
  repeat: 'at_least_once',
  card: false,
  async draw(moment, about) {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    const given = answered.safeParse(about.details);
    if (facts === null || !given.success) return pilotGone;
    const who = nameOf(await moment.people.names(moment.workspace, [given.data.by]), given.data.by);
    const notice = `${who} answers about ${facts.pilot.name}: "${given.data.answer}"`;
    const lines = [
      [bold('You asked: '), `"${given.data.words}"`],
      [bold(`${who}: `), `"${given.data.answer}"`],
    ];
    return {
      message: message({ notice, lines, buttons: [[buttons.preferences.element({ about: 'me' })]] }),
    };
  },
};

/** Who is asked for an answer after the sponsor, or after whoever stands in. */
async function nextAsked(
  moment: Moment,
  { holders }: PilotFacts,
  reader: string,
  names: ReadonlyMap<string, string>,
): Promise<string> {
  return holders.delegate === undefined || reader === holders.delegate
    ? moment.people.officeName(moment.workspace)
    : nameOf(names, holders.delegate);
}

/** Whether somebody may answer a question: whoever it went to, and what a sponsor was asked also whoever stands in for them. */
function mayAnswer(
  { holders }: PilotFacts,
  row: { readonly addressee: string; readonly details: unknown } | null,
  person: string,
): boolean {
  if (row === null) return false;
  if (row.addressee === `user:${person}`) return true;
  const deciders = [holders.sponsor, holders.delegate].filter((id) => id !== undefined);
  const by = asked.safeParse(row.details).data?.by;
  return deciders.includes(person) && by !== person && deciders.some((id) => row.addressee === `user:${id}`);
}

const holds = (facts: PilotFacts, person: string): boolean => Object.values(facts.holders).includes(person);

/** An hour at which somebody works: now, or when they are next there. */
async function hourOf(scene: Scene, person: string): Promise<number> {
  const calendar = (await calendarsOf(scene, scene.workspace, [person])).get(person);
  return calendar === undefined ? scene.at : firstSendable(calendar, scene.at);
}

async function send(
  scene: Scene,
  pilot: string,
  letter: {
    readonly kind: string;
    readonly to: string;
    readonly details: Record<string, string>;
    readonly key: string;
  },
  entry: { readonly kind: string; readonly personal: Record<string, string> },
): Promise<void> {
  const { db, workspace, at } = scene;
  const notBefore = await hourOf(scene, letter.to);
  await db.atomically(workspace, (log) => [
    intend(db, workspace, scene.newId(), at, {
      kind: letter.kind,
      subject: pilot,
      version: 1,
      addressee: `user:${letter.to}`,
      details: letter.details,
      dedupeKey: letter.key,
      notBefore,
    }),
    log({ at, kind: entry.kind, pilot, actor: `user:${scene.actor.id}`, body: {}, personal: entry.personal }),
    // What waited for this answer is looked at again.
    lookSoon(db, workspace, pilot),
  ]);
}

/** Whoever answers for the owner now, or what to say where nobody does. */
async function whoAnswers(
  scene: Scene,
  { pilot, holders }: PilotFacts,
): Promise<{ readonly person: string } | { readonly instead: Message }> {
  const there = await whoIsThere(scene, scene.workspace, [holders.owner, holders.backup]);
  const person = answersFor('owner', holders, (id) => there.has(id));
  if (person !== null) return { person };
  const office = await scene.people.officeName(scene.workspace);
  return {
    instead: sentence(
      `${pilot.name} has no owner to ask at the moment; ${office} names one. Nothing was sent.`,
    ),
  };
}

export const askPerson: Feature = {
  name: 'ask-person',
  presses: [
    onPress(buttons.askOwner, async (scene, { pilot }) => {
      const found = await findById(scene, pilot);
      if ('instead' in found) return say(found.instead);
      const answers = await whoAnswers(scene, found.facts);
      if ('instead' in answers) return say(answers.instead);
      if (answers.person === scene.actor.id)
        return say(sentence(`You own ${found.facts.pilot.name}; there is nobody else to ask.`));
      return open(
        askForm.view({ pilot, id: scene.newId() }, scene.place, {
          above: aboutPilot(found.facts.pilot.name),
        }),
      );
    }),
    onPress(buttons.answerQuestion, async (scene, about) => {
      const found = await findById(scene, about.pilot);
      if ('instead' in found) return say(found.instead);
      const row = await outboxById(scene.db, scene.workspace, about.question);
      if (row === null || !mayAnswer(found.facts, row, scene.actor.id)) {
        return say(sentence('This question went to somebody else. Nothing has changed.'));
      }
      const given = asked.safeParse(row.details);
      const lines: Line[] = given.success ? [`"${given.data.words}"`] : [];
      return open(
        answerForm.view(about, scene.place, { above: aboutPilot(found.facts.pilot.name, ...lines) }),
      );
    }),
  ],
  forms: [
    onSubmit(askForm, async (scene, { words }, { pilot, id }) => {
      const found = await findById(scene, pilot);
      if ('instead' in found) return close(found.instead);
      const answers = await whoAnswers(scene, found.facts);
      if ('instead' in answers) return close(answers.instead);
      const owner = answers.person;
      await send(
        scene,
        pilot,
        { kind: question.kind, to: owner, details: { words, by: scene.actor.id }, key: `question:${id}` },
        { kind: 'question_asked', personal: { words } },
      );
      const names = await scene.people.names(scene.workspace, [owner]);
      return close(
        sentence(`Your question is on its way to ${nameOf(names, owner)}. The answer comes back to you.`),
      );
    }),
    onSubmit(answerForm, async (scene, values, about) => {
      const found = await findById(scene, about.pilot);
      if ('instead' in found) return close(found.instead);
      const row = await outboxById(scene.db, scene.workspace, about.question);
      const given = asked.safeParse(row?.details);
      if (!given.success || !mayAnswer(found.facts, row, scene.actor.id)) {
        return close(sentence('This question is not open any more. Nothing was sent.'));
      }
      const details = { words: given.data.words, by: scene.actor.id, answer: values.answer };
      await send(
        scene,
        about.pilot,
        { kind: answer.kind, to: given.data.by, details, key: `answer:${about.question}:${scene.at}` },
        { kind: 'question_answered', personal: { answer: values.answer } },
      );
      return close(sentence('Your answer is on its way.'));
    }),
  ],
  letters: [question, answer],
};
