/** How is one role of one pilot handed over? */
import { unfitFor } from '../../core/person.ts';
import { ROLES, type Role } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { actingRole, clashIn, handedOver, mayHandOver, whoHandsOver } from '../../core/roles.ts';
import { Stale } from '../../db/database.ts';
import { sentence } from '../../slack/blocks.ts';
import type { FieldErrors, ValuesOf } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import { clashText, ROLE_WORDS } from '../../views/hand-over-text.ts';
import { aboutPilot, nameOf } from '../../views/pilot-card.ts';
import { cannotText, changedMeanwhile, unfitText } from '../../views/refusal-text.ts';
import type { Scene } from '../feature.ts';
import { findById } from '../find-pilot.ts';
import type { handOverForm as form } from './form.ts';
import { handOverForm } from './form.ts';
import { handOverStatements, reopens } from './hand-over.ts';

type Values = ValuesOf<(typeof form)['fields']>;

/** The roles somebody may pass on in a pilot, their own first. */
const theirs = (scene: Scene, facts: PilotFacts): Role[] =>
  ROLES.filter((role) => mayHandOver(role, facts.holders, scene.viewer)).toSorted(
    (a, b) => Number(facts.holders[b] === scene.actor.id) - Number(facts.holders[a] === scene.actor.id),
  );

/** Opens the form, with the role that is asked for, else the one people most often mean: their own. */
export async function openHandOver(scene: Scene, facts: PilotFacts, asked?: Role): Promise<Reply> {
  const able = theirs(scene, facts);
  if (able.length === 0) {
    const could = [
      ...new Set([...whoHandsOver('owner', facts.holders), ...whoHandsOver('sponsor', facts.holders)]),
    ];
    const names = await scene.people.names(scene.workspace, could);
    return say(
      cannotText(
        `hand over a role of ${facts.pilot.name}`,
        could.map((id) => names.get(id) ?? id),
        'Owner and sponsor hand over, each on their own side.',
        await scene.people.officeName(scene.workspace),
      ),
    );
  }
  return open(
    handOverForm.view({ pilot: facts.pilot.id }, scene.place, {
      above: aboutPilot(facts.pilot.name),
      initial: { role: able.find((role) => role === asked) ?? able[0] ?? 'owner' },
    }),
  );
}

/** Hands the role over, or says at the field what stands against it. */
export async function saveHandOver(
  scene: Scene,
  values: Values,
  meta: { readonly pilot: string },
): Promise<Reply> {
  const found = await findById(scene, meta.pilot);
  if ('instead' in found) return close(found.instead);
  const { facts } = found;
  const { pilot, holders } = facts;
  const { role, person } = values;
  const problem = await problemWith(scene, facts, role, person);
  if (problem !== null) return refuse(problem);
  const after = handedOver(holders, role, person);
  const how = {
    parts: scene,
    workspace: scene.workspace,
    at: scene.at,
    by: scene.actor.id,
    role: actingRole(holders, scene.viewer),
    note: values.note,
  };
  try {
    await scene.db.atomically(scene.workspace, (log) =>
      handOverStatements(how, facts, { after, metrics: [], reporter: null, tellHolders: true }, log),
    );
  } catch (error) {
    if (error instanceof Stale) return close(changedMeanwhile(pilot.name));
    throw error;
  }
  return close(sentence(...(await doneWords(scene, facts, role, person, after))));
}

async function problemWith(
  scene: Scene,
  facts: PilotFacts,
  role: Role,
  person: string | null,
): Promise<FieldErrors | null> {
  const { pilot, holders } = facts;
  const word = ROLE_WORDS[role];
  if (!mayHandOver(role, holders, scene.viewer)) {
    const could = whoHandsOver(role, holders);
    const names = await scene.people.names(scene.workspace, could);
    const who = could.map((id) => nameOf(names, id)).join(' or ');
    return {
      role: `You cannot name the ${word} of ${pilot.name}. ${who === '' ? await scene.people.officeName(scene.workspace) : who} can. Choose another role.`,
    };
  }
  if (person === null) {
    if (role !== 'backup' && role !== 'delegate')
      return { person: `${pilot.name} needs somebody as ${word}. Choose a person.` };
    return holders[role] === undefined
      ? { person: `There is no ${word} of ${pilot.name} who could go. Choose a person.` }
      : null;
  }
  const chosen = await scene.people.person(scene.workspace, person);
  const unfit = unfitFor(chosen);
  if (unfit !== null) return { person: unfitText(chosen.name, unfit, word) };
  if (holders[role] === person)
    return { person: `${chosen.name} is ${word} of ${pilot.name} already. Choose somebody else.` };
  const clash = clashIn(handedOver(holders, role, person));
  const other = clash?.person === person ? clash.roles.find((name) => name !== role) : undefined;
  return other === undefined ? null : { person: clashText(chosen.name, other, pilot.name) };
}

async function doneWords(
  scene: Scene,
  facts: PilotFacts,
  role: Role,
  person: string | null,
  after: PilotFacts['holders'],
): Promise<string[]> {
  const { pilot, holders, charter } = facts;
  const names = await scene.people.names(scene.workspace, [person, holders.delegate, holders.owner]);
  const lines =
    person === null
      ? [`${pilot.name} has no ${ROLE_WORDS[role]} any more.`]
      : [`${nameOf(names, person)} is ${ROLE_WORDS[role]} of ${pilot.name} now.`];
  if (
    role === 'sponsor' &&
    holders.delegate !== undefined &&
    after.delegate === undefined &&
    holders.delegate !== person
  )
    lines.push(
      `${nameOf(names, holders.delegate)} is not the delegate any more; the new sponsor names their own.`,
    );
  if (charter.status === 'asked' && reopens(facts, after))
    lines.push(
      `The request to sign is not open any more; ${nameOf(names, holders.owner)} asks the new sponsor.`,
    );
  return lines;
}
