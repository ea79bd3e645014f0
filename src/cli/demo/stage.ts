/** How do app and local Slack run together in simulated time? */
import { randomBytes } from 'node:crypto';
import { type App, createApp, type Log } from '../../app.ts';
import type { Database } from '../../db/database.ts';
import { migrate } from '../../db/migrate.ts';
import { openDatabase } from '../../db/open.ts';
import { idMaker } from '../../db/uuidv7.ts';
import {
  type SettableClock,
  type SimulatedTime,
  settableClock,
  simulateTime,
} from '../../jobs/simulated-time.ts';
import { stillTicker } from '../../jobs/ticker.ts';
import { NO_LIMITS, type SendingLimits } from '../../slack/pace.ts';
import { harbourMutual } from './people.ts';

const loadSandbox = () => import('../../../sandbox/server/index.ts');
type StartSandbox = Awaited<ReturnType<typeof loadSandbox>>['startSandbox'];
type SandboxOptions = NonNullable<Parameters<StartSandbox>[0]>;
export type LocalSlack = Awaited<ReturnType<StartSandbox>>;
export type ServeHook = NonNullable<SandboxOptions['serve']>;
/** Who and what is in the local Slack at the start. */
export type Seed = NonNullable<SandboxOptions['seed']>;

/** The whole app with a local Slack around it, running. */
export interface Stage {
  readonly slack: LocalSlack;
  readonly app: App;
  readonly db: Database;
  readonly clock: SettableClock;
  readonly time: SimulatedTime;
  close(): Promise<void>;
}

/** What a stage is made of. */
export interface StageOptions {
  /** The instant at which its time stands, epoch ms. */
  readonly start: number;
  /** Port of the local Slack; 0 takes any that is free. */
  readonly port: number;
  readonly serve?: ServeHook;
  readonly log: Log;
  /** Who and what is there; by default Harbour Mutual. */
  readonly seed?: Seed;
  /** IANA zone of the workspace until settings say otherwise. */
  readonly timezone?: string;
  /** Bytes for ids and salts, random by default; the same bytes make the same run. */
  readonly chance?: (size: number) => Uint8Array;
  /**
   * How much Slack takes; by default as much as is said. The local Slack counts nothing, and a clock that stands still never
   * reaches the minute after which the real one would take more.
   */
  readonly limits?: SendingLimits;
}

/** Starts the local Slack, the app on a database that ends with it, and the one loop of time behind both. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const {
    seed = harbourMutual,
    timezone = 'Europe/Berlin',
    chance = randomBytes,
    limits = NO_LIMITS,
  } = options;
  const { startSandbox } = await loadSandbox();
  const clock = settableClock(options.start);
  const slack = await startSandbox({
    clock,
    port: options.port,
    seed: structuredClone(seed),
    ...(options.serve === undefined ? {} : { serve: options.serve }),
  });
  // Nothing is kept when a stage ends, and weeks are played faster without waiting for the disk.
  const db = await openDatabase({
    url: 'file::memory:',
    salt: () => Buffer.from(chance(16)).toString('hex'),
    as: 'app',
  });
  await migrate(db);
  const bot = seed.apps[0];
  const app = await createApp({
    slack: {
      botToken: bot?.botToken ?? '',
      apiUrl: slack.apiUrl,
      mode: { kind: 'socket', appToken: bot?.appToken ?? '' },
    },
    db,
    command: '/pilot',
    timezone,
    now: clock.now,
    newId: idMaker(clock.now, () => chance(10)),
    ticker: stillTicker(),
    limits,
    log: options.log,
  });
  await app.start();
  const time = simulateTime(clock, [
    app,
    { settled: slack.settled, nextDue: slack.nextDue, runDue: slack.runDue },
  ]);
  await time.settle();
  return {
    slack,
    app,
    db,
    clock,
    time,
    async close() {
      await app.stop();
      await slack.close();
      await db.close();
    },
  };
}
