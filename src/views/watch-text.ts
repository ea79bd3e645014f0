/** In which words do people read which pilots are watched only, what would be sent, and what a release does? */
import type { Day } from '../core/day.ts';
import { clockText } from '../core/rhythm-text.ts';
import { context, type Message } from '../slack/blocks.ts';
import { LIMITS } from '../slack/limits.ts';
import { bold, type Line, messageText } from '../slack/text.ts';
import { weekdayText } from './day-text.ts';
import { kindText } from './undelivered-text.ts';

/** '3 pilots' */
export const pilotsText = (count: number): string => (count === 1 ? 'one pilot' : `${count} pilots`);

/** 'one message' */
const messagesText = (count: number): string => (count === 1 ? 'one message' : `${count} messages`);

/** Some names, and how many more there are. */
export function someNames(names: readonly string[], most: number): string {
  const rest = names.length - most;
  return names.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** How much would have been sent so far, and to how many. */
export function heardText(heard: readonly { readonly addressee: string; readonly count: number }[]): string {
  const sum = heard.reduce((all, { count }) => all + count, 0);
  if (sum === 0) return 'Everything is computed and nothing is sent. So far nothing would have been sent.';
  const people = heard.filter(({ addressee }) => addressee.startsWith('user:')).length;
  const elsewhere = people < heard.length ? ' and into channels' : '';
  const to =
    people === 0 ? 'into channels' : `to ${people === 1 ? 'one person' : `${people} people`}${elsewhere}`;
  return `Everything is computed and nothing is sent. Would have been sent: ${messagesText(sum)} ${to}.`;
}

/** 'Claims triage: the day's check-ins, to Ana Costa, Thu 8 Jan 9:00' */
export function wouldLine(
  row: { readonly kind: string; readonly at: number },
  told: { readonly pilot: string; readonly to: string; readonly day: string; readonly zone: string },
): Line {
  return [
    bold(`${told.pilot}: `),
    `${kindText(row.kind)}, to ${told.to}, ${told.day} ${clockText(row.at, told.zone)}`,
  ];
}

/** The same answer, with a word about what is not sent at all. */
export function withWatchNote(said: Message, count: number, office: string): Message {
  const words = `This pilot is in watch only, so ${count === 1 ? 'one message to others is' : `${count} messages to others are`} not sent. ${office.slice(0, 1).toUpperCase()}${office.slice(1)} releases it.`;
  return {
    text: messageText([said.text, words]),
    blocks: said.blocks.length < LIMITS.message.blocks ? [...said.blocks, context(words)] : said.blocks,
  };
}

/** What a release is about, and what follows from it. */
export interface ReleasePlan {
  readonly names: readonly string[];
  /** When; null for now. */
  readonly day: Day | null;
  /** Who hears of it once, with how many pilots each. */
  readonly heard: readonly { readonly name: string; readonly count: number }[];
  /** First check-ins by day, and pilots whose charter is not signed. */
  readonly asks: readonly { readonly day: Day; readonly count: number }[];
  readonly unsigned: number;
  /** Pilots with nobody in Slack as their owner. */
  readonly ownerless: readonly string[];
  /** How many pilots were not looked at for their first check-in. */
  readonly unseen: number;
}

const MOST_NAMES = 15;
const MOST_PEOPLE = 12;
const MOST_DAYS = 6;

/** What would follow, before somebody presses. */
export function planLines(plan: ReleasePlan, today: Day): Line[] {
  const { names, heard, asks, unsigned, ownerless, unseen, day } = plan;
  const people = heard.map(({ name, count }) => (count === 1 ? name : `${name} (${count})`));
  const days = asks.map(({ day: on, count }) => `${weekdayText(on, today)}: ${pilotsText(count)}`);
  return [
    [bold(day === null ? 'Now: ' : `On ${weekdayText(day, today)}: `), someNames(names, MOST_NAMES)],
    [bold('Hear of it, once each: '), people.length === 0 ? 'nobody' : someNames(people, MOST_PEOPLE)],
    ...(days.length === 0 ? [] : [[bold('First check-ins: '), someNames(days, MOST_DAYS)] as Line]),
    ...(unseen === 0 ? [] : [`and those of ${pilotsText(unseen)} more`]),
    ...(unsigned === 0
      ? []
      : [
          [
            bold('Not signed: '),
            `${pilotsText(unsigned)}. Nothing is asked about ${unsigned === 1 ? 'it' : 'them'} before the sponsor signs.`,
          ] as Line,
        ]),
    ...(ownerless.length === 0
      ? []
      : [
          [
            bold('Nobody in Slack: '),
            `the owner of ${someNames(ownerless, MOST_NAMES)}. Name another one under Edit charter.`,
          ] as Line,
        ]),
    'Clocks, grace and check-ins count from the release. What would have been sent before is not sent.',
  ];
}
