/** Which messages of the open conversation are known? */
import type { PageMessage, PageMessages } from '../../server/control/page-state.ts';
import type { RefusedPayload } from '../../server/control/refusals.ts';
import { keepEqual } from './keep-equal.ts';

/** The open conversation, as one person sees it. */
export interface Conversation {
  /** What it was opened by; empty when everything has to be fetched anew. */
  name: string;
  /** Who looks, as they were named. */
  user: string;
  /** Its id. */
  channel: string;
  /** Oldest first. */
  messages: readonly PageMessage[];
  /** Payloads Slack would not have taken, oldest first. */
  refusals: readonly RefusedPayload[];
}

/**
 * The conversation after a fetch.
 * @param open what was known; null when nothing was
 * @param only the timestamps that were asked for, of which those that did not come are gone; undefined for all
 */
export function mergeMessages(
  { name, user }: Pick<Conversation, 'name' | 'user'>,
  open: Conversation | null,
  fresh: PageMessages,
  only: readonly string[] | undefined,
): Conversation {
  const known = new Map(open?.messages.map((message) => [message.ts, message]));
  const kept = new Map(only === undefined ? [] : known);
  for (const ts of only ?? []) kept.delete(ts);
  for (const message of fresh.messages) kept.set(message.ts, keepEqual(known.get(message.ts), message));
  const messages = [...kept.values()].sort((one, other) => Number(one.ts) - Number(other.ts));
  return { name, user, channel: fresh.channel, messages, refusals: fresh.refusals };
}
