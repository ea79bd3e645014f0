/** What does the owner say to the sponsor about a card: their view, the main cause and the fix, or that the result is wrong? */
import { z } from 'zod';
import { hasPassed } from '../../core/decision-due.ts';
import { guard } from '../../db/database.ts';
import { saveCase } from '../../db/queries/cases.ts';
import { touched } from '../../db/queries/messages.ts';
import { choiceField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { close, open, type Reply, say } from '../../slack/reply.ts';
import type { AboutCase } from '../../views/case-buttons.ts';
import { DIAGNOSES } from '../../views/decision-card.ts';
import { aboutPilot } from '../../views/pilot-card.ts';
import type { Scene } from '../feature.ts';
import { type Acting, refusalMessage, together } from './acting.ts';
import { asClose, openWrong, ready, write } from './answer.ts';

export const viewForm = defineForm({
  id: 'add-view',
  title: 'My view',
  submit: 'Save',
  meta: z.object({ pilot: z.string(), case: z.string(), isWrong: z.boolean().optional() }),
  fields: {
    diagnosis: choiceField({ label: 'Main cause', choices: DIAGNOSES, radio: true }).optional,
    words: textField({
      label: 'My view',
      hint: 'The sponsor reads it on the card',
      lines: true,
      max: 500,
    }).required,
  },
});

const WHAT = 'add a view to';
const decides = ({ row }: Acting): boolean => row.cause === 'decision_overdue';
const works = ({ as }: Acting): boolean => as === 'owner' || as === 'backup';
/** Whether there is a cause to name: a result, and not what was agreed. */
const isMissed = (found: Acting): boolean => decides(found) && !hasPassed(found.now.card.standing);

/** Opens the form for the owner's view; where a result was not met, for the main cause and the fix. */
export async function openView(scene: Scene, about: AboutCase): Promise<Reply> {
  const found = await ready(scene, about, WHAT);
  if ('reply' in found) return found.reply;
  if (!works(found)) return say(await refusalMessage(scene, found, 'not_yours', WHAT));
  const missed = isMissed(found);
  const { view } = found.row.said;
  return open(
    viewForm.view(about, scene.place, {
      above: aboutPilot(found.facts.pilot.name),
      without: missed ? [] : ['diagnosis'],
      ...(missed ? { labels: { words: 'The fix' } } : {}),
      initial: { words: view?.words ?? null, diagnosis: view?.diagnosis ?? null } as never,
    }),
  );
}

/**
 * Opens the form for what is wrong. A decision that is due is not closed by it: whoever works on the pilot says what is wrong with
 * the result, and the sponsor reads it before deciding.
 */
export async function openIsWrong(scene: Scene, about: AboutCase): Promise<Reply> {
  const found = await ready(scene, about, WHAT);
  if ('reply' in found) return found.reply;
  if (!decides(found) || !works(found)) return openWrong(scene, about, 'false_alarm');
  return open(
    viewForm.view({ ...about, isWrong: true }, scene.place, {
      title: 'This is wrong',
      above: aboutPilot(found.facts.pilot.name),
      without: ['diagnosis'],
      labels: { words: 'What is wrong' },
    }),
  );
}

/** Keeps the owner's view; the copies that are out show it. */
export async function keepView(
  scene: Scene,
  values: { readonly words: string; readonly diagnosis: string | null },
  about: AboutCase & { readonly isWrong?: boolean | undefined },
): Promise<Reply> {
  const found = await ready(scene, about, WHAT);
  if ('reply' in found) return asClose(found.reply);
  if (!works(found)) return close(await refusalMessage(scene, found, 'not_yours', WHAT));
  const isWrong = about.isWrong === true && decides(found);
  // Where only the words were asked for, the cause that was named before stands.
  const before = decides(found) ? (found.row.said.view?.diagnosis ?? null) : null;
  const diagnosis = isWrong ? before : values.diagnosis;
  const view = {
    words: values.words,
    diagnosis,
    by: scene.actor.id,
    at: scene.at,
    ...(isWrong ? { isWrong } : {}),
  };
  const rows = together(found, { act: 'ack', next: 'x', days: 1 });
  const all = rows.some(({ id }) => id === found.row.id) ? rows : [found.row, ...rows];
  const { db, workspace, at } = scene;
  return write(
    scene,
    found,
    () =>
      db.atomically(workspace, (log) => [
        ...all.map((row) =>
          guard(saveCase(db, { ...row, said: { ...row.said, view } }, row.revision), 'case'),
        ),
        log({
          at,
          kind: 'view_added',
          pilot: found.facts.pilot.id,
          actor: `user:${scene.actor.id}`,
          body: { cases: all.map(({ id }) => id), diagnosis, ...(isWrong ? { is_wrong: true } : {}) },
          personal: { words: values.words },
        }),
        ...touched(db, workspace, found.facts.pilot.id),
      ]),
    'Your view stands on the card now.',
  );
}
