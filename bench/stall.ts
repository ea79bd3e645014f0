/** What does a look at every pilot by all stall rules cost, and does it stay the same for each however many there are? */
import type { Bench } from './bench.ts';
import { startChild } from './child.ts';
import type { StallAnswer, StallOrder } from './subjects/stall.ts';

/** How much is measured. */
export interface StallEffort {
  readonly pilots: number;
  readonly rounds: number;
}

const SMALL = 100;

export const stall: Bench<StallEffort> = {
  name: 'stall',
  what: '10,000 pilots with 3 criteria, 26 weekly values each, 2 blockers and days away: all stall rules',
  floor: 'the same for each pilot of a portfolio of 100',
  subject: 'criterionSigns, stallLook and what its cases hear, on judged criteria',
  budgets: [
    { figure: 'each pilot', compare: 'ratio', at: 'most', limit: 1.5 },
    { figure: 'all pilots', compare: 'value', at: 'most', limit: 3000 },
    { figure: 'memory', compare: 'value', at: 'most', limit: 300 },
  ],
  notes: [
    'The ratio of the large portfolio to the small one is near 1 where the cost is linear.',
    'The line processor is the time of all pilots on a processor: on a busy machine it says more than the clock.',
    'Memory is what is in RAM of the whole process afterwards. The criteria were judged before: see evaluate.',
  ],
  full: { pilots: 10_000, rounds: 3 },
  quick: { pilots: 10_000, rounds: 2 },
  async measure({ pilots, rounds }, run) {
    run.say(`looking at ${SMALL} and ${pilots.toLocaleString('en')} pilots, ${rounds} times`);
    const order: StallOrder = {
      small: SMALL,
      large: pilots,
      rounds,
      slowMs: { small: run.floor.slowMs, large: run.subject.slowMs },
    };
    const child = await startChild({
      script: 'bench/subjects/stall.ts',
      args: [JSON.stringify(order)],
      env: {},
      ready: /^\{/,
      handicap: { heavyMb: run.subject.heavyMb },
    });
    try {
      const answer: StallAnswer = JSON.parse(child.readyLine);
      const inAll = (each: readonly number[]) => each.map((of) => (of * pilots) / 1000);
      return [
        { name: 'each pilot', unit: 'µs', floor: answer.small, subject: answer.large },
        { name: 'all pilots', unit: 'ms', floor: [], subject: inAll(answer.large) },
        { name: 'processor', unit: 'ms', floor: [], subject: answer.processor },
        { name: 'memory', unit: 'MB', floor: [], subject: [(await child.usage()).memoryMb] },
      ];
    } finally {
      await child.stop();
    }
  },
};
