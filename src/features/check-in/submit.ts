/** What happens when somebody checks in? */

import { firstSendable, nextSlot } from '../../core/business-time.ts';
import { type CheckInFacts, dueAnswered } from '../../core/check-in.ts';
import { changeOf } from '../../core/check-in-change.ts';
import { mayDo } from '../../core/pilot.ts';
import type { Metric, PilotFacts } from '../../core/pilot-facts.ts';
import { answersFor } from '../../core/roles.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { touched } from '../../db/queries/messages.ts';
import { observationsOf } from '../../db/queries/observations.ts';
import { intend } from '../../db/queries/outbox.ts';
import {
  type CheckInRow,
  checkInsOf,
  closeBlockers,
  editCheckIn,
  freshenBlockers,
  insertBlocker,
  insertCheckIn,
  openBlockers,
} from '../../db/queries/rhythm.ts';
import { drawHomes } from '../../db/queries/roles.ts';
import { type Message, message, sentence } from '../../slack/blocks.ts';
import type { FieldErrors } from '../../slack/form.ts';
import { close, type Reply, refuse } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { standingLine } from '../../views/criterion-text.ts';
import { changedMeanwhile } from '../../views/refusal-text.ts';
import { checkedInText } from '../../views/update-text.ts';
import { isAskedElse } from '../asked-else.ts';
import { calendarsOf } from '../calendars.ts';
import { checkInFacts } from '../check-in-facts.ts';
import type { Scene } from '../feature.ts';
import { refusalOf } from '../find-pilot.ts';
import { newestUpdateAsked, tellUpdate } from '../keep-updates.ts';
import { type KeptValue, keepValues, keptText, periodShown, periodToday, readValue } from '../keep-values.ts';
import { whoIsThere } from '../who-is-there.ts';
import { numberField, type OwnView } from './form.ts';

/** What the form gave, besides the numbers. */
export interface CheckInValues {
  readonly view: OwnView;
  readonly still: readonly string[] | null;
  readonly blocker: string | null;
  readonly ask: string | null;
}

/** A number as it was typed, for the period the form named by its end. */
export interface TypedNumber {
  readonly metric: Metric;
  readonly end: string | null;
  readonly typed: string | null;
}

/** The sentence for somebody who may not check in, or null. */
export async function mayCheckIn(scene: Scene, facts: PilotFacts): Promise<Message | null> {
  if (mayDo('check-in', facts.holders, { id: scene.actor.id, office: scene.viewer.office })) return null;
  if (await isAskedElse(scene, facts)) return null;
  return refusalOf(scene, facts, 'check-in', 'The owner says how the pilot is.');
}

/** Keeps numbers, view, blockers and the question to the sponsor, all or nothing. */
export async function submitCheckIn(
  scene: Scene,
  facts: PilotFacts,
  meta: { readonly id: string; readonly edits: string | null },
  numbers: readonly TypedNumber[],
  given: CheckInValues,
): Promise<Reply> {
  const refused = await mayCheckIn(scene, facts);
  if (refused !== null) return close(refused);
  const { db, workspace, at } = scene;
  const of = { workspace, pilot: facts.pilot.id };
  const [before, blockers, rhythm, values] = await Promise.all([
    checkInsOf(db, of),
    openBlockers(db, of),
    checkInFacts(scene, facts),
    observationsOf(db, workspace, facts.pilot.id),
  ]);
  // The same form once more: it is there already.
  if (before.some(({ id }) => id === meta.id)) return close();
  const read = readNumbers(scene, facts, numbers, values);
  if ('errors' in read) return refuse(read.errors);
  const editing = meta.edits === null ? null : (before.find(({ id }) => id === meta.edits) ?? null);
  const kept = await keepValues(scene, facts, read.kept, values);
  const gone =
    given.still === null ? [] : blockers.filter(({ id }) => !given.still?.includes(id)).map(({ id }) => id);
  const there = blockers.filter(({ id }) => !gone.includes(id)).map(({ id }) => id);
  const slot = await askSlot(scene, facts, given.ask);
  const update = await updateAnswered(scene, facts, given);
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      ...record(scene, facts, rhythm, editing, before, meta.id, given),
      ...(gone.length > 0 ? [closeBlockers(db, workspace, gone, scene.actor.id, at)] : []),
      ...(there.length > 0 ? [freshenBlockers(db, workspace, there, at)] : []),
      ...(given.blocker === null
        ? []
        : [
            insertBlocker(db, {
              ...of,
              id: scene.newId(),
              kind: 'other',
              words: given.blocker,
              owner: null,
              neededBy: null,
              raisedAt: at,
              raisedBy: scene.actor.id,
              newsAt: at,
            }),
          ]),
      log({
        at,
        kind: editing === null ? 'checked_in' : 'check_in_changed',
        pilot: facts.pilot.id,
        actor: `user:${scene.actor.id}`,
        body: {
          view: given.view,
          numbers: read.kept.length,
          blockers: there.length + (given.blocker === null ? 0 : 1),
          closed: gone.length,
          asks: given.ask !== null,
        },
        personal: { ask: given.ask, blocker: given.blocker },
      }),
      ...(slot === null || given.ask === null
        ? []
        : [
            intend(db, workspace, scene.newId(), at, {
              kind: 'question',
              subject: facts.pilot.id,
              version: 1,
              addressee: `user:${slot.sponsor}`,
              details: { words: given.ask, by: scene.actor.id },
              dedupeKey: `question:${meta.id}`,
              notBefore: slot.at,
            }),
          ]),
      ...update,
      // Whoever was asked in the owner's place has no role by which their Home would be drawn again.
      drawHomes(db, workspace, [scene.actor.id]),
      ...touched(db, workspace, facts.pilot.id),
    ]);
  } catch (error) {
    if (error instanceof Stale) return close(changedMeanwhile(facts.pilot.name));
    // The same form at the same moment: the other one has kept it.
    if (db.isDuplicate(error)) return close();
    throw error;
  }
  const today = periodToday(scene);
  const lines = [
    `${facts.pilot.name}: checked in.`,
    ...read.kept.map(keptText),
    ...kept.after.criteria.slice(0, 6).map((entry) => standingLine(entry, today)),
    ...(slot === null
      ? []
      : [`Your question goes to ${slot.name} as one message, at the start of the next working day there.`]),
    ...(given.ask !== null && slot === null
      ? ['There is no sponsor to ask at the moment: your question is kept here and was not sent.']
      : []),
    'You can change this for three days.',
  ];
  return close(
    message({
      notice: lines[0] as string,
      lines,
      buttons: [[buttons.changeCheckIn.element({ pilot: facts.pilot.id, checkIn: editing?.id ?? meta.id })]],
    }),
  );
}

/** A new check-in, an edit of a young one, or an amendment of an older one. */
function record(
  scene: Scene,
  facts: PilotFacts,
  rhythm: CheckInFacts | null,
  editing: CheckInRow | null,
  all: readonly CheckInRow[],
  id: string,
  given: CheckInValues,
): (Statement | Guard)[] {
  const { db, workspace, at } = scene;
  const newer = editing !== null && all.some(({ submittedAt }) => submittedAt > editing.submittedAt);
  if (editing !== null && changeOf(editing.submittedAt, newer, at) === 'edit') {
    return [guard(editCheckIn(db, editing, { view: given.view, ask: given.ask }), 'check-in')];
  }
  return [
    insertCheckIn(db, {
      workspace,
      id,
      pilot: facts.pilot.id,
      due: editing?.due ?? (rhythm === null ? null : dueAnswered(rhythm, at)),
      submittedAt: at,
      submittedBy: scene.actor.id,
      view: given.view,
      ask: given.ask,
      amends: editing?.id ?? null,
      revision: 1,
    }),
  ];
}

function readNumbers(
  scene: Scene,
  facts: PilotFacts,
  numbers: readonly TypedNumber[],
  values: Parameters<typeof readValue>[2],
): { readonly kept: KeptValue[] } | { readonly errors: FieldErrors } {
  const today = periodToday(scene);
  const errors: FieldErrors = {};
  const kept: KeptValue[] = [];
  for (const [index, { metric, end, typed }] of numbers.entries()) {
    if (typed === null) continue;
    const shown = periodShown(facts, metric, end, today);
    if ('error' in shown) {
      errors[numberField(index)] = shown.error;
      continue;
    }
    const entry = { metric, typed, when: shown.period, evidence: null, reason: null };
    const read = readValue(facts, entry, values, today);
    if (read.ok) kept.push(read.kept);
    else errors[numberField(index)] = read.error;
  }
  return Object.keys(errors).length > 0 ? { errors } : { kept };
}

/** Whoever has asked for an update hears what was said: a check-in answers it. */
async function updateAnswered(scene: Scene, facts: PilotFacts, given: CheckInValues): Promise<Statement[]> {
  const asked = await newestUpdateAsked(scene.db, scene.workspace, facts.pilot.id);
  if (asked === null || asked.told !== null) return [];
  const calendars = await calendarsOf(scene, scene.workspace, asked.askers);
  const hours = new Map([...calendars].map(([id, calendar]) => [id, firstSendable(calendar, scene.at)]));
  const blocker = given.blocker === null ? '' : ` In the way: ${given.blocker}.`;
  const { claim, letters } = tellUpdate(scene, facts, asked, `${checkedInText(given.view)}${blocker}`, hours);
  // Not a guard: somebody who has just joined must not keep the check-in from being saved.
  return [claim, ...letters];
}

/** When the sponsor's next message of a morning goes out, and who that is. */
async function askSlot(
  scene: Scene,
  facts: PilotFacts,
  ask: string | null,
): Promise<{ readonly sponsor: string; readonly name: string; readonly at: number } | null> {
  if (ask === null) return null;
  const { holders } = facts;
  const there = await whoIsThere(scene, scene.workspace, [holders.sponsor, holders.delegate]);
  const sponsor = answersFor('sponsor', holders, (id) => there.has(id));
  if (sponsor === null) return null;
  const [calendars, names] = await Promise.all([
    calendarsOf(scene, scene.workspace, [sponsor]),
    scene.people.names(scene.workspace, [sponsor]),
  ]);
  const calendar = calendars.get(sponsor);
  return {
    sponsor,
    name: names.get(sponsor) ?? sponsor,
    at: calendar === undefined ? scene.at : nextSlot(calendar, scene.at),
  };
}

/** The private line when there is nothing to check in about. */
export const notYet = (facts: PilotFacts): Message =>
  sentence(`${facts.pilot.name} is not signed yet, so nobody owes a check-in. Nothing has changed.`);
