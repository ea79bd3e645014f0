/** What has been typed and not been sent yet? */
import { keyOf, type Placed } from './surface.ts';

export interface Pending {
  /** Sends what an element holds now, a moment after the last change. */
  put(placed: Placed, value: unknown): void;
  /** Sends everything at once and waits until it has arrived. */
  flush(): Promise<void>;
}

const moment = 250;

/** @param send sends one value; called again for an element only after its last call has ended */
export function createPending(send: (placed: Placed, value: unknown) => Promise<unknown>): Pending {
  const waiting = new Map<string, { placed: Placed; value: unknown }>();
  let sending: Promise<unknown> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const sendAll = async (): Promise<void> => {
    for (const [key, { placed, value }] of [...waiting]) {
      waiting.delete(key);
      await send(placed, value);
    }
  };

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    sending = sending.then(sendAll);
    await sending;
  };

  return {
    flush,
    put(placed, value) {
      waiting.set(keyOf(placed), { placed, value });
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), moment);
    },
  };
}
