/** How does somebody see and change when they may be asked? */
import { workingCalendar } from '../../core/calendar.ts';
import { type CalendarProblem, calendarProblems, OFFICE_HOURS } from '../../core/calendar-settings.ts';
import { usualSlot } from '../../core/rhythm-text.ts';
import { readTime } from '../../core/schedule.ts';
import {
  hoursText,
  placeText,
  readHours,
  readPlace,
  readWeekdays,
  readZone,
  timeText,
  weekdaysText,
} from '../../core/typed-calendar.ts';
import { maySetWorkspace } from '../../core/workspace-settings.ts';
import { guard, Stale } from '../../db/database.ts';
import { personById, workspaceById } from '../../db/queries/people.ts';
import { pilotsHeldBy, sponsorsAmong } from '../../db/queries/roles.ts';
import { type OwnCalendar, rethinkCheckIns } from '../../db/queries/rhythm.ts';
import { drawHomes } from '../../db/queries/roles.ts';
import { changePreferences, type Preferences, preferencesOf, workspaceSettings } from '../../db/queries/settings.ts';
import { actions, message, paragraph, sentence } from '../../slack/blocks.ts';
import type { FieldErrors, ValuesOf } from '../../slack/form.ts';
import { close, open, type Reply, refuse } from '../../slack/reply.ts';
import type { Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import {
  calendarLines,
  calendarProblemText,
  hoursUnreadableText,
  placeUnknownText,
  timeUnreadableText,
  weekendUnreadableText,
  zoneProblemText,
} from '../../views/settings-text.ts';
import { calendarsOf } from '../calendars.ts';
import type { Scene } from '../feature.ts';
import { mineForm } from './forms.ts';
import { nextAsksLines } from './next-asks.ts';

type Values = ValuesOf<(typeof mineForm)['fields']>;

const placeOf = (own: Preferences): string | null => {
  const { place } = own.settings;
  return typeof place === 'string' ? place : (own.calendar.country ?? null);
};

/** What counts now, and when the next questions come. */
async function countsNow(scene: Scene, own: OwnCalendar): Promise<Line[]> {
  const { workspace, actor } = scene;
  const [calendars, sponsors] = await Promise.all([
    calendarsOf(scene, workspace, [actor.id]),
    sponsorsAmong(scene.db, workspace, [actor.id]),
  ]);
  const calendar = calendars.get(actor.id) ?? workingCalendar({ zone: scene.zone });
  const hours = own.hours ?? OFFICE_HOURS;
  const slot = own.slot ?? usualSlot(hours, sponsors.has(actor.id));
  return [
    ...calendarLines({ ...own, zone: calendar.zone }, slot, calendar.holidays.size, own.zone !== undefined),
    ...(await nextAsksLines(scene, calendar)),
  ];
}

/** Opens one's own settings. */
export async function openMine(scene: Scene): Promise<Reply> {
  const { db, workspace, actor } = scene;
  const [own, told, home, sponsors] = await Promise.all([
    preferencesOf(db, workspace, actor.id),
    personById(db, workspace, actor.id),
    workspaceById(db, workspace),
    sponsorsAmong(db, workspace, [actor.id]),
  ]);
  const { zone, hours, weekend, slot } = own.calendar;
  const maySet = home !== null && maySetWorkspace(workspaceSettings(home), actor);
  const usual = timeText(usualSlot(hours ?? OFFICE_HOURS, sponsors.has(actor.id)));
  return open(
    mineForm.view({}, scene.place, {
      initial: {
        zone: zone ?? null,
        hours: hours === undefined ? null : hoursText(hours),
        weekend: weekend === undefined ? null : weekdaysText(weekend),
        place: placeOf(own),
        slot: slot === undefined ? null : timeText(slot),
      },
      hints: {
        zone: `Like Europe/Berlin. Empty: as in Slack${told?.timezone ? `, ${told.timezone}` : ''}`,
        slot: `When it comes, like 8:30. Empty: ${usual}`,
      },
      above: [paragraph(await countsNow(scene, own.calendar))],
      below: actions([
        buttons.holidays.element({ whose: 'me' }),
        buttons.away.element({}),
        ...(maySet ? [buttons.workspaceSettings.element({})] : []),
      ]),
    }),
  );
}

/** What was typed, read; or a sentence per field that cannot be. */
function read(values: Values, before: OwnCalendar): { calendar: OwnCalendar; place: string | null } | FieldErrors {
  const errors: FieldErrors = {};
  const { zone: _zone, hours: _hours, weekend: _weekend, country: _country, slot: _slot, ...kept } = before;
  const next: { -readonly [K in keyof OwnCalendar]: OwnCalendar[K] } = { ...kept };
  if (values.zone !== null) {
    const zone = readZone(values.zone);
    if (zone.zone === null) errors['zone'] = zoneProblemText(values.zone, zone);
    else next.zone = zone.zone;
  }
  if (values.hours !== null) {
    const hours = readHours(values.hours);
    if (hours === null) errors['hours'] = hoursUnreadableText(values.hours);
    else next.hours = hours;
  }
  if (values.weekend !== null) {
    const weekend = readWeekdays(values.weekend);
    if (weekend === null) errors['weekend'] = weekendUnreadableText(values.weekend);
    else next.weekend = weekend;
  }
  const place = values.place === null ? null : readPlace(values.place);
  if (values.place !== null && place === null) errors['place'] = placeUnknownText(values.place);
  if (place !== null) next.country = place.country;
  if (values.slot !== null) {
    const slot = readTime(values.slot);
    if (slot === null) errors['slot'] = timeUnreadableText(values.slot);
    else next.slot = slot;
  }
  if (Object.keys(errors).length > 0) return errors;
  const whole = { zone: 'UTC', ...next };
  for (const problem of calendarProblems(whole)) errors[FIELD_OF[problem.part]] = calendarProblemText(problem);
  const end = (whole.hours ?? OFFICE_HOURS).to;
  if (whole.slot !== undefined && whole.slot >= end)
    errors['slot'] ??= `${timeText(whole.slot)} is after your work ends (${timeText(end)}). Choose an earlier time.`;
  return Object.keys(errors).length > 0
    ? errors
    : { calendar: next, place: place === null ? null : placeText(place) };
}

const FIELD_OF: Readonly<Record<CalendarProblem['part'], keyof Values>> = {
  zone: 'zone',
  hours: 'hours',
  weekend: 'weekend',
  slot: 'slot',
  holiday: 'place',
  leave: 'zone',
};

/** Saves one's own settings; everything that depends on them is thought through again. */
export async function saveMine(scene: Scene, values: Values): Promise<Reply> {
  const { db, workspace, actor } = scene;
  const own = await preferencesOf(db, workspace, actor.id);
  const next = read(values, own.calendar);
  if (!('calendar' in next) || typeof next.calendar === 'string') return refuse(next as FieldErrors);
  const saved = await keepPreferences(scene, own, next as { calendar: OwnCalendar; place: string | null });
  if (!saved) return close(sentence('Your settings were changed elsewhere a moment ago, so nothing was saved. Open them again.'));
  const lines = await countsNow(scene, next.calendar as OwnCalendar);
  const told: Line[] = ['Saved.', ...lines];
  return close(
    message({
      notice: 'Your settings are saved.',
      lines: told,
      buttons: [[buttons.holidays.element({ whose: 'me' }), buttons.away.element({})]],
    }),
  );
}

/** Writes a change of what somebody has set for themselves; false when somebody was first. */
export async function keepPreferences(
  scene: Scene,
  own: Preferences,
  next: { readonly calendar: OwnCalendar; readonly place?: string | null },
): Promise<boolean> {
  const { db, workspace, actor, at } = scene;
  const names = new Set([...Object.keys(own.calendar), ...Object.keys(next.calendar)]) as Set<keyof OwnCalendar>;
  const changed = [...names].filter(
    (name) => JSON.stringify(own.calendar[name]) !== JSON.stringify(next.calendar[name]),
  );
  if (changed.length === 0 && (next.place ?? null) === (own.settings['place'] ?? null)) return true;
  const pilots = await pilotsHeldBy(db, workspace, actor.id);
  try {
    await db.atomically(workspace, (log) => [
      guard(changePreferences(db, own, next, at), 'preferences'),
      log({
        at,
        kind: 'preferences_changed',
        pilot: null,
        actor: `user:${actor.id}`,
        body: { changed },
        personal: { calendar: { ...next.calendar } as never },
      }),
      rethinkCheckIns(db, workspace, pilots),
      drawHomes(db, workspace, [actor.id]),
    ]);
    return true;
  } catch (error) {
    if (error instanceof Stale) return false;
    throw error;
  }
}
