/** How many requests may somebody make, and when may they come again? */

/** Counts requests by who makes them. */
export interface Bucket {
  /** 0 when the request may go on, else the seconds to wait. */
  take(who: string): number;
}

/** How many different callers are remembered; the one that has waited longest is forgotten first. */
const MOST_CALLERS = 10_000;

/**
 * A token bucket per caller: `burst` requests at once, then `perSecond`.
 *
 * @param now epoch milliseconds
 */
export function createBucket(perSecond: number, burst: number, now: () => number): Bucket {
  const callers = new Map<string, { left: number; at: number }>();
  return {
    take(who) {
      const at = now();
      const known = callers.get(who) ?? { left: burst, at };
      // A clock that went back gives nothing and takes nothing.
      const left = Math.min(burst, known.left + (Math.max(0, at - known.at) / 1000) * perSecond);
      callers.delete(who);
      callers.set(who, { left: left >= 1 ? left - 1 : left, at });
      const oldest = callers.keys().next();
      if (callers.size > MOST_CALLERS && oldest.done !== true) callers.delete(oldest.value);
      return left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond));
    },
  };
}
