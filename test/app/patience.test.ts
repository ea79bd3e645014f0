import { describe, expect, it } from 'vitest';
import { createPatience } from '../../src/app/patience.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 0, 5, 8);

/** A job that waits after a gap, and the clock it lives by; instants are milliseconds after the start. */
function patientJob() {
  let clock = START;
  let due: number | null = null;
  const runs: number[] = [];
  const patience = createPatience(() => clock);
  const job = patience.patient({
    name: 'climbs',
    nextDue: async () => due,
    async run(at) {
      runs.push(at - START);
    },
  });
  return {
    name: job.name,
    runs,
    falls: (at: number | null) => {
      due = at === null || at === 0 ? at : START + at;
    },
    /** One look of the jobs, in which the patient one is asked to run whatever it says. */
    async look(at: number): Promise<number | null> {
      clock = START + at;
      const watched = await patience.watch.nextDue();
      if (watched !== null) await patience.watch.run(watched);
      const from = await job.nextDue();
      await job.run(clock);
      return from === null || from === 0 ? from : from - START;
    },
  };
}

/** What was due when, when it was looked, and from when on it may run then; all after a look at the start. */
const FACTS: readonly {
  readonly fact: string;
  readonly due: number | null;
  readonly looks: readonly (readonly [at: number, from: number | null])[];
  readonly runs: readonly number[];
}[] = [
  {
    fact: 'nothing is due',
    due: null,
    looks: [[HOUR, null]],
    runs: [HOUR],
  },
  {
    fact: 'it is due soon, and there was no gap',
    due: 15 * MINUTE,
    looks: [[5 * MINUTE, 15 * MINUTE]],
    runs: [5 * MINUTE],
  },
  {
    fact: 'it fell due in a gap, longer ago than ten minutes',
    due: 15 * MINUTE,
    looks: [
      [HOUR, 2 * HOUR],
      [2 * HOUR - 1, 2 * HOUR],
      [2 * HOUR, 15 * MINUTE],
    ],
    runs: [2 * HOUR],
  },
  {
    fact: 'it fell due at the end of a gap',
    due: 50 * MINUTE,
    looks: [[HOUR, 50 * MINUTE]],
    runs: [HOUR],
  },
  {
    fact: 'it is due only after the gap',
    due: 2 * HOUR,
    looks: [[HOUR, 2 * HOUR]],
    runs: [HOUR],
  },
  {
    fact: 'it was due before the gap, and was waited for already',
    due: -20 * MINUTE,
    looks: [[HOUR, -20 * MINUTE]],
    runs: [HOUR],
  },
  {
    fact: 'it is due as soon as possible, which is never late',
    due: 0,
    looks: [[HOUR, 0]],
    runs: [HOUR],
  },
  {
    fact: 'ten minutes without a look are no gap',
    due: 1,
    looks: [[10 * MINUTE, 1]],
    runs: [10 * MINUTE],
  },
  {
    fact: 'the clock is set right while it waits: what it said does not count',
    due: 15 * MINUTE,
    looks: [
      [HOUR, 2 * HOUR],
      [5 * MINUTE, 15 * MINUTE],
      [20 * MINUTE, 15 * MINUTE],
    ],
    runs: [5 * MINUTE, 20 * MINUTE],
  },
  {
    fact: 'a second gap makes it wait for what fell due in that one',
    due: 3 * HOUR,
    looks: [
      [HOUR, 3 * HOUR],
      [5 * HOUR, 6 * HOUR],
      [6 * HOUR, 3 * HOUR],
    ],
    runs: [HOUR, 6 * HOUR],
  },
];

describe('a job that waits after a gap', () => {
  it.each(FACTS)('$fact', async ({ due, looks, runs }) => {
    const job = patientJob();
    await job.look(0);
    job.runs.length = 0;
    job.falls(due);
    for (const [at, from] of looks) expect(await job.look(at), `at ${at / MINUTE} min`).toBe(from);
    expect(job.runs).toEqual(runs);
  });

  it('waits after a start too, where something fell due before it', async () => {
    const job = patientJob();
    job.falls(-20 * MINUTE);
    expect(await job.look(0)).toBe(HOUR);
    expect(job.runs).toEqual([]);
    expect(job.name).toBe('climbs');
  });

  it('waits for what another one missed: after a gap they wait together', async () => {
    let clock = START;
    const patience = createPatience(() => clock);
    const runs: string[] = [];
    const job = (name: string, due: number) =>
      patience.patient({ name, nextDue: async () => START + due, run: async () => void runs.push(name) });
    const [missed, early] = [job('missed', 15 * MINUTE), job('early', 55 * MINUTE)];
    await patience.watch.run(clock);
    clock += HOUR;
    await patience.watch.run(clock);
    await early.run(clock);
    await missed.run(clock);
    expect(runs).toEqual([]);
    expect(await early.nextDue()).toBe(START + 2 * HOUR);
  });
});
