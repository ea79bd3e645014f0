/** What happens when somebody registers a pilot? */
import type { Day } from '../../core/day.ts';
import { freeKey, isKey, keyOf } from '../../core/key.ts';
import { todayIn } from '../../core/metric.ts';
import { unfitFor } from '../../core/person.ts';
import type { Statement } from '../../db/database.ts';
import { giveRole, insertPilot, insertVersion } from '../../db/queries/charters.ts';
import { intend } from '../../db/queries/outbox.ts';
import { pilotById, takenKeys } from '../../db/queries/pilots.ts';
import { lookSoon } from '../../db/queries/schedules.ts';
import { sentence } from '../../slack/blocks.ts';
import type { FieldErrors, ValuesOf } from '../../slack/form.ts';
import { close, type Reply, refuse } from '../../slack/reply.ts';
import { channelProblem } from '../../views/channel-text.ts';
import { dayText } from '../../views/day-text.ts';
import { ownerIsSponsorText, unfitText } from '../../views/refusal-text.ts';
import type { Scene } from '../feature.ts';
import type { registerForm } from './form.ts';

type Values = ValuesOf<(typeof registerForm)['fields']>;

/**
 * Saves a draft, or says field by field what stands in the way. The pilot's id comes with the form, so that a form that
 * is submitted twice makes one pilot.
 */
export async function register(scene: Scene, values: Values, id: string): Promise<Reply> {
  // The same form once more: the pilot is there already.
  if ((await pilotById(scene.db, scene.workspace, id)) !== null) return close();
  const today = todayIn(scene.zone, scene.at);
  const errors: FieldErrors = {
    ...dateErrors(values.start, values.decision, today),
    ...(await peopleErrors(scene, values)),
    ...(await channelErrors(scene, values.channel)),
  };
  const taken = await takenKeys(scene.db, scene.workspace);
  const key = chooseKey(values.key, values.name, taken);
  if ('error' in key) errors['key'] = key.error;
  if (Object.keys(errors).length > 0 || 'error' in key) return refuse(errors);

  const owner = values.owner;
  const { db, workspace, at } = scene;
  const ids = [scene.newId(), scene.newId(), scene.newId(), scene.newId()] as const;
  try {
    await db.atomically(workspace, (log): Statement[] => [
      insertPilot(db, {
        workspace,
        id,
        key: key.key,
        name: values.name,
        stage: 'select',
        visibility: values.visibility,
        channel: values.channel,
        businessUnit: values.unit ?? '',
        revision: 1,
        createdAt: at,
        createdBy: scene.actor.id,
      }),
      insertVersion(
        db,
        { workspace, pilot: id, id: ids[0] },
        1,
        {
          outcome: values.outcome,
          problem: values.problem,
          start: values.start,
          decision: values.decision,
          rollback: null,
          budget: null,
          note: null,
        },
        false,
      ),
      ...giveRole(db, { workspace, pilot: id, id: ids[1], now: at }, 'owner', owner),
      ...(values.sponsor === null
        ? []
        : giveRole(db, { workspace, pilot: id, id: ids[2], now: at }, 'sponsor', values.sponsor)),
      log({
        at,
        kind: 'pilot_registered',
        pilot: id,
        actor: `user:${scene.actor.id}`,
        body: { key: key.key, start: values.start, decision: values.decision, visibility: values.visibility },
        personal: {
          name: values.name,
          outcome: values.outcome,
          problem: values.problem,
          owner,
          sponsor: values.sponsor,
          unit: values.unit,
        },
      }),
      intend(db, workspace, ids[3], at, {
        kind: 'draft-card',
        subject: id,
        version: 1,
        addressee: `user:${owner}`,
        dedupeKey: `draft-card:${id}:${owner}`,
        notBefore: at,
      }),
      // A draft that nobody touches again is the one that has to be noticed.
      lookSoon(db, workspace, id),
    ]);
  } catch (error) {
    if (!db.isDuplicate(error)) throw error;
    // The same form once more: the pilot is there already.
    if ((await pilotById(db, workspace, id)) !== null) return close();
    // Another pilot took this key a moment ago: say so where it was typed, else take the next one.
    if (values.key === null) return register(scene, values, id);
    return refuse({ key: keyTakenText(key.key, freeKey(key.key, await takenKeys(db, workspace))) });
  }
  if (owner !== scene.actor.id) {
    const names = await scene.people.names(workspace, [owner]);
    return close(
      sentence(
        `${values.name} is saved as a draft (${key.key}). ${names.get(owner) ?? owner}, the owner, has its card.`,
      ),
    );
  }
  return close();
}

const keyTakenText = (key: string, free: string): string =>
  `The key "${key}" is used already; keys are never used twice. "${free}" is free.`;

function chooseKey(
  typed: string | null,
  name: string,
  taken: readonly string[],
): { readonly key: string } | { readonly error: string } {
  if (typed === null) return { key: freeKey(keyOf(name), taken) };
  if (!isKey(typed)) {
    return {
      error: `"${typed}" cannot be a key. Use letters, digits and hyphens, like ${keyOf(typed) || 'claims-triage'}.`,
    };
  }
  const key = typed.toLowerCase();
  return taken.includes(key) ? { error: keyTakenText(key, freeKey(key, taken)) } : { key };
}

/** What is wrong with the dates. A start in the past is normal; a decision in the past is not. */
function dateErrors(start: Day | null, decision: Day | null, today: Day): FieldErrors {
  if (decision !== null && decision <= today) {
    return {
      decision: `The decision date ${dayText(decision, today)} is not in the future. Choose a day after today.`,
    };
  }
  if (decision !== null && start !== null && decision <= start) {
    return { decision: `The decision date must be after the start date, ${dayText(start, today)}.` };
  }
  return {};
}

async function peopleErrors(scene: Scene, values: Values): Promise<FieldErrors> {
  const errors: FieldErrors = {};
  const owner = await scene.people.person(scene.workspace, values.owner);
  const unfitOwner = unfitFor(owner);
  if (unfitOwner !== null) errors['owner'] = unfitText(owner.name, unfitOwner, 'owner');
  if (values.sponsor === null) return errors;
  const sponsor = await scene.people.person(scene.workspace, values.sponsor);
  const unfit = unfitFor(sponsor);
  if (unfit !== null) errors['sponsor'] = unfitText(sponsor.name, unfit, 'the executive sponsor');
  else if (sponsor.id === owner.id) errors['sponsor'] = ownerIsSponsorText(sponsor.name);
  return errors;
}

async function channelErrors(scene: Scene, channel: string | null): Promise<FieldErrors> {
  if (channel === null) return {};
  const problem = channelProblem(await scene.channel(scene.workspace, channel));
  return problem === null ? {} : { channel: problem };
}
