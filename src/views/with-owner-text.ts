/** What does whoever decides read of what is still with the owner? */
import type { Day } from '../core/day.ts';
import { firstName } from '../core/person.ts';
import { type Message, message } from '../slack/blocks.ts';
import * as buttons from './buttons.ts';
import { weekdayText } from './day-text.ts';

/** Matters of a pilot whose next step is its owner's. */
export interface WithOwner {
  readonly count: number;
  /** Who works on them, by name. */
  readonly name: string;
  /** Until when the first of them is waited for; null while nobody has been asked yet. */
  readonly until: Day | null;
}

function whereText({ count, name, until }: WithOwner, today: Day): string {
  const day = until === null ? '' : `${count === 1 ? '' : ', the first'} until ${weekdayText(until, today)}`;
  return `${count === 1 ? 'is' : 'are'} with ${firstName(name)}${day}`;
}

/** '1 more is with Ana until Thu 22 Jan.', under a card that asks for a decision. */
export const moreWithOwner = (those: WithOwner, today: Day): string =>
  `${those.count} more ${whereText(those, today)}.`;

/** The same for whoever is asked for nothing: nothing to decide, and whom to ask. */
export function nothingToDecide(
  pilot: { readonly id: string; readonly name: string },
  those: WithOwner,
  today: Day,
): Message {
  const notice = `Nothing about ${pilot.name} waits for your decision.`;
  const what = those.count === 1 ? '1 matter' : `${those.count} matters`;
  return message({
    notice,
    lines: [
      notice,
      `${what} ${whereText(those, today)}. You are asked when ${those.count === 1 ? 'it needs' : 'one needs'} you.`,
    ],
    buttons: [
      [
        buttons.askOwner.element({ pilot: pilot.id }, { label: `Ask ${firstName(those.name)}` }),
        buttons.readAll.element({ pilot: pilot.id }),
      ],
    ],
  });
}
