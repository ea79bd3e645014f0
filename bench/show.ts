/** What does looking at a pilot cost beside reading its rows? */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECRET, type Server, startApp, startFloor } from './app.ts';
import type { Bench, Figure } from './bench.ts';
import { type Client, openClient, signedRequest } from './client.ts';
import { startFakeSlack } from './fake-slack.ts';
import { BOT, CHANNEL, type FilledPilot, fill, WORKSPACE } from './fill.ts';
import { median, percentile } from './judge.ts';
import { leavingNothing } from './leaving-nothing.ts';
import { inTurns, type Side } from './rounds.ts';

/** How much is measured. */
export interface ShowEffort {
  readonly pilots: number;
  /** Requests to each side before anything is measured. */
  readonly warmUp: number;
  readonly rounds: number;
  /** Requests to each side in a round. */
  readonly requests: number;
}

/** A server and the one connection to it. */
interface Connected {
  readonly server: Server;
  readonly client: Client;
}

type Sides = Readonly<Record<Side, Connected>>;

/** What a turn of one side took: each answer, and processor time for a request. */
interface Turn {
  readonly times: readonly number[];
  readonly cpuMs: number;
}

/** Requests before the other side has its turn: few, so that both meet the same disturbances. */
const TURN = 250;
/** Requests at the beginning of a turn that do not count: a process that has slept wakes up slowly. */
const WAKING = 25;
/** Somebody the database does not know yet: Slack is asked once, then no more. */
const READER = 'U0READER001';

export const show: Bench<ShowEffort> = {
  name: 'show',
  what: '/pilot show KEY over HTTP: signed requests of one client on one connection, one after the other',
  floor: 'bare Bolt that reads the same rows by raw statements and sends the same JSON, made beforehand',
  subject: 'pilotage start in HTTP mode, with all its jobs running',
  budgets: [
    { figure: 'p50', compare: 'ratio', at: 'most', limit: 1.5 },
    { figure: 'p99', compare: 'ratio', at: 'most', limit: 1.5, fullOnly: true },
  ],
  notes: [
    'Each pilot has 3 criteria with 13 weekly values; who asks is known after the first request.',
    'Processor: time of the server for a request. A busy machine disturbs it less than the times of the client.',
  ],
  full: { pilots: 1000, warmUp: 3000, rounds: 5, requests: 4000 },
  quick: { pilots: 1000, warmUp: 1500, rounds: 3, requests: 1000 },
  measure: (effort, run) =>
    leavingNothing(async (folder, atTheEnd) => {
      run.say(`filling a database with ${effort.pilots} pilots`);
      const file = join(folder, 'pilotage.db');
      const size = { pilots: effort.pilots, criteria: 3, values: 13, weeks: 13 };
      const pilots = await fill(file, size, Date.now());
      const slack = await startFakeSlack({ workspace: WORKSPACE, botUser: BOT });
      atTheEnd(() => slack.close());
      const connected = async (server: Server): Promise<Connected> => {
        atTheEnd(() => server.stop());
        const client = await openClient(server.port);
        atTheEnd(() => client.close());
        return { server, client };
      };
      const subject = await connected(await startApp({ file, apiUrl: slack.apiUrl, handicap: run.subject }));

      run.say('asking for every card once');
      const answers = join(folder, 'answers.json');
      writeFileSync(answers, JSON.stringify(await askAll(subject, pilots)));
      const told = { file, answers };
      const floor = await connected(await startFloor({ floor: 'show', told, handicap: run.floor }));
      const sides: Sides = { floor, subject };
      await expectSameAnswers(sides, pilots);

      const next = inCircles(pilots);
      const takeTurns = (requests: number) => {
        const turn = Math.min(TURN, requests);
        return inTurns(Math.ceil(requests / turn), (side) => takeTurn(sides[side], next, turn));
      };
      run.say('warming up');
      if (effort.warmUp > 0) await takeTurns(effort.warmUp);
      const known = slack.calls('users.info');
      const rounds: Readonly<Record<Side, Turn[]>>[] = [];
      for (let round = 1; round <= effort.rounds; round += 1) {
        run.say(`round ${round} of ${effort.rounds}`);
        rounds.push(await takeTurns(effort.requests));
      }
      if (slack.calls('users.info') !== known) throw new Error('Slack was asked about somebody who is known');

      const figure = (name: string, of: (turns: readonly Turn[]) => number): Figure => ({
        name,
        unit: 'ms',
        floor: rounds.map((round) => of(round.floor)),
        subject: rounds.map((round) => of(round.subject)),
      });
      const timesOf = (turns: readonly Turn[]): number[] => turns.flatMap(({ times }) => times);
      return [
        figure('p50', (turns) => percentile(timesOf(turns), 0.5)),
        figure('p99', (turns) => percentile(timesOf(turns), 0.99)),
        figure('processor', (turns) => median(turns.map(({ cpuMs }) => cpuMs))),
      ];
    }),
};

/** Goes through the pilots again and again. */
function inCircles(pilots: readonly FilledPilot[]): () => FilledPilot {
  let at = 0;
  return () => {
    const pilot = pilots[at % pilots.length];
    at += 1;
    if (pilot === undefined) throw new Error('there are no pilots');
    return pilot;
  };
}

/** Asks for some pilots; what it takes until the side is awake does not count. */
async function takeTurn(
  { server, client }: Connected,
  next: () => FilledPilot,
  count: number,
): Promise<Turn> {
  const requests = Array.from({ length: WAKING + count }, () => showRequest(next().key));
  const before = await server.usage();
  const times: number[] = [];
  for (const request of requests) {
    const { status, ms } = await client.send(request);
    if (status !== 200) throw new Error(`an answer has the status ${status}`);
    times.push(ms);
  }
  const after = await server.usage();
  return { times: times.slice(WAKING), cpuMs: (after.cpuMs - before.cpuMs) / requests.length };
}

/** What the app says about each pilot, by key. */
async function askAll(
  { client }: Connected,
  pilots: readonly FilledPilot[],
): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const { key } of pilots) {
    const { body } = await client.send(showRequest(key));
    if (!body.includes(key)) throw new Error(`the app answers for ${key}: ${body.slice(0, 500)}`);
    answers[key] = JSON.parse(body);
  }
  return answers;
}

/** Both sides must say the same, else they are not doing the same. */
async function expectSameAnswers({ floor, subject }: Sides, pilots: readonly FilledPilot[]): Promise<void> {
  for (const { key } of pilots.slice(0, 20)) {
    const [one, other] = [
      await floor.client.send(showRequest(key)),
      await subject.client.send(showRequest(key)),
    ];
    if (one.body !== other.body)
      throw new Error(`the floor says something else about ${key}: ${one.body.slice(0, 500)}`);
  }
}

function showRequest(key: string): Buffer {
  return signedRequest(SECRET, Date.now(), {
    team_id: WORKSPACE,
    user_id: READER,
    channel_id: CHANNEL,
    command: '/pilot',
    text: `show ${key}`,
    trigger_id: '1.2.bench',
  });
}
