/** How does a pilot come into being: by command, by button, by shortcut? */
import { addDays, weekdayOf } from '../../core/day.ts';
import { todayIn } from '../../core/metric.ts';
import { lastUnit } from '../../db/queries/pilots.ts';
import { open, type Reply } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { channelProblem } from '../../views/channel-text.ts';
import { type Feature, onPress, onSubmit, type Scene } from '../feature.ts';
import { registerForm } from './form.ts';
import { register } from './register.ts';

async function openForm(scene: Scene, name: string): Promise<Reply> {
  const today = todayIn(scene.zone, scene.at);
  const start = addDays(today, 8 - weekdayOf(today));
  const here = scene.incoming.channel;
  const [unit, channel] = await Promise.all([
    lastUnit(scene.db, scene.workspace, scene.actor.id),
    here === null || !/^[CG]/.test(here) ? null : scene.channel(scene.workspace, here),
  ]);
  const usable = channel !== null && channelProblem(channel) === null;
  return open(
    registerForm.view({ id: scene.newId() }, scene.place, {
      initial: {
        name: name === '' ? null : [...name].slice(0, 80).join(''),
        start,
        decision: addDays(start, 84),
        visibility: 'workspace',
        channel: usable ? here : null,
        unit,
        owner: scene.actor.id,
      },
    }),
  );
}

export const registerPilot: Feature = {
  name: 'register-pilot',
  commands: [
    {
      name: 'register',
      usage: '[name]',
      does: 'start a pilot: opens a form, saves a draft',
      common: true,
      run: openForm,
    },
  ],
  presses: [onPress(buttons.registerPilot, (scene) => openForm(scene, ''))],
  shortcuts: [{ id: 'register_pilot', run: (scene) => openForm(scene, '') }],
  forms: [onSubmit(registerForm, (scene, values, { id }) => register(scene, values, id))],
};
