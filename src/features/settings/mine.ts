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
import { personById, workspaceById } from '../../db/queries/people.ts';
import type { OwnCalendar } from '../../db/queries/rhythm.ts';
import { sponsorsAmong } from '../../db/queries/roles.ts';
import { type Preferences, preferencesOf, workspaceSettings } from '../../db/queries/settings.ts';
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
import { keepPreferences } from '../keep-preferences.ts';
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

type Read =
  | { readonly ok: true; readonly calendar: OwnCalendar; readonly place: string | null }
  | { readonly ok: false; readonly errors: FieldErrors };

/** What was typed, read; or a sentence per field that cannot be. */
function read(values: Values, before: OwnCalendar): Read {
  const errors: FieldErrors = {};
  const taken = <T>(name: keyof Values, value: T | null, words: (typed: string) => string): T | undefined => {
    const typed = values[name];
    if (typed !== null && value === null) errors[name] = words(typed);
    return value ?? undefined;
  };
  const zone = values.zone === null ? null : readZone(values.zone);
  if (zone !== null && zone.zone === null) errors['zone'] = zoneProblemText(values.zone ?? '', zone);
  const place = values.place === null ? null : readPlace(values.place);
  const next = {
    zone: zone?.zone ?? undefined,
    hours: taken('hours', values.hours === null ? null : readHours(values.hours), hoursUnreadableText),
    weekend: taken(
      'weekend',
      values.weekend === null ? null : readWeekdays(values.weekend),
      weekendUnreadableText,
    ),
    country: taken('place', place, placeUnknownText)?.country,
    slot: taken('slot', values.slot === null ? null : readTime(values.slot), timeUnreadableText),
    holidays: before.holidays,
    leave: before.leave,
  };
  for (const problem of calendarProblems({ ...next, zone: next.zone ?? 'UTC' }))
    errors[FIELD_OF[problem.part]] ??= calendarProblemText(problem);
  const end = (next.hours ?? OFFICE_HOURS).to;
  if (next.slot !== undefined && next.slot >= end)
    errors['slot'] ??=
      `${timeText(next.slot)} is after your work ends, ${timeText(end)}. Choose an earlier time.`;
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  // What is not set is left out, so that it takes its default.
  const calendar = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
  return { ok: true, calendar, place: place === null ? null : placeText(place) };
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
  if (!next.ok) return refuse(next.errors);
  if (!(await keepPreferences(scene, own, { calendar: next.calendar, place: next.place })))
    return close(
      sentence('Your settings were changed elsewhere a moment ago, so nothing was saved. Open them again.'),
    );
  const lines = await countsNow(scene, next.calendar);
  const told: Line[] = ['Saved.', ...lines];
  return close(
    message({
      notice: 'Your settings are saved.',
      lines: told,
      buttons: [[buttons.holidays.element({ whose: 'me' }), buttons.away.element({})]],
    }),
  );
}
