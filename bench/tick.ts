/** What does looking for what is due cost? */
import { randomBytes } from 'node:crypto';
import { createApp } from '../src/app.ts';
import { openDatabase } from '../src/db/open.ts';
import { idMaker } from '../src/db/uuidv7.ts';
import { stillTicker } from '../src/jobs/ticker.ts';
import type { Courier } from '../src/slack/courier.ts';
import type { Outcome } from '../src/slack/outcome.ts';
import { type Bench, busy, type Handicap } from './bench.ts';
import { BOT, WORKSPACE, ZONE } from './fill.ts';
import { leavingNothing } from './leaving-nothing.ts';
import { fillPlanned, THURSDAY } from './planned.ts';

/** How much is measured. */
export interface TickEffort {
  readonly pilots: number;
  readonly due: number;
  readonly rounds: number;
  /** Looks with nothing due, in each round. */
  readonly looks: number;
}

export const tick: Bench<TickEffort> = {
  name: 'tick',
  what: 'one look for what is due: with 10,000 pilots and nothing due, and with 1,000 check-ins due at once (--quick: 500 and 50)',
  floor: 'none: a look is held against the clock',
  subject: 'the look of the running app, with a Slack that answers at once',
  budgets: [
    { figure: 'nothing due', compare: 'value', at: 'most', limit: 2 },
    { figure: 'check-ins due', compare: 'value', at: 'most', limit: 1000 },
  ],
  notes: [
    'With check-ins due, every owner is thought about and whom to ask is written down; that is what has the budget. Then as many messages are made and sent as Slack takes in a minute.',
  ],
  full: { pilots: 10_000, due: 1000, rounds: 3, looks: 200 },
  quick: { pilots: 500, due: 50, rounds: 3, looks: 100 },
  measure: (effort, run) =>
    leavingNothing(async (folder) => {
      const nothing: number[] = [];
      const decided: number[] = [];
      const sent: number[] = [];
      for (let round = 1; round <= effort.rounds; round += 1) {
        run.say(`round ${round} of ${effort.rounds}`);
        const measured = await oneRound(`${folder}/${round}`, effort, run.subject);
        nothing.push(measured.nothing);
        decided.push(measured.decided);
        sent.push(measured.sent);
      }
      return [
        { name: 'nothing due', unit: 'ms', floor: [], subject: nothing },
        { name: 'check-ins due', unit: 'ms', floor: [], subject: decided },
        { name: 'and the first of them sent', unit: 'ms', floor: [], subject: sent },
      ];
    }),
};

async function oneRound(
  folder: string,
  effort: TickEffort,
  handicap: Handicap,
): Promise<{ readonly nothing: number; readonly decided: number; readonly sent: number }> {
  const { mkdirSync } = await import('node:fs');
  mkdirSync(folder);
  const url = await fillPlanned(folder, effort.pilots, effort.due);
  const db = await openDatabase({ url, salt: () => randomBytes(16).toString('hex'), as: 'app' });
  let now = THURSDAY - 60_000;
  let firstPost: number | null = null;
  const app = await createApp({
    slack: {
      botToken: 'xoxb-bench',
      apiUrl: undefined,
      mode: { kind: 'http', signingSecret: 'none', port: 0 },
    },
    db,
    command: '/pilot',
    timezone: ZONE,
    now: () => now,
    newId: idMaker(
      () => now,
      () => randomBytes(10),
    ),
    ticker: stillTicker(),
    log: { debug() {}, info() {}, warn() {}, error: (facts, words) => complain(facts, words) },
    courier: atOnce(() => {
      firstPost ??= performance.now();
    }),
  });
  const look = async (): Promise<number> => {
    const begun = performance.now();
    await app.runDue();
    busy(handicap.slowMs);
    return performance.now() - begun;
  };
  try {
    // The first looks make the statements that are kept, and take stock after the start.
    for (let n = 0; n < 20; n += 1) await app.runDue();
    let nothing = 0;
    for (let n = 0; n < effort.looks; n += 1) nothing += await look();
    now = THURSDAY;
    const begun = performance.now();
    const sent = await look();
    if (firstPost === null) throw new Error('nobody was asked');
    return { nothing: nothing / effort.looks, decided: firstPost - begun + handicap.slowMs, sent };
  } finally {
    await db.close();
  }
}

function complain(facts: object, words: string): never {
  throw new Error(`${words} ${JSON.stringify(facts)}`);
}

/** A Slack that does everything at once and tells nothing but what it must. */
function atOnce(posted: () => void): Courier {
  const done = async (): Promise<Outcome<null>> => ({ kind: 'done', value: null });
  const unknown = async (): Promise<Outcome<never>> => ({
    kind: 'refused',
    code: 'unknown_method',
    details: [],
  });
  let n = 0;
  return {
    identify: async () => ({
      kind: 'done',
      value: { workspace: WORKSPACE, workspaceName: 'Bench', botUser: BOT, botId: null },
    }),
    async post(to) {
      posted();
      n += 1;
      return { kind: 'done', value: { channel: to, ts: `1700000000.${String(n).padStart(6, '0')}` } };
    },
    find: unknown,
    edit: async (where) => ({ kind: 'done', value: where }),
    remove: done,
    whisper: done,
    respond: done,
    openView: done,
    pushView: done,
    updateView: done,
    publishHome: done,
    person: unknown,
    quiet: unknown,
    channel: unknown,
    download: unknown,
    upload: unknown,
  };
}
