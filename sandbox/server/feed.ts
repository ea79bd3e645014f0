/** What has just changed in the workspace? */
import type { Clock } from './clock.ts';
import type { JsonObject } from './json.ts';

/** The kinds of change a page or a test can wait for. */
export type ChangeKind =
  | 'message'
  | 'update'
  | 'delete'
  | 'reaction'
  | 'view'
  | 'home'
  | 'notice'
  | 'person'
  | 'channel'
  | 'read'
  | 'app'
  | 'socket'
  | 'call'
  | 'delivery'
  | 'clock';

/** One change, in the order it happened. */
export interface Change {
  /** Counts from 1. */
  n: number;
  /** Epoch milliseconds of the workspace's clock. */
  at: number;
  kind: ChangeKind;
  channel?: string;
  ts?: string;
  /** The only person who can see it, when that is so. */
  user?: string;
  detail?: JsonObject;
}

export interface Feed {
  /** Tells everyone who listens. */
  tell(kind: ChangeKind, about?: Omit<Change, 'n' | 'at' | 'kind'>): void;
  /** Calls back on every change; the returned function stops it. */
  listen(listener: (change: Change) => void): () => void;
  /** Resolves with the next change that passes the test. */
  next(test: (change: Change) => boolean): Promise<Change>;
  /** The number of the newest change. */
  newest(): number;
}

/** @param clock the workspace's clock, which dates the changes */
export function createFeed(clock: Clock): Feed {
  const listeners = new Set<(change: Change) => void>();
  let n = 0;
  const listen = (listener: (change: Change) => void): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    listen,
    newest: () => n,
    tell(kind, about = {}) {
      n += 1;
      const change: Change = { n, at: clock.now(), kind, ...about };
      for (const listener of [...listeners]) listener(change);
    },
    next: (test) =>
      new Promise((resolve) => {
        const stop = listen((change) => {
          if (!test(change)) return;
          stop();
          resolve(change);
        });
      }),
  };
}
