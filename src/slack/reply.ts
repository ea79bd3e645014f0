/** What should happen in answer to what somebody did? Replies are data; this file carries them out. */
import type { Message, View } from './blocks.ts';
import { sentence } from './blocks.ts';
import type { Courier } from './courier.ts';
import type { FieldErrors } from './form.ts';
import type { Incoming } from './incoming.ts';

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
async function tell(
  courier: Courier,
  incoming: Incoming,
  message: Message,
  id: string,
): Promise<void> {
  if (incoming.responseUrl !== null) {
    const answered = await courier.respond(incoming.responseUrl, message);
    if (answered.kind === 'done' || answered.kind === 'ambiguous') return;
  }
  // An ephemeral message in a direct conversation with the app is an ordinary message there: it would stay.
  if (incoming.channel !== null) {
    const whispered = await courier.whisper(incoming.channel, incoming.user, message);
    if (whispered.kind === 'done' || whispered.kind === 'ambiguous') return;
  }
  await courier.post(incoming.user, message, { id });
}

/** Carries out what is left of a reply to a press or command once it has been acknowledged. */
export async function perform(courier: Courier, incoming: Incoming, reply: Reply, id: string): Promise<void> {
  const late = sentence('That took too long and Slack closed the door. Nothing was changed; press again.');
  if (reply.do === 'say') return tell(courier, incoming, reply.message, id);
  if (reply.do === 'close' && reply.say !== undefined) return tell(courier, incoming, reply.say, id);
  if (reply.do === 'open' || reply.do === 'push') {
    if (incoming.trigger === null) return tell(courier, incoming, late, id);
    const stacked =
      reply.do === 'push' || (incoming.view !== null && incoming.view.id !== undefined && !isHome(incoming));
    let opened = stacked
      ? await courier.pushView(incoming.trigger, reply.view)
      : await courier.openView(incoming.trigger, reply.view);
    // A Slack without views.push, or a full stack: what is on top gives way.
    if (stacked && opened.kind === 'refused' && incoming.view?.id !== undefined) {
      opened = await courier.updateView(incoming.view.id, null, reply.view);
    }
    if (opened.kind === 'done' || opened.kind === 'ambiguous') return;
    // The same press delivered once more: the first one has opened it.
    if (opened.code === 'exchanged_trigger_id') return;
    return tell(courier, incoming, late, id);
  }
  if (reply.do === 'redraw' && incoming.view?.id !== undefined) {
    await courier.updateView(incoming.view.id, incoming.view.hash ?? null, reply.view);
  }
}

const isHome = (incoming: Incoming): boolean => (incoming.view as { type?: string } | null)?.type === 'home';
