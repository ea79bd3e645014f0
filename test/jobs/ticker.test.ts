import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cronTicker, stillTicker } from '../../src/jobs/ticker.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 8) });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the ticker of production', () => {
  it('ticks every second until it is stopped, and leaves nothing behind', async () => {
    let ticks = 0;
    const ticker = cronTicker();
    ticker.start(() => {
      ticks += 1;
    });
    await vi.advanceTimersByTimeAsync(5000);
    expect(ticks).toBeGreaterThanOrEqual(4);
    expect(ticks).toBeLessThanOrEqual(6);
    ticker.stop();
    const until = ticks;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ticks).toBe(until);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('never falls silent when the clock goes back an hour', async () => {
    let ticks = 0;
    const ticker = cronTicker();
    ticker.start(() => {
      ticks += 1;
    });
    await vi.advanceTimersByTimeAsync(3000);
    vi.setSystemTime(Date.now() - 3_600_000);
    const before = ticks;
    await vi.advanceTimersByTimeAsync(35_000);
    const silent = ticks === before;
    ticker.stop();
    expect(silent).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('can be stopped before it was started, and twice', () => {
    const ticker = cronTicker();
    ticker.stop();
    ticker.start(() => {});
    ticker.stop();
    ticker.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a ticker that never ticks', () => {
  it('does not', async () => {
    let ticks = 0;
    const ticker = stillTicker();
    ticker.start(() => {
      ticks += 1;
    });
    await vi.advanceTimersByTimeAsync(60_000);
    ticker.stop();
    expect(ticks).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
