/** What does the acting person see right now, and how does it stay right? */

import type { PageMessages, PageState } from '../../server/control/page-state.ts';
import type { SeenView } from '../../server/control/read.ts';
import type { RefusedPayload } from '../../server/control/refusals.ts';
import type { Change, ChangeKind } from '../../server/feed.ts';
import { ask, NotDone } from './ask.ts';
import { listenToChanges } from './changes.ts';
import { type Conversation, mergeMessages } from './conversation.ts';
import { keepEqual } from './keep-equal.ts';
import { type Poke, refresher } from './refresh.ts';

/** The Home of an app as the person sees it. */
export interface SeenHome {
  app: string;
  view: SeenView | null;
  refusal: RefusedPayload | null;
}

export interface Seen {
  /** The person everything here belongs to; empty at first. */
  user: string;
  /** `live` while changes come in, `lost` while nothing answers. */
  connection: 'connecting' | 'live' | 'lost';
  /** Why there is nothing to see: a sentence. */
  problem: string | null;
  state: PageState | null;
  conversation: Conversation | null;
  home: SeenHome | null;
  /** Open modals, the one in front last. */
  views: SeenView[];
  /** Epoch milliseconds of the workspace's clock. */
  now: number;
  /** Grows with every call and delivery. */
  journal: number;
  /** Grows with every change. */
  change: number;
}

export interface Live {
  seen(): Seen;
  subscribe(listener: () => void): () => void;
  /** Becomes somebody else, by handle or id. */
  become(user: string): void;
  /** Opens a conversation by name or id, or the Home of an app by id, for a person; null for none. */
  openPlace(user: string, place: { conversation: string | null; home: string | null }): void;
  /** Fetches the modals; resolves when they are here. */
  refreshViews: Poke;
  close(): void;
}

const nothing: Seen = {
  user: '',
  connection: 'connecting',
  problem: null,
  state: null,
  conversation: null,
  home: null,
  views: [],
  now: 0,
  journal: 0,
  change: 0,
};

/** Milliseconds between two fetches of what stands around the messages: many changes may come at once. */
const stateRest = 120;
/** From so many changed messages on, all are fetched. */
const manyMessages = 150;

export function createLive(): Live {
  let seen = nothing;
  let wantedUser = '';
  let wantedConversation: string | null = null;
  let wantedHome: string | null = null;
  let touched = new Set<string>();
  const listeners = new Set<() => void>();

  const show = (part: Partial<Seen>): void => {
    const next = { ...seen };
    for (const [name, value] of Object.entries(part)) {
      Object.assign(next, { [name]: keepEqual(seen[name as keyof Seen], value) });
    }
    seen = next;
    for (const listener of listeners) listener();
  };

  /** Runs a fetch for the person of now; what comes too late, for somebody else, is dropped. */
  const forMe =
    (
      work: (user: string) => Promise<Partial<Seen> | null>,
      refused: (sentence: string) => void = () => undefined,
    ) =>
    async (): Promise<void> => {
      const user = wantedUser;
      if (user === '') return;
      try {
        const part = await work(user);
        if (part !== null && user === wantedUser) show(part);
      } catch (error) {
        // Without an answer the connection is gone, which is said elsewhere.
        if (error instanceof NotDone && user === wantedUser) refused(error.message);
      }
    };

  const refreshState = refresher(
    forMe(
      async (user) => {
        const state = await ask<PageState>('page/state', { user });
        return { state, user, problem: null, now: Math.max(state.now, seen.user === user ? seen.now : 0) };
      },
      (problem) => show({ problem }),
    ),
    stateRest,
  );

  const refreshViews = refresher(
    forMe(async (user) => ({ views: await ask<SeenView[]>('views', { user }) })),
  );

  const refreshHome = refresher(
    forMe(async (user) => {
      const app = wantedHome;
      if (app === null) return { home: null };
      const home = await ask<Omit<SeenHome, 'app'>>('page/home', { user, app });
      return app === wantedHome ? { home: { ...home, app } } : null;
    }),
  );

  const refreshConversation = refresher(
    forMe(async (user) => {
      const name = wantedConversation;
      if (name === null) return { conversation: null };
      const open =
        seen.conversation?.name === name && seen.conversation.user === user ? seen.conversation : null;
      const only = open === null || touched.size > manyMessages ? undefined : [...touched];
      touched = new Set();
      const fresh = await ask<PageMessages>('page/messages', { user, channel: name, only });
      if (name !== wantedConversation) return null;
      // To look at a direct message opens it: from now on it stands in the list.
      if (seen.state?.channels.every(({ id }) => id !== fresh.channel) === true) void refreshState();
      return { conversation: mergeMessages({ name, user }, open, fresh, only) };
    }),
  );

  const reloadAll = (): void => {
    show({ conversation: seen.conversation === null ? null : { ...seen.conversation, name: '' } });
    void refreshState();
    void refreshViews();
    void refreshConversation();
    void refreshHome();
  };

  const messageChanged = ({ kind, channel, ts }: Change): void => {
    if (channel === seen.conversation?.channel && ts !== undefined) {
      touched.add(ts);
      void refreshConversation();
    }
    if (kind !== 'reaction') void refreshState();
  };

  const lineAdded = ({ kind, detail }: Change): void => {
    show({ journal: seen.journal + 1 });
    if (kind === 'delivery' || detail?.['failure'] === null) return;
    void refreshConversation();
    void refreshHome();
  };

  const reactions: Record<ChangeKind, (change: Change) => void> = {
    message: messageChanged,
    update: messageChanged,
    delete: messageChanged,
    reaction: messageChanged,
    view: () => void refreshViews(),
    home: () => void refreshHome(),
    call: lineAdded,
    delivery: lineAdded,
    clock: () => undefined,
    notice: () => undefined,
    person: () => void refreshState(),
    channel: () => void refreshState(),
    read: () => void refreshState(),
    app: () => void refreshState(),
    socket: () => void refreshState(),
  };

  const heard = (change: Change): void => {
    show({ now: Math.max(seen.now, change.at), change: change.n });
    const mine = change.user === undefined || change.user === seen.state?.me;
    // Of these two everyone sees something: names, and what is counted beside them.
    if (mine || change.kind === 'read' || change.kind === 'person') reactions[change.kind](change);
  };

  const stop = listenToChanges({
    opened() {
      // A sandbox that was started anew counts from the beginning, in a time of its own.
      show({ connection: 'live', now: 0, change: 0 });
      reloadAll();
    },
    changed: heard,
    lost: () => show({ connection: 'lost' }),
  });

  return {
    seen: () => seen,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    become(user) {
      if (user === wantedUser) return;
      wantedUser = user;
      show({ problem: null, conversation: null, home: null, views: [] });
      void refreshState();
      void refreshViews();
    },
    openPlace(user, { conversation, home }) {
      const moved = conversation !== wantedConversation || seen.conversation?.user !== wantedUser;
      wantedConversation = conversation;
      wantedHome = home;
      if (conversation === null) show({ conversation: null });
      else if (moved) void refreshConversation();
      if (home === null || seen.home?.app !== home || seen.user !== user) show({ home: null });
      if (home !== null) void refreshHome();
    },
    refreshViews,
    close: stop,
  };
}
