/** In which order do messages, days and refused payloads stand below one another? */
import type { PageMessage } from '../../server/control/page-state.ts';
import type { RefusedPayload } from '../../server/control/refusals.ts';
import { dayOf } from '../live/zone.ts';

/** One row of a conversation. */
export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'new'; key: string }
  | { kind: 'message'; key: string; message: PageMessage; follows: boolean }
  | { kind: 'refusal'; key: string; refusal: RefusedPayload };

export interface Told {
  messages: readonly PageMessage[];
  refusals: readonly RefusedPayload[];
  /** Up to which timestamp the person had read when they came; everything newer of others is new. */
  readUpTo: string;
  me: string;
  tz: string;
}

/** Messages of one author so close together stand under one name. */
const close = 5 * 60_000;

/** The rows of what is told, oldest first. */
export function rowsOf({ messages, refusals, readUpTo, me, tz }: Told): Row[] {
  const rows: Row[] = [];
  let day = '';
  let before: PageMessage | null = null;
  let markedNew = false;
  let refused = 0;

  const enterDay = (at: number): void => {
    const now = dayOf(at, tz);
    if (now === day) return;
    day = now;
    before = null;
    rows.push({ kind: 'day', key: `day ${now}`, at });
  };
  const refuseUpTo = (at: number): void => {
    for (
      let refusal = refusals[refused];
      refusal !== undefined && refusal.at <= at;
      refusal = refusals[refused]
    ) {
      enterDay(refusal.at);
      rows.push({ kind: 'refusal', key: `refusal ${refusal.n}`, refusal });
      before = null;
      refused += 1;
    }
  };

  for (const message of messages) {
    const at = Number(message.ts) * 1000;
    refuseUpTo(at - 1);
    enterDay(at);
    if (!markedNew && isNew(message, readUpTo, me)) {
      markedNew = true;
      before = null;
      rows.push({ kind: 'new', key: 'new' });
    }
    rows.push({ kind: 'message', key: message.ts, message, follows: follows(before, message) });
    before = message;
  }
  refuseUpTo(Number.POSITIVE_INFINITY);
  return rows;
}

/** The messages of a channel that do not stand in a thread, or were sent to the channel from there. */
export function topLevel(messages: readonly PageMessage[]): PageMessage[] {
  return messages.filter(
    ({ ts, thread_ts: root, subtype }) => root === undefined || root === ts || subtype === 'thread_broadcast',
  );
}

function isNew({ ts, user, is_ephemeral: ephemeral }: PageMessage, readUpTo: string, me: string): boolean {
  return user !== me && !ephemeral && Number(ts) > Number(readUpTo);
}

function follows(before: PageMessage | null, message: PageMessage): boolean {
  if (before === null || before.user !== message.user || before['username'] !== message['username'])
    return false;
  if (before.is_ephemeral !== message.is_ephemeral || before.is_ephemeral) return false;
  if (message['subtype'] === 'channel_join' || before['subtype'] !== message['subtype']) return false;
  return (Number(message.ts) - Number(before.ts)) * 1000 < close;
}
