/** How do people set when they may be asked, and the programme office what holds for everybody? */
import { sentence } from '../../slack/blocks.ts';
import { say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { type Feature, onPress, onSubmit } from '../feature.ts';
import { mineForm, workspaceForm } from './forms.ts';
import { holidaysHandler, openHolidays } from './holidays.ts';
import { openMine, saveMine } from './mine.ts';
import { drop, hold, openSending, release } from './sending.ts';
import { openWorkspace, saveWorkspace } from './workspace.ts';

export const settings: Feature = {
  name: 'settings',
  commands: [
    {
      name: 'settings',
      usage: '[workspace] [holidays] [sending]',
      does: 'when you may be asked; for the programme office, what holds for everybody',
      async run(scene, rest) {
        const words = rest.toLowerCase().split(/\s+/).join(' ').trim();
        switch (words) {
          case '':
          case 'mine':
            return openMine(scene);
          case 'workspace':
            return openWorkspace(scene);
          case 'sending':
            return openSending(scene);
          case 'holidays':
            return openHolidays(scene, 'me');
          case 'workspace holidays':
            return openHolidays(scene, 'workspace');
          default:
            return say(
              sentence(
                `I do not know "settings ${words.slice(0, 40)}". Try ${scene.command} settings, settings holidays, settings workspace, or settings sending.`,
              ),
            );
        }
      },
    },
  ],
  presses: [
    onPress(buttons.preferences, openMine),
    onPress(buttons.workspaceSettings, openWorkspace),
    onPress(buttons.sending, openSending),
    onPress(buttons.holdSending, hold),
    onPress(buttons.releaseSending, release),
    onPress(buttons.dropHeld, drop),
    onPress(buttons.holidays, (scene, { whose }) => openHolidays(scene, whose)),
  ],
  forms: [onSubmit(mineForm, saveMine), onSubmit(workspaceForm, saveWorkspace), holidaysHandler],
};
