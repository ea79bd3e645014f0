/** How do app and local Slack run together in simulated time? */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { harbourMutual } from './people.ts';

const loadSandbox = () => import('../../../sandbox/server/index.ts');
type StartSandbox = Awaited<ReturnType<typeof loadSandbox>>['startSandbox'];
export type LocalSlack = Awaited<ReturnType<StartSandbox>>;
export type ServeHook = NonNullable<NonNullable<Parameters<StartSandbox>[0]>['serve']>;

/** The whole demo, running. */
export interface Stage {
  readonly slack: LocalSlack;
  readonly app: App;
  readonly db: Database;
  readonly clock: SettableClock;
  readonly time: SimulatedTime;
  close(): Promise<void>;
}

/** Starts the local Slack, the app on a database in a temporary folder, and the one loop of time behind both. */
export async function openStage(options: {
  readonly start: number;
  readonly port: number;
  readonly serve: ServeHook;
  readonly log: Log;
}): Promise<Stage> {
  const { startSandbox } = await loadSandbox();
  const clock = settableClock(options.start);
  const slack = await startSandbox({
    clock,
    port: options.port,
    seed: structuredClone(harbourMutual),
    serve: options.serve,
  });
  const folder = mkdtempSync(join(tmpdir(), 'pilotage-demo-'));
  const db = await openDatabase({
    url: `file:${join(folder, 'pilotage.db')}`,
    salt: () => randomBytes(16).toString('hex'),
    as: 'app',
  });
  await migrate(db);
  const bot = harbourMutual.apps[0];
  const app = await createApp({
    slack: {
      botToken: bot?.botToken ?? '',
      apiUrl: slack.apiUrl,
      mode: { kind: 'socket', appToken: bot?.appToken ?? '' },
    },
    db,
    command: '/pilot',
    timezone: 'Europe/Berlin',
    now: clock.now,
    newId: idMaker(clock.now, () => randomBytes(10)),
    ticker: stillTicker(),
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
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
