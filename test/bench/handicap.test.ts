import { describe, expect, it } from 'vitest';
import { type Bench, FAIR, type Handicap } from '../../bench/bench.ts';
import { drain } from '../../bench/drain.ts';
import { evaluate } from '../../bench/evaluate.ts';
import { importing } from '../../bench/import.ts';
import { exitCode, type Judgement, judge } from '../../bench/judge.ts';
import { page } from '../../bench/page.ts';
import { pagePostgres } from '../../bench/page-postgres.ts';
import { pagePress } from '../../bench/page-press.ts';
import { press } from '../../bench/press.ts';
import { show } from '../../bench/show.ts';
import { stall } from '../../bench/stall.ts';
import { start } from '../../bench/start.ts';
import { tick } from '../../bench/tick.ts';

/**
 * Measures with little effort and one side slowed so much that no machine hides it. That the other side passes when the
 * floor is slowed shows that a benchmark does not simply always fail.
 */
async function judged<Effort>(
  bench: Bench<Effort>,
  effort: Effort,
  slowed: { readonly subject?: Handicap; readonly floor?: Handicap },
): Promise<Judgement[]> {
  const run = { subject: slowed.subject ?? FAIR, floor: slowed.floor ?? FAIR, say: () => {} };
  return judge(bench, await bench.measure(effort, run));
}

const metOf = (judgements: readonly Judgement[], figure: string): boolean | undefined =>
  judgements.find(({ budget }) => budget.figure === figure)?.met;

describe('show', () => {
  const effort = { pilots: 10, warmUp: 0, rounds: 1, requests: 20 };

  it('fails when the app is slow', async () => {
    const judgements = await judged(show, effort, { subject: { slowMs: 50, heavyMb: 0 } });
    expect(metOf(judgements, 'p50')).toBe(false);
    expect(exitCode(judgements)).toBe(1);
  });

  it('passes when the floor is', async () => {
    const judgements = await judged(show, effort, { floor: { slowMs: 100, heavyMb: 0 } });
    expect(metOf(judgements, 'p50')).toBe(true);
  });
});

describe('press', () => {
  const effort = { rounds: 1, alone: 4, crowd: 10 };

  it('fails when the app is slow', async () => {
    const judgements = await judged(press, effort, { subject: { slowMs: 100, heavyMb: 0 } });
    expect(metOf(judgements, 'presses')).toBe(false);
    expect(metOf(judgements, 'p50 alone')).toBe(false);
    expect(exitCode(judgements)).toBe(1);
  });

  it('passes when the floor is', async () => {
    const judgements = await judged(press, effort, { floor: { slowMs: 100, heavyMb: 0 } });
    expect(metOf(judgements, 'presses')).toBe(true);
  });
});

describe('start', () => {
  it('fails when the app holds too much, and says so when it comes up late', async () => {
    const judgements = await judged(
      start,
      { rounds: 1, idle: 0 },
      { subject: { slowMs: 1100, heavyMb: 150 } },
    );
    expect(metOf(judgements, 'idle memory')).toBe(false);
    expect(metOf(judgements, 'ready')).toBe(false);
    expect(exitCode(judgements)).toBe(1);
  });
});

describe('evaluate', () => {
  const effort = { pilots: 10, rounds: 1 };

  it('fails when judging is slow', async () => {
    const judgements = await judged(evaluate, effort, { subject: { slowMs: 500, heavyMb: 0 } });
    expect(exitCode(judgements)).toBe(1);
  });

  it('passes when reading is', async () => {
    const judgements = await judged(evaluate, effort, { floor: { slowMs: 500, heavyMb: 0 } });
    expect(exitCode(judgements)).toBe(0);
  });
});

describe('stall', () => {
  const effort = { pilots: 200, rounds: 1 };

  it('fails when a look at many is slow, or holds too much', async () => {
    const judgements = await judged(stall, effort, { subject: { slowMs: 1600, heavyMb: 300 } });
    expect(metOf(judgements, 'each pilot')).toBe(false);
    expect(metOf(judgements, 'all pilots')).toBe(false);
    expect(metOf(judgements, 'memory')).toBe(false);
    expect(exitCode(judgements)).toBe(1);
  });

  it('passes when a look at few is', async () => {
    const judgements = await judged(stall, effort, { floor: { slowMs: 100, heavyMb: 0 } });
    expect(metOf(judgements, 'each pilot')).toBe(true);
  });
});
describe('tick', () => {
  const effort = { pilots: 20, due: 5, rounds: 1, looks: 2 };

  it('misses its budgets when a look is slow', async () => {
    const judgements = await judged(tick, effort, { subject: { slowMs: 1100, heavyMb: 0 } });
    expect(metOf(judgements, 'nothing due')).toBe(false);
    expect(metOf(judgements, 'check-ins due')).toBe(false);
  });
});

describe('drain', () => {
  const effort = { people: 320 };

  it('fails when the app hands over half as many as Slack takes', async () => {
    const judgements = await judged(drain, effort, { subject: { slowMs: 1000, heavyMb: 0 } });
    expect(metOf(judgements, 'until all are told')).toBe(false);
    expect(exitCode(judgements)).toBe(1);
  }, 60_000);

  it('passes when Slack takes half as many, and is never told to wait', async () => {
    const judgements = await judged(drain, effort, { floor: { slowMs: 1000, heavyMb: 0 } });
    expect(metOf(judgements, 'until all are told')).toBe(true);
    expect(metOf(judgements, 'told to wait')).toBe(true);
  }, 60_000);
});

describe('page', () => {
  const effort = { pilots: 10, warmUp: 0, rounds: 1, requests: 5 };

  it('fails when the app is slow', async () => {
    const judgements = await judged(page, effort, { subject: { slowMs: 200, heavyMb: 0 } });
    expect(judgements.map(({ met }) => met)).toEqual([false, false]);
    expect(exitCode(judgements)).toBe(1);
  });

  it('passes when reading is', async () => {
    const judgements = await judged(page, effort, { floor: { slowMs: 200, heavyMb: 0 } });
    expect(exitCode(judgements)).toBe(0);
  });
});

describe('page-postgres', () => {
  const effort = { pilots: 10, warmUp: 0, rounds: 1, requests: 5 };

  it('fails when the app is slow', async () => {
    const judgements = await judged(pagePostgres, effort, { subject: { slowMs: 200, heavyMb: 0 } });
    expect(exitCode(judgements)).toBe(1);
  });

  it('passes when reading is', async () => {
    const judgements = await judged(pagePostgres, effort, { floor: { slowMs: 200, heavyMb: 0 } });
    expect(exitCode(judgements)).toBe(0);
  });
});

describe('page-press', () => {
  const effort = { warmUp: 0, rounds: 1, presses: 10 };

  it('fails when the app is slow', async () => {
    const judgements = await judged(pagePress, effort, { subject: { slowMs: 100, heavyMb: 0 } });
    expect(metOf(judgements, 'p99')).toBe(false);
    expect(exitCode(judgements)).toBe(1);
  });

  it('passes when the floor is', async () => {
    const judgements = await judged(pagePress, effort, { floor: { slowMs: 100, heavyMb: 0 } });
    expect(exitCode(judgements)).toBe(0);
  });
});

describe('import', () => {
  const effort = { pilots: 1, rounds: 1, answers: 20 };

  it('fails when the command is slow and holds too much', { timeout: 90_000 }, async () => {
    const judgements = await judged(importing, effort, { subject: { slowMs: 3000, heavyMb: 200 } });
    expect(metOf(judgements, 'time')).toBe(false);
    expect(metOf(judgements, 'peak memory')).toBe(false);
    expect(exitCode(judgements)).toBe(1);
  });

  it('passes in time when loading is slow', { timeout: 90_000 }, async () => {
    const judgements = await judged(importing, effort, { floor: { slowMs: 3000, heavyMb: 0 } });
    expect(metOf(judgements, 'time')).toBe(true);
  });
});
