/** In which words do people read what they have set, what is wrong with it, and when they are asked next? */
import type { CalendarProblem, CalendarSettings } from '../core/calendar-settings.ts';
import { OFFICE_HOURS, weekendOf } from '../core/calendar-settings.ts';
import { type Day, dayOf } from '../core/day.ts';
import { clockText } from '../core/rhythm-text.ts';
import { hoursText, timeText, weekdaysText, type ZoneRead } from '../core/typed-calendar.ts';
import { shorten } from '../slack/limits.ts';
import { bold, type Line } from '../slack/text.ts';
import { weekdayText } from './day-text.ts';

/** 'Thu 1 Jan 2026 · New Year's Day' */
export const holidayText = (holiday: { readonly day: Day; readonly name: string }): string =>
  shorten(`${weekdayText(holiday.day, '')} · ${holiday.name}`, 75);

/** Something typed, short enough to be said back. */
const typed = (text: string): string => `"${shorten(text, 40)}"`;

/** Why a zone cannot be taken. */
export function zoneProblemText(text: string, read: ZoneRead & { readonly zone: null }): string {
  const near =
    read.near.length === 0 ? 'Write it like Europe/Berlin.' : `Do you mean ${read.near.join(', ')}?`;
  return `${typed(text)} is not a time zone I know. ${near}`;
}

export const hoursUnreadableText = (text: string): string =>
  `${typed(text)} cannot be read as working hours. Write them like 9:00–17:30.`;
export const weekendUnreadableText = (text: string): string =>
  `${typed(text)} cannot be read as days of the week. Write them like Saturday, Sunday.`;
export const placeUnknownText = (text: string): string =>
  `${typed(text)} is not a country I know. Write it like Germany, DE or DE-BY.`;
export const timeUnreadableText = (text: string): string =>
  `${typed(text)} is not a time of day. Write it like 8:30.`;
export const rhythmUnreadableText = (text: string): string =>
  `${typed(text)} could mean several things or none. Write it like every Thursday, every Tuesday 9:30, every other Friday, or first Monday of the month.`;
export const dayUnreadableText = (text: string): string =>
  `${typed(text)} is not a day. Write each day like 2026-12-24, on a line of its own.`;

/** What is wrong with settings that could be read, for the field it is about. */
export function calendarProblemText({ part, why, given }: CalendarProblem): string {
  switch (why) {
    case 'ends_first':
      return part === 'leave'
        ? `The last day comes before the first (${given}). Choose a last day on or after it.`
        : `Work ends before it begins (${given}). Hours end on the day they begin, like 9:00–17:30.`;
    case 'no_working_day':
      return 'At least one day of the week has to be a working day.';
    case 'at_night':
      return `${timeText(given)} is at night. Choose a time from 6:00 to 21:59.`;
    case 'too_long':
      return 'More than two years is a hand-over rather than leave. Choose an earlier last day.';
    default:
      return `${typed(given)} cannot be used here. Write it as the hint says.`;
  }
}

/** What counts for somebody, in two lines. */
export function calendarLines(
  settings: CalendarSettings,
  slot: string,
  holidays: number,
  ownZone: boolean,
): Line[] {
  const hours = settings.hours ?? OFFICE_HOURS;
  const weekend = settings.weekend ?? weekendOf(settings.country ?? null);
  const from = ownZone ? '' : ', as in Slack';
  return [
    [
      bold('You work '),
      `${hoursText(hours)} ${settings.zone} time${from}; days off: ${weekdaysText(weekend)}; ${holidays} holidays known.`,
    ],
    [bold('Your message of the day '), `comes at ${timeText(slot)}, and only when something waits for you.`],
  ];
}

/** When somebody is asked next about one pilot: 'Claims triage: Thu 8 Jan 9:00, Thu 15 Jan 9:00, Thu 22 Jan 9:00'. */
export function asksLine(name: string, asks: readonly number[], zone: string, today: Day): Line {
  const told = asks.map((at) => `${weekdayText(dayOf(at, zone), today)} ${clockText(at, zone)}`);
  return [bold(`${name}: `), told.length === 0 ? 'no check-ins' : told.join(', ')];
}
