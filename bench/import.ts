/** What does taking a million values in cost beside loading the same file, and do people notice it meanwhile? */
import { closeSync, copyFileSync, openSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import { addDays } from '../src/core/day.ts';
import { SECRET, startApp } from './app.ts';
import { type Bench, FAIR, type Handicap } from './bench.ts';
import { type Child, startChild, type Usage } from './child.ts';
import { type Client, openClient, signedRequest } from './client.ts';
import { startFakeSlack } from './fake-slack.ts';
import { BOT, CHANNEL, fill, WORKSPACE } from './fill.ts';
import { percentile } from './judge.ts';
import { leavingNothing } from './leaving-nothing.ts';
import { inTurns, type Side } from './rounds.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

/** How much is measured; every pilot has 10 metrics with a value for each of 200 weeks. */
export interface ImportEffort {
  readonly pilots: number;
  readonly rounds: number;
  /** Acknowledgements in a round while nothing is imported, at a pace of one in 5 ms. */
  readonly answers: number;
}

const METRICS = 10;
const WEEKS = 200;
const PACE_MS = 5;
/** Pilots nothing is imported for: to show them is the same work all the time. */
const SHOWN = 20;
/** Acknowledgements before any that count. */
const WAKING = 200;
const PATIENCE_MS = 180_000;

export const importing: Bench<ImportEffort> = {
  name: 'import',
  what: '1,000,000 values from a CSV file (300,000 with --quick), from starting the command to the line that says they are recorded',
  floor:
    'the lines cut at their commas and put as text into a table without keys, in one transaction, by better-sqlite3',
  subject: 'pilotage import observations: validated, compared with what is there, 5,000 rows in a commit',
  budgets: [
    { figure: 'time', compare: 'ratio', at: 'most', limit: 2.5 },
    { figure: 'peak memory', compare: 'value', at: 'most', limit: 200 },
    { figure: 'answers p99', compare: 'ratio', at: 'most', limit: 3, fullOnly: true },
  ],
  notes: [
    `Every pilot is signed and has ${METRICS} metrics with ${WEEKS} weekly values; the file is sorted by pilot and metric.`,
    'Time ends when all rows are recorded. Which words they change is worked out afterwards; processor has it all.',
    'Answers: /pilot show of a running app on the same database, while nothing is imported (floor) and while all of it is.',
  ],
  full: { pilots: 500, rounds: 3, answers: 2000 },
  quick: { pilots: 150, rounds: 3, answers: 1000 },
  measure: (effort, run) =>
    leavingNothing(async (folder, atTheEnd) => {
      const rows = effort.pilots * METRICS * WEEKS;
      run.say(`writing a file with ${rows.toLocaleString('en')} values`);
      const files = { empty: join(folder, 'empty.db'), csv: join(folder, 'values.csv') };
      const shown = await prepare(files, effort.pilots);

      const fresh = (name: string) => freshCopy(files.empty, join(folder, name));
      const { floor, subject } = await inTurns(effort.rounds, async (side, round) => {
        run.say(`round ${round + 1} of ${effort.rounds}: ${side}`);
        const file = side === 'floor' ? remove(join(folder, 'floor.db')) : fresh('subject.db');
        const child = await load(side, { file, csv: files.csv, rows }, run[side]);
        return { timeMs: child.readyMs, ...(await child.end()) };
      });

      const slack = await startFakeSlack({ workspace: WORKSPACE, botUser: BOT });
      atTheEnd(() => slack.close());
      const idle: number[] = [];
      const during: number[] = [];
      for (let round = 1; round <= effort.rounds; round += 1) {
        run.say(`acknowledgements ${round} of ${effort.rounds}`);
        const file = fresh('answers.db');
        const app = await startApp({ file, apiUrl: slack.apiUrl, handicap: FAIR });
        atTheEnd(() => app.stop());
        const client = await openClient(app.port);
        await acknowledge(client, shown, (sent) => sent === WAKING);
        idle.push(percentile(await acknowledge(client, shown, (sent) => sent === effort.answers), 0.99));
        let done = false;
        const imported = load('subject', { file, csv: files.csv, rows }, run.subject).finally(() => {
          done = true;
        });
        during.push(percentile(await acknowledge(client, shown, () => done), 0.99));
        await (await imported).end();
        client.close();
        await app.stop();
      }
      const taken = (of: (usage: Usage & { readonly timeMs: number }) => number) => ({
        floor: floor.map(of),
        subject: subject.map(of),
      });
      return [
        { name: 'time', unit: 'ms', ...taken(({ timeMs }) => timeMs) },
        { name: 'processor', unit: 'ms', ...taken(({ cpuMs }) => cpuMs) },
        { name: 'peak memory', unit: 'MB', ...taken(({ peakMb }) => peakMb) },
        { name: 'answers p99', unit: 'ms', floor: idle, subject: during },
      ];
    }),
};

/** Makes a database with pilots without values, and the file with the values of most of them; gives the keys of the others. */
async function prepare(
  { empty, csv }: { readonly empty: string; readonly csv: string },
  pilots: number,
): Promise<string[]> {
  await fill(empty, { pilots: pilots + SHOWN, criteria: METRICS, values: 0, weeks: WEEKS }, Date.now());
  const client = new Connection(empty);
  // Short keys, so that a million rows are less than the largest file that is taken.
  client.exec("update pilots set key = 'pilot-' || substr(key, -4)");
  const known = client
    .prepare<[], { pilot: string; metric: string; unit: string; start: string }>(
      `select p.key as pilot, m.key as metric, m.unit, json_extract(c.fields, '$.start') as start
       from pilots p join metrics m on m.pilot = p.id join charter_versions c on c.pilot = p.id order by p.id, m.id`,
    )
    .all();
  client.pragma('wal_checkpoint(TRUNCATE)');
  client.close();
  const out = openSync(csv, 'w');
  writeSync(out, 'pilot,metric,end,value,unit,source\n');
  const ends = Array.from({ length: WEEKS }, (_, week) => addDays(known[0]?.start ?? '', 7 * (week + 1)));
  const inFile = known.slice(0, pilots * METRICS);
  for (const [at, { pilot, metric, unit }] of inFile.entries()) {
    const lines = ends.map(
      (end, week) => `${pilot},${metric},${end},${((at * 7 + week * 31) % 1000) / 10 + 1},${unit},dwh\n`,
    );
    writeSync(out, lines.join(''));
  }
  closeSync(out);
  return [...new Set(known.slice(inFile.length).map(({ pilot }) => pilot))];
}

function freshCopy(from: string, to: string): string {
  copyFileSync(from, remove(to));
  return to;
}

function remove(file: string): string {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  return file;
}

/** Starts what loads the file; it is there when all of it is loaded, and may have something left to do. */
function load(
  side: Side,
  { file, csv, rows }: { readonly file: string; readonly csv: string; readonly rows: number },
  { slowMs, heavyMb }: Handicap,
): Promise<Child> {
  const common = { patienceMs: PATIENCE_MS, handicap: { startMs: slowMs, heavyMb } };
  if (side === 'floor') {
    return startChild({
      ...common,
      script: 'bench/floors/import.ts',
      args: [JSON.stringify({ file, csv })],
      env: {},
      ready: new RegExp(`^${rows} rows loaded$`),
    });
  }
  return startChild({
    ...common,
    script: 'bin/pilotage.js',
    args: ['import', 'observations', csv],
    env: { DATABASE_URL: `file:${file}` },
    ready: new RegExp(`^${rows} values recorded\\.$`),
  });
}

/** Asks for one pilot after the other at a steady pace; gives what each answer took, in milliseconds. */
async function acknowledge(
  client: Client,
  keys: readonly string[],
  enough: (sent: number) => boolean,
): Promise<number[]> {
  const times: number[] = [];
  for (let sent = 0; !enough(sent); sent += 1) {
    const due = performance.now() + PACE_MS;
    const request = signedRequest(SECRET, Date.now(), {
      team_id: WORKSPACE,
      user_id: 'U0READER001',
      channel_id: CHANNEL,
      command: '/pilot',
      text: `show ${keys[sent % keys.length]}`,
      trigger_id: '1.2.bench',
    });
    const { status, ms } = await client.send(request);
    if (status !== 200) throw new Error(`an answer has the status ${status}`);
    times.push(ms);
    await pause(Math.max(0, due - performance.now()));
  }
  return times;
}
