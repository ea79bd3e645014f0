/** What is open here? */
import type { ReactNode } from 'react';
import type { PageApp, PageState } from '../../server/control/page-state.ts';
import { otherIn, type Place } from '../live/place.ts';
import { cityOf } from '../live/zone.ts';
import { go, goToConversation, goToHome } from './address-bar.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { Marks } from './marks.tsx';

/** The head of the open place: its name, who is there, and an app's tabs. */
export function PlaceHead({ state, place }: { state: PageState; place: Place }): ReactNode {
  const app = appOf(state, place);
  return (
    <header className="place-head">
      <button
        type="button"
        className="icon-button back"
        aria-label="Back to the list"
        onClick={() => go({ at: '', home: '', thread: '' })}
      >
        <Icon name="left" />
      </button>
      <Title state={state} place={place} app={app} />
      {app?.homeTab === true && app.messagesTab !== 'off' && (
        <Tabs state={state} app={app} isHome={place.kind === 'home'} />
      )}
    </header>
  );
}

function Title({
  state,
  place,
  app,
}: {
  state: PageState;
  place: Place;
  app: PageApp | undefined;
}): ReactNode {
  if (app !== undefined) {
    return (
      <h1>
        <Avatar name={app.name} isApp size={24} />
        <span className="entry-name">{app.name}</span>
      </h1>
    );
  }
  if (place.kind !== 'conversation') return <h1>Nothing open</h1>;
  const { channel } = place;
  const person = place.person ?? (channel === null ? undefined : otherIn(state, channel));
  if (channel === null || channel.kind === 'im') {
    return (
      <h1>
        <Avatar name={person?.realName ?? ''} size={24} />
        <span className="entry-name">{person?.realName}</span>
        {person !== undefined && <Marks person={person} />}
        {person !== undefined && <small>{cityOf(person.tz)}</small>}
      </h1>
    );
  }
  const people = channel.members.length;
  return (
    <h1>
      <Icon name={channel.isPrivate ? 'lock' : 'hash'} />
      <span className="entry-name">{channel.name}</span>
      {channel.isExtShared && <span className="mark-badge">shared with another company</span>}
      {channel.isArchived && <span className="mark-badge">archived</span>}
      <small title={namesOf(state, channel.members)}>
        {people} {people === 1 ? 'member' : 'members'}
      </small>
    </h1>
  );
}

function Tabs({ state, app, isHome }: { state: PageState; app: PageApp; isHome: boolean }): ReactNode {
  const bot = state.people.find(({ id }) => id === app.botUserId)?.name ?? '';
  const unread =
    state.channels.find((channel) => channel.kind === 'im' && channel.members.includes(app.botUserId))
      ?.mentions ?? 0;
  return (
    <nav className="tabs" aria-label={`Tabs of ${app.name}`}>
      <button type="button" aria-current={isHome ? 'page' : undefined} onClick={() => goToHome(app.name)}>
        Home
      </button>
      <button
        type="button"
        aria-current={isHome ? undefined : 'page'}
        onClick={() => goToConversation(`@${bot}`)}
      >
        Messages
        {unread > 0 && (
          <span className="badge">
            {unread}
            <span className="visually-hidden"> unread</span>
          </span>
        )}
      </button>
    </nav>
  );
}

function appOf(state: PageState, place: Place): PageApp | undefined {
  if (place.kind === 'home') return place.app;
  if (place.kind !== 'conversation') return undefined;
  const other = place.person?.id;
  return state.apps.find(({ botUserId }) => botUserId === other);
}

function namesOf(state: PageState, ids: readonly string[]): string {
  return ids.map((id) => state.people.find((person) => person.id === id)?.realName ?? id).join(', ');
}
