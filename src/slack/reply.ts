/** What should happen in answer to what somebody did? Replies are data; this file carries them out. */
import type { Message, View } from './blocks.ts';
import { sentence } from './blocks.ts';
import type { Courier } from './courier.ts';
import type { FieldErrors } from './form.ts';
import type { Incoming } from './incoming.ts';
import { classifyCode, type Outcome } from './outcome.ts';

/** What a handler wants done for the person who acted. Messages to others are rows of the outbox, not replies. */
export type Reply =
  | { readonly do: 'nothing' }
  /** Say something only this person sees, where they acted. */
  | { readonly do: 'say'; readonly message: Message }
  | { readonly do: 'open'; readonly view: View }
  | { readonly do: 'push'; readonly view: View }
  | { readonly do: 'redraw'; readonly view: View }
  /** Submissions: keep the form open, filled, with a sentence at the fields that need one. */
  | { readonly do: 'refuse'; readonly errors: FieldErrors }
  /** Submissions: close the form, and say something where it was opened. */
  | { readonly do: 'close'; readonly say?: Message };

export const nothing: Reply = { do: 'nothing' };
/** Says something privately. */
export const say = (message: Message): Reply => ({ do: 'say', message });
/** Opens a form. */
export const open = (view: View): Reply => ({ do: 'open', view });
/** Keeps a form open with sentences at its fields. */
export const refuse = (errors: FieldErrors): Reply => ({ do: 'refuse', errors });
/** Closes a form and says something where it was opened. */
export const close = (message?: Message): Reply =>
  message === undefined ? { do: 'close' } : { do: 'close', say: message };

/** The body of the acknowledgement of a submitted form. */
export function submissionAck(reply: Reply): object | undefined {
  switch (reply.do) {
    case 'refuse':
      return { response_action: 'errors', errors: reply.errors };
    case 'push':
      return { response_action: 'push', view: reply.view };
    case 'redraw':
    case 'open':
      return { response_action: 'update', view: reply.view };
    case 'close':
    case 'say':
      return { response_action: 'clear' };
    case 'nothing':
      return undefined;
  }
}

/** Says something to one person: at the address of their action, else in the channel, else directly. */
async function tell(courier: Courier, incoming: Incoming, message: Message, id: string): Promise<void> {
  if (incoming.responseUrl !== null) {
    const answered = await courier.respond(incoming.responseUrl, message);
    if (answered.kind === 'done' || answered.kind === 'ambiguous') return;
  }
  if (incoming.channel !== null) {
    const whispered = await courier.whisper(incoming.channel, incoming.user, message);
    if (whispered.kind === 'done' || whispered.kind === 'ambiguous') return;
  }
  await courier.post(incoming.user, message, { id });
}

/** Codes of a door that Slack has closed meanwhile; anything else it refuses is wrong with what we sent. */
const CLOSED_DOOR = new Set(['expired_trigger_id', 'invalid_trigger_id', 'not_found', 'push_limit_reached']);

/**
 * Carries out what is left of a reply to a press or command once it has been acknowledged.
 *
 * @returns what Slack did not accept of ours, for the log; null when there is nothing to say about it
 */
export async function perform(
  courier: Courier,
  incoming: Incoming,
  reply: Reply,
  id: string,
  whomToTell: () => Promise<string>,
): Promise<Outcome<null> | null> {
  if (reply.do === 'say' || reply.do === 'close') {
    const said = reply.do === 'say' ? reply.message : reply.say;
    if (said !== undefined) await tell(courier, incoming, said, id);
    return null;
  }
  if (reply.do === 'redraw' && incoming.view?.id !== undefined) {
    return ours(await courier.updateView(incoming.view.id, incoming.view.hash ?? null, reply.view));
  }
  if (reply.do !== 'open' && reply.do !== 'push') return null;
  const opened = await show(courier, incoming, reply);
  if (opened.kind === 'done' || opened.kind === 'ambiguous') return null;
  // The same press delivered once more: the first one has opened it.
  if (opened.code === 'exchanged_trigger_id') return null;
  const words =
    ours(opened) === null
      ? 'That took too long for Slack to open it. Nothing was changed; press again.'
      : `Slack could not show this. Nothing was changed; press again, and tell ${await whomToTell()} if it stays.`;
  await tell(courier, incoming, sentence(words), id);
  return ours(opened);
}

const ours = (outcome: Outcome<null>): Outcome<null> | null =>
  outcome.kind === 'refused' && !CLOSED_DOOR.has(outcome.code) ? outcome : null;

/** Opens a view, on top of the one in front where there is one. */
async function show(
  courier: Courier,
  incoming: Incoming,
  reply: Extract<Reply, { do: 'open' | 'push' }>,
): Promise<Outcome<null>> {
  if (incoming.trigger === null) return classifyCode('expired_trigger_id');
  const front = isHome(incoming) ? undefined : incoming.view?.id;
  if (reply.do === 'open' && front === undefined) return courier.openView(incoming.trigger, reply.view);
  const pushed = await courier.pushView(incoming.trigger, reply.view);
  // A Slack without views.push, or a full stack: what is on top gives way.
  return pushed.kind === 'refused' && front !== undefined
    ? courier.updateView(front, null, reply.view)
    : pushed;
}

const isHome = (incoming: Incoming): boolean => (incoming.view as { type?: string } | null)?.type === 'home';
