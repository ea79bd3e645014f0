/** What becomes of numbers that were set aside: the unit mended, the metric matched, or discarded with a reason? */
import { z } from 'zod';
import { type TakenValue, valueColumns } from '../../core/incoming-columns.ts';
import { incomingPilot, pilotIndex } from '../../core/incoming-pilots.ts';
import type { GivenValue } from '../../core/incoming-problem.ts';
import { incomingValue } from '../../core/incoming-value.ts';
import { todayIn } from '../../core/metric.ts';
import { mayDo } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { sha256 } from '../../db/chain.ts';
import { guard, Stale } from '../../db/database.ts';
import { touched } from '../../db/queries/messages.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { nameMetric, openSetAside, resolveSetAside, type SetAsideRow } from '../../db/queries/set-aside.ts';
import { createTaker } from '../../db/take-values.ts';
import {
  type Block,
  divider,
  header,
  message,
  paragraph,
  plainText,
  sentence,
  type View,
} from '../../slack/blocks.ts';
import { choiceField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { LIMITS } from '../../slack/limits.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { incomingProblemText } from '../../views/incoming-problem-text.ts';
import { asideLines } from '../../views/set-aside-text.ts';
import { type Feature, type FormHandler, onPress, onSubmit, type Scene } from '../feature.ts';
import { findById } from '../find-pilot.ts';
import { watchWords } from '../watch-words.ts';
import { type Group, groupsOf, isUnitCause } from './groups.ts';

const MOST_GROUPS = 20;

const groupMeta = z.object({ pilot: z.string(), group: z.string() });

const discardForm = defineForm({
  id: 'discard-aside',
  title: 'Discard',
  submit: 'Discard',
  meta: groupMeta,
  fields: {
    reason: textField({ label: 'Reason', hint: 'Stands in the history', lines: true, max: 500 }).required,
  },
});

/** The form that matches a name to a metric; its choices are the pilot's metrics. */
const matchForm = (facts: PilotFacts) =>
  defineForm({
    id: 'match-metric',
    title: 'Match a metric',
    submit: 'Match',
    meta: groupMeta,
    fields: {
      metric: choiceField({
        label: 'These numbers are',
        hint: 'The same name from the same source counts as this metric from now on',
        choices: facts.metrics.slice(0, LIMITS.select).map(({ id, name }) => ({ value: id, text: name })),
      }).required,
    },
  });

/** The pilot and its open groups, if this person may settle them. */
async function load(
  scene: Scene,
  pilot: string,
): Promise<{ facts: PilotFacts; groups: Group[] } | { instead: ReturnType<typeof sentence> }> {
  const found = await findById(scene, pilot);
  if ('instead' in found) return found;
  const { facts } = found;
  if (!mayDo('record-value', facts.holders, { id: scene.actor.id, office: scene.viewer.office })) {
    return {
      instead: sentence(
        `The owner of ${facts.pilot.name} says what these numbers mean. Nothing has changed.`,
      ),
    };
  }
  return { facts, groups: groupsOf(await openSetAside(scene.db, scene.workspace, facts.pilot.id)) };
}

async function page(scene: Scene, facts: PilotFacts, groups: readonly Group[]): Promise<View> {
  const today = todayIn(scene.zone, scene.at);
  const blocks: Block[] = groups.slice(0, MOST_GROUPS).flatMap((group, nth) => {
    const about = { pilot: facts.pilot.id, group: sha256(group.key).slice(0, 16) };
    const mend = isUnitCause(group.cause)
      ? [buttons.fixUnit.element(about, { nth, confirm: unitConfirm(facts, group) })]
      : [];
    const match =
      group.cause === 'unknown_metric' && facts.metrics.length > 0
        ? [buttons.matchMetric.element(about, { nth })]
        : [];
    return [
      paragraph(asideLines(group, today)),
      {
        type: 'actions',
        block_id: `aside-${nth}`,
        elements: [...mend, ...match, buttons.discardAside.element(about, { nth })],
      },
      divider(),
    ];
  });
  return {
    type: 'modal',
    callback_id: 'set-aside',
    title: plainText('Numbers set aside', LIMITS.view.title),
    close: plainText('Close', LIMITS.view.close),
    blocks: [
      header(facts.pilot.name),
      paragraph([
        groups.length === 0
          ? 'Nothing is set aside.'
          : 'These came in and do not count until somebody says what they mean. I do not convert or guess.',
      ]),
      ...blocks,
    ],
  };
}

function unitConfirm(facts: PilotFacts, group: Group) {
  const unit = facts.metrics.find(({ key, name }) =>
    [key, name.toLowerCase()].includes(group.metric.toLowerCase()),
  )?.unit;
  return {
    title: 'Only the unit was wrong?',
    text: `All ${group.count} are recorded as they stand, in ${unit ?? "the metric's own unit"}. No number is converted.`,
    yes: 'Record them so',
    no: 'Not now',
  };
}

const groupNamed = (groups: readonly Group[], name: string): Group | undefined =>
  groups.find((group) => sha256(group.key).startsWith(name));

/** Records the rows of a group after `mend` has changed them; those that still cannot be read stay set aside. */
async function recordGroup(
  scene: Scene,
  facts: PilotFacts,
  group: Group,
  mend: (given: GivenValue) => GivenValue,
  match: { readonly metric: string } | null,
): Promise<Reply> {
  const { db, workspace, at } = scene;
  const row = await workspaceById(db, workspace);
  if (row === null) return say(sentence('The workspace is not known here. Nothing has changed.'));
  const today = todayIn(scene.workspaceZone, at);
  const index = pilotIndex([incomingPilot(facts)]);
  const taken: TakenValue[] = [];
  const done: SetAsideRow[] = [];
  let stays: string | null = null;
  for (const [line, aside] of group.rows.entries()) {
    const read = incomingValue(mend(aside.given as GivenValue), index, today);
    if ('problem' in read) stays = incomingProblemText(read.problem, today);
    else {
      taken.push({ line, value: read.value, source: aside.source });
      done.push(aside);
    }
  }
  const origin = {
    actor: `user:${scene.actor.id}`,
    file: group.source,
    sha256: sha256(group.key),
    fromSystem: true,
  };
  const taker = createTaker({
    db,
    workspace,
    origin,
    facts: () => facts,
    now: scene.now,
    newId: scene.newId,
  });
  const words = watchWords({ db, workspace: row, now: scene.now, newId: scene.newId, facts: () => facts });
  const sorted = await taker.sortOut(valueColumns(taken));
  const contradicted = new Set(sorted.refused.map(({ line }) => line));
  const settled = done.filter((_, place) => !contradicted.has(taken[place]?.line ?? -1));
  if (settled.length === 0) {
    const why =
      stays ?? (sorted.refused[0] === undefined ? '' : incomingProblemText(sorted.refused[0].problem, today));
    return say(sentence(`None of these could be recorded. ${why} They stay set aside.`));
  }
  // The numbers first: should nothing come of the rest, they are there, and the next press finds them so.
  await words.before(sorted.fresh);
  await taker.take(sorted.fresh);
  await words.after();
  try {
    await db.atomically(workspace, (log) => [
      guard(
        resolveSetAside(
          db,
          workspace,
          settled.map(({ id }) => id),
          { state: 'recorded', by: scene.actor.id, at, reason: null },
        ),
        'set aside',
      ),
      ...(match === null
        ? []
        : [
            nameMetric(db, {
              workspace,
              pilot: facts.pilot.id,
              source: group.source,
              name: group.metric.toLowerCase(),
              metric: match.metric,
              setBy: scene.actor.id,
              setAt: at,
            }),
          ]),
      log({
        at,
        kind: match === null ? 'unit_mended' : 'metric_matched',
        pilot: facts.pilot.id,
        actor: `user:${scene.actor.id}`,
        body: { count: settled.length, cause: group.cause, metric: match?.metric ?? null },
      }),
      ...touched(db, workspace, facts.pilot.id),
    ]);
  } catch (error) {
    if (error instanceof Stale)
      return say(sentence('Somebody has settled these already. Nothing has changed by your press.'));
    throw error;
  }
  const left = group.rows.length - settled.length;
  const rest = left === 0 ? '' : ` ${left} stay set aside: ${stays ?? 'they contradict what is recorded'}`;
  return say(
    sentence(`${settled.length === 1 ? '1 number is' : `${settled.length} numbers are`} recorded.${rest}`),
  );
}

async function withGroup(
  scene: Scene,
  about: { readonly pilot: string; readonly group: string },
  act: (facts: PilotFacts, group: Group) => Promise<Reply>,
): Promise<Reply> {
  const loaded = await load(scene, about.pilot);
  if ('instead' in loaded) return say(loaded.instead);
  const group = groupNamed(loaded.groups, about.group);
  if (group === undefined)
    return say(sentence('These have been settled already. Nothing has changed by your press.'));
  return act(loaded.facts, group);
}

const matchHandler: FormHandler = {
  form: 'match-metric',
  async run(scene, view) {
    const about = discardForm.about(view);
    if (about === null) return close(sentence('This form is out of date. Nothing has changed.'));
    const reply = await withGroup(scene, about.meta, async (facts, group) => {
      const read = matchForm(facts).read(view);
      if (!read.ok) return refuse(read.errors);
      const metric = facts.metrics.find(({ id }) => id === read.values.metric);
      if (metric === undefined) return say(sentence('This metric is no longer there. Nothing has changed.'));
      return recordGroup(scene, facts, group, (given) => ({ ...given, metric: metric.key }), {
        metric: metric.id,
      });
    });
    return reply.do === 'say' ? close(reply.message) : reply;
  },
};

export const resolveSetAsideFeature: Feature = {
  name: 'resolve-set-aside',
  presses: [
    onPress(buttons.seeSetAside, async (scene, { pilot }) => {
      const loaded = await load(scene, pilot);
      return 'instead' in loaded ? say(loaded.instead) : open(await page(scene, loaded.facts, loaded.groups));
    }),
    onPress(buttons.fixUnit, (scene, about) =>
      withGroup(scene, about, async (facts, group) => {
        const reply = await recordGroup(
          scene,
          facts,
          group,
          ({ unit: _unit, ...given }) => withoutUnit(given),
          null,
        );
        return redrawn(scene, about.pilot, reply);
      }),
    ),
    onPress(buttons.matchMetric, (scene, about) =>
      withGroup(scene, about, async (facts) => open(matchForm(facts).view(about, scene.place))),
    ),
    onPress(buttons.discardAside, (scene, about) =>
      withGroup(scene, about, async () => open(discardForm.view(about, scene.place))),
    ),
  ],
  forms: [
    matchHandler,
    onSubmit(discardForm, async (scene, { reason }, about) => {
      const reply = await withGroup(scene, about, async (facts, group) => {
        const { db, workspace, at } = scene;
        const ids = group.rows.map(({ id }) => id);
        await db.atomically(workspace, (log) => [
          resolveSetAside(db, workspace, ids, { state: 'discarded', by: scene.actor.id, at, reason }),
          log({
            at,
            kind: 'values_discarded',
            pilot: facts.pilot.id,
            actor: `user:${scene.actor.id}`,
            body: { count: ids.length, cause: group.cause },
            personal: { reason },
          }),
          ...touched(db, workspace, facts.pilot.id),
        ]);
        const line = `${ids.length === 1 ? '1 number is' : `${ids.length} numbers are`} discarded. The reason stands in the history.`;
        return say(message({ notice: line, lines: [line] }));
      });
      return reply.do === 'say' ? close(reply.message) : reply;
    }),
  ],
};

/** A number typed with its unit, "14 %", is read as the bare number. */
const withoutUnit = (given: GivenValue): GivenValue => {
  const number = (text: GivenValue['value']) =>
    typeof text === 'string' ? text.replace(/[^\d.,+\-\u2212 ]/g, '').trim() : text;
  return given.value === undefined ? given : { ...given, value: number(given.value) ?? '' };
};

/** Inside the page the answer is the page as it is now. */
async function redrawn(scene: Scene, pilot: string, reply: Reply): Promise<Reply> {
  if (scene.incoming.view === null || reply.do !== 'say') return reply;
  const loaded = await load(scene, pilot);
  return 'instead' in loaded ? reply : { do: 'redraw', view: await page(scene, loaded.facts, loaded.groups) };
}
