/** How does time pass where it is simulated: in tests, in the demo, in a rehearsal? */
import { setImmediate as turn } from 'node:timers/promises';

/** Something that works in simulated time: the app, or the local Slack. */
export interface Participant {
  /** Resolves when nothing of it is in flight. */
  settled(): Promise<void>;
  /** The next instant at which it has something to do, or null. */
  nextDue(): Promise<number | null> | number | null;
  /** Does what is due now. */
  runDue(): Promise<void>;
}

/** A clock that stands still until it is set. */
export interface SettableClock {
  now(): number;
  /** Epoch ms. Going back is possible: clocks do. */
  set(instant: number): void;
}

/** A clock that stands still until it is set. */
export function settableClock(start: number): SettableClock {
  let instant = start;
  return {
    now: () => instant,
    set(next) {
      instant = next;
    },
  };
}

/** Time that moves only when nothing is in flight. */
export interface SimulatedTime {
  readonly clock: SettableClock;
  /** Resolves when everything that is due now has been done and nothing is in flight. */
  settle(): Promise<void>;
  /** Moves to `instant`, stopping at everything that falls due on the way. */
  advanceTo(instant: number): Promise<void>;
  /** Moves to the next thing that happens, but not past `limit`; tells whether something happened. */
  advanceToNext(limit: number): Promise<boolean>;
}

/** Ceiling for one instant, so that work which makes new work due at once is found instead of turning for ever. */
const ROUNDS = 10_000;

/** The one loop of demo, tests and rehearsal: to the earliest due instant, run, wait until nothing is in flight, repeat. */
export function simulateTime(clock: SettableClock, participants: readonly Participant[]): SimulatedTime {
  async function quiet(): Promise<void> {
    // What one participant finishes may start something in another; an answer is often followed by work after it.
    for (let pass = 0; pass < 3; pass += 1) {
      for (const participant of participants) await participant.settled();
      await turn();
    }
  }

  async function earliest(): Promise<number | null> {
    const instants = await Promise.all(participants.map((participant) => participant.nextDue()));
    const due = instants.filter((at) => at !== null);
    return due.length === 0 ? null : Math.min(...due);
  }

  async function settle(): Promise<void> {
    await quiet();
    for (let round = 0; round < ROUNDS; round += 1) {
      const due = await earliest();
      if (due === null || due > clock.now()) return;
      for (const participant of participants) await participant.runDue();
      await quiet();
    }
    throw new Error(
      `simulated time stands still: something stays due at ${new Date(clock.now()).toISOString()}`,
    );
  }

  return {
    clock,
    settle,
    async advanceTo(instant) {
      await settle();
      for (;;) {
        const due = await earliest();
        if (due === null || due > instant) break;
        clock.set(Math.max(due, clock.now()));
        await settle();
      }
      clock.set(instant);
      await settle();
    },
    async advanceToNext(limit) {
      await settle();
      const due = await earliest();
      if (due === null || due > limit) return false;
      clock.set(Math.max(due, clock.now()));
      await settle();
      return true;
    },
  };
}
