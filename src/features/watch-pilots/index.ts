/** How does the programme office see what would be sent about imported pilots, release them in waves, and put one back? */
import { todayIn } from '../../core/metric.ts';
import { isWatched } from '../../core/pilot.ts';
import { wallInstant } from '../../core/schedule.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { touched } from '../../db/queries/messages.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { beginWatch } from '../../db/queries/watched.ts';
import { message, sentence } from '../../slack/blocks.ts';
import type { ValuesOf } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { dayText, weekdayText } from '../../views/day-text.ts';
import { changedMeanwhile } from '../../views/refusal-text.ts';
import { pilotsText, planLines } from '../../views/watch-text.ts';
import { type Feature, onPress, onSubmit, type Scene } from '../feature.ts';
import { findById, findByKey } from '../find-pilot.ts';
import { chosen, markOf, planOf, type Wanted, wantedProblems, watchedOf } from './choose.ts';
import { releaseForm } from './form.ts';
import { releasedLetter } from './letter.ts';
import { officeOnly, watchPage } from './page.ts';
import { cancelWave, placeWave, waveDuty } from './wave.ts';

/** Farther ahead nobody plans, and nobody remembers it. */
const FAR_DAYS_MS = 366 * 24 * 60 * 60 * 1000;

/** Everything here is the programme office's. */
const asOffice =
  <Value>(run: (scene: Scene, value: Value) => Promise<Reply>) =>
  async (scene: Scene, value: Value): Promise<Reply> =>
    scene.viewer.office ? run(scene, value) : say(await officeOnly(scene));

async function show(scene: Scene, typed: string): Promise<Reply> {
  if (typed.trim() === '') return say(await watchPage(scene, 0, null));
  const found = await findByKey(scene, typed);
  return say('instead' in found ? found.instead : await watchPage(scene, 0, found.facts.pilot.id));
}

async function openForm(scene: Scene, key: string | null): Promise<Reply> {
  const watched = watchedOf(await allPilots(scene.db, scene.workspace));
  if (watched.length === 0) return say(await watchPage(scene, 0, null));
  return open(releaseForm.view({}, scene.place, { initial: { keys: key } }));
}

const instantOf = (scene: Scene, day: string | null): number =>
  day === null ? scene.at : wallInstant(day, '09:00', scene.workspaceZone);

/** What would follow, and the press that does it. */
async function preview(scene: Scene, values: ValuesOf<(typeof releaseForm)['fields']>): Promise<Reply> {
  if (!scene.viewer.office) return close(await officeOnly(scene));
  const all = await allPilots(scene.db, scene.workspace);
  const keys = (values.keys ?? '')
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  const errors = { ...wantedProblems(all, { keys, unit: values.unit, count: values.count }) };
  const today = todayIn(scene.workspaceZone, scene.at);
  const { day } = values;
  const at = instantOf(scene, day);
  if (day !== null && (day <= today || at - scene.at > FAR_DAYS_MS))
    errors['day'] =
      `${dayText(day, today)} is not a day within the next year. Choose one after today, or leave it empty for now.`;
  if (Object.keys(errors).length > 0) return refuse(errors);
  const count = values.count === null ? null : Number(values.count);
  const wanted: Wanted = { keys, unit: values.unit, owner: values.owner, count };
  const pilots = chosen(all, wanted);
  if (pilots.length === 0)
    return refuse({ keys: 'No pilot in watch only is left by all of this together. Leave something empty.' });
  const plan = await planOf(scene, pilots, day, at);
  const lines = planLines(plan, todayIn(scene.zone, scene.at));
  const label = `Release ${pilotsText(pilots.length)}`;
  return close(
    message({
      notice: `${label}? Nothing has happened yet.`,
      title: `${label}?`,
      lines: [...lines, 'Nothing has happened yet.'],
      buttons: [
        [
          buttons.releaseWave.element(
            { ...wanted, keys: [...keys], day, mark: markOf(pilots) },
            { style: 'primary', label },
          ),
        ],
      ],
    }),
  );
}

async function release(
  scene: Scene,
  shown: Wanted & { readonly day: string | null; readonly mark: string },
): Promise<Reply> {
  const pilots = chosen(await allPilots(scene.db, scene.workspace), shown);
  const at = instantOf(scene, shown.day);
  if (markOf(pilots) !== shown.mark || at < scene.at) {
    return say(
      sentence(
        `What is in watch only has changed since this was shown, so nothing was released. ${scene.command} watch shows it as it is now.`,
      ),
    );
  }
  await placeWave(scene, pilots, { day: shown.day, at });
  const some = `${pilotsText(pilots.length)} ${pilots.length === 1 ? 'is' : 'are'} released`.replace(
    /^o/,
    'O',
  );
  const when =
    shown.day === null ? '' : ` on ${weekdayText(shown.day, todayIn(scene.zone, scene.at))} at 9:00`;
  const back =
    shown.day === null
      ? `${scene.command} watch KEY puts one back.`
      : `${scene.command} watch shows it and takes it back.`;
  return say(sentence(`${some}${when}. ${back}`));
}

/** Puts a pilot back: from now on nothing is said about it. */
async function putBack(scene: Scene, about: { readonly pilot: string }): Promise<Reply> {
  const found = await findById(scene, about.pilot);
  if ('instead' in found) return say(found.instead);
  const { pilot } = found.facts;
  if (isWatched(pilot)) return say(await watchPage(scene, 0, pilot.id));
  const { db, workspace, at, actor } = scene;
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(beginWatch(db, workspace, pilot.id, at), 'pilot'),
      log({
        at,
        kind: 'pilot_watched',
        pilot: pilot.id,
        actor: `user:${actor.id}`,
        body: { role: 'office' },
      }),
      ...touched(db, workspace, pilot.id),
    ]);
  } catch (error) {
    if (error instanceof Stale) return say(changedMeanwhile(pilot.name));
    throw error;
  }
  return say(
    sentence(
      `${pilot.name} is in watch only. Nothing is sent about it until it is released again; ${scene.command} watch ${pilot.key} shows what would be.`,
    ),
  );
}

export const watchPilots: Feature = {
  name: 'watch-pilots',
  commands: [
    {
      name: 'watch',
      usage: '[KEY]',
      does: 'for the programme office: what would be sent about imported pilots; release them, or put one back',
      run: asOffice(show),
    },
  ],
  presses: [
    onPress(
      buttons.showWatch,
      asOffice(async (scene, { from, pilot }) => say(await watchPage(scene, from, pilot))),
    ),
    onPress(
      buttons.openRelease,
      asOffice((scene, { key }) => openForm(scene, key)),
    ),
    onPress(buttons.releaseWave, asOffice(release)),
    onPress(
      buttons.cancelWave,
      asOffice(async (scene, { wave }) =>
        say(
          sentence(
            (await cancelWave(scene, wave))
              ? 'This release is cancelled. Its pilots stay in watch only.'
              : 'There is no such release to come any more. Nothing has changed.',
          ),
        ),
      ),
    ),
    onPress(buttons.watchAgain, asOffice(putBack)),
  ],
  forms: [onSubmit(releaseForm, preview)],
  letters: [releasedLetter],
  duties: [waveDuty],
};
