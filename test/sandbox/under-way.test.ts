import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAgenda } from '../../sandbox/server/agenda.ts';
import { createTimestamps } from '../../sandbox/server/clock.ts';
import { createIds } from '../../sandbox/server/ids.ts';
import { createInFlight } from '../../sandbox/server/in-flight.ts';
import { createSetClock } from './set-clock.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('the agenda', () => {
  it('runs by itself what becomes due when nobody moves the clock', async () => {
    vi.useFakeTimers({ now: 1000 });
    const agenda = createAgenda({ now: () => Date.now() }, true);
    const ran: number[] = [];
    agenda.at(4000, () => ran.push(Date.now()));
    agenda.at(2000, () => ran.push(Date.now()));
    await vi.advanceTimersByTimeAsync(3000);
    expect(ran).toEqual([2000, 4000]);
  });

  it('runs nothing by itself when somebody does', async () => {
    vi.useFakeTimers({ now: 1000 });
    const agenda = createAgenda({ now: () => Date.now() }, false);
    const ran: number[] = [];
    agenda.at(2000, () => ran.push(Date.now()));
    await vi.advanceTimersByTimeAsync(3000);
    expect(ran).toEqual([]);
    await agenda.runDue();
    expect(ran).toEqual([4000]);
  });

  it('runs in the order of the instants, and what becomes due on the way', async () => {
    const clock = createSetClock(10);
    const agenda = createAgenda(clock, false);
    const ran: string[] = [];
    agenda.at(9, () => ran.push('second'));
    agenda.at(8, () => {
      ran.push('first');
      agenda.at(10, () => ran.push('third'));
    });
    const cancel = agenda.at(7, () => ran.push('never'));
    agenda.at(11, () => ran.push('later'));
    cancel();
    await agenda.runDue();
    expect(ran).toEqual(['first', 'second', 'third']);
    expect(agenda.nextDue()).toBe(11);
  });
});

describe('what is under way', () => {
  it('is settled when everything that began has ended, in whatever order', async () => {
    const inFlight = createInFlight();
    const ends = [inFlight.begin(), inFlight.begin()];
    let settled = false;
    const waiting = inFlight.settled().then(() => {
      settled = true;
    });
    ends[0]?.();
    ends[0]?.();
    expect(inFlight.count()).toBe(1);
    await new Promise(setImmediate);
    expect(settled).toBe(false);
    ends[1]?.();
    await waiting;
    expect(settled).toBe(true);
  });

  it('waits for what begins a few turns later', async () => {
    const inFlight = createInFlight();
    const order: string[] = [];
    const later = async (): Promise<void> => {
      for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
      const end = inFlight.begin();
      await new Promise(setImmediate);
      order.push('ended');
      end();
    };
    await Promise.all([later(), inFlight.settled().then(() => order.push('settled'))]);
    expect(order).toEqual(['ended', 'settled']);
  });

  it('ends with a promise that fails', async () => {
    const inFlight = createInFlight();
    await expect(inFlight.track(Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(inFlight.count()).toBe(0);
  });
});

describe('ids and timestamps', () => {
  it('are the same on every run and never given twice', () => {
    const make = (): string[] => {
      const ids = createIds('T1');
      ids.reserve('U0000000002');
      return [ids.next('U'), ids.next('U'), ids.next('C'), ids.secret('ticket'), ids.secret('ticket')];
    };
    expect(make()).toEqual(make());
    expect(new Set(make()).size).toBe(5);
    expect(make()).not.toContain('U0000000002');
  });

  it('have six decimals', () => {
    const timestamp = createTimestamps({ now: () => 1_768_212_000_123 });
    expect([timestamp(), timestamp()]).toEqual(['1768212000.123000', '1768212000.123001']);
  });
});
