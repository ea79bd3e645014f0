/** Who hears of a message that reached nobody, and how is it sent again once the cause is mended? */
import type { Statement } from '../../db/database.ts';
import { copiesOf, drawDailyAgain } from '../../db/queries/messages.ts';
import { intend, isUnderWay, type OutboxRow } from '../../db/queries/outbox.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { scheduleOf } from '../../db/queries/schedules.ts';
import { sendAgainTo, undeliveredSubject, undeliveredTo } from '../../db/queries/undelivered.ts';
import { message, sentence } from '../../slack/blocks.ts';
import { type Reply, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { cannotText } from '../../views/refusal-text.ts';
import { remedyText, undeliveredMessage, waitingText } from '../../views/undelivered-text.ts';
import { type Feature, type Letter, onPress, type Parts, type Scene } from '../feature.ts';
import { placeNames, UNDELIVERED_MS } from '../undelivered-blocks.ts';

const KIND = 'undelivered';

/** Who can mend it: the owner of the pilot, else the backup; of a digest, whoever set it up. Null: the programme office. */
async function helperOf(parts: Parts, row: OutboxRow, place: string): Promise<string | null> {
  if (row.kind.startsWith('digest')) {
    const channel = row.subject.split('@', 1)[0] ?? '';
    return (await scheduleOf(parts.db, row.workspace, 'channel-digest', channel))?.setBy ?? null;
  }
  const facts = await pilotById(parts.db, row.workspace, row.subject);
  if (facts === null) return null;
  const { owner, backup } = facts.holders;
  return [owner, backup].find((id) => id !== undefined && `user:${id}` !== place) ?? null;
}

/** One message about a place to whoever can help, for as long as something waits for it; it is kept up to date. */
export async function tellOfParked(
  parts: Parts,
  row: OutboxRow,
  place: string,
): Promise<readonly Statement[]> {
  if (row.kind === KIND) return [];
  const { db } = parts;
  const subject = undeliveredSubject(place);
  const again = drawDailyAgain(db, row.workspace, subject);
  const helper = await helperOf(parts, row, place);
  if (helper === null || (await parts.people.person(row.workspace, helper)).isDeactivated) return [again];
  const copies = await copiesOf(db, row.workspace, subject, KIND);
  const isTold = copies.some(({ live, reader }) => live && reader === `user:${helper}`);
  if (isTold || (await isUnderWay(db, row.workspace, subject, KIND))) return [again];
  return [
    again,
    intend(db, row.workspace, parts.newId(), parts.now(), {
      kind: KIND,
      subject,
      version: 1,
      addressee: `user:${helper}`,
      dedupeKey: `${KIND}:${row.id}:${row.fence}`,
      notBefore: parts.now(),
    }),
  ];
}

const letter: Letter = {
  kind: KIND,
  repeat: 'at_most_once',
  card: true,
  async draw(moment, about) {
    const place = about.subject.slice(KIND.length + 1);
    const rows = await undeliveredTo(moment.db, moment.workspace, place, moment.at - UNDELIVERED_MS);
    const names = await placeNames(moment, [{ addressee: place }]);
    const name = names.get(place.replace(/^\w+:/, '')) ?? place;
    if (rows.length === 0) {
      if (!about.again) return { overtaken: 'it was delivered meanwhile' };
      return {
        message: sentence(`What waited for ${name} was sent or has become unnecessary. Nothing left to do.`),
        live: false,
      };
    }
    const pilot = await pilotById(moment.db, moment.workspace, rows[0]?.subject ?? '');
    return {
      message: message({
        ...undeliveredMessage(rows, name),
        buttons: [
          [
            buttons.retrySending.element({ place }, { style: 'primary' }),
            ...(pilot === null ? [] : [buttons.editCharter.element({ pilot: pilot.pilot.id })]),
          ],
        ],
      }),
    };
  },
};

/** Sends again what waits for a place; what has become unnecessary is left out. */
async function retry(scene: Scene, { place }: { readonly place: string }): Promise<Reply> {
  const { db, workspace, at, actor } = scene;
  const since = at - UNDELIVERED_MS;
  const [rows, names] = await Promise.all([
    undeliveredTo(db, workspace, place, since),
    placeNames(scene, [{ addressee: place }]),
  ]);
  const name = names.get(place.replace(/^\w+:/, '')) ?? place;
  const helpers = await Promise.all(rows.map((row) => helperOf(scene, row, place)));
  if (!scene.viewer.office && rows.length > 0 && !helpers.includes(actor.id)) {
    const why = 'So can the owner of the pilot, and whoever set up the digest.';
    return say(cannotText('send this again', [], why, await scene.people.officeName(workspace)));
  }
  if (rows.length === 0)
    return say(sentence(`Nothing waits for ${name}. It was sent, or has become unnecessary.`));
  await db.atomically(workspace, () => [
    sendAgainTo(db, workspace, place, since, at),
    drawDailyAgain(db, workspace, undeliveredSubject(place)),
  ]);
  const isUnsure = rows.some(({ state }) => state === 'unknown');
  return say(
    sentence(
      `Trying again: ${waitingText(rows.length)} for ${name}.`,
      ...(isUnsure ? ['What may have arrived before can now stand there twice.'] : []),
      ...(rows[0]?.error ? [`If it does not arrive: ${remedyText(rows[0].error)}.`] : []),
    ),
  );
}

export const sendAgain: Feature = {
  name: 'send-again',
  letters: [letter],
  presses: [onPress(buttons.retrySending, retry)],
  async joined(parts, workspace, user, channel) {
    const row = await workspaceById(parts.db, workspace);
    if (row?.botUser !== user) return;
    const place = `channel:${channel}`;
    const at = parts.now();
    await parts.db.atomically(workspace, () => [
      sendAgainTo(parts.db, workspace, place, at - UNDELIVERED_MS, at),
      drawDailyAgain(parts.db, workspace, undeliveredSubject(place)),
    ]);
  },
};
