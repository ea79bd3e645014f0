/** What falls due when, and how is it run exactly once at a time? */

/** Something that makes us look for what is due, once a second or when a test says so. */
export interface Ticker {
  start(tick: () => void): void;
  stop(): void;
}

/** Work that is due by the clock. Running it twice for the same instant must be harmless. */
export interface Job {
  readonly name: string;
  nextDue(): Promise<number | null>;
  run(at: number): Promise<void>;
}

/** What the jobs are made of. */
export interface JobsParts {
  readonly jobs: readonly Job[];
  readonly now: () => number;
  readonly ticker: Ticker;
  readonly failed: (job: string, error: unknown) => void;
  /** Waits a moment while somebody waits for an answer: what nobody waits for comes after it. */
  readonly giveWay?: () => Promise<void>;
}

/** The running jobs. */
export interface Jobs {
  start(): void;
  /** Stops looking; resolves when what is under way has ended. */
  stop(): Promise<void>;
  /** Looks at once, because something may have become due. */
  kick(): void;
  /** Runs everything that is due now, and resolves when it is done. */
  runDue(): Promise<void>;
  /** The next instant at which something falls due, or null. */
  nextDue(): Promise<number | null>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  /** When the last look ended, epoch ms; null before the first. */
  lastLook(): number | null;
}

/**
 * Runs jobs when they are due. A look that falls into a running one is made right after it, so nothing that became due
 * meanwhile waits for the next second, and no job ever runs beside itself.
 */
export function createJobs(parts: JobsParts): Jobs {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  let again = false;
  let stopped = true;
  let last: number | null = null;

  /** What a job waits for. One that cannot say is reported, and does not hide the others. */
  async function dueOf(job: Job): Promise<number | null> {
    try {
      return await job.nextDue();
    } catch (error) {
      parts.failed(job.name, error);
      return null;
    }
  }

  async function look(): Promise<void> {
    do {
      again = false;
      for (const job of parts.jobs) {
        try {
          await parts.giveWay?.();
          const due = await job.nextDue();
          const at = parts.now();
          if (due !== null && due <= at) await job.run(at);
        } catch (error) {
          parts.failed(job.name, error);
        }
      }
      last = parts.now();
    } while (again);
    // In the same step as the last question, so that a kick after it begins a new look and is not lost.
    busy = false;
  }

  function begin(): Promise<void> {
    if (busy) {
      again = true;
      return running;
    }
    busy = true;
    running = look();
    return running;
  }

  return {
    start() {
      stopped = false;
      parts.ticker.start(() => void begin());
      void begin();
    },
    async stop() {
      stopped = true;
      parts.ticker.stop();
      await running;
    },
    kick() {
      if (!stopped) void begin();
    },
    runDue: () => begin(),
    async nextDue() {
      const instants = await Promise.all(parts.jobs.map(dueOf));
      const due = instants.filter((at) => at !== null);
      return due.length === 0 ? null : Math.min(...due);
    },
    async settled() {
      while (busy) await running;
    },
    lastLook: () => last,
  };
}
