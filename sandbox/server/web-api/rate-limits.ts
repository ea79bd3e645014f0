/** Is this call one too many? */
import type { Clock } from '../clock.ts';
import { callsPerMinute, postingLimits, type Tier } from '../limits.ts';

export interface RateLimits {
  /** Counts a call; answers the whole seconds to wait when it is one too many, else null. */
  take(appId: string, method: string, tier: Tier, channel: string | undefined): number | null;
  /** Switches all limits on or off. */
  enforce(on: boolean): void;
}

const minute = 60_000;

/** @param clock the workspace's clock: minutes pass with it */
export function createRateLimits(clock: Clock, on: boolean): RateLimits {
  const calls = new Map<string, number[]>();
  const buckets = new Map<string, { tokens: number; at: number }>();
  let enforced = on;

  const waitForMinute = (key: string, allowed: number, now: number): number => {
    const recent = (calls.get(key) ?? []).filter((at) => at > now - minute && at <= now);
    calls.set(key, recent);
    const oldest = recent.at(-allowed);
    return oldest === undefined ? 0 : oldest + minute - now;
  };
  const refill = (key: string, now: number): { tokens: number; at: number } => {
    const bucket = buckets.get(key) ?? { tokens: postingLimits.burst, at: now };
    const gained = (Math.max(0, now - bucket.at) / 1000) * postingLimits.perChannelPerSecond;
    const filled = { tokens: Math.min(postingLimits.burst, bucket.tokens + gained), at: now };
    buckets.set(key, filled);
    return filled;
  };
  return {
    enforce: (value) => {
      enforced = value;
    },
    take(appId, method, tier, channel) {
      if (!enforced) return null;
      const now = clock.now();
      const key = `${appId}:${method}`;
      const posting = method === 'chat.postMessage';
      const bucket = posting && channel !== undefined ? refill(`${appId}:${channel}`, now) : undefined;
      const waits = [
        waitForMinute(key, posting ? postingLimits.perMinute : callsPerMinute[tier], now),
        bucket !== undefined && bucket.tokens < 1
          ? ((1 - bucket.tokens) * 1000) / postingLimits.perChannelPerSecond
          : 0,
      ];
      const wait = Math.max(...waits);
      if (wait > 0) return Math.ceil(wait / 1000);
      if (bucket !== undefined) bucket.tokens -= 1;
      calls.get(key)?.push(now);
      return null;
    },
  };
}
