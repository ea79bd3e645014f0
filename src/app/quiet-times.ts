/** Has Slack been asked whether it holds messages back from somebody? */
import type { Database } from '../db/database.ts';
import { personById, type Quiet } from '../db/queries/people.ts';
import { keepQuiet } from '../db/queries/quiet.ts';
import type { Courier } from '../slack/courier.ts';
import type { Pace } from '../slack/pace.ts';

/** How long Slack is not asked again that has not answered, or does not want to. */
const SILENT_MS = 60_000;
const REFUSED_MS = 60 * 60_000;

/** Who is asked, and how often that may be. */
interface QuietTimesParts {
  readonly db: Database;
  readonly courier: Courier;
  readonly pace: Pace;
  readonly now: () => number;
}

/** Finds out about the do-not-disturb of people. */
export interface QuietTimes {
  /**
   * Asks about somebody nothing is known of yet, or whose time has passed: where it is the same every day, Slack tells only of the
   * next one. Changes come as events. Without an answer the app goes on as if there were none.
   *
   * @returns the instant from which there is room to ask about somebody for the first time; null when all is known
   */
  ask(workspace: string, person: string): Promise<number | null>;
}

/** Makes what asks. */
export function createQuietTimes({ db, courier, pace, now }: QuietTimesParts): QuietTimes {
  let silent: { readonly since: number; readonly until: number } | null = null;

  function leaveAlone(ms: number): void {
    silent = { since: now(), until: now() + ms };
  }

  async function askNow(workspace: string, person: string): Promise<void> {
    pace.took('quiet', now());
    const told = await courier.quiet(person);
    if (told.kind === 'later') pace.toldToWait('quiet', now(), told.afterMs);
    else if (told.kind === 'ambiguous') leaveAlone(SILENT_MS);
    else if (told.kind === 'refused' || told.kind === 'disconnected') leaveAlone(REFUSED_MS);
    else await keepQuiet(db, workspace, person, told.kind === 'done' ? told.value : null);
  }

  return {
    async ask(workspace, person) {
      const at = now();
      const known = await personById(db, workspace, person);
      if (known === null || (known.quiet !== null && !isOver(known.quiet, at))) return null;
      // A clock that has gone back must not make the app wait.
      if (silent !== null && silent.since <= at && at < silent.until) return null;
      const free = pace.roomFrom('quiet', at);
      if (free <= at) await askNow(workspace, person);
      return free > at && known.quiet === null ? free : null;
    },
  };
}

/** Whether there was a time that has passed. */
const isOver = ({ from, until }: Quiet, at: number): boolean => until > from && until <= at;
