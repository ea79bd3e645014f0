/** How does the programme office see and change what holds for everybody? */
import { todayIn } from '../../core/metric.ts';
import { unfitFor } from '../../core/person.ts';
import { nextDueDays, readRhythm } from '../../core/rhythm.ts';
import { rhythmText } from '../../core/rhythm-text.ts';
import { placeText, readPlace, readZone } from '../../core/typed-calendar.ts';
import { maySetWorkspace, type WorkspaceSettings } from '../../core/workspace-settings.ts';
import { sha256 } from '../../db/chain.ts';
import { type Guard, guard, type Statement, unlessStale } from '../../db/database.ts';
import { type WorkspaceRow, workspaceById } from '../../db/queries/people.ts';
import { drawHomes } from '../../db/queries/roles.ts';
import {
  changeWorkspaceSettings,
  followRhythm,
  rethinkAllCheckIns,
  workspaceSettings,
} from '../../db/queries/settings.ts';
import { actions, type Message, message, paragraph, sentence } from '../../slack/blocks.ts';
import type { FieldErrors, ValuesOf } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import { bold, type Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { weekdayText } from '../../views/day-text.ts';
import { cannotText, unfitText } from '../../views/refusal-text.ts';
import { placeUnknownText, rhythmUnreadableText, zoneProblemText } from '../../views/settings-text.ts';
import type { Scene } from '../feature.ts';
import { workspaceForm } from './forms.ts';

type Values = ValuesOf<(typeof workspaceForm)['fields']>;

/** Stands for what was shown, so that two people do not undo each other unseen. */
const markOf = (row: WorkspaceRow): string =>
  sha256(JSON.stringify([row.settings, row.timezone])).slice(0, 16);

/** The workspace as somebody who may set it sees it; or what to say instead. */
export async function settable(
  scene: Scene,
): Promise<
  { readonly row: WorkspaceRow; readonly settings: WorkspaceSettings } | { readonly instead: Message }
> {
  const row = await workspaceById(scene.db, scene.workspace);
  if (row === null) return { instead: sentence('This workspace is not known. Nothing has changed.') };
  const settings = workspaceSettings(row);
  return maySetWorkspace(settings, scene.actor)
    ? { row, settings }
    : {
        instead: cannotText(
          'change the settings of this workspace',
          [],
          `${scene.command} settings shows your own.`,
          settings.officeName ?? 'the programme office',
        ),
      };
}

/** Opens the settings of the workspace. */
export async function openWorkspace(scene: Scene): Promise<Reply> {
  const found = await settable(scene);
  if ('instead' in found) return say(found.instead);
  const { row, settings } = found;
  return open(
    workspaceForm.view({ mark: markOf(row) }, scene.place, {
      initial: {
        officeName: settings.officeName,
        members: settings.members,
        zone: row.timezone,
        rhythm: rhythmText(settings.rhythm),
        place: settings.place,
      },
      above: [paragraph(askedLines(scene, settings, row.timezone))],
      below: actions([
        buttons.holidays.element({ whose: 'workspace' }),
        buttons.sending.element({}, row.heldSince === null ? {} : { label: 'Release or drop' }),
      ]),
    }),
  );
}

/** When owners are asked in the workspace's rhythm, and how many days off are known. */
function askedLines(scene: Scene, settings: WorkspaceSettings, zone: string): Line[] {
  const today = todayIn(zone, scene.at);
  const isTimed = settings.rhythm.every !== 'never' && settings.rhythm.time !== null;
  const ownHour = isTimed ? '' : ", each at its owner's own hour";
  const days = nextDueDays(settings.rhythm, today, today, 3).map((day) => weekdayText(day, today));
  return [
    [
      bold('Check-ins: '),
      `${[rhythmText(settings.rhythm), ...(days.length === 0 ? [] : [`next ${days.join(', ')}${ownHour}`])].join('; ')}.`,
    ],
    `${settings.holidays.length} holidays of the workspace are known.`,
  ];
}

type Read =
  | { readonly ok: true; readonly change: Partial<WorkspaceSettings>; readonly zone: string }
  | { readonly ok: false; readonly errors: FieldErrors };

async function read(scene: Scene, values: Values): Promise<Read> {
  const errors: FieldErrors = {};
  const zone = readZone(values.zone);
  if (zone.zone === null) errors['zone'] = zoneProblemText(values.zone, zone);
  const rhythm = readRhythm(values.rhythm);
  if (rhythm === null) errors['rhythm'] = rhythmUnreadableText(values.rhythm);
  const place = values.place === null ? null : readPlace(values.place);
  if (values.place !== null && place === null) errors['place'] = placeUnknownText(values.place);
  const members = values.members ?? [];
  for (const id of members) {
    const person = await scene.people.person(scene.workspace, id);
    const unfit = unfitFor(person);
    if (unfit !== null)
      errors['members'] = unfitText(
        person.name,
        unfit,
        `a member of ${values.officeName ?? 'the programme office'}`,
      );
  }
  if (Object.keys(errors).length > 0 || zone.zone === null || rhythm === null) return { ok: false, errors };
  return {
    ok: true,
    zone: zone.zone,
    change: {
      officeName: values.officeName,
      members,
      rhythm,
      place: place === null ? null : placeText(place),
    },
  };
}

/** Saves the settings of the workspace; whatever depends on them is thought through again. */
export async function saveWorkspace(
  scene: Scene,
  values: Values,
  meta: { readonly mark: string },
): Promise<Reply> {
  const found = await settable(scene);
  if ('instead' in found) return close(found.instead);
  const { row, settings } = found;
  const next = await read(scene, values);
  if (!next.ok) return refuse(next.errors);
  const stale = sentence(
    'Somebody changed these settings since you opened them, so nothing was saved. Open them again.',
  );
  if (markOf(row) !== meta.mark) return close(stale);
  if (!(await keepWorkspace(scene, row, next.change, next.zone))) return close(stale);
  const after = { ...settings, ...next.change };
  const isLeft = after.members.length > 0 && !after.members.includes(scene.actor.id);
  return close(
    message({
      notice: 'The settings of this workspace are saved.',
      lines: [
        'Saved for this workspace.',
        ...askedLines(scene, after, next.zone),
        ...(isLeft ? [`You are not a member of ${after.officeName ?? 'the programme office'}.`] : []),
      ],
      buttons: [[buttons.holidays.element({ whose: 'workspace' })]],
    }),
  );
}

/** Writes a change of what the workspace has set; false when somebody was first. */
export async function keepWorkspace(
  scene: Scene,
  row: WorkspaceRow,
  change: Partial<WorkspaceSettings>,
  zone: string,
): Promise<boolean> {
  const { db, workspace, at, actor } = scene;
  const before = workspaceSettings(row);
  const changed = (Object.keys(change) as (keyof WorkspaceSettings)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(change[name]),
  );
  const moved = zone !== row.timezone;
  if (changed.length === 0 && !moved) return true;
  const rhythm = change.rhythm ?? before.rhythm;
  const depends = moved || changed.includes('holidays');
  return unlessStale(
    db.atomically(workspace, (log): (Statement | Guard)[] => [
      guard(changeWorkspaceSettings(db, row, change, zone), 'settings'),
      log({
        at,
        kind: 'workspace_settings_changed',
        pilot: null,
        actor: `user:${actor.id}`,
        body: { changed: [...changed, ...(moved ? ['zone'] : [])], zone, rhythm: { ...rhythm } },
        personal: { ...change } as never,
      }),
      ...(changed.includes('rhythm') ? [followRhythm(db, workspace, before.rhythm, rhythm)] : []),
      ...(depends ? [rethinkAllCheckIns(db, workspace)] : []),
      drawHomes(db, workspace, [...new Set([actor.id, ...before.members, ...(change.members ?? [])])]),
    ]),
  );
}
