/** What does looking at a pilot cost beside reading its rows? */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECRET, type Server, startApp, startFloor } from './app.ts';
import type { Bench, Figure } from './bench.ts';
import { type Client, openClient, signedRequest } from './client.ts';
import { startFakeSlack } from './fake-slack.ts';
import { BOT, CHANNEL, type FilledPilot, fill, WORKSPACE } from './fill.ts';
import { percentile } from './judge.ts';
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

type Clients = Readonly<Record<Side, Client>>;

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
    { figure: 'p99', compare: 'ratio', at: 'most', limit: 1.5 },
  ],
  notes: ['Each pilot has 3 criteria with 13 weekly values; who asks is known after the first request.'],
  full: { pilots: 1000, warmUp: 3000, rounds: 5, requests: 4000 },
  quick: { pilots: 1000, warmUp: 1500, rounds: 3, requests: 1000 },
  measure: (effort, run) =>
    leavingNothing(async (folder, atTheEnd) => {
      run.say(`filling a database with ${effort.pilots} pilots`);
      const file = join(folder, 'pilotage.db');
      const pilots = await fill(
        file,
        { pilots: effort.pilots, criteria: 3, values: 13, weeks: 13 },
        Date.now(),
      );
      const slack = await startFakeSlack({ workspace: WORKSPACE, botUser: BOT });
      atTheEnd(() => slack.close());
      const connected = async (server: Server): Promise<Client> => {
        atTheEnd(() => server.stop());
        const client = await openClient(server.port);
        atTheEnd(() => client.close());
        return client;
      };
      const subject = await connected(await startApp({ file, apiUrl: slack.apiUrl, handicap: run.subject }));

      run.say('asking for every card once');
      const answers = join(folder, 'answers.json');
      writeFileSync(answers, JSON.stringify(await askAll(subject, pilots)));
      const told = { file, answers };
      const floor = await connected(await startFloor({ floor: 'show', told, handicap: run.floor }));
      const clients: Clients = { floor, subject };
      await expectSameAnswers(clients, pilots);

      run.say('warming up');
      const next = inCircles(pilots);
      await inTurns(Math.ceil(effort.warmUp / TURN), (side) => takeTurn(clients[side], next, TURN));
      const known = slack.calls('users.info');
      const floorRounds: number[][] = [];
      const subjectRounds: number[][] = [];
      for (let round = 1; round <= effort.rounds; round += 1) {
        run.say(`round ${round} of ${effort.rounds}`);
        const size = Math.min(TURN, effort.requests);
        const turns = await inTurns(Math.ceil(effort.requests / size), (side) =>
          takeTurn(clients[side], next, size),
        );
        floorRounds.push(turns.floor.flat());
        subjectRounds.push(turns.subject.flat());
      }
      if (slack.calls('users.info') !== known) throw new Error('Slack was asked about somebody who is known');
      const figure = (name: string, share: number): Figure => ({
        name,
        unit: 'ms',
        floor: floorRounds.map((times) => percentile(times, share)),
        subject: subjectRounds.map((times) => percentile(times, share)),
      });
      return [figure('p50', 0.5), figure('p99', 0.99)];
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

/** Asks for some pilots and tells how long each answer took once the other side is awake. */
async function takeTurn(client: Client, next: () => FilledPilot, count: number): Promise<number[]> {
  const requests = Array.from({ length: WAKING + count }, () => showRequest(next().key));
  const times: number[] = [];
  for (const request of requests) {
    const { status, ms } = await client.send(request);
    if (status !== 200) throw new Error(`an answer has the status ${status}`);
    times.push(ms);
  }
  return times.slice(WAKING);
}

/** What the app says about each pilot, by key. */
async function askAll(client: Client, pilots: readonly FilledPilot[]): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const { key } of pilots) {
    const { body } = await client.send(showRequest(key));
    if (!body.includes(key)) throw new Error(`the app answers for ${key}: ${body.slice(0, 500)}`);
    answers[key] = JSON.parse(body);
  }
  return answers;
}

/** Both sides must say the same, else they are not doing the same. */
async function expectSameAnswers({ floor, subject }: Clients, pilots: readonly FilledPilot[]): Promise<void> {
  for (const { key } of pilots.slice(0, 20)) {
    const [one, other] = [await floor.send(showRequest(key)), await subject.send(showRequest(key))];
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
