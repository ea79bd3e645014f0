/** How does the programme office hold everything that goes out, and let it go again? */
import { guard, type Statement, unlessStale } from '../../db/database.ts';
import { dropWaiting, holdSending, releaseSending, waitingByKind } from '../../db/queries/held.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { drawHomes } from '../../db/queries/roles.ts';
import { workspaceSettings } from '../../db/queries/settings.ts';
import { actions, type Message, paragraph, plainText, type View } from '../../slack/blocks.ts';
import { LIMITS } from '../../slack/limits.ts';
import { open, type Reply, say } from '../../slack/reply.ts';
import type { Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { HOLD_LINES, heldLines, waitText } from '../../views/held-text.ts';
import { cannotText } from '../../views/refusal-text.ts';
import { ANSWERS } from '../answers.ts';
import type { Scene } from '../feature.ts';
import { heldHere } from '../held-blocks.ts';

const notAllowed = async (scene: Scene): Promise<Message> =>
  cannotText(
    'hold or release what is sent here',
    [],
    'It concerns everybody in this workspace.',
    await scene.people.officeName(scene.workspace),
  );

/** What is so, and what can be done about it; `done` is said first. */
async function page(scene: Scene, done?: string): Promise<View> {
  const found = await heldHere(scene);
  const lines: readonly Line[] = found === null ? HOLD_LINES : heldLines(found.held, found.waiting);
  const sum = found?.waiting.reduce((all, { count }) => all + count, 0) ?? 0;
  return {
    type: 'modal',
    callback_id: 'sending',
    title: plainText('Sending', LIMITS.view.title),
    close: plainText('Close', LIMITS.view.close),
    blocks: [
      ...(done === undefined ? [] : [paragraph([done])]),
      paragraph(lines),
      ...actions(
        found === null ? [holdButton()] : [releaseButton(sum), ...(sum > 0 ? [dropButton(sum)] : [])],
      ),
    ],
  };
}

const holdButton = () =>
  buttons.holdSending.element(
    {},
    {
      style: 'danger',
      confirm: {
        title: 'Hold all sending?',
        text: 'Nobody here hears from me until it is released. Nothing is lost.',
        yes: 'Hold',
        no: 'Not now',
      },
    },
  );

const releaseButton = (sum: number) =>
  buttons.releaseSending.element(
    {},
    {
      style: 'primary',
      confirm: {
        title: 'Let messages go out again?',
        text: `${waitText(sum)}. What has become unnecessary is left out.`,
        yes: 'Release',
        no: 'Not now',
      },
    },
  );

const dropButton = (sum: number) =>
  buttons.dropHeld.element(
    {},
    {
      style: 'danger',
      confirm: {
        title: 'Drop what waits?',
        text: `${waitText(sum)} and would never be said. Sending stays held.`,
        yes: 'Drop',
        no: 'Not now',
      },
    },
  );

/** Opens the page, on top of the settings where it was pressed there. */
export async function openSending(scene: Scene): Promise<Reply> {
  return scene.viewer.office ? open(await page(scene)) : say(await notAllowed(scene));
}

/** Shows what is so now in the view that was pressed. */
const shown = async (scene: Scene, done: string): Promise<Reply> => ({
  do: 'redraw',
  view: await page(scene, done),
});

/** Writes a change of whether messages go out; false when it was so already. */
async function change(
  scene: Scene,
  kind: string,
  statement: Statement,
  body: Readonly<Record<string, number>>,
): Promise<boolean> {
  const { db, workspace, at, actor } = scene;
  const row = await workspaceById(db, workspace);
  const members = row === null ? [] : workspaceSettings(row).members;
  return unlessStale(
    db.atomically(workspace, (log) => [
      guard(statement, 'sending'),
      log({ at, kind, pilot: null, actor: `user:${actor.id}`, body }),
      drawHomes(db, workspace, [...new Set([actor.id, ...members])]),
    ]),
  );
}

const sumOf = async ({ db, workspace, at }: Scene): Promise<number> =>
  (await waitingByKind(db, workspace, ANSWERS, at)).reduce((all, { count }) => all + count, 0);

/** Holds everything that goes out, except answers to whoever acts. */
export async function hold(scene: Scene): Promise<Reply> {
  if (!scene.viewer.office) return say(await notAllowed(scene));
  const { db, workspace, at, actor } = scene;
  const isNew = await change(scene, 'sending_held', holdSending(db, workspace, actor.id, at), {});
  return shown(scene, isNew ? 'Held. Nothing goes out from now on.' : 'It was held already.');
}

/** Lets everything go out that is still worth saying. */
export async function release(scene: Scene): Promise<Reply> {
  if (!scene.viewer.office) return say(await notAllowed(scene));
  const waiting = await sumOf(scene);
  const { db, workspace } = scene;
  const isNew = await change(scene, 'sending_released', releaseSending(db, workspace), { waiting });
  return shown(scene, isNew ? 'Released. Messages go out again.' : 'It was released already.');
}

/** Drops what waits; sending stays held. */
export async function drop(scene: Scene): Promise<Reply> {
  if (!scene.viewer.office) return say(await notAllowed(scene));
  const found = await heldHere(scene);
  if (found === null) return shown(scene, 'Nothing is held any more, so nothing was dropped.');
  const waiting = await sumOf(scene);
  const { db, workspace, at } = scene;
  await change(scene, 'held_dropped', dropWaiting(db, workspace, ANSWERS, at), { waiting });
  return shown(scene, `${waiting === 1 ? 'One message was' : `${waiting} messages were`} dropped.`);
}
