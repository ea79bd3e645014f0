/** How does a test run the real app against the local Slack, in simulated time? */
import { randomBytes } from 'node:crypto';
import { afterEach } from 'vitest';
import {
  type Sandbox,
  type SandboxOptions,
  startSandbox,
  type WorkspaceSeed,
} from '../../sandbox/server/index.ts';
import { type App, createApp, type Log } from '../../src/app.ts';
import { harbourMutual } from '../../src/cli/demo/people.ts';
import type { Database } from '../../src/db/database.ts';
import { idMaker } from '../../src/db/uuidv7.ts';
import {
  type SettableClock,
  type SimulatedTime,
  settableClock,
  simulateTime,
} from '../../src/jobs/simulated-time.ts';
import { stillTicker } from '../../src/jobs/ticker.ts';
import { NO_LIMITS } from '../../src/slack/pace.ts';

/** The app, the Slack it talks to, and the time both live in. */
export interface World {
  readonly db: Database;
  readonly slack: Sandbox;
  readonly control: Sandbox['control'];
  readonly app: App;
  readonly clock: SettableClock;
  readonly time: SimulatedTime;
  /** Everything the app logged as a warning or an error. */
  readonly complaints: { level: string; facts: object; words: string }[];
  /** Where Slack's deliveries go in HTTP mode. */
  readonly requestUrl: string | null;
  settle(): Promise<void>;
}

/** Monday, 5 January 2026, 9:00 in Berlin. */
export const MONDAY = Date.UTC(2026, 0, 5, 8);

/** What a test may choose. */
export interface WorldOptions {
  readonly at?: number;
  readonly mode?: 'socket' | 'http';
  /** A port for the app's own endpoints; 0 takes any that is free. */
  readonly httpPort?: number;
  readonly seed?: WorkspaceSeed;
  readonly slack?: Partial<SandboxOptions>;
  /** What else the app may do in Slack than the demo's may. */
  readonly scopes?: readonly string[];
}

/** Starts app and Slack on a migrated database, and stops both after the test. */
export async function startWorld(db: Database, options: WorldOptions = {}): Promise<World> {
  const clock = settableClock(options.at ?? MONDAY);
  const seed: WorkspaceSeed = structuredClone(options.seed ?? harbourMutual) as WorkspaceSeed;
  for (const app of seed.apps) app.scopes = [...(app.scopes ?? []), ...(options.scopes ?? [])];
  const mode = options.mode ?? 'socket';
  const slack = await startSandbox({ clock, seed, ...options.slack });
  const complaints: World['complaints'] = [];
  const note = (level: string) => (facts: object, words: string) =>
    void complaints.push({ level, facts, words });
  const log: Log = { debug() {}, info() {}, warn: note('warn'), error: note('error') };
  const port = mode === 'http' ? await freePort() : 0;
  const bot = seed.apps[0];
  if (bot === undefined) throw new Error('the workspace has no app');
  const requestUrl = mode === 'http' ? `http://127.0.0.1:${port}/slack/events` : null;
  if (requestUrl !== null) await slack.control.apps.setMode('http', requestUrl);
  const app = await createApp({
    slack: {
      botToken: bot.botToken,
      apiUrl: slack.apiUrl,
      mode:
        mode === 'http'
          ? { kind: 'http', signingSecret: bot.signingSecret, port }
          : { kind: 'socket', appToken: bot.appToken },
    },
    db,
    command: '/pilot',
    timezone: 'Europe/Berlin',
    now: clock.now,
    newId: idMaker(clock.now, () => randomBytes(10)),
    ticker: stillTicker(),
    log,
    httpPort: options.httpPort ?? null,
    // Without limits over there, everything that is due now is said now.
    ...(options.slack?.rateLimits === true ? {} : { limits: NO_LIMITS }),
  });
  await app.start();
  const time = simulateTime(clock, [
    app,
    { settled: slack.settled, nextDue: slack.nextDue, runDue: slack.runDue },
  ]);
  stops.push(async () => {
    await app.stop();
    await slack.close();
  });
  await time.settle();
  return { db, slack, control: slack.control, app, clock, time, complaints, requestUrl, settle: time.settle };
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
