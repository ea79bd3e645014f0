/** What can a person see? */
import { isEphemeral } from '../delivery/payloads.ts';
import type { JournalEntry } from '../journal.ts';
import type { JsonObject } from '../json.ts';
import type { Parts } from '../parts.ts';
import { canSee } from '../world/channels.ts';
import { describeMessage } from '../world/messages.ts';
import { appNamed, conversationFor, personNamed } from '../world/names.ts';
import { describeView, homeOf, modalsOf } from '../world/views.ts';
import type { Message, Notice, OpenView } from '../world/workspace.ts';
import { messageText } from './plain-text.ts';
import { visibleMessages } from './press-message.ts';

/** A message as one person sees it. */
export interface SeenMessage extends JsonObject {
  ts: string;
  text: string;
  channel: string;
  thread_ts?: string;
  user?: string;
  blocks?: JsonObject[];
  /** True when nobody else sees it. */
  is_ephemeral: boolean;
}

/** A view as the person in front of it sees it. */
export interface SeenView extends JsonObject {
  id: string;
  callback_id: string;
  blocks: JsonObject[];
  /** Sentences beside inputs after a refused submission: by block id. */
  errors: Record<string, string>;
}

/** A conversation as one person sees it. */
export interface SeenChannel {
  id: string;
  kind: 'channel' | 'im';
  /** The name of a channel, or of the other person in a direct message. */
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  isExtShared: boolean;
  isMember: boolean;
  /** Ids of people and bots. */
  members: string[];
}

export interface Read {
  /** The messages of a conversation, oldest first; with `thread` only that thread. */
  messages(user: string, conversation: string, options?: { thread?: string }): SeenMessage[];
  /** The messages of the direct conversation with an app or a person. */
  dm(user: string, appOrPerson: string): SeenMessage[];
  /** The Home an app has published for this person, or null. */
  home(user: string, app?: string): SeenView | null;
  /** The modals a person has open, the one in front last. */
  views(user: string): SeenView[];
  /** What Slack told the person outside messages. */
  notices(user: string): Notice[];
  /** The conversations a person can open. */
  channels(user: string): SeenChannel[];
  /** Calls and deliveries with a number above `since`. */
  log(options?: { since?: number }): JournalEntry[];
  /** A message, view or list of blocks as a person would read it, in plain lines. */
  text(message: JsonObject, viewer?: string): string;
}

/** What can be read of one workspace. */
export function createRead(parts: Parts): Read {
  const { workspace } = parts;
  const messages = (user: string, conversation: string, options: { thread?: string } = {}): SeenMessage[] => {
    const person = personNamed(workspace, user);
    const channel = conversationFor(workspace, person, conversation);
    const seen = visibleMessages(parts, person, channel).map((source): SeenMessage => {
      const message: Message = isEphemeral(source) ? source.message : source;
      return {
        ...(describeMessage(message, true) as Message),
        channel: channel.id,
        is_ephemeral: isEphemeral(source),
      };
    });
    const { thread } = options;
    return thread === undefined
      ? seen
      : seen.filter(({ ts, thread_ts }) => ts === thread || thread_ts === thread);
  };
  return {
    messages,
    dm: (user, appOrPerson) => messages(user, appOrPerson),
    home(user, app) {
      const person = personNamed(workspace, user);
      const view = homeOf(workspace, appNamed(workspace, app).id, person.id);
      return view === undefined ? null : seenView(parts, view);
    },
    views: (user) =>
      modalsOf(workspace, personNamed(workspace, user).id).map((view) => seenView(parts, view)),
    notices: (user) => {
      const person = personNamed(workspace, user);
      return workspace.notices.filter((notice) => notice.user === person.id);
    },
    channels(user) {
      const person = personNamed(workspace, user);
      return [...workspace.channels.values()]
        .filter((channel) => canSee(workspace, person, channel))
        .map(({ id, kind, name, isPrivate, isArchived, isExtShared, members }) => {
          const other = [...members].find((member) => member !== person.id) ?? person.id;
          return {
            id,
            kind,
            name: kind === 'im' ? (workspace.people.get(other)?.realName ?? '') : name,
            isPrivate,
            isArchived,
            isExtShared,
            isMember: members.has(person.id),
            members: [...members],
          };
        });
    },
    log: ({ since = 0 } = {}) => parts.journal.read(since),
    text: (message, viewer) =>
      messageText(parts, message, viewer === undefined ? undefined : personNamed(workspace, viewer)),
  };
}

function seenView(parts: Parts, view: OpenView): SeenView {
  return { ...describeView(parts.workspace, view), errors: { ...view.errors } } as SeenView;
}
