/** What happens when the sponsor is asked to sign, and when the request is taken back? */
import { awayOn } from '../../core/calendar.ts';
import { afterAct, isDeclined, missingToSign, type SignItem, stateNumber } from '../../core/charter.ts';
import { answerDay } from '../../core/escalation/press.ts';
import { todayIn } from '../../core/metric.ts';
import { unfitFor } from '../../core/person.ts';
import { mayDo } from '../../core/pilot.ts';
import { criteriaOfVersion, type PilotFacts } from '../../core/pilot-facts.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { changeVersion, setNote, updatePilot } from '../../db/queries/charters.ts';
import { pressDays } from '../../db/queries/looks.ts';
import { touched } from '../../db/queries/messages.ts';
import { intend } from '../../db/queries/outbox.ts';
import { message, sentence } from '../../slack/blocks.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { dayText, weekdayText } from '../../views/day-text.ts';
import { aboutPilot, nameOf } from '../../views/pilot-card.ts';
import { changedMeanwhile, unfitText } from '../../views/refusal-text.ts';
import { calendarsOf } from '../calendars.ts';
import type { Scene } from '../feature.ts';
import { findById, refusalOf } from '../find-pilot.ts';
import { openCriterionForm } from './criterion-page.ts';
import { channelCard, openCharterForm } from './edit-charter.ts';
import { noteForm } from './forms.ts';

/** Asks the sponsor, or opens the first thing that is still missing. */
export async function askSponsor(scene: Scene, facts: PilotFacts, note: string | null): Promise<Reply> {
  const { db, workspace, at } = scene;
  const { charter, pilot, holders } = facts;
  const may = mayDo('ask-sponsor', holders, { id: scene.actor.id, office: scene.viewer.office });
  if (!may) return say(await refusal(scene, facts));
  if (charter.status === 'signed') {
    return say(
      sentence(
        `${pilot.name}: version ${charter.n} is signed. Nothing left to ask. To change what was agreed: ${scene.command} criteria ${pilot.key}.`,
      ),
    );
  }
  if (charter.status === 'asked') {
    const names = await scene.people.names(workspace, [holders.sponsor]);
    return say(
      sentence(`${nameOf(names, holders.sponsor)} has been asked already. You hear when there is an answer.`),
    );
  }
  if (isDeclined(charter, holders)) {
    const names = await scene.people.names(workspace, [charter.answeredBy]);
    const line = `${nameOf(names, charter.answeredBy)} declined ${pilot.name} and is not asked again. Name another executive sponsor, then ask.`;
    return say(
      message({
        notice: line,
        lines: [line],
        buttons: [[buttons.editCharter.element({ pilot: pilot.id })]],
      }),
    );
  }
  const missing = missingToSign(charter.fields, holders, criteriaOfVersion(facts, charter.n));
  if (missing[0] !== undefined) return openMissing(scene, facts, missing[0]);
  const problem = await staleTerms(scene, facts);
  if (problem !== null) return problem;

  const sponsor = holders.sponsor ?? '';
  const standIn = await standInToday(scene, facts);
  const status = afterAct(charter.status, 'ask') ?? 'asked';
  const fields = note === null ? charter.fields : { ...charter.fields, note };
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(
        changeVersion(db, workspace, charter, {
          status,
          fields,
          askedAt: at,
          askedBy: scene.actor.id,
          answeredAt: null,
          answeredBy: null,
          reason: null,
        }),
        'charter',
      ),
      log({
        at,
        kind: 'signature_asked',
        pilot: pilot.id,
        actor: `user:${scene.actor.id}`,
        body: { version: charter.n },
        personal: { sponsor, note: fields.note },
      }),
      ...[sponsor, standIn?.person ?? ''].filter(Boolean).map((person) =>
        intend(db, workspace, scene.newId(), at, {
          kind: 'sign-request',
          subject: pilot.id,
          // Which state of which version is asked about; any later change makes the request "changed, not open".
          version: stateNumber(charter.n, charter.revision + 1),
          addressee: `user:${person}`,
          dedupeKey: `sign-request:${charter.id}:${charter.revision + 1}:${person}`,
          notBefore: at,
        }),
      ),
      ...(pilot.channel === null ? [] : [channelCard(scene, pilot.id, pilot.channel)]),
      ...touched(db, workspace, pilot.id),
    ]);
  } catch (error) {
    if (error instanceof Stale) return say(changedMeanwhile(pilot.name));
    throw error;
  }
  const names = await scene.people.names(workspace, [sponsor, standIn?.person]);
  const today = todayIn(scene.zone, at);
  const line = `${nameOf(names, sponsor)} has been asked to sign ${pilot.name}. An answer is hoped for by ${weekdayText(answerDay(today, await pressDays(db, workspace)), today)}; you hear as soon as there is one.${
    standIn === null
      ? ''
      : ` ${nameOf(names, sponsor)} is away until ${weekdayText(standIn.until, today)}; ${nameOf(names, standIn.person)} is asked for them.`
  }`;
  const about = { pilot: pilot.id, version: charter.n, revision: charter.revision + 1 };
  const add =
    fields.note === null
      ? [buttons.addSentence.element({ pilot: pilot.id }, { label: 'Add a sentence of your own' })]
      : [];
  return say(
    message({ notice: line, lines: [line], buttons: [[...add, buttons.withdrawRequest.element(about)]] }),
  );
}

/** The delegate, while the sponsor is away: what waits for the one can be answered by the other. */
async function standInToday(
  scene: Scene,
  { holders }: PilotFacts,
): Promise<{ readonly person: string; readonly until: string } | null> {
  const { sponsor, delegate } = holders;
  if (sponsor === undefined || delegate === undefined || delegate === scene.actor.id) return null;
  const calendar = (await calendarsOf(scene, scene.workspace, [sponsor])).get(sponsor);
  const leave = calendar === undefined ? null : awayOn(calendar, todayIn(calendar.zone, scene.at));
  return leave === null ? null : { person: delegate, until: leave.until };
}

const refusal = (scene: Scene, facts: PilotFacts) =>
  refusalOf(scene, facts, 'ask-sponsor', 'The owner asks; the sponsor signs.');

/** Opens the form for the first thing that is missing, instead of refusing. */
function openMissing(scene: Scene, facts: PilotFacts, item: SignItem): Promise<Reply> {
  if (item === 'criterion') return openCriterionForm(scene, facts, null);
  return openCharterForm(scene, facts, [item]);
}

/** Terms that were fine when they were written and are not any more. */
async function staleTerms(scene: Scene, facts: PilotFacts): Promise<Reply | null> {
  const today = todayIn(scene.zone, scene.at);
  const { decision } = facts.charter.fields;
  if (decision !== null && decision <= today) {
    const reply = await openCharterForm(scene, facts, ['decision']);
    return reply.do === 'open'
      ? reply
      : say(
          sentence(
            `The decision date ${dayText(decision, today)} has passed. Choose a new one under Edit charter.`,
          ),
        );
  }
  const sponsor = await scene.people.person(scene.workspace, facts.holders.sponsor ?? '');
  const unfit = unfitFor(sponsor);
  return unfit === null ? null : say(sentence(unfitText(sponsor.name, unfit, 'the executive sponsor')));
}

/** Takes the request back. */
export async function withdraw(
  scene: Scene,
  about: { readonly pilot: string; readonly version: number; readonly revision: number },
): Promise<Reply> {
  const found = await findById(scene, about.pilot);
  if ('instead' in found) return say(found.instead);
  const { facts } = found;
  const { charter, pilot } = facts;
  if (!mayDo('ask-sponsor', facts.holders, { id: scene.actor.id, office: scene.viewer.office })) {
    return say(await refusal(scene, facts));
  }
  if (charter.status !== 'asked' || charter.n !== about.version) {
    return say(sentence(`There is no open request for ${pilot.name} to take back. Nothing has changed.`));
  }
  if (charter.revision !== about.revision) {
    return say(
      sentence(
        `This button belongs to an earlier request for ${pilot.name}. Nothing has changed. The one on its newest card takes the open request back.`,
      ),
    );
  }
  const { db, workspace, at } = scene;
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(changeVersion(db, workspace, charter, { status: 'withdrawn' }), 'charter'),
      log({
        at,
        kind: 'request_withdrawn',
        pilot: pilot.id,
        actor: `user:${scene.actor.id}`,
        body: { version: charter.n },
      }),
      ...touched(db, workspace, pilot.id),
    ]);
  } catch (error) {
    if (error instanceof Stale) return say(changedMeanwhile(pilot.name));
    throw error;
  }
  return say(sentence(`The request for ${pilot.name} is taken back. Ask again whenever you are ready.`));
}

/** Opens the form for the owner's own sentence. */
export async function openNote(scene: Scene, facts: PilotFacts): Promise<Reply> {
  if (!mayDo('ask-sponsor', facts.holders, { id: scene.actor.id, office: scene.viewer.office })) {
    return say(await refusal(scene, facts));
  }
  const { id, revision, fields } = facts.charter;
  return open(
    noteForm.view({ pilot: facts.pilot.id, version: id, revision }, scene.place, {
      above: aboutPilot(facts.pilot.name),
      initial: { note: fields.note },
    }),
  );
}

/** Puts the owner's sentence above the request; the request stays open and its copies are drawn again. */
export async function saveNote(
  scene: Scene,
  values: { readonly note: string },
  meta: { readonly pilot: string; readonly version: string; readonly revision: number },
): Promise<Reply> {
  const found = await findById(scene, meta.pilot);
  if ('instead' in found) return close(found.instead);
  const { charter, pilot, holders } = found.facts;
  if (!mayDo('ask-sponsor', holders, { id: scene.actor.id, office: scene.viewer.office })) {
    return close(await refusal(scene, found.facts));
  }
  if (charter.id !== meta.version || charter.status === 'signed') {
    return refuse({ note: `${pilot.name} has been answered meanwhile, so the sentence was not saved.` });
  }
  // The same form once more: it stands there already.
  if (charter.fields.note === values.note) return close();
  const { db, workspace, at } = scene;
  await db.atomically(workspace, (log): (Statement | Guard)[] => [
    setNote(db, workspace, charter.id, values.note),
    log({
      at,
      kind: 'note_written',
      pilot: pilot.id,
      actor: `user:${scene.actor.id}`,
      body: { version: charter.n },
      personal: { note: values.note },
    }),
    ...touched(db, workspace, pilot.id),
  ]);
  return close(sentence('Your sentence stands above the request now.'));
}

/** Deletes a draft nobody has been asked to sign. */
export async function deleteDraft(scene: Scene, facts: PilotFacts): Promise<Reply> {
  const { db, workspace, at } = scene;
  const { pilot, holders } = facts;
  if (!mayDo('delete-draft', holders, { id: scene.actor.id, office: scene.viewer.office })) {
    return say(await refusalOf(scene, facts, 'delete-draft', 'A draft belongs to its owner.'));
  }
  if (facts.everAsked) {
    return say(
      sentence(
        `${pilot.name} has been shown to its sponsor, so it stays on record. Take the request back or stop the pilot instead. Nothing has changed.`,
      ),
    );
  }
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      // Somebody may be asking the sponsor at this moment, or deleting it too.
      guard(changeVersion(db, workspace, facts.charter, {}), 'charter'),
      updatePilot(db, workspace, pilot.id, { deletedAt: at }),
      log({
        at,
        kind: 'draft_deleted',
        pilot: pilot.id,
        actor: `user:${scene.actor.id}`,
        body: { key: pilot.key },
      }),
      ...touched(db, workspace, pilot.id),
    ]);
  } catch (error) {
    if (error instanceof Stale) return say(changedMeanwhile(pilot.name));
    throw error;
  }
  return say(sentence(`The draft ${pilot.name} is deleted. Its key ${pilot.key} is not used again.`));
}
