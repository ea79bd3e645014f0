/** Does a clock that goes back hold anything up? */
import type { Database } from '../db/database.ts';
import { shiftBack } from '../db/queries/clock.ts';

/** Smaller steps are ordinary corrections. */
const STEP_MS = 10_000;

/** Notices that the clock has gone back, and mends what was planned by the one before. */
export interface ClockWatch {
  /** Whether there may be something to mend. */
  wentBack(): boolean;
  /** Plans anew what was planned by a clock that ran ahead, at the start and whenever it has gone back. */
  mend(): Promise<void>;
}

/**
 * Begins without trust in the instants that stand in the database.
 *
 * @param rethink is called when the database shows that the clock has run ahead
 */
export function createClockWatch(
  db: Database,
  now: () => number,
  rethink: (at: number) => Promise<void>,
): ClockWatch {
  let last: number | null = null;
  const wentBack = (): boolean => last === null || now() < last - STEP_MS;
  return {
    wentBack,
    async mend() {
      const at = now();
      if (wentBack() && (await shiftBack(db, at, STEP_MS))) await rethink(at);
      last = at;
    },
  };
}
