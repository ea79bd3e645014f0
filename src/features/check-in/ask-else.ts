/** How is a check-in handed to somebody else, this once, and how does it come back? */
import { z } from 'zod';
import { firstSendable } from '../../core/business-time.ts';
import type { Day } from '../../core/day.ts';
import { unfitFor } from '../../core/person.ts';
import { mayDo } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { touched, touchedSince } from '../../db/queries/messages.ts';
import { intend, setDetails } from '../../db/queries/outbox.ts';
import { drawHomes } from '../../db/queries/roles.ts';
import { sentence } from '../../slack/blocks.ts';
import { personField, textField } from '../../slack/field.ts';
import { defineForm, type ValuesOf } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import { decidesText, notTheirsText, PAST_ELSE, unfitToAskText } from '../../views/asked-else-text.ts';
import { aboutPilot, nameOf } from '../../views/pilot-card.ts';
import { changedMeanwhile } from '../../views/refusal-text.ts';
import { ASKED_ELSE, type AskedElse, type AskedElseDetails, askedElseFor, stateOf } from '../asked-else.ts';
import { calendarsOf } from '../calendars.ts';
import { checkInFacts } from '../check-in-facts.ts';
import type { Scene } from '../feature.ts';
import { findById, maySee, refusalOf } from '../find-pilot.ts';
import { HANDED_BACK } from './letters-else.ts';

/** About the check-in of one day of a pilot. */
interface About {
  readonly pilot: string;
  readonly due: Day;
}

export const askElseForm = defineForm({
  id: 'ask-someone-else',
  title: 'Ask someone else',
  submit: 'Ask',
  meta: z.object({ pilot: z.string(), due: z.string(), id: z.string() }),
  fields: {
    person: personField({ label: 'Who has it', hint: 'Only this once; the next one comes to you again' })
      .required,
    note: textField({ label: 'A word to them', max: 300 }).optional,
  },
});

/** Asks whom; says how it stands where somebody was asked already, or nothing is to come any more. */
export async function openAskElse(scene: Scene, about: About): Promise<Reply> {
  const looked = await look(scene, about);
  if ('instead' in looked) return say(looked.instead);
  const above = aboutPilot(looked.facts.pilot.name);
  return open(askElseForm.view({ ...about, id: scene.newId() }, scene.place, { above }));
}

/** Hands it over, or says at the field what stands against that. */
export async function saveAskElse(
  scene: Scene,
  { person, note }: ValuesOf<typeof askElseForm.fields>,
  { id, ...about }: About & { readonly id: string },
): Promise<Reply> {
  const looked = await look(scene, about);
  if ('instead' in looked) return close(looked.instead);
  const { facts } = looked;
  const problem = await problemWith(scene, facts, person);
  if (problem !== null) return refuse({ person: problem });
  const { db, workspace, at, actor } = scene;
  const { name } = await scene.people.person(workspace, person);
  const calendar = (await calendarsOf(scene, workspace, [person])).get(person);
  const notBefore = calendar === undefined ? at : firstSendable(calendar, at);
  const details: AskedElseDetails = { due: about.due, by: actor.id, note, ended: null };
  try {
    await db.atomically(workspace, (log) => [
      ...touchedSince(db, workspace, about.pilot, facts.pilot.revision),
      intend(db, workspace, id, at, {
        kind: ASKED_ELSE,
        subject: about.pilot,
        version: 1,
        addressee: `user:${person}`,
        details: { ...details },
        dedupeKey: `${ASKED_ELSE}:${id}`,
        notBefore,
      }),
      drawHomes(db, workspace, [person]),
      log({
        at,
        kind: 'check_in_passed_on',
        pilot: about.pilot,
        actor: `user:${actor.id}`,
        body: { due: about.due },
        personal: { to: person, note },
      }),
    ]);
  } catch (error) {
    if (error instanceof Stale) return close(changedMeanwhile(facts.pilot.name));
    throw error;
  }
  return close(
    sentence(
      `${name} is asked for this check-in of ${facts.pilot.name}${notBefore > at ? ', as soon as they work again' : ''}.`,
      'You may still check in yourself, or take it back in your own message.',
    ),
  );
}

/** Takes back what somebody else was asked for, or hands it back; the second press finds it done. */
export async function endAskElse(scene: Scene, about: About): Promise<Reply> {
  const found = await findById(scene, about.pilot);
  if ('instead' in found) return say(found.instead);
  const { facts } = found;
  const { db, workspace, at, actor } = scene;
  const asked = await askedElseFor(db, workspace, about.pilot, about.due);
  const isTheirs = asked?.person === actor.id;
  if (!isTheirs && !mayPassOn(scene, facts))
    return say(await refusalOf(scene, facts, 'check-in', 'Or whoever was asked instead.'));
  if (asked === null || asked.ended !== null)
    return say(
      sentence(`${facts.pilot.name}: nobody else is asked for this check-in any more. Nothing left to do.`),
    );
  const rhythm = await checkInFacts(scene, facts);
  const state = stateOf(rhythm, about.due, at);
  if (state !== 'open') return say(sentence(`${facts.pilot.name}: ${PAST_ELSE[state]}`));
  const { row, person, ...details } = asked;
  const ended: AskedElseDetails = { ...details, ended: { by: actor.id, at } };
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(setDetails(db, row, { ...ended }), 'asked'),
      ...(isTheirs ? handedBack(scene, asked) : []),
      drawHomes(db, workspace, [person]),
      ...touched(db, workspace, about.pilot),
      log({
        at,
        kind: isTheirs ? 'check_in_handed_back' : 'check_in_taken_back',
        pilot: about.pilot,
        actor: `user:${actor.id}`,
        body: { due: about.due },
        personal: { to: person },
      }),
    ]);
  } catch (error) {
    if (error instanceof Stale) return say(changedMeanwhile(facts.pilot.name));
    throw error;
  }
  const names = await scene.people.names(workspace, [asked.by]);
  return say(
    sentence(
      isTheirs
        ? `${facts.pilot.name}: the check-in is with ${nameOf(names, asked.by)} again, who is told.`
        : `${facts.pilot.name}: taken back. The check-in is with you again.`,
    ),
  );
}

/** Owners and backups, and the programme office: not whoever was asked themselves. */
const mayPassOn = (scene: Scene, { holders }: PilotFacts): boolean =>
  mayDo('check-in', holders, { id: scene.actor.id, office: scene.viewer.office });

/** The pilot, when its check-in of that day is to come, nobody else is asked, and this person may ask somebody. */
async function look(
  scene: Scene,
  { pilot, due }: About,
): Promise<{ readonly facts: PilotFacts } | { readonly instead: ReturnType<typeof sentence> }> {
  const found = await findById(scene, pilot);
  if ('instead' in found) return found;
  const { facts } = found;
  if (!mayPassOn(scene, facts))
    return { instead: await refusalOf(scene, facts, 'check-in', 'So can they ask somebody else.') };
  const state = stateOf(await checkInFacts(scene, facts), due, scene.at);
  if (state !== 'open') return { instead: sentence(`${facts.pilot.name}: ${PAST_ELSE[state]}`) };
  const asked = await askedElseFor(scene.db, scene.workspace, pilot, due);
  if (asked === null || asked.ended !== null) return { facts };
  const names = await scene.people.names(scene.workspace, [asked.person, asked.by]);
  return {
    instead: sentence(
      `${nameOf(names, asked.by)} has asked ${nameOf(names, asked.person)} for this check-in of ${facts.pilot.name}. Take it back first to ask somebody else. Nothing has changed.`,
    ),
  };
}

/** What stands against asking somebody, or null. */
async function problemWith(scene: Scene, facts: PilotFacts, person: string): Promise<string | null> {
  const { pilot, holders } = facts;
  const chosen = await scene.people.person(scene.workspace, person);
  const unfit = unfitFor(chosen);
  if (unfit !== null) return unfitToAskText(chosen.name, unfit);
  if (person === scene.actor.id) return 'That is you. Choose somebody else, or press Check in.';
  if (person === holders.owner) return `${chosen.name} is asked already. Choose somebody else.`;
  if (person === holders.sponsor || person === holders.delegate) return decidesText(chosen.name, pilot.name);
  const office = await scene.people.isOffice(scene.workspace, chosen);
  return maySee(facts, { id: person, office, person: chosen })
    ? null
    : notTheirsText(chosen.name, pilot.name, scene.command);
}

/** One line to whoever had asked. */
function handedBack(scene: Scene, { row, by, due }: AskedElse): Statement[] {
  const { db, workspace, at } = scene;
  return [
    intend(db, workspace, scene.newId(), at, {
      kind: HANDED_BACK,
      subject: row.subject,
      version: 1,
      addressee: `user:${by}`,
      details: { due, from: scene.actor.id },
      dedupeKey: `${HANDED_BACK}:${row.id}`,
      notBefore: at,
    }),
  ];
}
