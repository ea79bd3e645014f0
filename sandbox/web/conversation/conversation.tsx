/** How is a conversation shown: its head, its messages, and the box to write in? */
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { PageChannel, PageState } from '../../server/control/page-state.ts';
import { ask } from '../live/ask.ts';
import type { Conversation as Known } from '../live/conversation.ts';
import { otherIn } from '../live/place.ts';
import { useSeenPart } from '../live/use-live.ts';
import { dayName } from '../live/zone.ts';
import { Icon } from '../shell/icons.tsx';
import { type Reader, useReader } from '../text/reader.ts';
import { Composer } from './composer.tsx';
import { Message, nameOfMessage } from './message.tsx';
import { Refusal } from './refusal.tsx';
import { type Row, rowsOf, topLevel } from './rows.ts';
import { VirtualList } from './virtual-list.tsx';

export interface ConversationProps {
  state: PageState;
  channel: PageChannel;
  /** Its messages, once they are here. */
  known: Known | null;
}

/** The messages of a channel or direct message, and the box to write in. */
export function Conversation({ state, channel, known }: ConversationProps): ReactNode {
  const reader = useReader();
  const { me, tz } = reader;
  // What was new when the person came stays marked as new while they are here.
  const [readUpTo] = useState(channel.readUpTo);
  // Unknown until the list has been laid out: nothing counts as read before that.
  const [atEnd, setAtEnd] = useState(false);
  const toEnd = useRef<(() => void) | null>(null);
  const rows = useMemo(
    () =>
      known === null
        ? []
        : rowsOf({ messages: topLevel(known.messages), refusals: known.refusals, readUpTo, me, tz }),
    [known, readUpTo, me, tz],
  );
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  useReading(channel, known, atEnd, me);
  useMessagesTab(state, channel);
  const newBelow = !atEnd && channel.unread > 0;
  const name = channel.kind === 'im' ? channel.name : `#${channel.name}`;
  return (
    <>
      {known !== null && rows.length === 0 ? (
        <p className="nothing-yet">Nothing has been said here yet.</p>
      ) : (
        <div className="list-frame">
          <VirtualList
            keys={keys}
            draw={(index) => <DrawnRow row={rows[index]} />}
            nameOf={(index) => nameOfRow(rows[index], reader)}
            label={`Messages in ${name}`}
            startAt={keys.includes('new') ? 'new' : null}
            onEnd={setAtEnd}
            toEnd={toEnd}
          />
          {!atEnd && rows.length > 0 && (
            <button type="button" className="to-end" data-new={newBelow} onClick={() => toEnd.current?.()}>
              <Icon name="down" />
              {newBelow ? `${channel.unread} new` : 'Newest'}
            </button>
          )}
        </div>
      )}
      <Foot state={state} channel={channel} onSent={() => toEnd.current?.()} />
    </>
  );
}

function DrawnRow({ row }: { row: Row | undefined }): ReactNode {
  switch (row?.kind) {
    case 'day':
      return <DayDivider at={row.at} />;
    case 'new':
      return (
        <div className="divider new">
          <span>New</span>
        </div>
      );
    case 'message':
      return <Message message={row.message} follows={row.follows} />;
    case 'refusal':
      return <Refusal refusal={row.refusal} />;
    default:
      return null;
  }
}

function nameOfRow(row: Row | undefined, reader: Reader): string {
  switch (row?.kind) {
    case 'day':
      return dayName(row.at, reader.tz, reader.now);
    case 'message':
      return nameOfMessage(row.message, reader);
    case 'refusal':
      return 'A refused message';
    default:
      return 'New messages';
  }
}

function DayDivider({ at }: { at: number }): ReactNode {
  const { tz, now } = useReader();
  return (
    <div className="divider">
      <span>{dayName(at, tz, now)}</span>
    </div>
  );
}

/** The box to write in, or why there is none. */
function Foot({
  state,
  channel,
  onSent,
}: {
  state: PageState;
  channel: PageChannel;
  onSent(): void;
}): ReactNode {
  const other = channel.kind === 'im' ? otherIn(state, channel) : undefined;
  const app = state.apps.find(({ botUserId }) => botUserId === other?.id);
  if (channel.isArchived)
    return <p className="foot-note">This channel is archived. It can be read, not written to.</p>;
  if (!channel.isMember) return <Join channel={channel} me={state.me} />;
  if (app !== undefined && app.messagesTab !== 'on') {
    return <p className="foot-note">Sending messages to {app.name} has been turned off.</p>;
  }
  if (other?.deleted === true) return <p className="foot-note">{other.realName} is deactivated.</p>;
  const name = channel.kind === 'im' ? (other?.realName ?? '') : `#${channel.name}`;
  return <Composer key={channel.id} channel={channel.id} label={`Message to ${name}`} onSent={onSent} />;
}

function Join({ channel, me }: { channel: PageChannel; me: string }): ReactNode {
  return (
    <p className="foot-note">
      You are not in #{channel.name}.
      <button
        type="button"
        className="button"
        onClick={() => void ask('channels/invite', { channel: channel.id, who: me })}
      >
        Join
      </button>
    </p>
  );
}

/**
 * Whoever looks at the end of a conversation has read it. What counts is the newest message drawn: how many are
 * unread comes a moment later, when the person may have scrolled on.
 */
function useReading(channel: PageChannel, known: Known | null, atEnd: boolean, me: string): void {
  const visible = useVisible();
  const live = useSeenPart((seen) => seen.connection === 'live');
  const { id, latest, unread } = channel;
  const drawn = known?.messages.at(-1)?.ts;
  useEffect(() => {
    if (!visible || !atEnd || !live || drawn === undefined) return;
    if (drawn <= latest && unread === 0) return;
    // Without an answer nothing is marked, and the next message tries again.
    ask('page/read', { user: me, channel: id, ts: drawn < latest ? latest : drawn }).catch(() => undefined);
  }, [visible, atEnd, live, drawn, id, latest, unread, me]);
}

/** To look at the messages of an app is to open its Messages tab, which the app is told. */
function useMessagesTab(state: PageState, channel: PageChannel): void {
  const live = useSeenPart((seen) => seen.connection === 'live');
  const other = channel.kind === 'im' ? otherIn(state, channel)?.id : undefined;
  const app = state.apps.find(({ botUserId }) => botUserId === other)?.id;
  const user = state.me;
  useEffect(() => {
    // An app that cannot be reached has its messages all the same.
    if (live && app !== undefined) ask('open-messages', { user, app }).catch(() => undefined);
  }, [live, app, user]);
}

function useVisible(): boolean {
  const [visible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const changed = (): void => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  }, []);
  return visible;
}
