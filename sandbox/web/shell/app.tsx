/** What is on the page? */
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import type { PageChannel, PageState } from '../../server/control/page-state.ts';
import { Conversation } from '../conversation/conversation.tsx';
import { Thread } from '../conversation/thread.tsx';
import type { Address } from '../live/address.ts';
import { firstPerson } from '../live/first-person.ts';
import { firstPlace, nameOfChannel, type Place, placeOf } from '../live/place.ts';
import { useLive, useSeenPart } from '../live/use-live.ts';
import { useStory } from '../side/use-story.ts';
import { ReaderContext } from '../text/reader.ts';
import { Home } from '../views/home.tsx';
import { Modal } from '../views/modal.tsx';
import { go, goToConversation, type Panels, PanelsContext, useAddress } from './address-bar.ts';
import { PeopleRail } from './people-rail.tsx';
import { PlaceHead } from './place-head.tsx';
import { hrefOfChannel, Sidebar } from './sidebar.tsx';
import { Notices, StatusBars } from './status-bars.tsx';
import { TopBar } from './top-bar.tsx';
import { useRefusedModals } from './use-refused-modals.ts';

const Inspector = lazy(() =>
  import('../side/inspector.tsx').then((module) => ({ default: module.Inspector })),
);
const Story = lazy(() => import('../side/story.tsx').then((module) => ({ default: module.Story })));

/** The whole page. */
export function App(): ReactNode {
  const address = useAddress();
  const live = useLive();
  const state = useSeenPart((seen) => seen.state);
  const user = useSeenPart((seen) => seen.user);
  const problem = useSeenPart((seen) => seen.problem);
  useFirstPerson(address);
  useEffect(() => live.become(address.as), [live, address.as]);
  if (problem !== null) return <NobodyHere problem={problem} />;
  if (state === null || user !== address.as) return <Waiting />;
  return <Workspace state={state} address={address} />;
}

function Workspace({ state, address }: { state: PageState; address: Address }): ReactNode {
  const live = useLive();
  const place = useMemo(() => placeOf(state, address), [state, address]);
  const panels = usePanelsOfPage();
  const story = useStory();
  const views = useSeenPart((seen) => seen.views);
  const minute = useSeenPart((seen) => Math.floor(seen.now / 60_000) * 60_000);
  useRefusedModals(state.line);
  const me = state.people.find(({ id }) => id === state.me);
  const tz = me?.tz ?? 'Etc/UTC';

  const name = place.kind === 'conversation' ? place.name : null;
  const home = place.kind === 'home' ? place.app.id : null;
  useEffect(() => live.openPlace(state.me, { conversation: name, home }), [live, state.me, name, home]);
  useWayOut(state, place, address);
  useTitle(state, place);

  const { people, channels, team } = state;
  const reader = useMemo(
    () => ({
      me: state.me,
      tz,
      now: minute,
      teamId: team.id,
      people: new Map(people.map((person) => [person.id, person])),
      channels: new Map(channels.map((channel) => [channel.id, channel])),
      hrefOf: (channel: PageChannel) => hrefOfChannel(state, channel),
      open: (channel: PageChannel) => goToConversation(nameOfChannel(state, channel)),
    }),
    [state, tz, minute, people, channels, team.id],
  );
  const appName = (id: string): string => state.apps.find((app) => app.id === id)?.name ?? 'App';
  const hasStory = story !== null;
  return (
    <PanelsContext value={panels}>
      <ReaderContext value={reader}>
        <a className="skip-link" href="#main">
          Skip to the conversation
        </a>
        <div
          className="frame"
          data-place={place.kind}
          data-pane={paneOf(address, place, hasStory && panels.story)}
        >
          <TopBar team={team.name} tz={tz} hasStory={hasStory} />
          <PeopleRail people={people} me={state.me} />
          <Sidebar state={state} place={place} />
          <main id="main" className="sheet" tabIndex={-1}>
            <StatusBars />
            {place.kind !== 'nothing' && <PlaceHead state={state} place={place} />}
            <Open state={state} place={place} />
          </main>
          <SidePane state={state} place={place} thread={address.thread}>
            {hasStory && panels.story && (
              <Suspense fallback={null}>
                <Story story={story} state={state} />
              </Suspense>
            )}
          </SidePane>
          {panels.inspector && (
            <Suspense fallback={null}>
              <Inspector state={state} entry={panels.entry} />
            </Suspense>
          )}
        </div>
        {views.length > 0 && <Modal views={views} user={state.me} appName={appName} />}
        <Notices />
      </ReaderContext>
    </PanelsContext>
  );
}

function Open({ state, place }: { state: PageState; place: Place }): ReactNode {
  const conversation = useSeenPart((seen) => seen.conversation);
  if (place.kind === 'home')
    return <Home key={`${state.me} ${place.app.id}`} app={place.app} user={state.me} />;
  if (place.kind === 'nothing')
    return <p className="nothing-yet">{place.because || 'Choose where to go.'}</p>;
  const { channel, name } = place;
  // A direct message that was never opened is there as soon as its messages have been asked for.
  if (channel === null) return <div className="loading-line" />;
  const known = conversation?.channel === channel.id ? conversation : null;
  return <Conversation key={`${state.me} ${name}`} state={state} channel={channel} known={known} />;
}

interface SidePaneProps {
  state: PageState;
  place: Place;
  thread: string;
  children: ReactNode;
}

/** A thread lies over the story, and gives it back. */
function SidePane({ place, thread, children }: SidePaneProps): ReactNode {
  const conversation = useSeenPart((seen) => seen.conversation);
  if (thread !== '' && place.kind === 'conversation' && place.channel !== null) {
    const known = conversation?.channel === place.channel.id ? conversation : null;
    return <Thread channel={place.channel} known={known} root={thread} />;
  }
  return children;
}

function paneOf(address: Address, place: Place, story: boolean): string {
  if (address.thread !== '' && place.kind === 'conversation') return 'thread';
  return story ? 'story' : 'none';
}

function usePanelsOfPage(): Panels {
  const wide = window.innerWidth >= 1100;
  const [shown, setShown] = useState({ inspector: false, story: wide, entry: null as number | null });
  return useMemo(
    () => ({ ...shown, show: (change) => setShown((before) => ({ ...before, ...change })) }),
    [shown],
  );
}

/** Who comes without saying as whom is the first person of the workspace. */
function useFirstPerson(address: Address): void {
  const connected = useSeenPart((seen) => seen.connection === 'live');
  useEffect(() => {
    if (address.as !== '' || !connected) return;
    firstPerson().then(
      (name) => go({ as: name }, 'replace'),
      () => undefined,
    );
  }, [address.as, connected]);
}

/** A person who cannot be where the page is, is taken to where they can. */
function useWayOut(state: PageState, place: Place, address: Address): void {
  useEffect(() => {
    if (place.kind !== 'nothing') return;
    const phone = window.matchMedia('(max-width: 700px)').matches;
    if (phone && address.at === '' && address.home === '') return;
    go({ at: '', home: '', thread: '', ...firstPlace(state) }, 'replace');
  }, [state, place.kind, address.at, address.home]);
}

function useTitle(state: PageState, place: Place): void {
  const unread = state.people.find(({ id }) => id === state.me)?.mentions ?? 0;
  const where = titleOf(place);
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${where === '' ? '' : `${where} · `}${state.team.name}`;
  }, [unread, where, state.team.name]);
}

function titleOf(place: Place): string {
  if (place.kind === 'home') return place.app.name;
  return place.kind === 'conversation' ? place.name : '';
}

function Waiting(): ReactNode {
  const connection = useSeenPart((seen) => seen.connection);
  return (
    <main className="waiting">
      <p role="status">
        {connection === 'lost'
          ? 'The workspace does not answer. This page tries again by itself.'
          : 'Opening…'}
      </p>
    </main>
  );
}

function NobodyHere({ problem }: { problem: string }): ReactNode {
  return (
    <main className="waiting">
      <p role="alert">{problem}</p>
      <button
        type="button"
        className="button primary"
        onClick={() => go({ as: '', at: '', home: '', thread: '' }, 'replace')}
      >
        Begin again
      </button>
    </main>
  );
}
