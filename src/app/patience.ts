/** Is a clock believed at once that says that deadlines passed while nobody looked? */
import type { Job } from '../jobs/jobs.ts';

/** What was due longer ago than this was not looked for in time: the app was away, or its clock has run ahead. */
const LATE_MS = 10 * 60_000;
/** So long a clock that ran ahead has to be set right again before anybody is asked because of it. */
const PATIENCE_MS = 60 * 60_000;

/** Lets some jobs wait after a gap. */
export interface Patience {
  /** Looks whether there was a gap; goes before all other jobs. */
  readonly watch: Job;
  /** The same job, waiting after a gap in which something of these jobs fell due. */
  patient(job: Job): Job;
}

/**
 * Makes one that has not looked yet. A downtime and a clock that has jumped look alike; after either, what climbs by deadlines
 * waits an hour. Nothing is lost by that, and a clock that is set right meanwhile has done no harm.
 */
export function createPatience(now: () => number): Patience {
  const jobs: Job[] = [];
  let seen: number | null = null;
  let rest: { readonly since: number; readonly until: number } | null = null;

  /** Until when nobody is asked; null while all is well. */
  function restsUntil(): number | null {
    const at = now();
    if (rest === null || at < rest.since || at >= rest.until) return null;
    return rest.until;
  }

  const wasAway = (at: number): boolean => seen === null || at - seen > LATE_MS;

  return {
    watch: {
      name: 'patience',
      async nextDue() {
        const at = now();
        if (wasAway(at)) return at;
        seen = at;
        return null;
      },
      async run(at) {
        if (!wasAway(at)) return;
        const dues = await Promise.all(jobs.map((job) => job.nextDue()));
        // What was due before the gap was waited for once. Zero stands for as soon as possible, which is never late.
        const from = seen ?? 0;
        const isLate = dues.some((due) => due !== null && due > from && at - due > LATE_MS);
        if (isLate) rest = { since: at, until: at + PATIENCE_MS };
        seen = at;
      },
    },
    patient(job) {
      jobs.push(job);
      return {
        name: job.name,
        async nextDue() {
          const due = await job.nextDue();
          return due === null ? null : Math.max(due, restsUntil() ?? due);
        },
        run: (at) => (restsUntil() === null ? job.run(at) : Promise.resolve()),
      };
    },
  };
}
