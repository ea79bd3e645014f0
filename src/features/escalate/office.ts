/** How does the programme office see how well its messages work, who cannot be reached, and set the thresholds? */
import { z } from 'zod';
import { isPress } from '../../core/escalation/cause.ts';
import { type FiguredCase, figuresOf } from '../../core/escalation/figures.ts';
import type { ClosedAs } from '../../core/escalation/refusal.ts';
import { LEVELS, type Level } from '../../core/escalation.ts';
import { nearest } from '../../core/key.ts';
import { todayIn } from '../../core/metric.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { answersOf, heartbeat, sponsorFigures, sponsorRecord, sponsorStrength } from '../../core/sponsor.ts';
import { settingsProblems } from '../../core/stall/check-settings.ts';
import {
  PRESETS,
  type Preset,
  type StallSettings,
  settingsOf,
  THRESHOLD_NAMES,
  THRESHOLDS,
  type ThresholdName,
} from '../../core/stall/settings.ts';
import { allCases, copiesOfCases } from '../../db/queries/cases.ts';
import { decisionsMade } from '../../db/queries/decisions.ts';
import { insertStallSettings, newestSettings, stallSettingsOf } from '../../db/queries/looks.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { sponsorAnswersByPilot } from '../../db/queries/sponsor-answers.ts';
import { context, type Message, message, paragraph, sentence } from '../../slack/blocks.ts';
import { choiceField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import { bold, type Line } from '../../slack/text.ts';
import * as caseButtons from '../../views/case-buttons.ts';
import { gapsByPilot, preflightLines } from '../../views/preflight-text.ts';
import { cannotText } from '../../views/refusal-text.ts';
import { sponsorFiguresLine } from '../../views/sponsor-text.ts';
import {
  figuresLines,
  PRESET_CHOICES,
  rehearsedText,
  thresholdProblemText,
  unknownThresholdText,
} from '../../views/threshold-text.ts';
import type { Scene } from '../feature.ts';
import { sponsorDaysByPilot } from '../sponsor-signs.ts';
import { gapsIn, officeState } from './preflight.ts';
import { rehearse } from './preview.ts';

/** How many pilots the first screen of the page names on a phone, and how many a page of the rest. */
const FIRST_SCREEN = 5;
const PAGE = 15;
const DAY = 24 * 60 * 60 * 1000;

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
  meta: z.object({
    version: z.number(),
    preset: z.enum(PRESETS),
    changed: z.record(z.string(), z.number()),
  }),
  fields: { reason: textField({ label: 'Why', hint: 'For the history', max: 300 }).optional },
});

/** Only the programme office sets what everybody is measured by. */
async function notOffice(scene: Scene): Promise<Message | null> {
  if (scene.viewer.office) return null;
  const office = await scene.people.officeName(scene.workspace);
  return cannotText(
    'see how stuck pilots are found',
    [],
    `${scene.command} list stalled shows the pilots.`,
    office,
  );
}

/** The office's page: how it went, who cannot be reached, and the thresholds. */
export async function officePage(scene: Scene): Promise<Reply> {
  const refused = await notOffice(scene);
  if (refused !== null) return say(refused);
  const { db, workspace, at } = scene;
  const since = at - 90 * DAY;
  const [cases, decisions, versions, pilots] = await Promise.all([
    allCases(db, workspace),
    decisionsMade(db, workspace),
    stallSettingsOf(db, workspace),
    allPilots(db, workspace),
  ]);
  const recent = cases.filter(
    ({ openedAt, record }) => openedAt !== null && openedAt >= since && !isPress(record.cause),
  );
  const copies = Map.groupBy(
    recent.length === 0
      ? []
      : await copiesOfCases(
          db,
          workspace,
          recent.map(({ id }) => id),
        ),
    (copy) => copy.case,
  );
  const figured = recent.map(({ id, closedAs }): FiguredCase => {
    const sent = (copies.get(id) ?? []).filter(({ outcome }) => outcome === 'sent');
    return {
      id,
      closedAs: closedAs as ClosedAs | null,
      reached: LEVELS.findLast((level: Level) => sent.some((copy) => copy.level === level)) ?? null,
      isWithSponsor: sent.some(({ role }) => role === 'sponsor'),
    };
  });
  const figures = figuresOf(
    figured,
    decisions.filter((row) => row.at >= since),
  );
  const { preset, changed } = newestSettings(versions);
  const own = Object.keys(changed).length;
  const { lines: people, rest } = await peopleLines(scene, pilots, 0, FIRST_SCREEN);
  const notice = 'How stuck pilots are found';
  return say(
    message({
      notice,
      title: notice,
      lines: [
        ...figuresLines(figures),
        ...people,
        [bold('Thresholds: '), `${preset}${own === 0 ? '' : `, ${own} changed`}.`],
      ],
      buttons: [
        [...(rest > 0 ? [caseButtons.allGaps.element({ from: 0 })] : []), caseButtons.thresholds.element({})],
      ],
    }),
  );
}

/** What is too long for the first screen of the page, some pilots at a time, the most urgent first. */
export async function gapsPage(scene: Scene, { from }: { readonly from: number }): Promise<Reply> {
  const refused = await notOffice(scene);
  if (refused !== null) return say(refused);
  const pilots = await allPilots(scene.db, scene.workspace);
  const { lines, rest } = await peopleLines(scene, pilots, from, PAGE);
  const notice = from === 0 ? 'Before it matters' : `Before it matters, from ${from + 1} on`;
  const label = `Next ${Math.min(rest, PAGE)}`;
  return say(
    message({
      notice,
      title: notice,
      lines,
      buttons: [rest > 0 ? [caseButtons.allGaps.element({ from: from + PAGE }, { label })] : []],
    }),
  );
}

/** Who could not be reached if something were to be asked, where nobody would stand in, and how sponsors answer. */
async function peopleLines(
  scene: Scene,
  pilots: readonly PilotFacts[],
  from: number,
  most: number,
): Promise<{ readonly lines: Line[]; readonly rest: number }> {
  const { workspace, at, viewer, command } = scene;
  const today = todayIn(scene.workspaceZone, at);
  const running = pilots.filter(
    ({ signed, pilot, holders }) =>
      signed !== null && pilot.stage !== 'stopped' && holders.sponsor !== undefined,
  );
  const [gaps, office, officeName, days, answers, names] = await Promise.all([
    gapsIn(scene, workspace, pilots, at),
    officeState(scene, workspace),
    scene.people.officeName(workspace),
    sponsorDaysByPilot(scene.db, workspace, running, scene.workspaceZone),
    sponsorAnswersByPilot(scene.db, workspace),
    scene.people.names(
      workspace,
      pilots.flatMap(({ holders }) => Object.values(holders)),
    ),
  ]);
  const sponsors = running.map(({ pilot, holders, versions }) => ({
    strength: sponsorStrength(
      answersOf(sponsorRecord(versions, answers.get(pilot.id) ?? [], holders.sponsor)),
    ),
    ...heartbeat(days.get(pilot.id) ?? { askedOn: null, heardOn: null }, today),
  }));
  const reader = { id: viewer.id, isOffice: true, names, today, command, office, officeName };
  return {
    lines: [
      ...(from === 0 ? sponsorFiguresLine(sponsorFigures(sponsors, today)) : []),
      ...preflightLines(gaps, reader, from, most),
    ],
    rest: gapsByPilot(gaps, reader).length - from - most,
  };
}

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
  const now = newestSettings(await stallSettingsOf(scene.db, scene.workspace)).settings;
  const rehearsed = await rehearse(scene, [now, next]);
  const lines = rehearsedText(
    rehearsed.sums[0] ?? { owner: 0, sponsor: 0 },
    rehearsed.sums[1] ?? { owner: 0, sponsor: 0 },
    rehearsed.pilots,
    rehearsed.all,
  );
  const view = confirmForm.view(
    { version: meta.version, preset: values.preset, changed: changed as Record<string, number> },
    scene.place,
    { above: [paragraph(lines)] },
  );
  return { do: 'redraw', view };
}

/** Saves the thresholds as a version of their own; what is open keeps those under which it was opened. */
export async function saveThresholds(
  scene: Scene,
  values: { readonly reason: string | null },
  meta: {
    readonly version: number;
    readonly preset: Preset;
    readonly changed: Readonly<Record<string, number>>;
  },
): Promise<Reply> {
  const refused = await notOffice(scene);
  if (refused !== null) return close(refused);
  const { db, workspace, at } = scene;
  const stale = sentence(
    'Somebody changed the thresholds since you opened them, so nothing was saved. Open them again.',
  );
  const newest = newestSettings(await stallSettingsOf(db, workspace));
  if (newest.version !== meta.version) return close(stale);
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
    if (db.isDuplicate(error)) return close(stale);
    throw error;
  }
  return close(
    sentence(`Saved: ${meta.preset}, version ${version}. It counts for what is opened from now on.`),
  );
}
