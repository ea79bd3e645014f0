/** What does the page say to a person outside of messages? */
import { useSyncExternalStore } from 'react';

export interface PageNotice {
  n: number;
  text: string;
  kind: 'news' | 'trouble';
  /** Lines below the sentence. */
  details: readonly string[];
  /** The line of the journal it is about. */
  entry?: number;
}

let notices: readonly PageNotice[] = [];
let count = 0;
const listeners = new Set<() => void>();

/** How long news stays; trouble stays until it is closed. */
const newsFor = 6000;

/** Shows a sentence; the same sentence is not shown twice at a time. */
export function say(
  text: string,
  kind: PageNotice['kind'] = 'news',
  more: { details?: readonly string[]; entry?: number } = {},
): void {
  if (notices.some((notice) => notice.text === text && notice.entry === more.entry)) return;
  count += 1;
  const n = count;
  change([...notices, { n, text, kind, details: [], ...more }].slice(-4));
  if (kind === 'news') setTimeout(() => unsay(n), newsFor);
}

export function unsay(n: number): void {
  change(notices.filter((notice) => notice.n !== n));
}

export function useNotices(): readonly PageNotice[] {
  return useSyncExternalStore(subscribe, () => notices);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(next: readonly PageNotice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}
