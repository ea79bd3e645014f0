/** How does the programme office set the thresholds, knowing what they would have brought? */
import { z } from 'zod';
import { nearest } from '../../core/key.ts';
import { settingsProblems } from '../../core/stall/check-settings.ts';
import {
  type Preset,
  type StallSettings,
  settingsOf,
  THRESHOLD_NAMES,
  THRESHOLDS,
  type ThresholdName,
} from '../../core/stall/settings.ts';
import { insertStallSettings, newestSettings, stallSettingsOf } from '../../db/queries/looks.ts';
import { context, paragraph, sentence } from '../../slack/blocks.ts';
import { choiceField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import { type AskedThresholds, askedThresholds, type Brought } from '../../views/case-buttons.ts';
import {
  PRESET_CHOICES,
  rehearsedText,
  thresholdProblemText,
  unknownThresholdText,
} from '../../views/threshold-text.ts';
import type { Scene } from '../feature.ts';
import { countHereOrLater } from './count-cards.ts';
import { notOffice } from './office.ts';

export const thresholdsForm = defineForm({
  id: 'stall-thresholds',
  title: 'When is a pilot stuck?',
  submit: 'See what it brings',
  meta: z.object({ version: z.number() }),
  fields: {
    preset: choiceField({ label: 'Thresholds', choices: PRESET_CHOICES, radio: true }).required,
    advanced: textField({
      label: 'Advanced',
      hint: 'Single ones, one per line, like missed_critical 5',
      lines: true,
      max: 1500,
    }).optional,
  },
});

export const confirmForm = defineForm({
  id: 'confirm-thresholds',
  title: 'When is a pilot stuck?',
  submit: 'Save',
  meta: askedThresholds,
  fields: { reason: textField({ label: 'Why', hint: 'For the history', max: 300 }).optional },
});

/** Opens the form with what counts now. */
export async function openThresholds(scene: Scene): Promise<Reply> {
  const refused = await notOffice(scene);
  if (refused !== null) return say(refused);
  const now = newestSettings(await stallSettingsOf(scene.db, scene.workspace));
  const advanced = Object.entries(now.changed).map(([name, value]) => `${name} ${value}`);
  return open(
    thresholdsForm.view({ version: now.version }, scene.place, {
      initial: { preset: now.preset, advanced: advanced.length === 0 ? null : advanced.join('\n') },
      below: [
        context(
          `Can be set under Advanced: ${THRESHOLD_NAMES.map((name) => `${name} (${THRESHOLDS[name].normal})`).join(', ')}.`,
        ),
      ],
    }),
  );
}

/** The single thresholds somebody has typed, or what is wrong with a line. */
function readAdvanced(
  text: string | null,
): { readonly changed: Partial<StallSettings> } | { readonly error: string } {
  const changed: Partial<Record<ThresholdName, number>> = {};
  for (const line of (text ?? '')
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [typed = '', number = '', ...more] = line.split(/[\s:=]+/);
    const name = THRESHOLD_NAMES.find((one) => one === typed.toLowerCase());
    const value = Number(number);
    if (name === undefined || number === '' || more.length > 0 || !Number.isFinite(value))
      return {
        error: unknownThresholdText(
          line.slice(0, 60),
          nearest(typed.toLowerCase().slice(0, 40), THRESHOLD_NAMES, 2),
        ),
      };
    changed[name] = value;
  }
  return { changed };
}

/** Checks the thresholds and shows what they would have brought; nothing is saved yet. */
export async function previewThresholds(
  scene: Scene,
  values: { readonly preset: Preset; readonly advanced: string | null },
  meta: { readonly version: number },
): Promise<Reply> {
  const refused = await notOffice(scene);
  if (refused !== null) return close(refused);
  const read = readAdvanced(values.advanced);
  if ('error' in read) return refuse({ advanced: read.error });
  const changed = Object.fromEntries(
    Object.entries(read.changed).filter(
      ([name, value]) => THRESHOLDS[name as ThresholdName][values.preset] !== value,
    ),
  ) as Partial<StallSettings>;
  const next = settingsOf(values.preset, changed);
  const [problem] = settingsProblems(next);
  if (problem !== undefined) return refuse({ advanced: thresholdProblemText(problem) });
  const asked = { version: meta.version, preset: values.preset, changed: changed as Record<string, number> };
  const brought = await countHereOrLater(scene, asked);
  if ('later' in brought) return close(brought.later);
  return { do: 'redraw', view: confirmView(scene, asked, brought) };
}

/** Asks for the reason, below what the values would have brought. */
const confirmView = (scene: Scene, asked: AskedThresholds, brought: Brought) =>
  confirmForm.view(asked, scene.place, { above: [paragraph(rehearsedText(brought))] });

/** Goes on from the message that says what values would have brought; nothing is saved yet. */
export async function useThresholds(
  scene: Scene,
  { brought, ...asked }: AskedThresholds & { readonly brought: Brought },
): Promise<Reply> {
  const refused = await notOffice(scene);
  if (refused !== null) return say(refused);
  const newest = newestSettings(await stallSettingsOf(scene.db, scene.workspace));
  return newest.version === asked.version ? open(confirmView(scene, asked, brought)) : say(STALE);
}

const STALE = sentence(
  'Somebody changed the thresholds since you opened them, so nothing was saved. Open them again.',
);

/** Saves the thresholds as a version of their own; what is open keeps those under which it was opened. */
export async function saveThresholds(
  scene: Scene,
  values: { readonly reason: string | null },
  meta: AskedThresholds,
): Promise<Reply> {
  const refused = await notOffice(scene);
  if (refused !== null) return close(refused);
  const { db, workspace, at } = scene;
  const newest = newestSettings(await stallSettingsOf(db, workspace));
  if (newest.version !== meta.version) return close(STALE);
  const version = meta.version + 1;
  try {
    await db.atomically(workspace, (log) => [
      insertStallSettings(db, {
        workspace,
        version,
        preset: meta.preset,
        changed: { ...meta.changed },
        setAt: at,
        setBy: scene.actor.id,
      }),
      log({
        at,
        kind: 'thresholds_changed',
        pilot: null,
        actor: `user:${scene.actor.id}`,
        body: { version, preset: meta.preset, changed: { ...meta.changed } },
        personal: { reason: values.reason },
      }),
    ]);
  } catch (error) {
    if (db.isDuplicate(error)) return close(STALE);
    throw error;
  }
  return close(
    sentence(`Saved: ${meta.preset}, version ${version}. It counts for what is opened from now on.`),
  );
}
