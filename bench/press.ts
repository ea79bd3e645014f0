/** What does a press that is kept cost beside one row on the disk? */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { SECRET, type Server, startApp, startFloor } from './app.ts';
import type { Bench } from './bench.ts';
import { type Client, openClient, type SignedRequest, signedRequest } from './client.ts';
import { type FakeSlack, type OpenedView, startFakeSlack } from './fake-slack.ts';
import { BOT, CHANNEL, type FilledPilot, fill, type Size, WORKSPACE } from './fill.ts';
import { percentile } from './judge.ts';
import { leavingNothing } from './leaving-nothing.ts';
import { inTurns } from './rounds.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

/** How much is measured. Every press of a round is on another pilot. */
export interface PressEffort {
  readonly rounds: number;
  /** Presses of a round that are made one at a time. */
  readonly alone: number;
  /** Presses of a round that are made by ten clients at once. */
  readonly crowd: number;
}

const CLIENTS = 10;
/** How long nothing must have been heard from the app before the next press that is made alone. */
const QUIET_MS = 10;
/** About as long as Slack takes to answer. */
const SLACK_MS = 100;
/** Whole weeks since the pilots began. The newest has no value before the first press. */
const WEEKS = 14;

export const press: Bench<PressEffort> = {
  name: 'press',
  what: 'a press on Record over HTTP that keeps one value, and with it history, card and the line in the channel',
  floor: 'bare Bolt that inserts one row in WAL mode with synchronous=FULL and answers',
  subject: 'pilotage start in HTTP mode, with all its jobs running',
  budgets: [
    { figure: 'p50 alone', compare: 'difference', at: 'most', limit: 0.3 },
    { figure: 'presses', compare: 'ratio', at: 'least', limit: 0.35 },
  ],
  notes: [
    `Alone: the next press is made when the app has said what it had to say and nothing was heard for ${QUIET_MS} ms.`,
    `Presses: ${CLIENTS} clients; Slack answers after ${SLACK_MS} ms, so that part of what is to be said is said meanwhile.`,
    'Processor: of the server, for a press alone and everything that is said because of it.',
  ],
  full: { rounds: 5, alone: 200, crowd: 800 },
  quick: { rounds: 3, alone: 60, crowd: 240 },
  measure: (effort, run) =>
    leavingNothing(async (folder, atTheEnd) => {
      const size: Size = {
        pilots: effort.alone + effort.crowd,
        criteria: 3,
        values: WEEKS - 1,
        weeks: WEEKS,
      };
      run.say(`filling a database with ${size.pilots} pilots`);
      const file = join(folder, 'pilotage.db');
      const pilots = await fill(file, size, Date.now());
      const slack = await startFakeSlack({ workspace: WORKSPACE, botUser: BOT });
      atTheEnd(() => slack.close());
      const subject = await startApp({ file, apiUrl: slack.apiUrl, handicap: run.subject });
      atTheEnd(() => subject.stop());
      const told = { file: join(folder, 'floor.db') };
      const floor = await startFloor({ floor: 'press', told, handicap: run.floor });
      atTheEnd(() => floor.stop());
      const sides = {
        subject: await connect(subject, slack, (undo) => atTheEnd(undo)),
        floor: await connect(floor, slack, (undo) => atTheEnd(undo)),
      };

      run.say('opening the forms');
      const forms = await openForms(await openClient(subject.port), pilots, slack);
      // One round more than asked for, to warm up.
      const { floor: ofFloor, subject: ofSubject } = await inTurns(effort.rounds + 1, (side, round) => {
        run.say(round === 0 ? `warming up the ${side}` : `round ${round} of ${effort.rounds}: ${side}`);
        // Each press puts another value in the place of the last one, and the word changes: reached, slipped back, reached …
        const value = round % 2 === 0 ? '10' : '60';
        const requests = forms.map((form) => submission(form, value));
        return pressAll(sides[side], requests, effort);
      });
      await subject.stop();
      expectKept(file, pilots.length * (effort.rounds + 1));
      const figure = (name: string, unit: 'ms' | '/s', of: (round: Round) => number) => ({
        name,
        unit,
        floor: ofFloor.slice(1).map(of),
        subject: ofSubject.slice(1).map(of),
      });
      return [
        figure('p50 alone', 'ms', ({ aloneMs }) => aloneMs),
        figure('presses', '/s', ({ perSecond }) => perSecond),
        figure('processor', 'ms', ({ cpuMs }) => cpuMs),
      ];
    }),
};

/** A form that stands open in front of the owner of a pilot. */
interface OpenedForm {
  readonly owner: string;
  readonly view: OpenedView;
}

/** A side with its connections. */
interface Connected {
  readonly server: Server;
  readonly slack: FakeSlack;
  readonly clients: readonly Client[];
}

/** What one round says about one side. */
interface Round {
  readonly aloneMs: number;
  readonly perSecond: number;
  readonly cpuMs: number;
}

async function connect(
  server: Server,
  slack: FakeSlack,
  atTheEnd: (undo: () => void) => void,
): Promise<Connected> {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => openClient(server.port)));
  atTheEnd(() => {
    for (const client of clients) client.close();
  });
  return { server, slack, clients };
}

async function pressAll(
  side: Connected,
  requests: readonly SignedRequest[],
  effort: PressEffort,
): Promise<Round> {
  const alone = await pressAlone(side, requests.slice(0, effort.alone));
  const perSecond = await pressTogether(side, requests.slice(effort.alone));
  return { ...alone, perSecond };
}

async function pressAlone(
  { server, slack, clients }: Connected,
  requests: readonly SignedRequest[],
): Promise<Pick<Round, 'aloneMs' | 'cpuMs'>> {
  slack.answerMs = 0;
  const client = clients[0] ?? (await openClient(server.port));
  const before = await server.usage();
  const times: number[] = [];
  for (const request of requests) {
    times.push(await send(client, request));
    await slack.quietFor(QUIET_MS);
  }
  const after = await server.usage();
  return { aloneMs: percentile(times, 0.5), cpuMs: (after.cpuMs - before.cpuMs) / requests.length };
}

async function pressTogether(
  { slack, clients }: Connected,
  requests: readonly SignedRequest[],
): Promise<number> {
  slack.answerMs = SLACK_MS;
  const waiting = [...requests];
  const started = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (let request = waiting.pop(); request !== undefined; request = waiting.pop())
        await send(client, request);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  // What is still to be said must not fall into the other side's turn.
  slack.answerMs = 0;
  await slack.quietFor(10 * QUIET_MS);
  return requests.length / seconds;
}

async function send(client: Client, request: SignedRequest): Promise<number> {
  const { body, ms } = await client.send(request);
  if (body !== '{"response_action":"clear"}')
    throw new Error(`a press was answered with ${body.slice(0, 500)}`);
  return ms;
}

/** Nothing is worth measuring that did not happen: a value with its entry, and a line for the channel, for every press. */
function expectKept(file: string, presses: number): void {
  const client = new Connection(file, { readonly: true });
  const count = (text: string): unknown => client.prepare(text).pluck().get();
  const entries = count(`select count(*) from logbook where kind = 'value_recorded'`);
  const lines = count(`select count(*) from outbox where kind = 'word-changed'`);
  client.close();
  if (entries !== presses || lines !== presses)
    throw new Error(`${presses} presses made ${entries} entries and ${lines} lines for the channel`);
}

/** Opens the form of every pilot as its owner does, and gives what a submission of it says besides what is filled in. */
async function openForms(
  client: Client,
  pilots: readonly FilledPilot[],
  slack: FakeSlack,
): Promise<OpenedForm[]> {
  const forms: OpenedForm[] = [];
  for (const { key, owner } of pilots) {
    await client.send(
      signedRequest(SECRET, Date.now(), {
        team_id: WORKSPACE,
        user_id: owner,
        channel_id: CHANNEL,
        command: '/pilot',
        text: `record ${key}`,
        response_url: `${slack.url}/response`,
        trigger_id: key,
      }),
    );
    forms.push({ owner, view: await slack.openedWith(key) });
  }
  return forms;
}

/** Submits a form with a number in its first field and nothing in the others. */
function submission({ owner, view }: OpenedForm, number: string): SignedRequest {
  const inputs = view.blocks.flatMap(({ block_id, element }) =>
    block_id === undefined || element === undefined ? [] : [{ block_id, element }],
  );
  const first = inputs.findIndex(({ element }) => element.type === 'plain_text_input');
  const values = inputs.map(({ block_id, element: { type, action_id } }, index) => [
    block_id,
    { [action_id]: { type, value: index === first ? number : null } },
  ]);
  const payload = {
    type: 'view_submission',
    team: { id: WORKSPACE, domain: 'bench' },
    user: { id: owner, username: owner, team_id: WORKSPACE },
    trigger_id: '1.2.bench',
    // Slack gives every view that is opened an id, and the app takes a second submission of one view as a repeat.
    view: { ...view, id: `V${randomUUID()}`, hash: '1.bench', state: { values: Object.fromEntries(values) } },
  };
  return signedRequest(SECRET, Date.now(), { payload: JSON.stringify(payload) });
}
