/** What do people read about days on which somebody is away, and about whoever stands in? */
import type { Leave } from '../core/calendar-settings.ts';
import type { Day } from '../core/day.ts';
import type { Role } from '../core/pilot.ts';
import { type Block, beside, type Message, message, paragraph } from '../slack/blocks.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import { weekdayText } from './day-text.ts';

/** 'Mon 3 Aug to Fri 14 Aug', or one day alone. */
export const leaveText = ({ from, until }: Pick<Leave, 'from' | 'until'>, today: Day): string =>
  from === until ? weekdayText(from, today) : `${weekdayText(from, today)} to ${weekdayText(until, today)}`;

const standsIn = (name: string | null): string => (name === null ? 'nobody stands in' : `${name} stands in`);

/** The days away that are known, each with the press that takes it back. */
export function leaveBlocks(
  leave: readonly Leave[],
  names: ReadonlyMap<string, string>,
  today: Day,
): Block[] {
  if (leave.length === 0)
    return [paragraph(['No days away are known. Nothing is sent to you on days you name here.'])];
  return leave.slice(0, 15).map((one, nth) => {
    const who = one.delegate === null ? null : (names.get(one.delegate) ?? one.delegate);
    const words = `${leaveText(one, today)}; ${standsIn(who)}`;
    const press = buttons.cancelLeave.element(
      { from: one.from, until: one.until },
      { nth, spoken: `Take back ${leaveText(one, today)}` },
    );
    return beside(words, press);
  });
}

/** What is said to whoever has named days away. */
export interface LeaveSaved {
  readonly leave: Leave;
  /** The name of the delegate, or null. */
  readonly delegate: string | null;
  readonly replaced: readonly Leave[];
  /** Pilots in which the delegate cannot stand in. */
  readonly without: readonly string[];
  /** Days of the leave on which the delegate is away as well. */
  readonly both: Leave | null;
}

/** The private answer. */
export function leaveSavedMessage(saved: LeaveSaved, today: Day): Message {
  const { leave, delegate, replaced, without, both } = saved;
  const line = `You are away ${leaveText(leave, today)}; ${standsIn(delegate)}.`;
  const lines: Line[] = [
    line,
    'Nothing is sent to you on these days.',
    ...replaced.map((one): Line => `This takes the place of ${leaveText(one, today)}.`),
    ...(both === null || delegate === null ? [] : [`${delegate} is away ${leaveText(both, today)} too.`]),
    ...(without.length === 0 || delegate === null
      ? []
      : [`Nobody stands in for you in ${without.slice(0, 5).join(', ')}: ${delegate} is on its other side.`]),
  ];
  return message({
    notice: line,
    lines,
    buttons: [[buttons.cancelLeave.element({ from: leave.from, until: leave.until })]],
  });
}

/** To whoever stands in. */
export function standInMessage(
  who: string,
  leave: Pick<Leave, 'from' | 'until'>,
  places: readonly { readonly name: string; readonly role: Role }[],
  today: Day,
): Message {
  const days = leaveText(leave, today);
  const told = (role: Role, does: string): Line[] => {
    const names = places.filter((place) => place.role === role).map(({ name }) => name);
    return names.length === 0 ? [] : [[bold(does), names.slice(0, 10).join(', ')]];
  };
  return message({
    notice: `${who} is away ${days} and named you to stand in.`,
    title: `You stand in for ${who}`,
    lines: [
      [bold('When: '), days],
      ...told('delegate', 'You sign and decide for them: '),
      ...told('backup', 'You report for them: '),
      `What you do is shown as you for ${who}. It ends by itself.`,
    ],
    buttons: [[buttons.showWaiting.element({}), buttons.preferences.element({ about: 'me' })]],
  });
}
