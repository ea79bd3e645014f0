/** How is one message drawn? */
import { memo, type ReactNode, useMemo } from 'react';
import type { PageMessage } from '../../server/control/page-state.ts';
import { type JsonObject, objectsAt, textAt } from '../../server/json.ts';
import { Blocks, TextAlone } from '../blocks/block.tsx';
import { SurfaceContext } from '../blocks/surface.ts';
import { useSurfaceOf } from '../blocks/use-surface.ts';
import { ask } from '../live/ask.ts';
import { clockTime, dayAndTime } from '../live/zone.ts';
import { go } from '../shell/address-bar.ts';
import { Avatar } from '../shell/avatar.tsx';
import { Icon } from '../shell/icons.tsx';
import { Marks } from '../shell/marks.tsx';
import { type Reader, useReader } from '../text/reader.ts';
import { Attachments } from './attachments.tsx';
import { Files } from './files.tsx';
import { MessageTools } from './message-tools.tsx';
import { Reactions } from './reactions.tsx';

export interface MessageProps {
  message: PageMessage;
  /** True below a message of the same author. */
  follows: boolean;
  /** True in the pane of a thread, where replies are not counted again. */
  inThread?: boolean;
}

/** A message with its author, blocks, files, reactions and replies. */
export const Message = memo(function Message({
  message,
  follows,
  inThread = false,
}: MessageProps): ReactNode {
  const { people, me, tz } = useReader();
  const author = people.get(message.user ?? '');
  const name = textAt(message['username']) || author?.realName || 'Somebody';
  const at = Number(message.ts) * 1000;
  if (isLine(message)) return <SystemLine message={message} name={name} />;
  return (
    <div
      className={follows ? 'message follows' : 'message'}
      data-ephemeral={message.is_ephemeral}
      data-ts={message.ts}
    >
      {follows ? (
        <time className="message-side-time" dateTime={new Date(at).toISOString()}>
          {clockTime(at, tz)}
        </time>
      ) : (
        <Avatar name={name} isApp={author?.isBot === true} />
      )}
      <div className="message-body">
        {!follows && (
          <p className="message-head">
            <span className="message-name">{name}</span>
            {author !== undefined && <Marks person={author} />}
            <time className="message-time" dateTime={new Date(at).toISOString()} title={dayAndTime(at, tz)}>
              {clockTime(at, tz)}
            </time>
          </p>
        )}
        {message.is_ephemeral && <OnlyYou message={message} user={me} />}
        <Content message={message} user={me} />
        <Reactions message={message} />
        {!inThread && <Replies message={message} />}
      </div>
      {!message.is_ephemeral && <MessageTools message={message} inThread={inThread} />}
    </div>
  );
});

function Content({ message, user }: { message: PageMessage; user: string }): ReactNode {
  const surface = useSurfaceOf(
    { kind: 'message', user, channel: message.channel, ts: message.ts },
    useMemo(() => ({ entered: message.entered }), [message.entered]),
  );
  const blocks = objectsAt(message.blocks);
  return (
    <SurfaceContext value={surface}>
      {blocks.length > 0 ? (
        <Blocks blocks={blocks} />
      ) : (
        message.text !== '' && <TextAlone text={message.text} />
      )}
      {message['edited'] !== undefined && <span className="edited">(edited)</span>}
      <Attachments attachments={objectsAt(message['attachments'])} />
      <Files files={objectsAt(message['files'])} />
    </SurfaceContext>
  );
}

function OnlyYou({ message, user }: { message: PageMessage; user: string }): ReactNode {
  const dismiss = (): void => void ask('page/dismiss', { user, channel: message.channel, ts: message.ts });
  return (
    <p className="only-you">
      Only visible to you
      <button type="button" className="link-button" onClick={dismiss}>
        Dismiss
      </button>
    </p>
  );
}

function Replies({ message }: { message: PageMessage }): ReactNode {
  const { people, tz } = useReader();
  const count = Number(message['reply_count'] ?? 0);
  if (count === 0) return null;
  const last = Number(textAt(message['latest_reply'])) * 1000;
  const users = Array.isArray(message['reply_users']) ? message['reply_users'].map(String).slice(0, 4) : [];
  return (
    <button type="button" className="replies" onClick={() => go({ thread: message.ts })}>
      <span className="replies-faces">
        {users.map((id) => (
          <Avatar
            key={id}
            name={people.get(id)?.realName ?? id}
            isApp={people.get(id)?.isBot === true}
            size={20}
          />
        ))}
      </span>
      <span className="replies-count">
        {count} {count === 1 ? 'reply' : 'replies'}
      </span>
      <span className="replies-last">last {dayAndTime(last, tz)}</span>
    </button>
  );
}

/** What Slack writes about a channel itself: joins, deleted messages. */
function SystemLine({ message, name }: { message: PageMessage; name: string }): ReactNode {
  const { tz } = useReader();
  const at = Number(message.ts) * 1000;
  const gone = message['subtype'] === 'tombstone';
  return (
    <div className="system-line" data-ts={message.ts}>
      <p>
        {gone ? <Icon name="bin" /> : <Icon name="people" />}
        {gone ? 'This message was deleted.' : `${name} joined.`}{' '}
        <time className="message-time">{clockTime(at, tz)}</time>
      </p>
      {gone && <Replies message={message} />}
    </div>
  );
}

function isLine(message: JsonObject): boolean {
  return ['channel_join', 'group_join', 'tombstone'].includes(textAt(message['subtype']));
}

/** What a message is called: who wrote it, and when. */
export function nameOfMessage(message: PageMessage, { people, tz }: Reader): string {
  const author = textAt(message['username']) || people.get(message.user ?? '')?.realName || 'Somebody';
  return `${author}, ${clockTime(Number(message.ts) * 1000, tz)}`;
}
