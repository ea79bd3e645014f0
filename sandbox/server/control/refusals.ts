/** What did an app try to show that Slack would not take? */
import type { JournalEntry } from '../journal.ts';
import { objectAt, textAt } from '../json.ts';
import type { Parts } from '../parts.ts';
import { findDirectMessage } from '../world/channels.ts';
import { findChannel } from '../world/names.ts';
import type { Channel, Person } from '../world/workspace.ts';

/** A payload that was refused. */
export interface RefusedPayload {
  /** The number of its line in the journal. */
  n: number;
  /** Epoch milliseconds of the workspace's clock. */
  at: number;
  /** The Web API method, or `response_url`. */
  name: string;
  app: string | null;
  /** Slack's code, such as `invalid_blocks`. */
  error: string;
  /** What is wrong, one sentence each. */
  messages: string[];
  /** The text that came with it; empty when there was none. */
  text: string;
}

const showing = new Set(['chat.postMessage', 'chat.postEphemeral', 'chat.update']);

/** The refused messages that would have stood in a conversation, as one person would have seen them. */
export function refusedMessages(parts: Parts, person: Person, channel: Channel): RefusedPayload[] {
  return parts.journal
    .read()
    .filter((entry) => entry.failure !== null && meant(parts, person, channel, entry))
    .map(refusal);
}

/** Why the Home an app published last was refused, or null when it was not. */
export function refusedHome(parts: Parts, person: Person, appId: string): RefusedPayload | null {
  const last = parts.journal
    .read()
    .findLast(
      ({ name, app, request }) =>
        name === 'views.publish' && app === appId && objectAt(request)['user_id'] === person.id,
    );
  return last === undefined || !isRefused(last) ? null : refusal(last);
}

/** The refused modals after a line of the journal. */
export function refusedModals(parts: Parts, since: number): RefusedPayload[] {
  return parts.journal
    .read(since)
    .filter((entry) => /^views\.(open|push|update)$/.test(entry.name) && isRefused(entry))
    .map(refusal);
}

function meant(parts: Parts, person: Person, channel: Channel, entry: JournalEntry): boolean {
  if (!showing.has(entry.name) || !isRefused(entry)) return false;
  const request = objectAt(entry.request);
  const bot = parts.workspace.apps.get(entry.app ?? '')?.botUserId ?? '';
  const to = textAt(request['channel']);
  const where = findDirectMessage(parts.workspace, bot, to) ?? findChannel(parts.workspace, to);
  const onlyFor = entry.name === 'chat.postEphemeral' ? request['user'] : person.id;
  return where?.id === channel.id && onlyFor === person.id;
}

/** An answer that says no; not a failure that was switched on, and not one of patience. */
function isRefused({ answer, failure }: JournalEntry): boolean {
  const said = objectAt(answer);
  return failure !== null && said['ok'] === false && said['error'] !== 'ratelimited';
}

function refusal({ n, at, name, app, answer, request }: JournalEntry): RefusedPayload {
  const said = objectAt(answer);
  const listed = objectAt(said['response_metadata'])['messages'];
  return {
    n,
    at,
    name,
    app,
    error: textAt(said['error']),
    messages: Array.isArray(listed) ? listed.map(String) : [],
    text: textAt(objectAt(request)['text']),
  };
}
