/** How does a role of a pilot, or everything of one person, pass to somebody else? */
import { say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { type Feature, onPress, onSubmit } from '../feature.ts';
import { findById, findByKey } from '../find-pilot.ts';
import { everythingByCommand, openEverything, orderEverything, previewByForm } from './everything.ts';
import { everythingForm, handOverForm } from './form.ts';
import { letters } from './letters.ts';
import { openHandOver, saveHandOver } from './one-role.ts';
import { orderDuty, orderLetters } from './order.ts';

export const handOver: Feature = {
  name: 'hand-over',
  commands: [
    {
      name: 'hand-over',
      usage: 'KEY | @from @to',
      does: 'give a role, or everything of one person, to somebody else',
      async run(scene, rest) {
        const everything = await everythingByCommand(scene, rest);
        if (everything !== null) return everything;
        const found = await findByKey(scene, rest);
        return 'instead' in found ? say(found.instead) : openHandOver(scene, found.facts);
      },
    },
  ],
  presses: [
    onPress(buttons.handOver, async (scene, { pilot }) => {
      const found = await findById(scene, pilot);
      return 'instead' in found ? say(found.instead) : openHandOver(scene, found.facts);
    }),
    onPress(buttons.nameHolder, async (scene, { pilot, role }) => {
      const found = await findById(scene, pilot);
      return 'instead' in found ? say(found.instead) : openHandOver(scene, found.facts, role);
    }),
    onPress(buttons.handOverFrom, async (scene, { from }) => openEverything(scene, from)),
    onPress(buttons.confirmHandOver, orderEverything),
  ],
  forms: [onSubmit(handOverForm, saveHandOver), onSubmit(everythingForm, previewByForm)],
  letters: [...letters, ...orderLetters],
  duties: [orderDuty],
};
