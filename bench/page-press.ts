/** How long does somebody wait who presses a button on the page of the local Slack? */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type AppSeed, defaultSeed, type Sandbox, startSandbox } from '../sandbox/server/index.ts';
import type { Bench, Handicap } from './bench.ts';
import { type Child, startChild } from './child.ts';
import { type Client, openClient } from './client.ts';
import { percentile } from './judge.ts';
import { leavingNothing } from './leaving-nothing.ts';
import { inTurns, type Side } from './rounds.ts';

/** How much is measured. */
export interface PagePressEffort {
  /** Presses of each side before any that count. */
  readonly warmUp: number;
  readonly rounds: number;
  /** Presses of each side in a round. */
  readonly presses: number;
}

const [USER, CHANNEL, LABEL] = ['amara', '#project', 'My pilots'];
const COMMANDS: Readonly<Record<Side, string>> = { floor: '/bare', subject: '/pilot' };
/** What a press makes the app say is said before the next one. */
const REST_MS = 10;

export const pagePress: Bench<PagePressEffort> = {
  name: 'page-press',
  what: `a press on ${LABEL} in the page of the sandbox: from its request to the answer, which comes when the app has acknowledged`,
  floor: 'bare Bolt over Socket Mode that acknowledges',
  subject: 'pilotage start over Socket Mode',
  budgets: [
    { figure: 'p50', compare: 'value', at: 'most', limit: 50 },
    { figure: 'p99', compare: 'value', at: 'most', limit: 50 },
    { figure: 'p50', compare: 'ratio', at: 'most', limit: 5 },
  ],
  notes: [`One press at a time, ${REST_MS} ms apart; the local Slack runs in the process that measures.`],
  full: { warmUp: 100, rounds: 5, presses: 300 },
  quick: { warmUp: 50, rounds: 3, presses: 200 },
  measure: (effort, run) =>
    leavingNothing(async (folder, atTheEnd) => {
      const seeds: Readonly<Record<Side, AppSeed>> = { floor: appSeed('floor'), subject: appSeed('subject') };
      const seed = defaultSeed();
      for (const channel of seed.channels)
        channel.members = channel.members.filter((member) => member !== 'Test app');
      const slack = await startSandbox({ seed: { ...seed, apps: [seeds.floor, seeds.subject] } });
      atTheEnd(() => slack.close());
      for (const side of ['floor', 'subject'] as const) {
        const child = await startSide(side, seeds[side], slack, join(folder, 'pilotage.db'), run[side]);
        atTheEnd(() => child.stop());
      }
      const page = await openClient(Number(new URL(slack.apiUrl).port));
      atTheEnd(() => page.close());
      const requests = {
        floor: await pressRequest(slack, page, 'floor'),
        subject: await pressRequest(slack, page, 'subject'),
      };
      run.say('warming up');
      await inTurns(1, (side) => pressMany(page, requests[side], effort.warmUp));
      const { floor, subject } = await inTurns(effort.rounds, (side, round) => {
        run.say(`round ${round + 1} of ${effort.rounds}: ${side}`);
        return pressMany(page, requests[side], effort.presses);
      });
      const figure = (name: string, share: number) => ({
        name,
        unit: 'ms' as const,
        floor: floor.map((times) => percentile(times, share)),
        subject: subject.map((times) => percentile(times, share)),
      });
      return [figure('p50', 0.5), figure('p99', 0.99)];
    }),
};

/** Each side is an app of its own in the same workspace. */
function appSeed(side: Side): AppSeed {
  const [app] = defaultSeed().apps;
  if (app === undefined) throw new Error('the local Slack has no app');
  return {
    ...app,
    name: `${side} app`,
    botToken: `xoxb-${side}`,
    appToken: `xapp-${side}`,
    commands: [{ command: COMMANDS[side], description: 'Tries things', usageHint: '' }],
    shortcuts: [],
  };
}

function startSide(
  side: Side,
  { botToken, appToken }: AppSeed,
  slack: Sandbox,
  file: string,
  { slowMs, heavyMb }: Handicap,
): Promise<Child> {
  const handicap = { messageMs: slowMs, heavyMb };
  if (side === 'floor') {
    const told = { apiUrl: slack.apiUrl, appToken, botToken, command: COMMANDS.floor };
    return startChild({
      script: 'bench/floors/page-press.ts',
      args: [JSON.stringify(told)],
      env: {},
      ready: /^ready$/,
      handicap,
    });
  }
  return startChild({
    script: 'bin/pilotage.js',
    args: ['start'],
    env: {
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: `file:${file}`,
    },
    ready: /Pilotage is ready/,
    handicap,
  });
}

/** Has the app show its button, and gives the request the page sends when it is pressed. */
async function pressRequest(slack: Sandbox, page: Client, side: Side): Promise<Buffer> {
  await ask(page, controlRequest('command', { user: USER, channel: CHANNEL, text: COMMANDS[side] }));
  await slack.settled();
  const shown = slack.control.read.messages(USER, CHANNEL).at(-1);
  if (shown === undefined) throw new Error(`${COMMANDS[side]} was not answered`);
  return controlRequest('press', { user: USER, channel: CHANNEL, ts: shown.ts, label: LABEL });
}

async function pressMany(page: Client, request: Buffer, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    times.push(await ask(page, request));
    await pause(REST_MS);
  }
  return times;
}

/** Sends what the page sends; gives how long it took, in milliseconds. */
async function ask(page: Client, request: Buffer): Promise<number> {
  const { body, ms } = await page.send(request);
  const { ok, result, error } = JSON.parse(body) as { ok: boolean; result?: { ok: boolean }; error?: string };
  if (!ok || result?.ok !== true) throw new Error(`the page was answered with ${error ?? body}`);
  return ms;
}

function controlRequest(name: string, fields: object): Buffer {
  const body = JSON.stringify(fields);
  const head = [
    `POST /control/${name} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
