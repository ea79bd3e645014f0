/** How do a channel and a person get their weekly digest, on schedule and on demand? */
import { scheduleOf } from '../../db/queries/schedules.ts';
import { sentence } from '../../slack/blocks.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { type Feature, onPress, onSubmit, type Scene } from '../feature.ts';
import {
  CHANNEL,
  MONDAY_NINE,
  postNow,
  preferencesForm,
  preview,
  readHere,
  ruleShape,
  switchOff,
  switchOn,
  unitProblem,
} from './channel.ts';
import { channelDuty, editDuty, personDuty } from './duties.ts';
import { keptFilter, readFilter } from './filter.ts';
import { detailsLetter, digestLetter } from './letters.ts';
import { howOftenForm, openHowOften, personalOff, personalOn, readMe, saveHowOften } from './person.ts';
import { personalLetter } from './person-letter.ts';
import { readWhen } from './when.ts';

async function run(scene: Scene, rest: string): Promise<Reply> {
  const [first = '', ...words] = rest.trim().split(/\s+/);
  switch (first.toLowerCase()) {
    case '':
      return say(await preview(scene));
    case 'now':
      return postNow(scene);
    case 'off':
      return say(await switchOff(scene, scene.incoming.channel));
    case 'here': {
      const typed = words.join(' ');
      const read = readFilter(typed);
      const here = readHere(scene.command, typed, read);
      if ('instead' in here) return say(here.instead);
      return say(await switchOn(scene, scene.incoming.channel, here.rule, read.filter));
    }
    case 'me': {
      if (words[0]?.toLowerCase() === 'off') return say(await personalOff(scene));
      const me = readMe(scene.command, words);
      if ('instead' in me) return say(me.instead);
      return say(await personalOn(scene, me.rule, { which: 'mine', length: me.length }));
    }
    default:
      return say(
        sentence(
          `I do not know "digest ${first.slice(0, 40)}". Try ${scene.command} digest, digest now, digest here weekly monday 9:00, digest me, or digest off.`,
        ),
      );
  }
}

export const sendDigest: Feature = {
  name: 'send-digest',
  commands: [
    {
      name: 'digest',
      usage: '[now | here [DAY TIME] [unit NAME | owner @who] | me [short] [DAY TIME] | off]',
      does: 'the week in one message: preview, post, or every week, here or for me',
      common: true,
      run,
    },
  ],
  presses: [
    onPress(buttons.digestPreferences, async (scene, { channel }) => {
      const schedule = await scheduleOf(scene.db, scene.workspace, CHANNEL, channel);
      const known = ruleShape.safeParse(schedule?.rule ?? MONDAY_NINE);
      const now = known.success ? known.data : MONDAY_NINE;
      const filter = keptFilter(schedule?.details);
      return open(
        preferencesForm.view({ channel }, scene.place, {
          initial: {
            weekday: schedule?.enabled ? String(now.weekday) : 'off',
            time: now.time.replace(/^0/, ''),
            unit: filter.unit,
            owner: filter.owner,
          },
          hints: { time: `Like 9:00 or 14:30, in ${scene.zone} time (yours)` },
        }),
      );
    }),
    onPress(buttons.howOften, (scene) => openHowOften(scene)),
    onPress(buttons.followDigest, (scene) => openHowOften(scene, 'all')),
  ],
  forms: [
    onSubmit(preferencesForm, async (scene, values, { channel }) => {
      const when = readWhen(values);
      if (when === 'off') return close(await switchOff(scene, channel));
      if ('errors' in when) return refuse(when.errors);
      const filter = { unit: values.unit, owner: values.owner };
      const problem = await unitProblem(scene, filter);
      if (problem !== null) return refuse({ unit: problem });
      return close(await switchOn(scene, channel, when.rule, filter));
    }),
    onSubmit(howOftenForm, saveHowOften),
  ],
  letters: [digestLetter, detailsLetter, personalLetter],
  duties: [channelDuty, personDuty, editDuty],
};
