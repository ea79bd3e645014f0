/** How do components get at what the acting person sees? */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { PageState } from '../../server/control/page-state.ts';
import type { Live, Seen } from './live.ts';

/** Holds what the page keeps of the workspace. */
export const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('This component stands outside of the page.');
  return live;
}

/** One part of what the person sees; the component is drawn again only when that part changes. */
export function useSeenPart<Part>(pick: (seen: Seen) => Part): Part {
  const live = useLive();
  return useSyncExternalStore(live.subscribe, () => pick(live.seen()));
}

/** The workspace around the messages. Only for components that are drawn once there is one. */
export function useWorkspace(): PageState {
  const state = useSeenPart((seen) => seen.state);
  if (state === null) throw new Error('There is no workspace yet.');
  return state;
}
