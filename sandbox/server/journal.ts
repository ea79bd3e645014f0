/** Which calls and deliveries went over the wire, and how did they end? */
import type { Clock } from './clock.ts';
import type { Feed } from './feed.ts';

/** One call of the app to Slack, or one delivery of Slack to the app. */
export interface JournalEntry {
  /** Counts from 1. */
  n: number;
  /** Epoch milliseconds of the workspace's clock. */
  at: number;
  direction: 'call' | 'delivery' | 'response_url';
  /** The Web API method, or the kind of delivery such as `view_submission`. */
  name: string;
  /** The app's id, when it is known. */
  app: string | null;
  request: unknown;
  answer: unknown;
  /** HTTP status, or null where there is none. */
  status: number | null;
  /** Real milliseconds from beginning to end; null while it is under way. */
  ms: number | null;
  /** How it failed, such as `timeout` or the error code of the answer; null when it did not. */
  failure: string | null;
  /** Delivery attempts before this one. */
  attempt: number;
  /** What Slack would accept but a reader would regret. */
  warnings: string[];
}

/** What is known when a call or delivery ends. */
export type Ending = Partial<
  Pick<JournalEntry, 'answer' | 'status' | 'failure' | 'warnings' | 'app' | 'request'>
>;

export interface Journal {
  /** Notes a beginning; the returned function notes the end. */
  begin(
    entry: Pick<JournalEntry, 'direction' | 'name' | 'app' | 'request'> & { attempt?: number },
  ): (end: Ending) => void;
  /** Entries with a number above `since`, oldest first. */
  read(since?: number): JournalEntry[];
}

const kept = 20_000;

/** An empty journal that tells the feed of every ending. */
export function createJournal(clock: Clock, feed: Feed): Journal {
  const entries: JournalEntry[] = [];
  let n = 0;
  return {
    read: (since = 0) => entries.filter((entry) => entry.n > since),
    begin(beginning) {
      n += 1;
      const started = performance.now();
      const entry: JournalEntry = {
        attempt: 0,
        ...beginning,
        request: structuredClone(beginning.request),
        n,
        at: clock.now(),
        answer: null,
        status: null,
        ms: null,
        failure: null,
        warnings: [],
      };
      entries.push(entry);
      if (entries.length > kept) entries.shift();
      return (end) => {
        Object.assign(entry, end, { ms: performance.now() - started });
        feed.tell(entry.direction === 'delivery' ? 'delivery' : 'call', {
          detail: { n: entry.n, name: entry.name, failure: entry.failure },
        });
      };
    },
  };
}
