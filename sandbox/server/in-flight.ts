/** Is anything still under way? */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Counts what has begun and not ended. */
export interface InFlight {
  /** Counts one thing as begun; the returned function ends it and may be called more than once. */
  begin(): () => void;
  /** Counts a promise until it settles. */
  track<T>(work: Promise<T>): Promise<T>;
  /** How many things are under way now. */
  count(): number;
  /** Resolves when nothing is under way and nothing new begins for a number of turns of the event loop. */
  settled(): Promise<void>;
}

// An app in the same process that acknowledges and then calls the Web API needs a few turns of the event loop
// before its request arrives here. Loopback data is there within one turn, a call has about ten hops.
const quietTurns = 40;

/** A counter that begins at nothing under way. */
export function createInFlight(): InFlight {
  let under = 0;
  let waiting: (() => void)[] = [];
  const begin = (): (() => void) => {
    let open = true;
    under += 1;
    return () => {
      if (!open) return;
      open = false;
      under -= 1;
      if (under > 0) return;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    };
  };
  return {
    begin,
    count: () => under,
    async track(work) {
      const end = begin();
      try {
        return await work;
      } finally {
        end();
      }
    },
    async settled() {
      for (let quiet = 0; quiet < quietTurns; quiet += 1) {
        if (under > 0) {
          await new Promise<void>((wake) => waiting.push(wake));
          quiet = 0;
        }
        await nextTurn();
      }
    },
  };
}
