/** What time is it in this workspace? */

/** A source of time. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

/** The time of this machine. */
export const realClock: Clock = { now: () => Date.now() };

/**
 * Makes message timestamps: seconds and six decimals, unique and increasing per workspace, even when the
 * clock stands still or goes back.
 * @param clock the workspace's clock
 * @returns a function that gives the next timestamp, such as `1768212000.000100`
 */
export function createTimestamps(clock: Clock): () => string {
  let last = 0;
  return () => {
    const microseconds = Math.max(Math.floor(clock.now() * 1000), last + 1);
    last = microseconds;
    return formatTimestamp(microseconds);
  };
}

/** Epoch milliseconds of a message timestamp. */
export function millisecondsOf(ts: string): number {
  return Math.floor(Number(ts) * 1000);
}

/** True for text of the form of a message timestamp. */
export function isTimestamp(value: string): boolean {
  return /^\d{1,12}\.\d{1,6}$/.test(value);
}

function formatTimestamp(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1_000_000);
  const rest = microseconds - seconds * 1_000_000;
  return `${seconds}.${String(rest).padStart(6, '0')}`;
}
