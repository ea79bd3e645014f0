/** How is a stuck pilot noticed, who is asked about it in which order, and how does the sponsor decide? */
import { z } from 'zod';
import { DECISIONS } from '../../core/escalation/refusal.ts';
import { mayDo } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { guard, Stale } from '../../db/database.ts';
import { clearCondition, conditionsOf } from '../../db/queries/decisions.ts';
import { touched } from '../../db/queries/messages.ts';
import { sentence } from '../../slack/blocks.ts';
import { textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { close, open, type Reply, say } from '../../slack/reply.ts';
import * as caseButtons from '../../views/case-buttons.ts';
import { aboutPilot } from '../../views/pilot-card.ts';
import { type Feature, onPress, onSubmit, type Scene } from '../feature.ts';
import { findById, refusalOf } from '../find-pilot.ts';
import {
  closeNow,
  onItForm,
  openOnIt,
  openSnooze,
  openWrong,
  putAside,
  snoozeForm,
  takeOn,
  wrongHandler,
} from './answer.ts';
import { clockDuty, newsDuty } from './clock.ts';
import { conditionLetter } from './conditions.ts';
import { countDuty, countLetter } from './count-cards.ts';
import { keepDecision, openDecision, undo } from './decide.ts';
import { decideCommand } from './decide-command.ts';
import {
  conditionalGoForm,
  extendForm,
  goForm,
  notYetForm,
  restructureForm,
  stopForm,
  unblockForm,
} from './decide-forms.ts';
import { decidedLetters } from './decided-letters.ts';
import { effectDuty } from './effect.ts';
import { stuckPage } from './explain.ts';
import { caseLetters } from './letters.ts';
import { lookDuty } from './look.ts';
import { gapsPage, officePage } from './office.ts';
import { keepView, openIsWrong, openView, viewForm } from './owner-view.ts';
import { preflightDuty, preflightLetter } from './preflight.ts';
import { showCase } from './show-decide.ts';
import {
  confirmForm,
  openThresholds,
  previewThresholds,
  saveThresholds,
  thresholdsForm,
  useThresholds,
} from './thresholds.ts';

const learnedForm = defineForm({
  id: 'say-learned',
  title: 'What was learned',
  submit: 'Save',
  meta: z.object({ pilot: z.string() }),
  fields: {
    learned: textField({
      label: 'What was learned',
      hint: 'For those who come after',
      lines: true,
      max: 1000,
    }).required,
    told: textField({ label: 'Who is told', max: 300 }).optional,
  },
});

export const escalate: Feature = {
  name: 'escalate',
  commands: [
    {
      name: 'decide',
      usage: '[KEY]',
      does: "the sponsor's decision card; for an owner, what is asked about a stuck pilot; without a key, all that wait",
      run: decideCommand,
    },
    {
      name: 'stalls',
      usage: '',
      does: 'for the programme office: how stuck pilots are found, how well, and from which point on',
      run: officePage,
    },
  ],
  presses: [
    onPress(caseButtons.allGaps, gapsPage),
    onPress(caseButtons.thresholds, openThresholds),
    onPress(caseButtons.useThresholds, useThresholds),
    onPress(caseButtons.clearCondition, conditionDone),
    onPress(caseButtons.decide, async (scene, { pilot }) => {
      const found = await findById(scene, pilot);
      return 'instead' in found ? say(found.instead) : showCase(scene, found.facts);
    }),
    onPress(caseButtons.onIt, openOnIt),
    onPress(caseButtons.snooze, openSnooze),
    onPress(caseButtons.addView, openView),
    onPress(caseButtons.isWrong, openIsWrong),
    onPress(caseButtons.closeNow, closeNow),
    onPress(caseButtons.known, (scene, about) => openWrong(scene, about, 'accepted_risk')),
    onPress(caseButtons.undo, undo),
    ...DECISIONS.map((decision) =>
      onPress(caseButtons.DECIDE[decision], (scene, about) => openDecision(scene, about, decision)),
    ),
    onPress(caseButtons.whyStuck, async (scene, { pilot }) => {
      const found = await findById(scene, pilot);
      return 'instead' in found ? say(found.instead) : open(await stuckPage(scene, found.facts));
    }),
    onPress(caseButtons.sayLearned, async (scene, { pilot }) => {
      const found = await findById(scene, pilot);
      if ('instead' in found) return say(found.instead);
      const refused = await mayTell(scene, found.facts);
      return refused === null
        ? open(learnedForm.view({ pilot }, scene.place, { above: aboutPilot(found.facts.pilot.name) }))
        : say(refused);
    }),
  ],
  forms: [
    onSubmit(thresholdsForm, previewThresholds),
    onSubmit(confirmForm, saveThresholds),
    onSubmit(onItForm, takeOn),
    onSubmit(snoozeForm, putAside),
    onSubmit(viewForm, keepView),
    wrongHandler,
    onSubmit(unblockForm, keepDecision),
    onSubmit(extendForm, keepDecision),
    onSubmit(restructureForm, keepDecision),
    onSubmit(stopForm, keepDecision),
    onSubmit(goForm, keepDecision),
    onSubmit(conditionalGoForm, keepDecision),
    onSubmit(notYetForm, keepDecision),
    onSubmit(learnedForm, async (scene, values, { pilot }) => {
      const found = await findById(scene, pilot);
      if ('instead' in found) return close(found.instead);
      const refused = await mayTell(scene, found.facts);
      if (refused !== null) return close(refused);
      const { db, workspace, at } = scene;
      await db.atomically(workspace, (log) => [
        log({
          at,
          kind: 'lesson_written',
          pilot,
          actor: `user:${scene.actor.id}`,
          body: {},
          personal: { learned: values.learned, told: values.told },
        }),
        ...touched(db, workspace, pilot),
      ]);
      return close(sentence(`${found.facts.pilot.name}: what was learned stands in its history. Thank you.`));
    }),
  ],
  letters: [...caseLetters, ...decidedLetters, preflightLetter, conditionLetter, countLetter],
  duties: [effectDuty, lookDuty, clockDuty, newsDuty, preflightDuty, countDuty],
};

/** A condition of a go is done: said by whoever works on the pilot, once. */
async function conditionDone(
  scene: Scene,
  about: { readonly pilot: string; readonly condition: string },
): Promise<Reply> {
  const found = await findById(scene, about.pilot);
  if ('instead' in found) return say(found.instead);
  const refused = await mayTell(scene, found.facts);
  if (refused !== null) return say(refused);
  const { db, workspace, at } = scene;
  const of = { workspace, pilot: about.pilot };
  const { name } = found.facts.pilot;
  try {
    await db.atomically(workspace, (log) => [
      guard(clearCondition(db, of, about.condition, scene.actor.id, at), 'condition'),
      log({
        at,
        kind: 'condition_cleared',
        pilot: about.pilot,
        actor: `user:${scene.actor.id}`,
        body: { condition: about.condition },
      }),
      ...touched(db, workspace, about.pilot),
    ]);
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    return say(sentence(`${name}: this condition is done already, or no longer there. Nothing left to do.`));
  }
  const left = (await conditionsOf(db, of)).filter(({ clearedAt }) => clearedAt === null).length;
  const rest = left === 0 ? 'No condition is open any more.' : `${left} still open.`;
  return say(sentence(`${name}: the condition is done. ${rest}`));
}

async function mayTell(scene: Scene, facts: PilotFacts) {
  const may = mayDo('check-in', facts.holders, { id: scene.actor.id, office: scene.viewer.office });
  if (may) return null;
  return refusalOf(scene, facts, 'check-in', 'Its owner says so.');
}
