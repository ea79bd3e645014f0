/** How does the page hear of every change, and how does it know that it does not? */
import type { Change, ChangeKind } from '../../server/feed.ts';

/** What happens to the connection, and what comes over it. */
export interface Listening {
  /** The connection stands: what was missed before has to be fetched. */
  opened(): void;
  changed(change: Change): void;
  /** The connection is gone; it is tried again by itself. */
  lost(): void;
}

const kinds: readonly ChangeKind[] = [
  'message',
  'update',
  'delete',
  'reaction',
  'view',
  'home',
  'notice',
  'person',
  'channel',
  'read',
  'app',
  'socket',
  'call',
  'delivery',
  'clock',
];

const patience = [200, 400, 800, 1500];

/** Listens until the returned function is called. */
export function listenToChanges({ opened, changed, lost }: Listening): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;

  const connect = (): void => {
    const mine = new EventSource('/control/events');
    source = mine;
    mine.onopen = () => {
      tries = 0;
      opened();
    };
    mine.onerror = () => {
      // The browser's own retries wait too long for a sandbox that is started anew.
      mine.close();
      lost();
      timer = setTimeout(connect, patience[Math.min(tries, patience.length - 1)]);
      tries += 1;
    };
    for (const kind of kinds) {
      mine.addEventListener(kind, (event: MessageEvent<string>) => {
        changed(JSON.parse(event.data) as Change);
      });
    }
  };

  const reconnectNow = (): void => {
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(timer);
    connect();
  };

  connect();
  window.addEventListener('online', reconnectNow);
  document.addEventListener('visibilitychange', reconnectNow);
  return () => {
    clearTimeout(timer);
    source?.close();
    window.removeEventListener('online', reconnectNow);
    document.removeEventListener('visibilitychange', reconnectNow);
  };
}
