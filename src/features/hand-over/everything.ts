/** How is everything of one person handed over to another: shown first, then ordered with one press? */
import { z } from 'zod';
import { unfitFor } from '../../core/person.ts';
import { canSee } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type PassedOn, passOn } from '../../core/roles.ts';
import { sha256 } from '../../db/chain.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { setSchedule } from '../../db/queries/schedules.ts';
import { type Message, sentence } from '../../slack/blocks.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import { mentionedPerson } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { planMessage } from '../../views/hand-over-text.ts';
import { pilotsText } from '../../views/pause-text.ts';
import { unfitText } from '../../views/refusal-text.ts';
import type { Scene } from '../feature.ts';
import { everythingForm } from './form.ts';

export const ORDER = 'hand-over-order';

/** An order to hand everything of one person over. */
export const orderShape = z.object({
  from: z.string(),
  to: z.string(),
  by: z.string(),
  office: z.boolean(),
  note: z.string().nullable(),
  since: z.number(),
});
export type Order = z.infer<typeof orderShape>;

/** One pilot of the plan. */
export interface Planned {
  readonly facts: PilotFacts;
  readonly passed: PassedOn;
  /** Ids of metrics whose numbers the person types. */
  readonly metrics: readonly string[];
}

type Pair = Pick<Order, 'from' | 'to' | 'office'>;

/** Somebody named in a draft has not been told of it, so it is no part yet of what they could hand over themselves. */
const knowsOf = (facts: PilotFacts, person: string): boolean =>
  canSee(facts.pilot, facts.holders, facts.everAsked, {
    id: person,
    office: false,
    person: { isGuest: false, isExternal: false, isBot: false, isDeactivated: false },
  });

/** What would change hands in each pilot that still runs; pilots in which the person has no part are left out. */
export function planOf(pilots: readonly PilotFacts[], { from, to, office }: Pair): Planned[] {
  return pilots
    .filter(({ pilot }) => pilot.stage !== 'stopped')
    .filter((facts) => office || knowsOf(facts, from))
    .map((facts) => ({
      facts,
      passed: passOn(facts.holders, from, to, office),
      metrics: facts.metrics.filter(({ reporter }) => reporter === from).map(({ id }) => id),
    }))
    .filter(({ passed, metrics }) => passed.given.length + passed.kept.length + metrics.length > 0);
}

/** Whether anything of a pilot changes hands. */
export const moves = ({ passed, metrics }: Planned): boolean => passed.given.length + metrics.length > 0;

const markOf = (plan: readonly Planned[]): string =>
  sha256(
    JSON.stringify(
      plan.filter(moves).map(({ facts, passed, metrics }) => [facts.pilot.id, passed.given, metrics]),
    ),
  ).slice(0, 16);

/** `hand-over @from @to`, or `@to` alone for one's own; without people the form asks. Null when it is about a pilot. */
export async function everythingByCommand(scene: Scene, rest: string): Promise<Reply | null> {
  const words = rest.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return openEverything(scene);
  const people = words.map(mentionedPerson);
  const [first, second] = people;
  if (first === null || first === undefined || words.length > 2 || people.includes(null)) {
    // Slack tells who is meant only where it could resolve the name.
    return words[0]?.startsWith('@') === true || first ? openEverything(scene) : null;
  }
  const [from, to] = second === null || second === undefined ? [scene.actor.id, first] : [first, second];
  const problem = await pairProblem(scene, from, to);
  if (problem !== null) return say(sentence(problem.words));
  return say(await preview(scene, from, to, null));
}

/** Opens the form, about oneself unless somebody else is named. */
export function openEverything(scene: Scene, from = scene.actor.id): Reply {
  return open(everythingForm.view({}, scene.place, { initial: { from } }));
}

/** Shows what would happen, where the form was opened. */
export async function previewByForm(
  scene: Scene,
  values: { readonly from: string; readonly to: string; readonly note: string | null },
): Promise<Reply> {
  const problem = await pairProblem(scene, values.from, values.to);
  if (problem !== null) return refuse({ [problem.field]: problem.words });
  return close(await preview(scene, values.from, values.to, values.note));
}

/** What stands against these two people, for the field it is about. */
async function pairProblem(
  scene: Scene,
  from: string,
  to: string,
): Promise<{ readonly field: 'from' | 'to'; readonly words: string } | null> {
  if (from !== scene.actor.id && !scene.viewer.office) {
    const names = await scene.people.names(scene.workspace, [from]);
    const who = names.get(from) ?? from;
    const office = await scene.people.officeName(scene.workspace);
    return {
      field: 'from',
      words: `You cannot hand over what ${who} holds. ${who} or ${office} can. Nothing has changed.`,
    };
  }
  if (from === to)
    return {
      field: 'to',
      words: 'These are the same person. Choose who takes it over. Nothing has changed.',
    };
  const person = await scene.people.person(scene.workspace, to);
  const unfit = unfitFor(person);
  return unfit === null ? null : { field: 'to', words: unfitText(person.name, unfit, 'owner or sponsor') };
}

const asOffice = (scene: Scene, from: string): boolean => scene.viewer.office && from !== scene.actor.id;

async function preview(scene: Scene, from: string, to: string, note: string | null): Promise<Message> {
  const plan = planOf(await allPilots(scene.db, scene.workspace), {
    from,
    to,
    office: asOffice(scene, from),
  });
  const names = await scene.people.names(scene.workspace, [from, to]);
  const called = { from: names.get(from) ?? from, to: names.get(to) ?? to };
  const count = pilotsText(plan.filter(moves).length);
  const confirm = {
    title: `Hand over ${count}?`,
    text: `${called.to} takes them over from ${called.from} at once. What was due before stays undone.`,
    yes: 'Hand over',
    no: 'Not now',
  };
  return planMessage(
    plan.map(({ facts, passed, metrics }) => ({
      name: facts.pilot.name,
      passed,
      metrics: facts.metrics.filter(({ id }) => metrics.includes(id)).map(({ name }) => name),
    })),
    called,
    [
      buttons.confirmHandOver.element(
        { from, to, mark: markOf(plan), note },
        { label: `Hand over ${count}`, confirm },
      ),
    ],
  );
}

/** The press under the preview: an order is a row, carried out one pilot at a time. */
export async function orderEverything(
  scene: Scene,
  about: { readonly from: string; readonly to: string; readonly mark: string; readonly note: string | null },
): Promise<Reply> {
  const { from, to, note } = about;
  const problem = await pairProblem(scene, from, to);
  if (problem !== null) return say(sentence(problem.words));
  const { db, workspace, at } = scene;
  const order: Order = { from, to, by: scene.actor.id, office: asOffice(scene, from), note, since: at };
  const plan = planOf(await allPilots(db, workspace), order);
  if (markOf(plan) !== about.mark) {
    return say(
      sentence(
        `What would change hands is something else by now, so nothing was done. ${scene.command} hand-over shows it as it is.`,
      ),
    );
  }
  const count = plan.filter(moves).length;
  if (count === 0) return say(sentence('There is nothing left to hand over. Nothing has changed.'));
  await db.atomically(workspace, (log) => [
    setSchedule(db, {
      workspace,
      id: scene.newId(),
      kind: ORDER,
      subject: `${from}:${to}`,
      rule: {},
      timezone: scene.workspaceZone,
      nextAt: at,
      details: order,
      setBy: scene.actor.id,
      setAt: at,
    }),
    log({
      at,
      kind: 'everything_handed_over',
      pilot: null,
      actor: `user:${scene.actor.id}`,
      body: { role: order.office ? 'office' : 'holder', pilots: count },
      personal: { from, to, note },
    }),
  ]);
  const names = await scene.people.names(workspace, [from, to]);
  return say(
    sentence(
      `${pilotsText(count)} of ${names.get(from) ?? from} ${count === 1 ? 'is' : 'are'} with ${names.get(to) ?? to} now.`,
    ),
  );
}
