/** Does Slack answer anything at all, and when is it worth asking again? */
import type { Courier } from '../slack/courier.ts';

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** Knows whether Slack is away, so that one question in a while replaces a try for every message. */
export interface Outage {
  /** Until when nothing is sent, epoch ms; null while Slack answers. */
  until(): number | null;
  /** An answer was unclear: asks Slack whether it is there. True when it is not. */
  suspected(): Promise<boolean>;
  /** True while Slack is away; asks again when it is time to. */
  lasts(): Promise<boolean>;
}

/** Slack is there until an answer says otherwise. */
export function createOutage(courier: Courier, now: () => number): Outage {
  let away: { until: number; wait: number } | null = null;

  async function ask(): Promise<boolean> {
    const answer = await courier.identify();
    // A refusal is an answer; codes in capitals are those of the network, where nobody answered.
    const there = answer.kind !== 'ambiguous' && !(answer.kind === 'later' && /^[A-Z_]+$/.test(answer.code));
    const wait = away === null ? FIRST_WAIT_MS : Math.min(away.wait * 2, LONGEST_WAIT_MS);
    away = there ? null : { until: now() + wait, wait };
    return !there;
  }

  return {
    until: () => away?.until ?? null,
    suspected: async () => away !== null || (await ask()),
    async lasts() {
      if (away === null) return false;
      return now() < away.until || (await ask());
    },
  };
}
