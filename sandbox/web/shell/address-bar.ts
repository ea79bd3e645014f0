/** Where in the page is this tab, and how does it get elsewhere? */
import { createContext, useContext, useSyncExternalStore } from 'react';
import { type Address, readAddress, writeAddress } from '../live/address.ts';

const listeners = new Set<() => void>();
let now = readAddress(location.search);

window.addEventListener('popstate', () => {
  now = readAddress(location.search);
  tell();
});

/** The address of this tab. */
export function useAddress(): Address {
  return useSyncExternalStore(subscribe, () => now);
}

/** Goes somewhere; what is not said stays as it is. */
export function go(to: Partial<Address>, how: 'push' | 'replace' = 'push'): void {
  const next = { ...now, ...to };
  const query = writeAddress(next);
  if (query === writeAddress(now)) return;
  now = next;
  const url = query === '' ? location.pathname : query;
  if (how === 'push') history.pushState(null, '', url);
  else history.replaceState(null, '', url);
  tell();
}

/** Opens a conversation by the name it has in an address. */
export function goToConversation(at: string): void {
  go({ at, home: '', thread: '' });
}

/** Opens the Home of an app. */
export function goToHome(app: string): void {
  go({ at: '', home: app, thread: '' });
}

/** What the page shows beside a place, the same on every part of it. */
export interface Panels {
  inspector: boolean;
  story: boolean;
  /** The line of the journal that is open. */
  entry: number | null;
  show(change: Partial<Pick<Panels, 'inspector' | 'story' | 'entry'>>): void;
}

export const PanelsContext = createContext<Panels>({
  inspector: false,
  story: false,
  entry: null,
  show: () => undefined,
});

export function usePanels(): Panels {
  return useContext(PanelsContext);
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
