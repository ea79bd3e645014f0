/** How is the same thing fetched again and again without ever fetching it twice at once? */

/** Fetches soon, after what is being fetched now; resolves when a fetch that began afterwards is done. */
export type Poke = () => Promise<void>;

/**
 * Joins many wishes for fresh data into few fetches.
 * @param fetchOnce fetches and stores; what it throws is given to everyone who waits for it
 * @param restMs milliseconds between the end of one fetch and the beginning of the next
 */
export function refresher(fetchOnce: () => Promise<void>, restMs = 0): Poke {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let ended = Number.NEGATIVE_INFINITY;

  const run = async (): Promise<void> => {
    const rest = ended + restMs - performance.now();
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    next = null;
    try {
      await fetchOnce();
    } finally {
      ended = performance.now();
      running = null;
    }
  };

  return () => {
    if (next !== null) return next;
    const before = running ?? Promise.resolve();
    const mine = before
      .catch(() => undefined)
      .then(() => {
        running = run();
        return running;
      });
    next = mine;
    return mine;
  };
}
