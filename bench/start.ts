/** How soon is the app there, and how much memory does it hold when nothing happens? */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultSeed, type Sandbox, startSandbox } from '../sandbox/server/index.ts';
import type { Bench, Handicap } from './bench.ts';
import { type Child, startChild } from './child.ts';
import { leavingNothing } from './leaving-nothing.ts';
import { inTurns, type Side } from './rounds.ts';

/** How much is measured. */
export interface StartEffort {
  readonly rounds: number;
  /** How long nothing happens before memory is looked at, in seconds. */
  readonly idle: number;
}

export const start: Bench<StartEffort> = {
  name: 'start',
  what: 'from starting the process to the line that says it is ready, and memory after a while without work',
  floor: 'bare Bolt with better-sqlite3 that connects over Socket Mode',
  subject: 'pilotage start over Socket Mode, on a database that is there already',
  budgets: [
    { figure: 'ready', compare: 'value', at: 'most', limit: 1000 },
    { figure: 'idle memory', compare: 'value', at: 'most', limit: 130 },
  ],
  notes: [
    'Memory is what is in RAM, 60 s after the start (10 s with --quick); the local Slack runs in another process.',
  ],
  full: { rounds: 9, idle: 60 },
  quick: { rounds: 3, idle: 10 },
  measure: (effort, run) =>
    leavingNothing(async (folder, atTheEnd) => {
      const slack = await startSandbox();
      atTheEnd(() => slack.close());
      const begin = (side: Side) => startSide(side, slack, join(folder, `${side}.db`), run[side]);
      run.say('starting both once, which makes the databases and fills the compile cache');
      const first = await timed(begin, 'subject');
      await timed(begin, 'floor');
      const ready = await inTurns(effort.rounds, (side, round) => {
        run.say(`start ${round + 1} of ${effort.rounds}: ${side}`);
        return timed(begin, side);
      });

      run.say(`waiting ${effort.idle} s`);
      const idle = { floor: await begin('floor'), subject: await begin('subject') };
      atTheEnd(() => idle.floor.stop());
      atTheEnd(() => idle.subject.stop());
      await pause(effort.idle * 1000);
      const memory = async (side: Side) => [(await idle[side].usage()).memoryMb];
      return [
        { name: 'ready', unit: 'ms', floor: ready.floor, subject: ready.subject },
        { name: 'first start', unit: 'ms', floor: [], subject: [first] },
        { name: 'idle memory', unit: 'MB', floor: await memory('floor'), subject: await memory('subject') },
      ];
    }),
};

async function timed(begin: (side: Side) => Promise<Child>, side: Side): Promise<number> {
  const child = await begin(side);
  await child.stop();
  return child.readyMs;
}

function startSide(side: Side, slack: Sandbox, file: string, handicap: Handicap): Promise<Child> {
  const [app] = defaultSeed().apps;
  if (app === undefined) throw new Error('the local Slack has no app');
  const slowed = { startMs: handicap.slowMs, heavyMb: handicap.heavyMb };
  if (side === 'floor') {
    const told = { apiUrl: slack.apiUrl, appToken: app.appToken, botToken: app.botToken, file };
    return startChild({
      script: 'bench/floors/start.ts',
      args: [JSON.stringify(told)],
      env: {},
      ready: /^ready$/,
      handicap: slowed,
    });
  }
  return startChild({
    script: 'bin/pilotage.js',
    args: ['start'],
    env: {
      SLACK_BOT_TOKEN: app.botToken,
      SLACK_APP_TOKEN: app.appToken,
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: `file:${file}`,
    },
    ready: /Pilotage is ready/,
    handicap: slowed,
  });
}
