/** How is it kept how a sponsor stands behind a pilot: five answers, one by one? */
import { mayDo } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { ORIGIN_TESTS, reasonFor, SPONSOR_TESTS, type SponsorRecord } from '../../core/sponsor.ts';
import { type Guard, Stale, type Statement } from '../../db/database.ts';
import { touchedSince } from '../../db/queries/messages.ts';
import { insertSponsorAnswers } from '../../db/queries/sponsor-answers.ts';
import { sentence } from '../../slack/blocks.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { answersText } from '../../views/sponsor-text.ts';
import { type Feature, onPress, onSubmit, type Scene } from '../feature.ts';
import { findById, refusalOf } from '../find-pilot.ts';
import { sponsorRecordOf } from '../sponsor-signs.ts';
import { markOf, type SponsorValues, sponsorForm, sponsorView, valuesOf } from './form.ts';

/** What to say instead of asking, or null. */
async function instead(scene: Scene, facts: PilotFacts) {
  const { holders, pilot } = facts;
  if (!mayDo('describe-sponsor', holders, { id: scene.actor.id, office: scene.viewer.office }))
    return refusalOf(scene, facts, 'describe-sponsor', 'Whoever works on the pilot says so, or the sponsor.');
  if (holders.sponsor === undefined)
    return sentence(
      `${pilot.name} has no sponsor yet, so there is nothing to say about one. Name one under Edit charter.`,
    );
  return null;
}

async function openForm(scene: Scene, pilot: string): Promise<Reply> {
  const found = await findById(scene, pilot);
  if ('instead' in found) return say(found.instead);
  const refused = await instead(scene, found.facts);
  if (refused !== null) return say(refused);
  const record = await sponsorRecordOf(scene.db, found.facts);
  return open(await sponsorView(scene, found.facts, record));
}

const meanwhile = (pilot: string): Reply =>
  refuse({
    [SPONSOR_TESTS[0]]: `Somebody changed ${pilot} while this form was open, so nothing was saved. Close it and open it again.`,
  });

/** Keeps the answers that differ from what was known, each with who gave it and when. */
async function save(
  scene: Scene,
  values: SponsorValues,
  meta: { readonly pilot: string; readonly sponsor: string; readonly shown: string },
): Promise<Reply> {
  const found = await findById(scene, meta.pilot);
  if ('instead' in found) return close(found.instead);
  const { facts } = found;
  const refused = await instead(scene, facts);
  if (refused !== null) return close(refused);
  const { pilot, holders } = facts;
  const { db, workspace, at } = scene;
  const record = await sponsorRecordOf(db, facts);
  const known = valuesOf(record);
  const isUnusual = ORIGIN_TESTS.some((test) => values[test] === 'no');
  // A reason stays where it was given once nobody needs it any more.
  const reason = isUnusual ? values.reason : null;
  const isSameReason = !isUnusual || reason === reasonFor(record);
  const changed = SPONSOR_TESTS.filter(
    (test) =>
      values[test] !== known[test] || (!isSameReason && ORIGIN_TESTS.includes(test) && values[test] === 'no'),
  );
  // The same form once more finds everything as it would leave it.
  if (changed.length === 0 && meta.sponsor === holders.sponsor)
    return close(sentence(await shownWords(scene, facts, record, 'nothing was changed')));
  if (meta.sponsor !== holders.sponsor || meta.shown !== markOf(record)) return meanwhile(pilot.name);
  if (isUnusual && reason === null)
    return refuse({
      reason:
        'A sponsor from outside the business or the unit that benefits needs a reason that stands on the charter. One sentence does.',
    });
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      ...touchedSince(db, workspace, pilot.id, pilot.revision),
      insertSponsorAnswers(
        db,
        changed.map((test) => ({
          workspace,
          id: scene.newId(),
          pilot: pilot.id,
          sponsor: meta.sponsor,
          test,
          answer: values[test],
          reason: ORIGIN_TESTS.includes(test) && values[test] === 'no' ? reason : null,
          by: scene.actor.id,
          at,
        })),
      ),
      log({
        at,
        kind: 'sponsor_described',
        pilot: pilot.id,
        actor: `user:${scene.actor.id}`,
        body: { answers: Object.fromEntries(changed.map((test) => [test, values[test]])) },
        personal: { sponsor: meta.sponsor, reason },
      }),
    ]);
  } catch (error) {
    if (error instanceof Stale) return meanwhile(pilot.name);
    throw error;
  }
  const now = await sponsorRecordOf(db, facts);
  return close(sentence(await shownWords(scene, facts, now, 'saved')));
}

/** 'Claims triage: saved. Priya Shah: 3 of 5 confirmed; not known: decides on its budget.' */
async function shownWords(
  scene: Scene,
  { pilot, holders }: PilotFacts,
  record: SponsorRecord,
  what: string,
): Promise<string> {
  const names = await scene.people.names(scene.workspace, [holders.sponsor]);
  return `${pilot.name}: ${what}. ${nameOf(names, holders.sponsor)}: ${answersText(record)}.`;
}

export const describeSponsor: Feature = {
  name: 'describe-sponsor',
  presses: [onPress(buttons.aboutSponsor, (scene, { pilot }) => openForm(scene, pilot))],
  forms: [onSubmit(sponsorForm, save)],
};
