/** In which words do people read that sending is held, and what waits? */
import { clockText } from '../core/rhythm-text.ts';
import { context, type Message } from '../slack/blocks.ts';
import { LIMITS } from '../slack/limits.ts';
import { bold, type Line, messageText } from '../slack/text.ts';
import { kindText } from './undelivered-text.ts';

/** Since when, and by whom, as people read it. */
export interface Held {
  readonly since: number;
  /** The day it began, in words. */
  readonly day: string;
  readonly who: string;
  readonly zone: string;
}

const MOST_KINDS = 8;

/** '14 messages wait' */
export function waitText(count: number): string {
  if (count === 0) return 'Nothing waits';
  return count === 1 ? 'One message waits' : `${count} messages wait`;
}

/** What is so, and what waits, by kind. */
export function heldLines(
  held: Held,
  waiting: readonly { readonly kind: string; readonly count: number }[],
): Line[] {
  const sum = waiting.reduce((all, { count }) => all + count, 0);
  const kinds = waiting
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_KINDS)
    .map(({ kind, count }): Line => [bold(`${count} × `), kindText(kind)]);
  const rest = waiting.length - kinds.length;
  return [
    [
      bold('All sending is held'),
      ` since ${held.day} ${clockText(held.since, held.zone)}, by ${held.who}. ${waitText(sum)}.`,
    ],
    ...kinds,
    ...(rest > 0 ? [`and ${rest} more kinds`] : []),
  ];
}

/** What holding means, for whoever is about to do it. */
export const HOLD_LINES: readonly Line[] = [
  [bold('Messages go out as they fall due.')],
  'Hold all sending, and nobody hears from me until it is released. Only whoever acts still gets an answer, and cards that stand are kept true.',
  'What waits is looked at again on release: what has become unnecessary is left out, and of several of a kind to the same place only the newest goes out.',
];

/** The same answer, with a word about what does not go out for now. */
export function withHeldNote(message: Message, count: number, office: string): Message {
  const words = `Sending is held here, so ${count === 1 ? 'one message to others waits' : `${count} messages to others wait`} until ${office} releases it.`;
  return {
    text: messageText([message.text, words]),
    blocks:
      message.blocks.length < LIMITS.message.blocks ? [...message.blocks, context(words)] : message.blocks,
  };
}
