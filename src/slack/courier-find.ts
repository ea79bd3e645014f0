/** Does a message of ours stand in a conversation, although nobody told us so? */
import type { Found, Place } from './courier.ts';
import type { Outcome } from './outcome.ts';

/** Event type of the metadata by which our own messages are found again. It carries an id and nothing else. */
export const RECEIPT = 'pilotage_outbox';

/** Calls a method of the Web API and sorts its answer. */
export type Ask = (method: string, options: Record<string, unknown>) => Promise<Outcome<Answer>>;

type Answer = Record<string, unknown>;

const PER_PAGE = 200;
const MOST_PAGES = 5;
/** How much older than its sending a page may be before looking further back is of no use: clocks differ. */
const EARLIER_MS = 10 * 60_000;

/**
 * Looks for a message by the id in its metadata, newest first, or among the answers of a thread. Needs the history scope
 * of that kind of conversation; for a person also `im:write`, which tells the conversation with them.
 *
 * @param since when it was sent at the earliest, epoch ms
 * @returns the message, or null when it is not there; `refused` with code `history_too_long` when that cannot be told
 */
export async function findPosted(
  ask: Ask,
  place: Place,
  id: string,
  since: number,
): Promise<Outcome<Found | null>> {
  const opened = await conversation(ask, place.to);
  if (opened.kind !== 'done') return opened;
  const channel = opened.value;
  const isThread = place.thread !== undefined;
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await ask(isThread ? 'conversations.replies' : 'conversations.history', {
      channel,
      ...(isThread ? { ts: place.thread } : {}),
      limit: PER_PAGE,
      include_all_metadata: true,
      ...(cursor === '' ? {} : { cursor }),
    });
    if (answer.kind !== 'done') return answer;
    const messages = messagesIn(answer.value);
    const found = messages.find((message) => idOf(message) === id);
    if (found !== undefined) return { kind: 'done', value: asFound(channel, found) };
    cursor = nextCursor(answer.value);
    const oldest = Number(messages.at(-1)?.['ts'] ?? 0) * 1000;
    if (cursor === '' || (!isThread && oldest < since - EARLIER_MS)) return { kind: 'done', value: null };
  }
  return { kind: 'refused', code: 'history_too_long', details: [] };
}

/** A person's direct conversation with us; any other place is a conversation already. */
async function conversation(ask: Ask, to: string): Promise<Outcome<string>> {
  if (!/^[UW]/.test(to)) return { kind: 'done', value: to };
  const answer = await ask('conversations.open', { users: to });
  if (answer.kind !== 'done') return answer;
  const { id } = (answer.value['channel'] ?? {}) as Answer;
  return typeof id === 'string'
    ? { kind: 'done', value: id }
    : { kind: 'refused', code: 'no_channel', details: [] };
}

const messagesIn = ({ messages }: Answer): readonly Answer[] =>
  Array.isArray(messages) ? (messages as Answer[]) : [];

const asFound = (channel: string, { ts, text, blocks }: Answer): Found => ({
  channel,
  ts: String(ts),
  text: typeof text === 'string' ? text : '',
  blocks: Array.isArray(blocks) ? blocks : [],
});

function idOf(message: Answer): unknown {
  const metadata = (message['metadata'] ?? {}) as Answer;
  if (metadata['event_type'] !== RECEIPT) return undefined;
  return ((metadata['event_payload'] ?? {}) as Answer)['id'];
}

function nextCursor(answer: Answer): string {
  const { next_cursor: next } = (answer['response_metadata'] ?? {}) as Answer;
  return typeof next === 'string' ? next : '';
}
