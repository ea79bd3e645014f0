/** What happens when the words, dates or people of a charter change? */
import { type CharterFields, changedFields, TERMS } from '../../core/charter.ts';
import { todayIn } from '../../core/metric.ts';
import { unfitFor } from '../../core/person.ts';
import { type Holders, mayDo, type Role } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { changedRoles, clashIn, handedOver } from '../../core/roles.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { changeVersion, updatePilot } from '../../db/queries/charters.ts';
import { touched } from '../../db/queries/messages.ts';
import { observationsOf } from '../../db/queries/observations.ts';
import { intend } from '../../db/queries/outbox.ts';
import { giveRoles } from '../../db/queries/roles.ts';
import { sentence } from '../../slack/blocks.ts';
import type { FieldErrors, ValuesOf } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import { channelProblem } from '../../views/channel-text.ts';
import { dayText } from '../../views/day-text.ts';
import { clashText } from '../../views/hand-over-text.ts';
import { aboutPilot } from '../../views/pilot-card.ts';
import { ownerIsSponsorText, unfitText } from '../../views/refusal-text.ts';
import { writable } from '../amend.ts';
import type { Scene } from '../feature.ts';
import { findById, refusalOf } from '../find-pilot.ts';
import { delayFields, delayProblems, delayShown } from './charter-delay.ts';
import { charterForm } from './forms.ts';

type Values = ValuesOf<(typeof charterForm)['fields']>;
type FieldName = keyof Values;

/** Opens the form, whole or for the fields named. */
export async function openCharterForm(
  scene: Scene,
  facts: PilotFacts,
  only?: readonly FieldName[],
): Promise<Reply> {
  const refused = await mayEdit(scene, facts);
  if (refused !== null) return say(refused);
  const { charter, pilot, holders } = facts;
  const names = Object.keys(charterForm.fields) as FieldName[];
  return open(
    charterForm.view(
      {
        pilot: pilot.id,
        version: charter.id,
        revision: charter.revision,
        ...(only === undefined ? {} : { only: [...only] }),
      },
      scene.place,
      {
        initial: {
          ...charter.fields,
          name: pilot.name,
          sponsor: holders.sponsor ?? null,
          owner: holders.owner ?? null,
          production_owner: holders.production_owner ?? null,
          unit: pilot.unit,
          channel: pilot.channel,
          visibility: pilot.visibility,
        },
        without: only === undefined ? [] : names.filter((name) => !only.includes(name)),
        // The whole form begins with the name.
        ...(only === undefined ? {} : { title: 'Complete the charter', above: aboutPilot(pilot.name) }),
      },
    ),
  );
}

/** The sentence for somebody who may not edit, or null. */
export async function mayEdit(scene: Scene, facts: PilotFacts) {
  const who = { id: scene.actor.id, office: scene.viewer.office };
  if (mayDo('edit-charter', facts.holders, who)) return null;
  return refusalOf(scene, facts, 'edit-charter', 'The owner keeps the charter; the sponsor signs it.');
}

/** The roles for which somebody else is named than the one who holds them. */
const changedPeople = (
  holders: Holders,
  chosen: Readonly<Record<'sponsor' | 'owner' | 'production_owner', string | null>>,
): Partial<Record<Role, string | null>> =>
  Object.fromEntries(
    Object.entries(chosen).filter(([role, person]) => (person || null) !== (holders[role as Role] ?? null)),
  );

/** Saves what was changed, and only that. */
export async function saveCharter(
  scene: Scene,
  values: Values,
  meta: {
    readonly pilot: string;
    readonly version: string;
    readonly revision: number;
    readonly only?: readonly string[] | undefined;
  },
): Promise<Reply> {
  const found = await findById(scene, meta.pilot);
  if ('instead' in found) return close(found.instead);
  const { facts } = found;
  const refused = await mayEdit(scene, facts);
  if (refused !== null) return close(refused);
  const { charter, pilot, holders } = facts;
  if (charter.id !== meta.version || charter.revision !== meta.revision)
    return changedSince(facts, values, meta.only);

  const asked = (name: FieldName) => meta.only === undefined || meta.only.includes(name);
  const pick = <K extends FieldName>(name: K, before: Values[K]): Values[K] =>
    asked(name) ? values[name] : before;
  const shown = delayShown(charter.fields);
  const fields: CharterFields = {
    outcome: pick('outcome', charter.fields.outcome),
    problem: pick('problem', charter.fields.problem),
    start: pick('start', charter.fields.start),
    decision: pick('decision', charter.fields.decision),
    rollback: pick('rollback', charter.fields.rollback),
    budget: pick('budget', charter.fields.budget),
    note: charter.fields.note,
    ...delayFields({
      delay: pick('delay', shown.delay),
      delaySource: pick('delaySource', shown.delaySource),
    }),
  };
  const people = changedPeople(holders, {
    sponsor: pick('sponsor', holders.sponsor ?? null),
    owner: pick('owner', holders.owner ?? ''),
    production_owner: pick('production_owner', holders.production_owner ?? null),
  });
  const after = Object.entries(people).reduce(
    (held, [role, person]) => handedOver(held, role as Role, person),
    holders,
  );
  const errors = {
    ...dateProblems(scene, facts, fields),
    ...delayProblems(fields),
    ...(await peopleProblems(scene, facts, people, after)),
    ...(await channelProblems(scene, facts, pick('channel', pilot.channel))),
  };
  if (Object.keys(errors).length > 0) return refuse(errors);

  const changed = changedFields(charter.fields, fields);
  const needsSignature = changed.some((name) => TERMS.includes(name)) || people.sponsor !== undefined;
  const { db, workspace, at } = scene;
  const place = {
    name: pick('name', pilot.name),
    businessUnit: pick('unit', pilot.unit) ?? '',
    channel: pick('channel', pilot.channel),
    visibility: pick('visibility', pilot.visibility),
  };
  // Looking is not changing: an open request stays open.
  if (changed.length + Object.keys(people).length === 0 && isWhereItWas(pilot, place))
    return close(sentence(`${pilot.name}: nothing was changed.`));
  const observed = await observationsOf(db, workspace, pilot.id);
  const start =
    charter.status === 'signed' && !needsSignature
      ? // Wording of a signed charter is logged, not signed again; the frozen text stays what it was.
        { begin: [guard(changeVersion(db, workspace, charter, { fields }), 'charter')], amends: false }
      : writable(scene, facts, fields, observed.length > 0, people.sponsor !== undefined);
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      ...start.begin,
      updatePilot(db, workspace, pilot.id, place),
      ...giveRoles(db, { workspace, pilot: pilot.id, now: at }, changedRoles(holders, after), scene.newId),
      log({
        at,
        kind: start.amends ? 'amendment_started' : 'charter_edited',
        pilot: pilot.id,
        actor: `user:${scene.actor.id}`,
        body: {
          changed: [...changed],
          roles: Object.keys(changedRoles(holders, after)),
          start: fields.start,
          decision: fields.decision,
        },
        personal: { fields: { ...fields }, people: { ...people }, place: { ...place } },
      }),
      ...(typeof people.owner === 'string'
        ? [
            intend(db, workspace, scene.newId(), at, {
              kind: 'draft-card',
              subject: pilot.id,
              version: 1,
              addressee: `user:${people.owner}`,
              dedupeKey: `draft-card:${pilot.id}:${people.owner}`,
              notBefore: at,
            }),
          ]
        : []),
      // Another channel, or one that may read it again: the card of before has said good-bye there.
      ...(facts.everAsked &&
      place.channel !== null &&
      (place.channel !== pilot.channel || (place.visibility === 'workspace' && pilot.visibility === 'people'))
        ? [channelCard(scene, pilot.id, place.channel, `:${pilot.revision}`)]
        : []),
      ...touched(db, workspace, pilot.id),
    ]);
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    const fresh = await findById(scene, meta.pilot);
    return 'instead' in fresh ? close(fresh.instead) : changedSince(fresh.facts, values, meta.only);
  }
  return close(sentence(savedWords(facts, start.amends, needsSignature)));
}

const isWhereItWas = (
  pilot: PilotFacts['pilot'],
  place: Pick<PilotFacts['pilot'], 'name' | 'channel' | 'visibility'> & { readonly businessUnit: string },
): boolean =>
  place.name === pilot.name &&
  place.businessUnit === (pilot.unit ?? '') &&
  place.channel === pilot.channel &&
  place.visibility === pilot.visibility;

/**
 * The charter is not the one the form was filled from. The same form once more finds everything as it would leave it; any
 * other keeps what was typed before its reader's eyes.
 */
function changedSince(facts: PilotFacts, values: Values, only: readonly string[] | undefined): Reply {
  const { charter, pilot, holders } = facts;
  const now: Values = {
    ...charter.fields,
    ...delayShown(charter.fields),
    name: pilot.name,
    sponsor: holders.sponsor ?? null,
    owner: holders.owner ?? '',
    production_owner: holders.production_owner ?? null,
    unit: pilot.unit,
    channel: pilot.channel,
    visibility: pilot.visibility,
  };
  const names = (Object.keys(charterForm.fields) as FieldName[]).filter(
    (name) => only === undefined || only.includes(name),
  );
  if (names.every((name) => values[name] === now[name])) return close();
  return refuse({
    [names[0] ?? 'name']:
      `Somebody changed ${pilot.name} while this form was open, so nothing was saved. Copy what you want to keep, close it and open it again.`,
  });
}

/** The card for a pilot's channel: once per channel, and once more whenever that may read it anew. */
export function channelCard(scene: Scene, pilot: string, channel: string, anew = ''): Statement {
  return intend(scene.db, scene.workspace, scene.newId(), scene.at, {
    kind: 'pilot-card',
    subject: pilot,
    version: 1,
    addressee: `channel:${channel}`,
    dedupeKey: `pilot-card:${pilot}:${channel}${anew}`,
    notBefore: scene.at,
  });
}

function savedWords(facts: PilotFacts, amends: boolean, needsSignature: boolean): string {
  const { name } = facts.pilot;
  if (amends)
    return `${name}: version ${facts.charter.n + 1} is started with this change. Version ${facts.charter.n} counts until the new one is signed.`;
  if (facts.charter.status === 'asked')
    return `Saved. The sponsor's request for ${name} is not open any more; ask again when you are ready.`;
  return needsSignature || facts.charter.status !== 'signed'
    ? `Saved. ${name} is up to date.`
    : `Saved and written into the history of ${name}. It needs no new signature.`;
}

function dateProblems(scene: Scene, facts: PilotFacts, fields: CharterFields): FieldErrors {
  const today = todayIn(scene.zone, scene.at);
  const { decision, start } = fields;
  if (decision !== null && decision !== facts.charter.fields.decision && decision <= today) {
    return {
      decision: `The decision date ${dayText(decision, today)} is not in the future. Choose a day after today.`,
    };
  }
  if (decision !== null && start !== null && decision <= start) {
    return { decision: `The decision date must be after the start date, ${dayText(start, today)}.` };
  }
  return {};
}

async function peopleProblems(
  scene: Scene,
  facts: PilotFacts,
  people: Partial<Record<Role, string | null>>,
  after: Holders,
): Promise<FieldErrors> {
  const errors: FieldErrors = {};
  const words = {
    sponsor: 'the executive sponsor',
    owner: 'owner',
    production_owner: 'production owner',
  } as const;
  for (const role of ['sponsor', 'owner', 'production_owner'] as const) {
    const id = people[role];
    if (id === undefined || id === null) continue;
    const person = await scene.people.person(scene.workspace, id);
    const unfit = unfitFor(person);
    if (unfit !== null) errors[role] = unfitText(person.name, unfit, words[role]);
  }
  const clash = Object.keys(people).length === 0 ? null : clashIn(after);
  if (clash === null) return errors;
  const name = (await scene.people.names(scene.workspace, [clash.person])).get(clash.person) ?? clash.person;
  const [one, other] = clash.roles;
  if (one === 'owner' && other === 'sponsor')
    errors[people.sponsor === undefined ? 'owner' : 'sponsor'] = ownerIsSponsorText(name);
  else
    errors[one === 'owner' ? 'owner' : 'sponsor'] = clashText(
      name,
      one === 'owner' ? other : one,
      facts.pilot.name,
    );
  return errors;
}

async function channelProblems(
  scene: Scene,
  facts: PilotFacts,
  channel: string | null,
): Promise<FieldErrors> {
  if (channel === null || channel === facts.pilot.channel) return {};
  const problem = channelProblem(await scene.channel(scene.workspace, channel));
  return problem === null ? {} : { channel: problem };
}
