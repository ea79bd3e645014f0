import { describe, expect, it } from 'vitest';
import { createJobs, type Job, type Ticker } from '../../src/jobs/jobs.ts';

/** A promise that is kept from outside. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** A job that notes when it was run; `due` is what it says is next. */
function noted(
  name: string,
  due: () => number | null,
  work: (at: number) => Promise<void> | void = () => {},
) {
  const runs: number[] = [];
  const job: Job = {
    name,
    nextDue: async () => due(),
    run: async (at) => {
      runs.push(at);
      await work(at);
    },
  };
  return { job, runs };
}

function working(jobs: readonly Job[], now = () => 1000, giveWay = async () => {}) {
  const failures: [string, unknown][] = [];
  let tick = () => {};
  const log: string[] = [];
  const ticker: Ticker = {
    start(given) {
      tick = given;
      log.push('started');
    },
    stop: () => void log.push('stopped'),
  };
  const made = createJobs({
    jobs,
    now,
    ticker,
    failed: (job, error) => void failures.push([job, error]),
    giveWay,
  });
  return { jobs: made, failures, log, tick: () => tick() };
}

describe('jobs', () => {
  it('run what is due, with the time it is, and nothing else', async () => {
    const due = noted('due', () => 999);
    const now = noted('now', () => 1000);
    const later = noted('later', () => 1001);
    const never = noted('never', () => null);
    const { jobs } = working([due.job, now.job, later.job, never.job]);
    expect(jobs.lastLook()).toBeNull();
    await jobs.runDue();
    expect([due, now, later, never].map(({ runs }) => runs)).toEqual([[1000], [1000], [], []]);
    expect(jobs.lastLook()).toBe(1000);
  });

  it('let whoever waits for an answer go first, each of them', async () => {
    const order: string[] = [];
    const job = (name: string): Job => ({
      name,
      nextDue: async () => 999,
      run: async () => void order.push(name),
    });
    const { jobs } = working([job('one'), job('two')], undefined, async () => void order.push('people'));
    await jobs.runDue();
    expect(order).toEqual(['people', 'one', 'people', 'two']);
  });

  it('say when something is due next', async () => {
    const some = [noted('a', () => 7), noted('b', () => null), noted('c', () => 5)];
    expect(await working(some.map(({ job }) => job)).jobs.nextDue()).toBe(5);
    expect(await working([noted('a', () => null).job]).jobs.nextDue()).toBeNull();
    expect(await working([]).jobs.nextDue()).toBeNull();
  });

  it('look once at the start and at every tick', async () => {
    const job = noted('a', () => 0);
    const { jobs, tick, log } = working([job.job]);
    jobs.start();
    await jobs.settled();
    expect(job.runs).toHaveLength(1);
    tick();
    await jobs.settled();
    expect(job.runs).toHaveLength(2);
    await jobs.stop();
    expect(log).toEqual(['started', 'stopped']);
  });

  it('make a look that falls into a running one right after it, once, and never two at a time', async () => {
    const { opened, open } = gate();
    let inside = 0;
    let most = 0;
    const job = noted(
      'slow',
      () => 0,
      async () => {
        inside += 1;
        most = Math.max(most, inside);
        await opened;
        inside -= 1;
      },
    );
    const { jobs, tick } = working([job.job]);
    jobs.start();
    for (let times = 0; times < 5; times += 1) {
      tick();
      jobs.kick();
      void jobs.runDue();
    }
    open();
    await jobs.settled();
    expect(job.runs).toHaveLength(2);
    expect(most).toBe(1);
    await jobs.stop();
  });

  it('find what became due while another job ran', async () => {
    const { opened, open } = gate();
    let due: number | null = null;
    const first = noted('first', () => due);
    const second = noted(
      'second',
      () => (due === null ? 0 : null),
      async () => {
        await opened;
        due = 0;
      },
    );
    const { jobs } = working([first.job, second.job]);
    const look = jobs.runDue();
    void jobs.runDue();
    open();
    await look;
    await jobs.settled();
    expect(first.runs).toHaveLength(1);
  });

  it('go on with the others when one fails, and say which', async () => {
    const wrong = new Error('broken');
    const asking: Job = { name: 'asking', nextDue: () => Promise.reject(wrong), run: async () => {} };
    const running = noted(
      'running',
      () => 0,
      () => {
        throw wrong;
      },
    );
    const last = noted('last', () => 0);
    const { jobs, failures } = working([asking, running.job, last.job]);
    await jobs.runDue();
    expect(failures).toEqual([
      ['asking', wrong],
      ['running', wrong],
    ]);
    expect(last.runs).toHaveLength(1);
    await jobs.runDue();
    expect(last.runs).toHaveLength(2);
  });

  it('end only when what is under way has ended, and are not woken afterwards', async () => {
    const { opened, open } = gate();
    let ended = false;
    const job = noted(
      'slow',
      () => 0,
      async () => {
        await opened;
        ended = true;
      },
    );
    const { jobs, log } = working([job.job]);
    jobs.start();
    const stopped = jobs.stop().then(() => ended);
    expect(log).toEqual(['started', 'stopped']);
    jobs.kick();
    open();
    expect(await stopped).toBe(true);
    jobs.kick();
    await jobs.settled();
    expect(job.runs).toHaveLength(1);
  });

  it('are not woken before they are started', async () => {
    const job = noted('a', () => 0);
    const { jobs } = working([job.job]);
    jobs.kick();
    await jobs.settled();
    expect(job.runs).toEqual([]);
  });
});
