/** How is a charter agreed: criteria, the request, the answer, and every way back? */
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { open, type Reply, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { type Feature, onPress, onSubmit, type Scene } from '../feature.ts';
import { findById, findByKey } from '../find-pilot.ts';
import { answerWithReason, openAnswer, showRequest, sign } from './answer.ts';
import { askSponsor, deleteDraft, openNote, saveNote, withdraw } from './ask.ts';
import { removeCriterion, saveCriterion } from './criteria.ts';
import { openCriterionForm, redrawForKind } from './criterion-page.ts';
import { openCharterForm, saveCharter } from './edit-charter.ts';
import { answerForm, charterForm, criterionForm, noteForm } from './forms.ts';
import { letters } from './letters.ts';
import { charterPage } from './read-all.ts';

type Act = (scene: Scene, facts: PilotFacts) => Promise<Reply>;

/** Joins a button about a pilot to an act; a pilot that cannot be seen is answered for. */
const about =
  (act: Act) =>
  async (scene: Scene, value: { readonly pilot: string }): Promise<Reply> => {
    const found = await findById(scene, value.pilot);
    return 'instead' in found ? say(found.instead) : act(scene, found.facts);
  };

export const agreeCharter: Feature = {
  name: 'agree-charter',
  commands: [
    {
      name: 'criteria',
      usage: 'KEY',
      does: 'add or change criteria; once signed, a new version',
      common: true,
      async run(scene, rest) {
        const found = await findByKey(scene, rest);
        return 'instead' in found ? say(found.instead) : openCriterionForm(scene, found.facts, null);
      },
    },
    {
      name: 'sign-off',
      usage: 'KEY [your sentence]',
      does: 'ask the sponsor to sign',
      common: true,
      async run(scene, rest) {
        const [key = '', ...words] = rest.split(/\s+/);
        const found = await findByKey(scene, key);
        if ('instead' in found) return say(found.instead);
        const note = [...words.join(' ')].slice(0, 500).join('');
        return askSponsor(scene, found.facts, note === '' ? null : note);
      },
    },
  ],
  presses: [
    onPress(
      buttons.addCriterion,
      about((scene, facts) => openCriterionForm(scene, facts, null)),
    ),
    onPress(buttons.editCriterion, async (scene, value) =>
      about((_scene, facts) => openCriterionForm(scene, facts, value.criterion))(scene, value),
    ),
    onPress(buttons.removeCriterion, removeCriterion),
    ...['kind', 'every', 'role', 'method'].map((kind) => ({
      kind,
      run: (scene: Scene) => redrawForKind(scene),
    })),
    onPress(
      buttons.editCharter,
      about((scene, facts) => openCharterForm(scene, facts)),
    ),
    onPress(
      buttons.askSponsor,
      about((scene, facts) => askSponsor(scene, facts, null)),
    ),
    onPress(buttons.addSentence, about(openNote)),
    onPress(buttons.withdrawRequest, withdraw),
    onPress(buttons.deleteDraft, about(deleteDraft)),
    onPress(buttons.signCharter, sign),
    onPress(buttons.showRequest, about(showRequest)),
    onPress(buttons.requestChanges, (scene, value) => openAnswer(scene, value, 'request-changes')),
    onPress(buttons.declineCharter, (scene, value) => openAnswer(scene, value, 'decline')),
    onPress(
      buttons.readAll,
      about(async (scene, facts) => open(await charterPage(scene, facts))),
    ),
  ],
  forms: [
    onSubmit(charterForm, saveCharter),
    onSubmit(criterionForm, saveCriterion),
    onSubmit(noteForm, saveNote),
    onSubmit(answerForm, answerWithReason),
  ],
  letters,
};
