/** Does the same app, unchanged, work against another local Slack, by the words and labels it promises? */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import type { Database } from '../../src/db/database.ts';
import { idMaker } from '../../src/db/uuidv7.ts';
import { type SettableClock, settableClock, simulateTime } from '../../src/jobs/simulated-time.ts';
import { stillTicker } from '../../src/jobs/ticker.ts';
import { onBothEngines } from '../support/databases.ts';
import { type OtherSlack, startOtherSlack } from '../support/other-slack.ts';

const [ANA, PRIYA, OMAR] = ['UANA', 'UPRIYA', 'UOMAR'] as const;
const GENERAL = 'CGENERAL';
const CLAIMS = 'CCLAIMS';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

interface Elsewhere {
  readonly slack: OtherSlack;
  readonly clock: SettableClock;
  readonly complaints: string[];
  advanceTo(day: string): Promise<void>;
}

async function startElsewhere(db: Database): Promise<Elsewhere> {
  const clock = settableClock(Date.UTC(2026, 0, 5, 8));
  const port = await freePort();
  const complaints: string[] = [];
  const note = (_facts: object, words: string) => void complaints.push(words);
  let app: App | undefined;
  const time = simulateTime(clock, [
    {
      settled: async () => app?.settled(),
      nextDue: async () => (await app?.nextDue()) ?? null,
      runDue: async () => app?.runDue(),
    },
  ]);
  const slack = await startOtherSlack({
    requestUrl: `http://127.0.0.1:${port}/slack/events`,
    secret: 'another-secret',
    settled: () => time.settle(),
  });
  app = await createApp({
    slack: {
      botToken: 'xoxb-another',
      apiUrl: slack.apiUrl,
      mode: { kind: 'http', signingSecret: 'another-secret', port },
    },
    db,
    command: '/pilot',
    timezone: 'Europe/Berlin',
    now: clock.now,
    newId: idMaker(clock.now, () => randomBytes(10)),
    ticker: stillTicker(),
    log: { debug() {}, info() {}, warn: note, error: note },
  });
  await app.start();
  stops.push(slack.close, app.stop);
  return {
    slack,
    clock,
    complaints,
    advanceTo: (day) => time.advanceTo(Date.parse(`${day}T08:00:00Z`)),
  };
}

onBothEngines('against another Slack', (openFresh) => {
  it('brings a pilot from a name to a digest', async () => {
    const { slack, complaints, advanceTo } = await startElsewhere(await openFresh());
    await slack.command(ANA, GENERAL, 'register Claims triage');
    expect(slack.labels(ANA)).toEqual([
      'Name',
      'Business outcome',
      'Problem',
      'Executive sponsor',
      'Start date',
      'Decision date',
      'Who can see it',
      'Channel',
      'Business unit',
      'Owner',
      'Key',
    ]);
    await slack.fill(ANA, {
      'Business outcome': 'A claim costs €12.50 or less by April; now €18.40',
      Problem: 'Handlers read every claim twice.',
      'Executive sponsor': PRIYA,
      'Business unit': 'Claims',
      Channel: CLAIMS,
      'Start date': '2026-01-05',
      'Decision date': '2026-01-04',
    });
    expect((await slack.submit(ANA))['Decision date']).toMatch(/not in the future/);
    await slack.fill(ANA, { 'Decision date': '2026-04-05' });
    expect(await slack.submit(ANA)).toEqual({});
    expect(slack.reads(ANA, '@ANA')[0]).toMatch(/Claims triage · draft/);

    await slack.press(ANA, 'Add criterion', '@ANA');
    for (const label of [
      'Metric',
      'Measures',
      'Kind',
      'Unit',
      'Baseline',
      'Target',
      'Deadline',
      'First effect expected',
      'Measured every',
      'Source',
      'Role',
    ])
      expect(slack.labels(ANA)).toContain(label);
    await slack.fill(ANA, {
      Metric: 'Cost per claim',
      Measures: 'Business result',
      Kind: 'at most',
      Unit: 'EUR per claim',
      Baseline: '18.40',
      Target: '12.50',
    });
    expect(await slack.submit(ANA)).toEqual({});
    expect(slack.reads(ANA, '@ANA')[0]).toMatch(/€12\.50 or less/);

    for (const values of [{ 'Production owner': OMAR }, { 'Rollback plan': 'One switch back.' }]) {
      await slack.press(ANA, 'Ask sponsor to sign', '@ANA');
      await slack.fill(ANA, values);
      expect(await slack.submit(ANA)).toEqual({});
    }
    await slack.press(ANA, 'Ask sponsor to sign', '@ANA');
    expect(slack.reads(PRIYA, '@PRIYA').at(-1)).toMatch(/Claims triage: do you sign this/);
    await slack.press(PRIYA, 'Request changes', '@PRIYA');
    await slack.fill(PRIYA, { 'What should change': 'Use the audited cost.' });
    expect(await slack.submit(PRIYA)).toEqual({});
    expect(slack.reads(ANA, '@ANA').join('\n')).toMatch(/asks for changes[\s\S]*Use the audited cost/);

    await slack.press(ANA, 'Ask sponsor to sign', '@ANA');
    await slack.press(PRIYA, 'Read all', '@PRIYA');
    expect(slack.labels(PRIYA)).toEqual([]);
    await slack.press(PRIYA, 'Sign charter', '@PRIYA');
    expect(slack.reads(ANA, '@ANA').join('\n')).toMatch(/signed Claims triage/);
    expect(slack.reads(OMAR, CLAIMS)[0]).toMatch(/Claims triage · building/);

    await advanceTo('2026-01-13');
    await slack.command(ANA, GENERAL, 'record claims-triage cost-per-claim 17.90');
    expect(slack.reads(ANA, GENERAL).at(-1)).toMatch(/5–11 January: €17\.90 is recorded/);
    await slack.press(ANA, 'Correct', GENERAL);
    await slack.fill(ANA, { Value: '17.80', Reason: 'A digit' });
    expect(await slack.submit(ANA)).toEqual({});
    expect(slack.reads(OMAR, CLAIMS)[0]).toMatch(/€17\.80/);

    await slack.command(ANA, CLAIMS, 'digest now');
    expect(slack.reads(OMAR, CLAIMS).join('\n')).toMatch(/AI pilots this week/);
    await slack.openHome(ANA);
    expect(slack.home(ANA)).toMatch(/My pilots: 1[\s\S]*Claims triage/);
    expect(complaints).toEqual([]);
  });

  it('does without what that Slack does not have, and says so where somebody waits for it', async () => {
    const { slack, complaints } = await startElsewhere(await openFresh());
    await slack.command(ANA, CLAIMS, 'digest here weekly monday 9:00');
    expect(slack.reads(ANA, CLAIMS).at(-1)).toMatch(/This channel gets its digest Mondays at 9:00/);
    await slack.command(ANA, GENERAL, 'list');
    expect(slack.reads(ANA, GENERAL).at(-1)).toMatch(/no pilot that you can see/);
    await slack.command(ANA, GENERAL, 'register Claims triage');
    await slack.submit(ANA);
    await slack.press(ANA, 'Add criterion', '@ANA');
    await slack.fill(ANA, { Metric: 'Cost', Target: '12' });
    await slack.submit(ANA);
    await slack.command(ANA, GENERAL, 'criteria claims-triage');
    // There is no views.push here: the form takes the place of the one below.
    await slack.press(ANA, 'Edit');
    expect(slack.labels(ANA)).toContain('Metric');
    expect(slack.called).toContain('views.push');
    await slack.openHome(PRIYA);
    expect(slack.home(PRIYA)).toMatch(/Nothing waits for you/);
    const needed = ['auth.test', 'users.info', 'chat.postMessage', 'chat.update', 'chat.postEphemeral'];
    const views = ['views.open', 'views.update', 'views.publish', 'apps.connections.open'];
    expect(
      [...new Set(slack.called)].filter((method) => ![...needed, ...views].includes(method)).sort(),
    ).toEqual(['conversations.info', 'views.push']);
    expect(complaints).toEqual([]);
  });
});
