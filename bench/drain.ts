/** How long does it take to hand thousands of messages that fall due at one minute to a Slack that keeps its limits? */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { startSandbox, type WorkspaceSeed } from '../sandbox/server/index.ts';
import { createApp } from '../src/app.ts';
import { openDatabase } from '../src/db/open.ts';
import { countOutbox } from '../src/db/queries/outbox.ts';
import { idMaker } from '../src/db/uuidv7.ts';
import { settableClock, simulateTime } from '../src/jobs/simulated-time.ts';
import { stillTicker } from '../src/jobs/ticker.ts';
import { SENDING_LIMITS, type SendingLimits } from '../src/slack/pace.ts';
import type { Bench } from './bench.ts';
import { WORKSPACE, ZONE } from './fill.ts';
import { leavingNothing } from './leaving-nothing.ts';
import { fillPlanned, owner, THURSDAY } from './planned.ts';

/** How much is measured. */
export interface DrainEffort {
  readonly people: number;
}

/** What the local Slack takes a minute, as published. */
const PER_MINUTE = 300;
const MINUTE_MS = 60_000;
const TOKEN = 'xoxb-bench';

export const drain: Bench<DrainEffort> = {
  name: 'drain',
  what: '5,000 check-ins due at one minute, each to a person of their own (700 with --quick), in simulated time',
  floor: `what Slack takes: ${PER_MINUTE} messages at once, and as many again whenever a minute is over`,
  subject: 'the app on a database file and the local Slack with its limits enforced, until nothing waits',
  budgets: [
    { figure: 'until all are told', compare: 'ratio', at: 'most', limit: 1.1 },
    { figure: 'told to wait', compare: 'value', at: 'most', limit: 0 },
  ],
  notes: [
    'Told to wait: how often Slack answered 429, in a thousand messages.',
    'Time is that of the simulated clock, so the figures are the same on every machine.',
  ],
  full: { people: 5000 },
  quick: { people: 700 },
  measure: (effort, run) =>
    leavingNothing(async (folder, atTheEnd) => {
      run.say(`filling a database with ${effort.people} pilots`);
      mkdirSync(`${folder}/planned`);
      const url = await fillPlanned(`${folder}/planned`, effort.people, effort.people);
      const clock = settableClock(THURSDAY - MINUTE_MS);
      const db = await openDatabase({ url, salt: () => randomBytes(16).toString('hex'), as: 'app' });
      atTheEnd(() => db.close());
      const slack = await startSandbox({ clock, seed: seedOf(effort.people), rateLimits: true });
      atTheEnd(() => slack.close());
      const app = await createApp({
        slack: {
          botToken: TOKEN,
          apiUrl: slack.apiUrl,
          mode: { kind: 'http', signingSecret: 'none', port: 0 },
        },
        db,
        command: '/pilot',
        timezone: ZONE,
        now: clock.now,
        newId: idMaker(clock.now, () => randomBytes(10)),
        ticker: stillTicker(),
        log: { debug() {}, info() {}, warn() {}, error() {} },
        limits: slower(run.subject.slowMs),
      });
      let waits = 0;
      let last = THURSDAY;
      slack.control.listen(({ kind, detail }) => {
        if (kind === 'call' && detail?.['failure'] === 'ratelimited') waits += 1;
      });
      const time = simulateTime(clock, [app, slack]);
      run.say('letting the minute come');
      await time.advanceTo(THURSDAY);
      while (clock.now() < THURSDAY + 3 * 60 * MINUTE_MS && (await countOutbox(db, 'ready')) > 0) {
        if (!(await time.advanceToNext(THURSDAY + 3 * 60 * MINUTE_MS))) break;
        last = clock.now();
      }
      const sent = await countOutbox(db, 'sent');
      if (sent !== effort.people) throw new Error(`${sent} of ${effort.people} people were told`);
      // The first 300 at once, then as many whenever a minute is over.
      const allowed = (Math.ceil(effort.people / PER_MINUTE) - 1) * MINUTE_MS * (1 + run.floor.slowMs / 1000);
      return [
        { name: 'until all are told', unit: 'ms', floor: [allowed], subject: [last - THURSDAY] },
        { name: 'told to wait', unit: '/s', floor: [], subject: [(waits * 1000) / effort.people] },
      ];
    }),
};

/** Half as many for a thousand milliseconds of handicap. */
function slower(slowMs: number): SendingLimits {
  const { post } = SENDING_LIMITS.methods;
  const perMinute = Math.round(post.perMinute / (1 + slowMs / 1000));
  return { ...SENDING_LIMITS, methods: { ...SENDING_LIMITS.methods, post: { ...post, perMinute } } };
}

function seedOf(people: number): WorkspaceSeed {
  return {
    team: { id: WORKSPACE, name: 'Bench', domain: 'bench' },
    people: Array.from({ length: people }, (_, n) => ({
      id: owner(n),
      name: `person${n}`,
      realName: `Person ${n}`,
      tz: ZONE,
    })),
    channels: [{ id: 'C0BENCH0001', name: 'general', members: ['person0'] }],
    apps: [
      {
        name: 'Pilotage',
        botToken: TOKEN,
        appToken: 'xapp-bench',
        signingSecret: 'none',
        scopes: ['chat:write', 'commands', 'users:read'],
        commands: [],
        mode: 'socket',
        events: [],
      },
    ],
  } as unknown as WorkspaceSeed;
}
