/** How is a thread shown beside its conversation? */
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import type { PageChannel } from '../../server/control/page-state.ts';
import type { Conversation } from '../live/conversation.ts';
import { go } from '../shell/address-bar.ts';
import { Icon } from '../shell/icons.tsx';
import { useReader } from '../text/reader.ts';
import { Composer } from './composer.tsx';
import { Message, nameOfMessage } from './message.tsx';

export interface ThreadProps {
  channel: PageChannel;
  known: Conversation | null;
  /** Timestamp of the message the thread hangs on. */
  root: string;
}

/** The message a thread hangs on, its replies, and the box to answer in. */
export function Thread({ channel, known, root }: ThreadProps): ReactNode {
  const messages = useMemo(
    () => known?.messages.filter(({ ts, thread_ts: of }) => ts === root || of === root) ?? [],
    [known, root],
  );
  const reader = useReader();
  const end = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const count = messages.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new reply is scrolled to
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [count]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another thread takes the focus anew
  useEffect(() => heading.current?.focus(), [root]);
  const name = channel.kind === 'im' ? channel.name : `#${channel.name}`;
  const [first, ...replies] = messages;
  return (
    <section className="pane thread" aria-labelledby="thread-title">
      <header className="pane-head">
        <h2 id="thread-title" ref={heading} tabIndex={-1}>
          Thread <small>{name}</small>
        </h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close the thread"
          onClick={() => go({ thread: '' })}
        >
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section className="thread-messages" aria-label="Messages in this thread" tabIndex={0}>
        {known !== null && first === undefined && (
          <p className="nothing-yet">This message is not here any more.</p>
        )}
        {first !== undefined && <Message message={first} follows={false} inThread />}
        {replies.length > 0 && (
          <div className="divider">
            <span>
              {replies.length} {replies.length === 1 ? 'reply' : 'replies'}
            </span>
          </div>
        )}
        {replies.map((message) => (
          <article key={message.ts} aria-label={nameOfMessage(message, reader)}>
            <Message message={message} follows={false} inThread />
          </article>
        ))}
        <div ref={end} />
      </section>
      {channel.isMember && !channel.isArchived && first !== undefined && (
        <Composer key={root} channel={channel.id} threadTs={root} label="Reply in this thread" />
      )}
    </section>
  );
}
