/** Where can this person go, and what is new there? */
import { memo, type ReactNode, useMemo, useState } from 'react';
import type { PageApp, PageChannel, PagePerson, PageState } from '../../server/control/page-state.ts';
import { nameOfChannel, otherIn, type Place } from '../live/place.ts';
import { useSeenPart } from '../live/use-live.ts';
import { cityOf, clockTime } from '../live/zone.ts';
import { goToConversation, goToHome } from './address-bar.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { Marks } from './marks.tsx';

export interface SidebarProps {
  state: PageState;
  place: Place;
}

/** Channels, direct messages and apps of the acting person. */
export const Sidebar = memo(function Sidebar({ state, place }: SidebarProps): ReactNode {
  const me = state.people.find(({ id }) => id === state.me);
  const channels = state.channels.filter(({ kind }) => kind === 'channel');
  const bots = new Set(state.apps.map(({ botUserId }) => botUserId));
  const direct = useMemo(() => directMessages(state, bots), [state, bots]);
  const open = place.kind === 'conversation' ? place.name : '';
  return (
    <nav className="sidebar" aria-label="Places">
      {me !== undefined && <Self me={me} />}
      <Section title="Channels">
        {channels
          .filter(({ isMember, isArchived }) => isMember && !isArchived)
          .map((channel) => (
            <ChannelEntry key={channel.id} channel={channel} current={open === channel.name} />
          ))}
      </Section>
      <More
        title="Other channels"
        channels={channels.filter(({ isMember, isArchived }) => !isMember || isArchived)}
        open={open}
      />
      <Section title="Direct messages">
        {direct.map(({ person, channel }) => (
          <Entry
            key={person.id}
            name={`@${person.name}`}
            current={open === `@${person.name}`}
            unread={channel?.mentions ?? 0}
            bold={(channel?.unread ?? 0) > 0}
          >
            <Avatar name={person.realName} size={20} />
            <span className="entry-name">{person.realName}</span>
            <Marks person={person} />
          </Entry>
        ))}
        <NewMessage state={state} listed={direct.map(({ person }) => person.id)} />
      </Section>
      {state.apps.length > 0 && (
        <Section title="Apps">
          {state.apps.map((app) => (
            <AppEntry key={app.id} app={app} state={state} place={place} />
          ))}
        </Section>
      )}
    </nav>
  );
});

function Self({ me }: { me: PagePerson }): ReactNode {
  const now = useSeenPart((seen) => Math.floor(seen.now / 60_000) * 60_000);
  return (
    <div className="self">
      <Avatar name={me.realName} size={40} />
      <div>
        <p className="self-name">{me.realName}</p>
        <p className="self-place">
          {clockTime(now, me.tz)} in {cityOf(me.tz)}
        </p>
        <p className="self-marks">
          {me.isAdmin && <span className="mark-badge">admin</span>}
          <Marks person={me} />
        </p>
      </div>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="places" aria-label={title}>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

interface EntryProps {
  name: string;
  current: boolean;
  unread: number;
  bold: boolean;
  quiet?: boolean;
  onOpen?(): void;
  children: ReactNode;
}

function Entry({ name, current, unread, bold, quiet = false, onOpen, children }: EntryProps): ReactNode {
  return (
    <li>
      <button
        type="button"
        className={quiet ? 'place quiet' : 'place'}
        data-unread={bold}
        aria-current={current ? 'page' : undefined}
        onClick={onOpen ?? (() => goToConversation(name))}
      >
        {children}
        {bold && unread === 0 && <span className="visually-hidden">, unread</span>}
        {unread > 0 && (
          <span className="badge">
            {unread > 99 ? '99+' : unread}
            <span className="visually-hidden"> unread</span>
          </span>
        )}
      </button>
    </li>
  );
}

function ChannelEntry({ channel, current }: { channel: PageChannel; current: boolean }): ReactNode {
  const quiet = !channel.isMember || channel.isArchived;
  return (
    <Entry
      name={channel.name}
      current={current}
      unread={quiet ? 0 : channel.mentions}
      bold={!quiet && channel.unread > 0}
      quiet={quiet}
    >
      <Icon name={channel.isPrivate ? 'lock' : 'hash'} />
      <span className="entry-name">{channel.name}</span>
      {channel.isExtShared && <Icon name="shared" />}
      {channel.isArchived && <span className="mark-badge">archived</span>}
    </Entry>
  );
}

function More({
  title,
  channels,
  open,
}: {
  title: string;
  channels: readonly PageChannel[];
  open: string;
}): ReactNode {
  if (channels.length === 0) return null;
  return (
    <details className="places more-places" open={channels.some(({ name }) => name === open)}>
      <summary>{title}</summary>
      <ul>
        {channels.map((channel) => (
          <ChannelEntry key={channel.id} channel={channel} current={open === channel.name} />
        ))}
      </ul>
    </details>
  );
}

function AppEntry({ app, state, place }: { app: PageApp; state: PageState; place: Place }): ReactNode {
  const bot = state.people.find(({ id }) => id === app.botUserId);
  const channel = state.channels.find(
    (each) => each.kind === 'im' && otherIn(state, each)?.id === app.botUserId,
  );
  const current =
    (place.kind === 'home' && place.app.id === app.id) ||
    (place.kind === 'conversation' && place.person?.id === app.botUserId);
  const unread = channel?.mentions ?? 0;
  const toMessages = (unread > 0 || !app.homeTab) && app.messagesTab !== 'off';
  return (
    <Entry
      name={app.name}
      current={current}
      unread={unread}
      bold={unread > 0}
      onOpen={() => (toMessages ? goToConversation(`@${bot?.name ?? ''}`) : goToHome(app.name))}
    >
      <Avatar name={app.name} isApp size={20} />
      <span className="entry-name">{app.name}</span>
      {app.state !== 'installed' && <span className="mark-badge">removed</span>}
    </Entry>
  );
}

function NewMessage({ state, listed }: { state: PageState; listed: readonly string[] }): ReactNode {
  const [choosing, setChoosing] = useState(false);
  const others = state.people.filter(
    ({ id, isBot, deleted }) => !isBot && !deleted && !listed.includes(id) && id !== state.me,
  );
  if (others.length === 0) return null;
  return (
    <>
      <li>
        <button
          type="button"
          className="place quiet"
          aria-expanded={choosing}
          onClick={() => setChoosing(!choosing)}
        >
          <Icon name="plus" />
          <span className="entry-name">Somebody else</span>
        </button>
      </li>
      {choosing &&
        others.map((person) => (
          <Entry
            key={person.id}
            name={`@${person.name}`}
            current={false}
            unread={0}
            bold={false}
            quiet
            onOpen={() => {
              setChoosing(false);
              goToConversation(`@${person.name}`);
            }}
          >
            <Avatar name={person.realName} size={20} />
            <span className="entry-name">{person.realName}</span>
            <Marks person={person} />
          </Entry>
        ))}
    </>
  );
}

function directMessages(
  state: PageState,
  bots: ReadonlySet<string>,
): { person: PagePerson; channel: PageChannel | undefined }[] {
  return state.channels
    .filter(({ kind }) => kind === 'im')
    .flatMap((channel) => {
      const person = otherIn(state, channel);
      return person === undefined || bots.has(person.id) ? [] : [{ person, channel }];
    })
    .sort((one, other) => one.person.realName.localeCompare(other.person.realName));
}

/** The address of a channel, for links. */
export function hrefOfChannel(state: PageState, channel: PageChannel): string {
  return `?as=${state.people.find(({ id }) => id === state.me)?.name ?? ''}&in=${encodeURIComponent(nameOfChannel(state, channel))}`;
}
