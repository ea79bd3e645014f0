/** Does anything happen twice when Slack delivers it twice, or two people do it at the same moment? */
import { expect, it } from 'vitest';
import { verify } from '../../src/db/verify.ts';
import { asks, newest, reads, register, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { faultsOf, readyToAsk } from '../support/failing.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };

/** How many rows each table has, and what the logbook holds. */
async function counted(world: World) {
  const t = world.db.tables;
  const [pilots, roles, versions, criteria, metrics, values, entries, rows] = await Promise.all([
    world.db.q.select().from(t.pilots),
    world.db.q.select().from(t.roles),
    world.db.q.select().from(t.charterVersions),
    world.db.q.select().from(t.criteria),
    world.db.q.select().from(t.metrics),
    world.db.q.select().from(t.observations),
    world.db.q.select().from(t.logbook),
    world.db.q.select().from(t.outbox),
  ]);
  return {
    pilots: pilots.length,
    roles: roles.length,
    versions: versions.map(({ n, status }) => `${n} ${status}`).sort(),
    criteria: criteria.length,
    metrics: metrics.length,
    values: values.map(({ value, periodEnd, withdrawn }) => `${value} ${periodEnd} ${withdrawn}`).sort(),
    // What the app notices by itself depends on the time, not on what is delivered twice.
    entries: entries
      .filter(({ actor }) => actor !== 'system:look')
      .map(({ kind }) => kind)
      .sort(),
    messages: rows.map(({ kind, state }) => `${kind} ${state}`).sort(),
  };
}

/** The whole story: every kind of delivery is part of it. */
async function story(world: World): Promise<void> {
  const { control } = world;
  await readyToAsk(world, 'Claims triage', { fields: START });
  await asks(world, 'ana', '/pilot sign-off claims-triage');
  await control.press('ana', { channel: '#general', label: 'Add a sentence of your own' });
  await world.settle();
  await control.fill('ana', { 'Your sentence': 'As agreed.' });
  await control.submit('ana');
  await world.settle();
  await control.press('priya', { channel: 'Pilotage', label: 'Request changes' });
  await world.settle();
  await control.fill('priya', { 'What should change': 'Use the audited cost.' });
  await control.submit('priya');
  await world.settle();
  await asks(world, 'ana', '/pilot sign-off claims-triage');
  await control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
  await world.settle();
  await world.time.advanceTo(Date.parse('2026-01-20T08:00:00Z'));
  await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
  await asks(world, 'ana', '/pilot record claims-triage');
  const title = 'Cost per claim, EUR per claim, 5–11 January';
  await control.fill('ana', { [title]: '18.10' });
  await control.submit('ana');
  await world.settle();
  await control.press('ana', { channel: '#general', label: 'Correct' });
  await world.settle();
  await control.fill('ana', { Value: '18.20', Reason: 'Two digits swapped' });
  await control.submit('ana');
  await world.settle();
  await control.press('ana', { channel: '#general', label: 'Withdraw' });
  await world.settle();
  await asks(world, 'ana', '/pilot digest here weekly monday 9:00', '#ai-pilots');
  await asks(world, 'ana', '/pilot digest now', '#ai-pilots');
  await control.openHome('lena');
  await world.settle();
  await register(world, 'Churn model');
  await control.press('ana', { channel: 'Pilotage', label: 'Delete draft' });
  await world.settle();
}

onBothEngines('what comes twice', (openFresh) => {
  it('changes nothing, whatever it is', async () => {
    const once = await startWorld(await openFresh());
    await story(once);
    const twice = await startWorld(await openFresh());
    const doubled = twice.slack.failures.delivery('*', 'duplicate');
    await story(twice);
    expect(doubled.struck()).toBeGreaterThan(25);
    expect(await counted(twice)).toEqual(await counted(once));
    expect(reads(twice, 'omar', '#claims')).toEqual(reads(once, 'omar', '#claims'));
    expect(told(twice, 'priya').join('\n')).not.toMatch(/took too long/);
    expect(await verify(twice.db)).toBeNull();
    expect(faultsOf(twice)).toEqual([]);
  });

  it('makes one of everything when a form is submitted twice at once', async () => {
    const world = await startWorld(await openFresh());
    const { control } = world;
    const both = async (who: string) => {
      await Promise.all([control.submit(who), control.submit(who)]);
      await world.settle();
    };
    await asks(world, 'ana', '/pilot register Claims triage', '#claims');
    await control.fill('ana', {
      'Business outcome': 'A claim costs €12.50 or less',
      'Executive sponsor': '@priya',
      ...START,
    });
    await both('ana');
    await asks(world, 'ana', '/pilot criteria claims-triage');
    await control.fill('ana', {
      Metric: 'Cost per claim',
      Kind: 'at most',
      Unit: 'EUR per claim',
      Baseline: '18.40',
      Target: '12.50',
    });
    await both('ana');
    for (const values of [{ 'Production owner': '@omar' }, { 'Rollback plan': 'One switch back.' }]) {
      await asks(world, 'ana', '/pilot sign-off claims-triage');
      await control.fill('ana', values);
      await both('ana');
    }
    await asks(world, 'ana', '/pilot sign-off claims-triage');
    await control.press('priya', { channel: 'Pilotage', label: 'Request changes' });
    await world.settle();
    await control.fill('priya', { 'What should change': 'Use the audited cost.' });
    await both('priya');
    await asks(world, 'ana', '/pilot sign-off claims-triage');
    await control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    await world.time.advanceTo(Date.parse('2026-01-20T08:00:00Z'));
    await asks(world, 'ana', '/pilot record claims-triage');
    await control.fill('ana', { 'Cost per claim, EUR per claim, 12–18 January': '17.90' });
    await both('ana');
    expect(await counted(world)).toMatchObject({
      pilots: 1,
      versions: ['1 signed'],
      criteria: 1,
      metrics: 1,
      values: ['17.90 2026-01-19 false'],
      entries: [
        'changes_requested',
        'charter_edited',
        'charter_edited',
        'charter_signed',
        'criterion_added',
        'pilot_registered',
        'signature_asked',
        'signature_asked',
        'value_recorded',
      ],
    });
    expect(faultsOf(world)).toEqual([]);
    expect(await verify(world.db)).toBeNull();
  });

  it('has one answer when two may answer and press at the same moment', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    const { control } = world;
    const key = await readyToAsk(world, 'Claims triage', { fields: START });
    await asks(world, 'ana', `/pilot sign-off ${key}`);
    const [pilot] = await db.q.select().from(db.tables.pilots);
    const of = { workspace: pilot?.workspace ?? '', pilot: pilot?.id ?? '' };
    await db.q
      .insert(db.tables.roles)
      .values({ ...of, id: 'delegate', role: 'delegate', person: 'U0OMAR00001', since: 0 });
    await asks(world, 'omar', '/pilot mine');
    await control.press('omar', { channel: '#general', label: 'Read and answer' });
    await world.settle();
    await control.press('omar', { channel: '#general', label: 'Decline' });
    await world.settle();
    await control.fill('omar', { 'Why not': 'Not my unit.' });
    await Promise.all([
      control.press('priya', { channel: 'Pilotage', label: 'Sign charter' }),
      control.press('omar', { channel: '#general', label: 'Sign charter' }),
      control.submit('omar'),
    ]);
    await world.settle();
    const { entries, versions } = await counted(world);
    expect(entries.filter((kind) => /^charter_(signed|declined)$/.test(kind))).toHaveLength(1);
    expect(versions).toEqual([expect.stringMatching(/^1 (signed|declined)$/)]);
    const answers = [newest(world, 'priya', 'Pilotage'), ...reads(world, 'omar', '#general').slice(-2)];
    expect(answers.join('\n')).toMatch(/(signed this|declined this) on[\s\S]*Nothing left to do/);
    expect(told(world, 'ana').filter((text) => /(signed|declined) Claims triage/.test(text))).toHaveLength(1);
    expect(faultsOf(world)).toEqual([]);
  });

  it('keeps both when two people record the same week, the later one over the earlier', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-13T08:00:00Z'));
    await Promise.all([
      world.control.command('ana', '#general', '/pilot record claims-triage cost-per-claim 17.90'),
      world.control.command('lena', '#general', '/pilot record claims-triage cost-per-claim 17.10'),
    ]);
    await world.settle();
    expect((await counted(world)).values).toEqual(['17.10 2026-01-12 false', '17.90 2026-01-12 false']);
    expect(await verify(world.db)).toBeNull();
  });

  it('gives two pilots of the same name two keys, at the same moment too', async () => {
    const world = await startWorld(await openFresh());
    const { control } = world;
    for (const who of ['ana', 'marek']) {
      await asks(world, who, '/pilot register Claims triage', '#general');
      await control.fill(who, { 'Executive sponsor': '@priya' });
    }
    await Promise.all([control.submit('ana'), control.submit('marek')]);
    await world.settle();
    const pilots = await world.db.q.select().from(world.db.tables.pilots);
    expect(pilots.map(({ key }) => key).sort()).toEqual(['claims-triage', 'claims-triage-2']);
    expect(told(world, 'ana')[0]).toMatch(/Claims triage · draft/);
    expect(told(world, 'marek')[0]).toMatch(/Claims triage · draft/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('reconnects by itself when the connection is cut under somebody’s hands', async () => {
    const world = await startWorld(await openFresh());
    const opened = world.control.next(
      ({ kind, detail }) => kind === 'socket' && Number(detail?.['connections']) > 0,
    );
    // What arrives while the line goes dead cannot be answered, and the person is told so.
    world.slack.failures.delivery('slash_commands', 'disconnect', { times: 1 });
    expect((await world.control.command('ana', '#general', '/pilot list')).notice).toMatch(/dispatch_failed/);
    await opened;
    expect(await asks(world, 'ana', '/pilot list')).toMatch(/no pilot that you can see/);
  });
});
