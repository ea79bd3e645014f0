/** What does a page of pilots with their verdicts cost on PostgreSQL? */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client as Connection } from 'pg';
import { restore } from '../src/db/restore.ts';
import { startPostgres } from '../test/support/postgres-server.ts';
import { startApp } from './app.ts';
import { type Bench, busy } from './bench.ts';
import { openClient } from './client.ts';
import { startFakeSlack } from './fake-slack.ts';
import { BOT, fill, WORKSPACE } from './fill.ts';
import { percentile } from './judge.ts';
import { leavingNothing } from './leaving-nothing.ts';
import {
  inRounds,
  makeToken,
  PACE_MS,
  PAGE,
  type PageEffort,
  pageRequest,
  readPage,
  send,
} from './page-request.ts';

const require = createRequire(import.meta.url);
const { Client }: typeof import('pg') = require('pg');

export const pagePostgres: Bench<PageEffort> = {
  name: 'page-postgres',
  what: `GET /api/v1/pilots on PostgreSQL: ${PAGE} of 1,000 pilots with the verdict, value and sentence of each criterion`,
  floor: 'the rows of these pilots read by six raw statements over one connection, and the same JSON written',
  subject: 'pilotage start in HTTP mode, asked by one client, one request after the other',
  budgets: [{ figure: 'page', compare: 'ratio', at: 'most', limit: 4 }],
  notes: [
    'Each pilot has 3 criteria with 13 weekly values. Times are the median of a round.',
    'The server is the one of the tests, on this machine, and waits for no disk: a page only reads.',
  ],
  full: { pilots: 1000, warmUp: 40, rounds: 5, requests: 60 },
  quick: { pilots: 1000, warmUp: 30, rounds: 3, requests: 20 },
  measure: (effort, run) =>
    leavingNothing(async (folder, atTheEnd) => {
      run.say(`filling a PostgreSQL database with ${effort.pilots} pilots`);
      const server = await startPostgres();
      atTheEnd(() => server.stop());
      const url = server.url('postgres');
      const file = join(folder, 'pilotage.db');
      await fill(file, { pilots: effort.pilots, criteria: 3, values: 13, weeks: 13 }, Date.now());
      const quietly = { anyway: false, dropMessages: false, now: Date.now(), watch: () => {} };
      await restore({ file, url, ...quietly });
      const request = pageRequest(await makeToken(url));
      const raw = new Client({ connectionString: url });
      await raw.connect();
      atTheEnd(() => raw.end());
      // As autovacuum would have done by the time somebody has a thousand pilots.
      await raw.query('vacuum analyze');

      const slack = await startFakeSlack({ workspace: WORKSPACE, botUser: BOT });
      atTheEnd(() => slack.close());
      const app = await startApp({ url, apiUrl: slack.apiUrl, handicap: run.subject });
      atTheEnd(() => app.stop());
      const client = await openClient(app.port);
      atTheEnd(() => client.close());
      const read = reader(raw, await readPage(client, request, Math.min(PAGE, effort.pilots)));
      const turn = async (count: number) => {
        const times: Record<'floor' | 'page', number[]> = { floor: [], page: [] };
        for (let n = 0; n < count; n += 1) {
          const started = performance.now();
          await read();
          busy(run.floor.slowMs);
          times.floor.push(performance.now() - started);
          times.page.push((await send(client, request)).ms);
          await pause(PACE_MS);
        }
        return times;
      };
      const rounds = await inRounds(effort, run, turn);
      const medians = (of: 'floor' | 'page') => rounds.map((times) => percentile(times[of], 0.5));
      return [{ name: 'page', unit: 'ms', floor: medians('floor'), subject: medians('page') }];
    }),
};

/** Reads what a page is made of, and writes its JSON. Each statement takes a way there and back, so there are few. */
function reader(raw: Connection, answer: object): () => Promise<number> {
  const of = (text: string, name: string) => (ids: readonly string[]) =>
    raw.query({ name, text, values: [WORKSPACE, ids] });
  const parts = [
    'select * from roles where workspace = $1 and pilot = any($2) and until is null',
    'select * from charter_versions where workspace = $1 and pilot = any($2) order by n',
    'select * from metrics where workspace = $1 and pilot = any($2) order by key',
    'select * from criteria where workspace = $1 and pilot = any($2) order by version, position',
    'select id, metric, period_end, value, num, den, raw, n, unit, trust, recorded_at, withdrawn from observations where workspace = $1 and pilot = any($2)',
  ].map((text, place) => of(text, `part ${place}`));
  return async () => {
    const { rows } = await raw.query<{ id: string }>({
      name: 'pilots',
      text: 'select * from pilots where workspace = $1 and deleted_at is null order by key limit $2',
      values: [WORKSPACE, PAGE],
    });
    const ids = rows.map(({ id }) => id);
    for (const part of parts) await part(ids);
    return JSON.stringify(answer).length;
  };
}
