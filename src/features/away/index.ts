/** How does somebody say that they are away, and who stands in? */
import * as buttons from '../../views/buttons.ts';
import { type Feature, onPress, onSubmit } from '../feature.ts';
import { awayForm } from './form.ts';
import { cancelLeave, openAway, saveLeave } from './leave.ts';
import { standingIn } from './letters.ts';
import { leaveDuty } from './stand-in.ts';

export const away: Feature = {
  name: 'away',
  commands: [
    {
      name: 'away',
      usage: '[FROM UNTIL] [@who stands in]',
      does: 'days on which nothing is sent to you',
      run: openAway,
    },
  ],
  presses: [onPress(buttons.away, (scene) => openAway(scene, '')), onPress(buttons.cancelLeave, cancelLeave)],
  forms: [onSubmit(awayForm, saveLeave)],
  letters: [standingIn],
  duties: [leaveDuty],
};
