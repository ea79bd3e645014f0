/** How does an owner say how a pilot is: asked on the day, by command, or with one press? */
import { z } from 'zod';
import { gapOf } from '../../core/blocker.ts';
import { todayIn } from '../../core/metric.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { touched } from '../../db/queries/messages.ts';
import { observationsOf } from '../../db/queries/observations.ts';
import { checkInsOf, insertBlocker, openBlockers } from '../../db/queries/rhythm.ts';
import { sentence } from '../../slack/blocks.ts';
import { choiceField, dayField, personField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import { BLOCKER_CHOICES } from '../../views/blocker-text.ts';
import * as buttons from '../../views/buttons.ts';
import { aboutPilot } from '../../views/pilot-card.ts';
import { isAskedElse } from '../asked-else.ts';
import { type Feature, type FormHandler, onPress, onSubmit, type Scene } from '../feature.ts';
import { findById, findByKey } from '../find-pilot.ts';
import { askElseForm, endAskElse, openAskElse, saveAskElse } from './ask-else.ts';
import { checkInDuty } from './duty.ts';
import { asked, checkInMeta, formFor, knownBlocks, numberField, numberLook, type OwnView } from './form.ts';
import { daily } from './letters.ts';
import { askedElseLetter, handedBackLetter } from './letters-else.ts';
import { mayCheckIn, notYet, submitCheckIn } from './submit.ts';

const blockerForm = defineForm({
  id: 'raise-blocker',
  title: 'Raise blocker',
  submit: 'Raise',
  meta: z.object({ pilot: z.string(), id: z.string() }),
  fields: {
    words: textField({ label: 'What is in the way', max: 300 }).required,
    kind: choiceField({ label: 'Kind', choices: BLOCKER_CHOICES }).optional,
    owner: personField({ label: 'Who can clear it', hint: 'They are not told by this' }).optional,
    neededBy: dayField({ label: 'Needed by', hint: 'The day from which it costs time' }).optional,
  },
});

/** Opens the form: what is missing, the own view, blockers, and the question to the sponsor. */
async function openCheckIn(scene: Scene, facts: PilotFacts, edits: string | null): Promise<Reply> {
  const refused = await mayCheckIn(scene, facts);
  if (refused !== null) return say(refused);
  if (facts.signed === null) return say(notYet(facts));
  const { db, workspace } = scene;
  const of = { workspace, pilot: facts.pilot.id };
  const [values, blockers, checkIns, names, isElse] = await Promise.all([
    observationsOf(db, workspace, facts.pilot.id),
    openBlockers(db, of),
    checkInsOf(db, of),
    scene.people.names(workspace, [facts.holders.sponsor]),
    isAskedElse(scene, facts),
  ]);
  const today = todayIn(scene.workspaceZone, scene.at);
  const numbers = asked(facts, values, scene.actor.id, today, isElse);
  const metrics = numbers.fields.map(({ metric }) => metric);
  const last = edits === null ? checkIns.at(-1) : checkIns.find(({ id }) => id === edits);
  const sponsor = names.get(facts.holders.sponsor ?? '') ?? 'the sponsor';
  const { labels, hints } = numberLook(numbers);
  return open(
    formFor(metrics, blockers).view(
      {
        pilot: facts.pilot.id,
        metrics: metrics.map(({ id }) => id),
        ends: numbers.fields.map(({ period }) => period.end),
        id: scene.newId(),
        edits,
      },
      scene.place,
      {
        labels,
        hints: { ...hints, ask: `Goes to ${sponsor} as one question, next working morning` },
        initial: {
          view: last?.view ?? 'green',
          ...(blockers.length === 0 ? {} : { still: blockers.map(({ id }) => id) }),
          ...(edits === null ? {} : { ask: last?.ask ?? null }),
        } as never,
        above: [...aboutPilot(facts.pilot.name), ...knownBlocks(numbers, today)],
        ...(edits === null ? {} : { title: 'Change check-in', submit: 'Save' }),
      },
    ),
  );
}

const checkInHandler: FormHandler = {
  form: 'check-in',
  async run(scene, view) {
    const meta = formFor([], []).about(view);
    if (meta === null) return close(sentence('This form is out of date. Nothing was saved; open it again.'));
    const found = await findById(scene, meta.meta.pilot);
    if ('instead' in found) return close(found.instead);
    const { facts } = found;
    if (facts.signed === null) return close(notYet(facts));
    const metrics = meta.meta.metrics.flatMap((id) => facts.metrics.find((metric) => metric.id === id) ?? []);
    if (metrics.length < meta.meta.metrics.length)
      return close(sentence('This form is out of date. Nothing was saved; open it again.'));
    const blockers = await openBlockers(scene.db, { workspace: scene.workspace, pilot: facts.pilot.id });
    const read = formFor(metrics, blockers).read(view);
    if (!read.ok) return refuse(read.errors);
    const values = read.values as Record<string, unknown>;
    const text = (name: string) => (typeof values[name] === 'string' ? values[name] : null);
    const numbers = metrics.map((metric, index) => ({
      metric,
      end: meta.meta.ends[index] ?? null,
      typed: text(numberField(index)),
    }));
    return submitCheckIn(scene, facts, checkInMeta.parse(meta.meta), numbers, {
      view: values['view'] as OwnView,
      still: Array.isArray(values['still']) ? (values['still'] as string[]) : null,
      blocker: text('blocker'),
      ask: text('ask'),
    });
  },
};

/** A new blocker, with the day from which it costs time. */
async function openBlocker(scene: Scene, facts: PilotFacts, words: string): Promise<Reply> {
  const refused = await mayCheckIn(scene, facts);
  if (refused !== null) return say(refused);
  const initial = words === '' ? {} : { words: [...words].slice(0, 300).join('') };
  return open(
    blockerForm.view({ pilot: facts.pilot.id, id: scene.newId() }, scene.place, {
      above: aboutPilot(facts.pilot.name),
      initial,
    }),
  );
}

export const checkIn: Feature = {
  name: 'check-in',
  commands: [
    {
      name: 'check-in',
      usage: 'KEY',
      does: 'say how a pilot is: numbers, your view, what is in the way',
      async run(scene, rest) {
        const found = await findByKey(scene, rest);
        return 'instead' in found ? say(found.instead) : openCheckIn(scene, found.facts, null);
      },
    },
    {
      name: 'blocker',
      usage: 'KEY [what is in the way]',
      does: 'raise a blocker',
      async run(scene, rest) {
        const [key = '', ...words] = rest.split(/\s+/);
        const found = await findByKey(scene, key);
        return 'instead' in found ? say(found.instead) : openBlocker(scene, found.facts, words.join(' '));
      },
    },
  ],
  presses: [
    onPress(buttons.checkIn, async (scene, { pilot }) => {
      const found = await findById(scene, pilot);
      return 'instead' in found ? say(found.instead) : openCheckIn(scene, found.facts, null);
    }),
    onPress(buttons.changeCheckIn, async (scene, { pilot, checkIn: id }) => {
      const found = await findById(scene, pilot);
      return 'instead' in found ? say(found.instead) : openCheckIn(scene, found.facts, id);
    }),
    onPress(buttons.quickView, async (scene, { pilot, view, id }) => {
      const found = await findById(scene, pilot);
      if ('instead' in found) return say(found.instead);
      const reply = await submitCheckIn(scene, found.facts, { id, edits: null }, [], {
        view,
        still: null,
        blocker: null,
        ask: null,
      });
      if (reply.do !== 'close') return reply;
      return say(
        reply.say ?? sentence(`${found.facts.pilot.name} is checked in already. Nothing left to do.`),
      );
    }),
    onPress(buttons.askSomeoneElse, openAskElse),
    onPress(buttons.takeBackCheckIn, endAskElse),
    onPress(buttons.handBackCheckIn, endAskElse),
    onPress(buttons.raiseBlocker, async (scene, { pilot }) => {
      const found = await findById(scene, pilot);
      return 'instead' in found ? say(found.instead) : openBlocker(scene, found.facts, '');
    }),
  ],
  forms: [
    checkInHandler,
    onSubmit(askElseForm, saveAskElse),
    onSubmit(blockerForm, async (scene, values, meta) => {
      const found = await findById(scene, meta.pilot);
      if ('instead' in found) return close(found.instead);
      const refused = await mayCheckIn(scene, found.facts);
      if (refused !== null) return close(refused);
      const { db, workspace, at } = scene;
      try {
        await db.atomically(workspace, (log) => [
          insertBlocker(db, {
            workspace,
            id: meta.id,
            pilot: meta.pilot,
            kind: values.kind ?? 'other',
            words: values.words,
            owner: values.owner,
            neededBy: values.neededBy,
            raisedAt: at,
            raisedBy: scene.actor.id,
            newsAt: at,
          }),
          log({
            at,
            kind: 'blocker_raised',
            pilot: meta.pilot,
            actor: `user:${scene.actor.id}`,
            body: {
              blocker: meta.id,
              kind: values.kind ?? 'other',
              gap: gapOf(values.kind ?? 'other'),
              needed_by: values.neededBy,
            },
            personal: { words: values.words, owner: values.owner },
          }),
          ...touched(db, workspace, meta.pilot),
        ]);
      } catch (error) {
        if (!db.isDuplicate(error)) throw error;
      }
      return close(
        sentence(
          `${found.facts.pilot.name}: the blocker is noted. It is asked about at every check-in until it is gone.`,
        ),
      );
    }),
  ],
  letters: [daily, askedElseLetter, handedBackLetter],
  duties: [checkInDuty],
};
