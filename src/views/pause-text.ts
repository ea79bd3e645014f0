/** What do people read about a pilot that rests: on its card, in their messages, in the channel? */
import type { Day } from '../core/day.ts';
import { type Message, message } from '../slack/blocks.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import { weekdayText } from './day-text.ts';

/** A pause as people are told of it. */
export interface PauseShown {
  readonly reason: string;
  /** The day it goes on by itself, or null. */
  readonly returnDay: Day | null;
}

/** 'until Mon 2 Feb', or until somebody resumes it. */
export const untilText = (returnDay: Day | null, today: Day): string =>
  returnDay === null ? 'until somebody resumes it' : `until ${weekdayText(returnDay, today)}`;

/** The line on the card of a pilot that rests. */
export function pausedLine(pause: PauseShown & { readonly sinceDay: Day }, today: Day): Line {
  const since = `since ${weekdayText(pause.sinceDay, today)}, ${untilText(pause.returnDay, today)}`;
  return [bold('Paused: '), `${since}: "${pause.reason}"`];
}

const REST = 'Until then nothing is asked, and the days do not count against it.';

/** The private answer to whoever has just paused it. */
export function pausedAnswer(
  pilot: { readonly id: string; readonly name: string },
  pause: PauseShown,
  today: Day,
): Message {
  const line = `${pilot.name} is paused ${untilText(pause.returnDay, today)}.`;
  return message({
    notice: line,
    lines: [line, REST],
    buttons: [
      [buttons.resumePilot.element({ pilot: pilot.id }), buttons.changePause.element({ pilot: pilot.id })],
    ],
  });
}

/** To its owner and its sponsor: somebody has paused it. */
export function pausedMessage(
  pilot: { readonly id: string; readonly name: string },
  pause: PauseShown,
  who: string,
  today: Day,
): Message {
  const about = { pilot: pilot.id };
  return message({
    notice: `${who} paused ${pilot.name} ${untilText(pause.returnDay, today)}: "${pause.reason}"`,
    title: `${pilot.name} is paused`,
    lines: [
      [bold(`${who}: `), `"${pause.reason}"`],
      [
        bold('Goes on: '),
        pause.returnDay === null
          ? 'when somebody resumes it'
          : `by itself on ${weekdayText(pause.returnDay, today)}`,
      ],
      REST,
    ],
    buttons: [
      [
        buttons.resumePilot.element(about),
        buttons.readAll.element(about),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}

/** The private answer to whoever has just resumed it. */
export function resumedAnswer(pilot: { readonly id: string; readonly name: string }): Message {
  const line = `${pilot.name} goes on. Check-ins are asked for again after one full period.`;
  return message({
    notice: line,
    lines: [line],
    buttons: [
      [buttons.pausePilot.element({ pilot: pilot.id }), buttons.readAll.element({ pilot: pilot.id })],
    ],
  });
}

/** To its owner: it goes on, because somebody said so or because its day has come (`who` null). */
export function resumedMessage(
  pilot: { readonly id: string; readonly name: string },
  who: string | null,
): Message {
  const why = who === null ? 'Its return day has come.' : `${who} resumed it.`;
  const next = 'Check-ins are asked for again after one full period.';
  const about = { pilot: pilot.id };
  return message({
    notice: `${pilot.name} goes on. ${why} ${next}`,
    title: `${pilot.name} goes on`,
    lines: [why, next],
    buttons: [
      [
        buttons.readAll.element(about),
        buttons.pausePilot.element(about),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}

/** 'Claims triage, Fraud flags and 3 more' */
export function namesText(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most);
  const hidden = names.length - shown.length;
  return `${shown.join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`;
}

/** '1 pilot', '7 pilots' */
export const pilotsText = (count: number): string => `${count} ${count === 1 ? 'pilot' : 'pilots'}`;
