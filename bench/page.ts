/** What does a page of pilots with their verdicts cost when there are many pilots? */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import { SECRET, startApp } from './app.ts';
import { type Bench, busy } from './bench.ts';
import { type Client, openClient, signedEvent, signedRequest } from './client.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { BOT, CHANNEL, fill, WORKSPACE } from './fill.ts';
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
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

/** Somebody with roles in some of the pilots. */
const READER = 'U0PERSON001';

export const page: Bench<PageEffort> = {
  name: 'page',
  what: `GET /api/v1/pilots: ${PAGE} of 1,000 pilots with the verdict, value and sentence of each criterion`,
  floor: 'the rows of these pilots read by raw statements, and the same JSON written',
  subject: 'pilotage start in HTTP mode, asked by one client, one request after the other',
  budgets: [
    { figure: 'page', compare: 'value', at: 'most', limit: 20 },
    { figure: 'page', compare: 'ratio', at: 'most', limit: 4 },
  ],
  notes: [
    'Each pilot has 3 criteria with 13 weekly values. Times are the median of a round.',
    'List: /pilot list, 15 of all pilots. Home: from opening the tab to what the app tells Slack to show, for somebody with 75 pilots.',
  ],
  full: { pilots: 1000, warmUp: 40, rounds: 5, requests: 60 },
  quick: { pilots: 1000, warmUp: 30, rounds: 3, requests: 20 },
  measure: (effort, run) =>
    leavingNothing(async (folder, atTheEnd) => {
      run.say(`filling a database with ${effort.pilots} pilots`);
      const file = join(folder, 'pilotage.db');
      await fill(file, { pilots: effort.pilots, criteria: 3, values: 13, weeks: 13 }, Date.now());
      const request = pageRequest(await makeToken(`file:${file}`));
      const slack = await startFakeSlack({ workspace: WORKSPACE, botUser: BOT });
      atTheEnd(() => slack.close());
      const app = await startApp({ file, apiUrl: slack.apiUrl, handicap: run.subject });
      atTheEnd(() => app.stop());
      const client = await openClient(app.port);
      atTheEnd(() => client.close());
      const raw = new Connection(file, { readonly: true });
      atTheEnd(() => raw.close());

      const answer = await readPage(client, request, Math.min(PAGE, effort.pilots));
      const read = reader(raw, answer);
      const turn = async (count: number) => {
        const times: Record<'floor' | 'page' | 'list' | 'home', number[]> = {
          floor: [],
          page: [],
          list: [],
          home: [],
        };
        for (let n = 0; n < count; n += 1) {
          const started = performance.now();
          read();
          busy(run.floor.slowMs);
          times.floor.push(performance.now() - started);
          times.page.push((await send(client, request)).ms);
          times.list.push((await send(client, listRequest())).ms);
          times.home.push(await openHome(client, slack, n));
          await pause(PACE_MS);
        }
        return times;
      };
      const rounds = await inRounds(effort, run, turn);
      const medians = (of: 'floor' | 'page' | 'list' | 'home') =>
        rounds.map((times) => percentile(times[of], 0.5));
      return [
        { name: 'page', unit: 'ms', floor: medians('floor'), subject: medians('page') },
        { name: 'list', unit: 'ms', floor: [], subject: medians('list') },
        { name: 'home', unit: 'ms', floor: [], subject: medians('home') },
      ];
    }),
};

const listRequest = (): Buffer =>
  signedRequest(SECRET, Date.now(), {
    team_id: WORKSPACE,
    user_id: READER,
    channel_id: CHANNEL,
    command: '/pilot',
    text: 'list',
    trigger_id: '1.2.bench',
  });

/** Reads what a page is made of, and writes its JSON. */
function reader(raw: BetterSqlite3.Database, answer: object): () => number {
  const first = raw.prepare<[string, number], { id: string }>(
    'select * from pilots where workspace = ? and deleted_at is null order by key limit ?',
  );
  const parts = [
    'select * from roles where workspace = ? and pilot = ? and until is null',
    'select * from charter_versions where workspace = ? and pilot = ? order by n',
    'select * from metrics where workspace = ? and pilot = ? order by key',
    'select * from criteria where workspace = ? and pilot = ? order by version, position',
    'select id, metric, period_end, value, num, den, raw, n, unit, trust, recorded_at, withdrawn from observations where workspace = ? and pilot = ?',
  ].map((text) => raw.prepare(text));
  return () => {
    for (const { id } of first.all(WORKSPACE, PAGE))
      for (const statement of parts) statement.all(WORKSPACE, id);
    return JSON.stringify(answer).length;
  };
}

/** Opens the Home tab; gives the time until the app has said what is to be shown there, in milliseconds. */
async function openHome(client: Client, slack: FakeSlack, n: number): Promise<number> {
  const shown = slack.calls('views.publish');
  const started = performance.now();
  await send(client, signedEvent(SECRET, Date.now(), homeOpened(n)));
  while (slack.calls('views.publish') === shown) await pause(0);
  return performance.now() - started;
}

const homeOpened = (n: number) => ({
  type: 'event_callback',
  team_id: WORKSPACE,
  api_app_id: 'A0BENCH0001',
  event_id: `Ev0BENCH${Date.now()}`,
  event_time: Math.floor(Date.now() / 1000),
  event: {
    type: 'app_home_opened',
    user: READER,
    tab: 'home',
    channel: 'D0BENCH0001',
    event_ts: `${Date.now()}.${n}`,
  },
});
