/** How does a pilot rest for a while, and how does it go on? */
import { todayIn } from '../../core/metric.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { Stale } from '../../db/database.ts';
import { pausesOf } from '../../db/queries/rhythm.ts';
import { sentence } from '../../slack/blocks.ts';
import type { FieldErrors } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { dayText } from '../../views/day-text.ts';
import { pausedAnswer, resumedAnswer } from '../../views/pause-text.ts';
import { aboutPilot } from '../../views/pilot-card.ts';
import { changedMeanwhile } from '../../views/refusal-text.ts';
import { type Feature, onPress, onSubmit, type Scene } from '../feature.ts';
import { findById, findByKey } from '../find-pilot.ts';
import { pauseForm, pauseUnitForm } from './form.ts';
import { letters } from './letters.ts';
import {
  changeStatements,
  doing,
  mayNot,
  type PauseTerms,
  pauseStatements,
  resumeStatements,
  toTell,
} from './pause.ts';
import { resumeDuty } from './return-day.ts';
import { unitDuty, unitLetter } from './unit-order.ts';
import { orderPause, orderResume, previewUnit } from './units.ts';

const stopped = (facts: PilotFacts): Reply | null =>
  facts.pilot.stage === 'stopped'
    ? say(sentence(`${facts.pilot.name} is stopped, so there is nothing to pause or to resume.`))
    : null;

/** Opens the form: for a new pause, or with what was said about the one that runs. */
async function openPause(scene: Scene, facts: PilotFacts, reason: string | null): Promise<Reply> {
  const refused = await mayNot(scene, facts, 'pause');
  if (refused !== null) return say(refused);
  const nothing = stopped(facts);
  if (nothing !== null) return nothing;
  const pauses = await pausesOf(scene.db, { workspace: scene.workspace, pilot: facts.pilot.id });
  const running = pauses.find(({ until }) => until === null);
  return open(
    pauseForm.view({ pilot: facts.pilot.id, pause: running?.id ?? null }, scene.place, {
      above: aboutPilot(facts.pilot.name),
      title: running === undefined ? 'Pause' : 'Change the pause',
      submit: running === undefined ? 'Pause' : 'Save',
      initial: { reason: reason ?? running?.reason ?? null, until: running?.returnDay ?? null },
    }),
  );
}

/** A return day lies ahead, where the pilot's days are counted. */
function termsProblem(scene: Scene, { until }: PauseTerms): FieldErrors | null {
  const today = todayIn(scene.workspaceZone, scene.at);
  if (until === null || until > today) return null;
  return { until: `${dayText(until, today)} is not ahead. Choose a day after today, or leave it empty.` };
}

async function savePause(
  scene: Scene,
  terms: PauseTerms,
  meta: { readonly pilot: string; readonly pause: string | null },
): Promise<Reply> {
  const found = await findById(scene, meta.pilot);
  if ('instead' in found) return close(found.instead);
  const { facts } = found;
  const refused = await mayNot(scene, facts, 'pause');
  if (refused !== null) return close(refused);
  const problem = termsProblem(scene, terms);
  if (problem !== null) return refuse(problem);
  const { db, workspace } = scene;
  const { pilot } = facts;
  const pauses = await pausesOf(db, { workspace, pilot: pilot.id });
  const running = pauses.find(({ until }) => until === null);
  if ((running?.id ?? null) !== meta.pause || pilot.stage === 'stopped')
    return close(changedMeanwhile(pilot.name));
  const how = doing(scene, facts);
  const tell = toTell(facts).filter((id) => id !== scene.actor.id);
  try {
    await db.atomically(workspace, (log) =>
      running === undefined
        ? pauseStatements(how, facts, terms, pauses.length + 1, tell, log)
        : changeStatements(how, facts, running, terms, log),
    );
  } catch (error) {
    if (error instanceof Stale) return close(changedMeanwhile(pilot.name));
    throw error;
  }
  const shown = { reason: terms.reason, returnDay: terms.until };
  return close(pausedAnswer(pilot, shown, todayIn(scene.zone, scene.at)));
}

async function resume(scene: Scene, facts: PilotFacts): Promise<Reply> {
  const refused = await mayNot(scene, facts, 'resume');
  if (refused !== null) return say(refused);
  const nothing = stopped(facts);
  if (nothing !== null) return nothing;
  const { pilot, holders } = facts;
  const goesOn = say(sentence(`${pilot.name} is not paused. Nothing has changed.`));
  if (pilot.pausedSince === null) return goesOn;
  const tell =
    holders.owner === undefined || holders.owner === scene.actor.id
      ? []
      : [{ person: holders.owner, at: scene.at }];
  try {
    await scene.db.atomically(scene.workspace, (log) =>
      resumeStatements(doing(scene, facts), facts, tell, scene.at, log),
    );
  } catch (error) {
    if (error instanceof Stale) return goesOn;
    throw error;
  }
  return say(resumedAnswer(pilot));
}

/** `unit NAME` is about all pilots of a unit; anything else begins with a key. */
const unitIn = (rest: string): string | null => /^unit\s+(\S.*)$/i.exec(rest.trim())?.[1]?.trim() ?? null;

export const pausePilot: Feature = {
  name: 'pause-pilot',
  commands: [
    {
      name: 'pause',
      usage: 'KEY [reason] | unit NAME',
      does: 'let a pilot rest: nothing is asked, no time counts',
      async run(scene, rest) {
        const unit = unitIn(rest);
        if (unit !== null) return previewUnit(scene, 'pause', unit);
        const [key = '', ...words] = rest.trim().split(/\s+/);
        const found = await findByKey(scene, key);
        if ('instead' in found) return say(found.instead);
        const reason = [...words.join(' ')].slice(0, 300).join('');
        return openPause(scene, found.facts, reason === '' ? null : reason);
      },
    },
    {
      name: 'resume',
      usage: 'KEY | unit NAME',
      does: 'let a paused pilot go on',
      async run(scene, rest) {
        const unit = unitIn(rest);
        if (unit !== null) return previewUnit(scene, 'resume', unit);
        const found = await findByKey(scene, rest);
        return 'instead' in found ? say(found.instead) : resume(scene, found.facts);
      },
    },
  ],
  presses: [
    ...[buttons.pausePilot, buttons.changePause].map((button) =>
      onPress(button, async (scene, { pilot }) => {
        const found = await findById(scene, pilot);
        return 'instead' in found ? say(found.instead) : openPause(scene, found.facts, null);
      }),
    ),
    onPress(buttons.resumePilot, async (scene, { pilot }) => {
      const found = await findById(scene, pilot);
      return 'instead' in found ? say(found.instead) : resume(scene, found.facts);
    }),
    onPress(buttons.resumeUnit, orderResume),
  ],
  forms: [
    onSubmit(pauseForm, savePause),
    onSubmit(pauseUnitForm, async (scene, terms, meta) => {
      const problem = termsProblem(scene, terms);
      return problem === null ? orderPause(scene, terms, meta) : refuse(problem);
    }),
  ],
  letters: [...letters, unitLetter],
  duties: [resumeDuty, unitDuty],
};
