/** A clock that moves when a test says so. */
import type { Clock, Sandbox } from '../../sandbox/server/index.ts';

export interface SetClock extends Clock {
  set(instant: number): void;
  move(milliseconds: number): void;
}

export const startOfTime = Date.UTC(2026, 0, 12, 9, 0, 0);

export function createSetClock(instant = startOfTime): SetClock {
  let now = instant;
  return {
    now: () => now,
    set: (to) => {
      now = to;
    },
    move: (milliseconds) => {
      now += milliseconds;
    },
  };
}

/** Moves the clock from one due instant to the next until the target, as simulated time does. */
export async function passTime(slack: Sandbox, clock: SetClock, milliseconds: number): Promise<void> {
  const target = clock.now() + milliseconds;
  await slack.settled();
  for (let due = slack.nextDue(); due !== null && due <= target; due = slack.nextDue()) {
    clock.set(Math.max(due, clock.now()));
    await slack.runDue();
    await slack.settled();
  }
  clock.set(target);
  await slack.runDue();
}
