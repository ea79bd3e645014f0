import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Participant,
  type SettableClock,
  settableClock,
  simulateTime,
} from '../../src/jobs/simulated-time.ts';

/** Somebody with a list of instants at which there is something to do; doing it may add more. */
function busy(
  clock: SettableClock,
  instants: number[],
  happened: (at: number, planned: number) => void = () => {},
): Participant {
  return {
    settled: async () => {},
    nextDue: () => (instants.length === 0 ? null : Math.min(...instants)),
    runDue: async () => {
      for (const due of instants.filter((instant) => instant <= clock.now())) {
        instants.splice(instants.indexOf(due), 1);
        happened(clock.now(), due);
      }
    },
  };
}

describe('a clock that is set', () => {
  it('stands still, goes on, and goes back', () => {
    const clock = settableClock(100);
    expect(clock.now()).toBe(100);
    clock.set(250);
    expect(clock.now()).toBe(250);
    clock.set(50);
    expect(clock.now()).toBe(50);
  });
});

describe('simulated time', () => {
  it('stops at everything that falls due on the way, in its order, whoever it belongs to', async () => {
    const clock = settableClock(0);
    const seen: [string, number][] = [];
    const time = simulateTime(clock, [
      busy(clock, [30, 10, 50], (at) => void seen.push(['a', at])),
      busy(clock, [20, 10, 60], (at) => void seen.push(['b', at])),
    ]);
    await time.advanceTo(50);
    expect(seen).toEqual([
      ['a', 10],
      ['b', 10],
      ['b', 20],
      ['a', 30],
      ['a', 50],
    ]);
    expect(clock.now()).toBe(50);
    await time.advanceTo(100);
    expect(seen.at(-1)).toEqual(['b', 60]);
    expect(clock.now()).toBe(100);
  });

  it('does everything at the instant for which it was planned', async () => {
    const plans = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(plans, plans, fc.integer({ min: 0, max: 40 }), async (one, other, until) => {
        const clock = settableClock(0);
        const seen: number[] = [];
        const note = (at: number, planned: number) => {
          expect(at).toBe(planned);
          seen.push(at);
        };
        const time = simulateTime(clock, [busy(clock, [...one], note), busy(clock, [...other], note)]);
        await time.advanceTo(until);
        const expected = [...one, ...other].filter((at) => at <= until).toSorted((a, b) => a - b);
        expect(seen).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('does at once what work makes due at once', async () => {
    const clock = settableClock(0);
    const plans = [10];
    const seen: number[] = [];
    const time = simulateTime(clock, [
      busy(clock, plans, (at) => {
        seen.push(at);
        if (seen.length < 4) plans.push(at);
        else if (seen.length === 4) plans.push(at + 5);
      }),
    ]);
    await time.advanceTo(12);
    expect(seen).toEqual([10, 10, 10, 10]);
    await time.advanceTo(20);
    expect(seen).toEqual([10, 10, 10, 10, 15]);
  });

  it('does late what was due before it began, without going back for it', async () => {
    const clock = settableClock(100);
    const seen: number[] = [];
    const time = simulateTime(clock, [busy(clock, [40], (at) => void seen.push(at))]);
    await time.settle();
    expect(seen).toEqual([100]);
  });

  it('goes back where a clock is set back, and does nothing twice', async () => {
    const clock = settableClock(100);
    const seen: number[] = [];
    const time = simulateTime(clock, [busy(clock, [110, 130], (at) => void seen.push(at))]);
    await time.advanceTo(120);
    await time.advanceTo(60);
    expect(clock.now()).toBe(60);
    await time.advanceTo(140);
    expect(seen).toEqual([110, 130]);
  });

  it('moves on only when nothing is in flight', async () => {
    const clock = settableClock(0);
    let answer = () => {};
    const flight = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const slow: Participant = {
      settled: () => flight,
      nextDue: () => null,
      runDue: async () => {},
    };
    const moved = simulateTime(clock, [slow]).advanceTo(10);
    await Promise.resolve();
    expect(clock.now()).toBe(0);
    answer();
    await moved;
    expect(clock.now()).toBe(10);
  });

  it('goes to the next thing that happens, but not past the limit', async () => {
    const clock = settableClock(0);
    const seen: number[] = [];
    const time = simulateTime(clock, [busy(clock, [10, 30], (at) => void seen.push(at))]);
    expect(await time.advanceToNext(20)).toBe(true);
    expect(clock.now()).toBe(10);
    expect(await time.advanceToNext(20)).toBe(false);
    expect(clock.now()).toBe(10);
    expect(await time.advanceToNext(30)).toBe(true);
    expect(await time.advanceToNext(1000)).toBe(false);
    expect(seen).toEqual([10, 30]);
    expect(time.clock).toBe(clock);
  });

  it('finds work that never ends, and says at which instant', async () => {
    const clock = settableClock(Date.UTC(2026, 0, 5));
    const endless: Participant = {
      settled: async () => {},
      nextDue: () => clock.now(),
      runDue: async () => {},
    };
    await expect(simulateTime(clock, [endless]).settle()).rejects.toThrow(
      'simulated time stands still: something stays due at 2026-01-05T00:00:00.000Z',
    );
  });
});
