/** What wakes the jobs up in production? */
import { createRequire } from 'node:module';
import type { Ticker } from './jobs.ts';

const require = createRequire(import.meta.url);

/** How long without a tick before a plain timer takes over. */
const SILENCE_MS = 30_000;

/**
 * A tick every second by node-cron, in UTC. node-cron has been seen to fall silent for an hour when clocks go back, so a
 * plain timer watches it and ticks in its place while it is silent.
 */
export function cronTicker(): Ticker {
  const cron = require('node-cron') as typeof import('node-cron');
  let task: ReturnType<typeof cron.schedule> | null = null;
  let watchdog: NodeJS.Timeout | null = null;
  let lastTick = 0;
  return {
    start(tick) {
      lastTick = performance.now();
      task = cron.schedule(
        '* * * * * *',
        () => {
          lastTick = performance.now();
          tick();
        },
        { timezone: 'UTC', noOverlap: true },
      );
      watchdog = setInterval(() => {
        if (performance.now() - lastTick > SILENCE_MS) tick();
      }, 1000);
      watchdog.unref();
    },
    stop() {
      if (watchdog !== null) clearInterval(watchdog);
      void task?.destroy();
      task = null;
      watchdog = null;
    },
  };
}

/** A ticker that never ticks: simulated time runs what is due by itself. */
export const stillTicker = (): Ticker => ({ start() {}, stop() {} });
