/** What is the first thing somebody reads from the app? */
import { intend } from '../../db/queries/outbox.ts';
import { message } from '../../slack/blocks.ts';
import { bold, code } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import type { Feature, Moment, Scene } from '../feature.ts';

/** Once per workspace, to the first member of the programme office who shows up. */
async function greet(scene: Scene): Promise<void> {
  if (!scene.viewer.office) return;
  const { db, workspace, at } = scene;
  await db.atomically(workspace, () => [
    intend(db, workspace, scene.newId(), at, {
      kind: 'welcome',
      subject: workspace,
      version: 1,
      addressee: `user:${scene.actor.id}`,
      dedupeKey: 'welcome',
      notBefore: at,
    }),
  ]);
}

/** Why this person reads it. */
async function officeLine(moment: Moment): Promise<string> {
  const office = await moment.people.officeName(moment.workspace);
  return `You belong to ${office}: you see every pilot, drafts too. ${moment.command} settings workspace says who else does.`;
}

export const welcome: Feature = {
  name: 'welcome',
  homeOpened: greet,
  letters: [
    {
      kind: 'welcome',
      repeat: 'at_most_once',
      card: false,
      draw: async (moment) => ({
        message: message({
          notice:
            'Pilotage is ready. Register the first pilot, agree what success means, and have its sponsor sign.',
          title: 'Pilotage is ready',
          lines: [
            'It writes down what an AI pilot must achieve, has the executive sponsor sign it, and compares what is measured with what was signed.',
            [
              bold('1. '),
              code(`${moment.command} register`),
              '  start a pilot; you need its name, the rest may wait',
            ],
            [
              bold('2. '),
              code(`${moment.command} criteria`),
              '  one measurable promise, in business numbers',
            ],
            [
              bold('3. '),
              code(`${moment.command} sign-off`),
              '  the sponsor reads it and signs with one press',
            ],
            [
              bold('4. '),
              code(`${moment.command} digest here weekly monday 9:00`),
              '  in the channel that should follow along',
            ],
            await officeLine(moment),
          ],
          buttons: [
            [
              buttons.registerPilot.element({}, { style: 'primary' }),
              buttons.allCommands.element({}),
              buttons.preferences.element({ about: 'me' }),
            ],
          ],
        }),
      }),
    },
  ],
};
