/** Are imported pilots computed in full while nobody hears of them, and released in waves? */
import { expect, it } from 'vitest';
import { pilotByKey } from '../../src/db/queries/pilots.ts';
import { verify } from '../../src/db/verify.ts';
import { asks, newest, reads, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { faultsOf, homeOf } from '../support/failing.ts';
import { startWorld, type World } from '../support/world.ts';

const HEAD =
  'key,name,outcome,owner,sponsor,production_owner,business_unit,start,decision,rollback,channel,signed,metric,kind,unit,baseline,target';
const CLAIMS =
  'claims-triage,Claims triage,A claim costs less,U0ANA000001,U0PRIYA0001,U0OMAR00001,Claims,2026-01-05,2026-04-05,One switch.,C0CLAIMS001,2026-01-02,Cost per claim,at most,EUR/claim,18.40,12.50';
const CHURN =
  'churn,Churn,More customers stay,U0ANA000001,U0PRIYA0001,U0OMAR00001,Sales,2026-01-05,2026-04-05,One switch.,,2026-01-02,Retention,at least,%,70,75';
const FRAUD =
  'fraud,Fraud flags,Less fraud,U0MAREK0001,U0PRIYA0001,,Finance,2026-01-05,2026-04-05,,,,Fraud found,at least,%,10,20';
const DAY = 24 * 60 * 60 * 1000;

async function drops(world: World, who: string, ...rows: readonly string[]): Promise<string> {
  await asks(world, who, '/pilot import');
  const content = `${[HEAD, ...rows].join('\n')}\n`;
  await world.control.fill(who, { File: { name: 'pilots.csv', content } as never });
  const submitted = await world.control.submit(who);
  expect(submitted.errorsByLabel).toEqual({});
  await world.settle();
  return told(world, who).at(-1) ?? '';
}

/** Drops a file as the programme office and confirms it. */
async function imports(world: World, ...rows: readonly string[]): Promise<string> {
  await drops(world, 'lena', ...rows);
  await world.control.press('lena', { channel: 'Pilotage', label: `Import ${rows.length}` });
  await world.settle();
  return newest(world, 'lena', 'Pilotage');
}

/** Fills in the form of a release and gives back what would follow, or what is wrong. */
async function plans(world: World, fields: Readonly<Record<string, string>>): Promise<string> {
  await world.control.press('lena', { channel: '#general', label: 'Release' });
  await world.settle();
  await world.control.fill('lena', fields);
  const submitted = await world.control.submit('lena');
  await world.settle();
  return submitted.ok ? newest(world, 'lena', '#general') : JSON.stringify(submitted.errorsByLabel);
}

async function presses(world: World, label: string): Promise<string> {
  await world.control.press('lena', { channel: '#general', label });
  await world.settle();
  return newest(world, 'lena', '#general');
}

const passes = (world: World, ms: number) => world.time.advanceTo(world.clock.now() + ms);
const heard = (world: World) =>
  ['ana', 'priya', 'marek', 'omar'].map((who) => told(world, who).length).reduce((a, b) => a + b, 0);
const kinds = async (world: World) =>
  (await world.db.q.select().from(world.db.tables.logbook)).map(({ kind }) => kind);

onBothEngines('watch only', (openFresh) => {
  it('takes pilots in from a file the programme office drops, and from nobody else', async () => {
    const world = await startWorld(await openFresh());
    expect(await drops(world, 'ana', CLAIMS)).toMatch(/is a file of pilots, and only the programme office/);
    expect(await drops(world, 'lena', CLAIMS, FRAUD.replace('at least', 'more'))).toMatch(
      /pilots.csv: 1 pilot would be imported[\s\S]*Line 3, kind: "more" is not one of[\s\S]*watch only/,
    );
    expect(await world.db.q.select().from(world.db.tables.pilots)).toEqual([]);
    expect(await imports(world, CLAIMS, CHURN, FRAUD)).toMatch(/3 pilots are imported[\s\S]*watch only/);
    // The same file, and the same press, once more.
    expect(await imports(world, CLAIMS, CHURN, FRAUD)).toMatch(/0 pilots are imported[\s\S]*3 were there/);
    expect(await world.db.q.select().from(world.db.tables.pilots)).toHaveLength(3);
    expect(faultsOf(world)).toEqual([]);
  });

  it('computes everything, tells nobody, and lists what would have been sent', async () => {
    const world = await startWorld(await openFresh());
    const before = heard(world);
    await imports(world, CLAIMS, CHURN, FRAUD);
    expect(await asks(world, 'lena', '/pilot watch')).toMatch(/So far nothing would have been sent/);
    await passes(world, 40 * DAY);
    expect(heard(world)).toBe(before);
    expect(reads(world, 'omar', '#claims')).toEqual([]);
    const page = await asks(world, 'lena', '/pilot watch');
    expect(page).toMatch(/Watch only: 3 pilots[\s\S]*Would have been sent: \d+ messages to \d people/);
    expect(page).toMatch(/Claims triage: .*, to Ana Costa, \w{3} \d+ \w{3}/);
    expect(await asks(world, 'lena', '/pilot watch churn')).toMatch(/Churn is in watch only[\s\S]*Churn: /);
    expect(await asks(world, 'lena', '/pilot watch fraud')).not.toMatch(/Churn: /);
    const notes = await world.db.q.select().from(world.db.tables.watched);
    expect(new Set(notes.map(({ kind }) => kind))).toEqual(new Set(['daily', 'daily-reminder', 'case-card']));
    // What would follow when nobody answers is seen as well: the sponsor is asked.
    expect(notes.some((row) => row.kind === 'case-card' && row.addressee === 'user:U0PRIYA0001')).toBe(true);
    const looks = await world.db.q.select().from(world.db.tables.looks);
    expect(looks.length).toBeGreaterThan(3);
    expect(await homeOf(world, 'lena')).toMatch(/Watch only: 3[\s\S]*Would have been sent/);
    expect(await verify(world.db)).toBeNull();
    expect(faultsOf(world)).toEqual([]);
  });

  it('shows such a pilot to the programme office alone, and says on it that nothing is sent', async () => {
    const world = await startWorld(await openFresh());
    await imports(world, CLAIMS, FRAUD);
    expect(await asks(world, 'lena', '/pilot list')).toMatch(/Claims triage: watch only · building/);
    expect(await asks(world, 'lena', '/pilot show claims-triage')).toMatch(
      /watch only · building[\s\S]*Watch only: everything is computed, and nothing is sent about it/,
    );
    for (const who of ['ana', 'priya', 'omar']) {
      expect(await asks(world, who, '/pilot list')).toMatch(/There is no pilot/);
      expect(await asks(world, who, '/pilot show claims-triage')).toMatch(
        /no pilot "claims-triage" that you/,
      );
      expect(await homeOf(world, who)).not.toMatch(/Claims triage/);
      expect(await asks(world, who, '/pilot watch')).toMatch(/You cannot see or change what is watched only/);
    }
    await asks(world, 'lena', '/pilot digest here weekly monday 9:00', '#ai-pilots');
    await passes(world, 8 * DAY);
    expect(reads(world, 'omar', '#ai-pilots').join('\n')).not.toMatch(/Claims triage/);
  });

  it('releases a wave after saying what follows, and tells each person once', async () => {
    const world = await startWorld(await openFresh());
    await imports(world, CLAIMS, CHURN, FRAUD);
    await passes(world, 25 * DAY);
    await asks(world, 'lena', '/pilot watch');
    expect(await plans(world, { 'Business unit': 'Claim' })).toMatch(/No pilot of.*Near it: Claims/);
    await world.control.closeView('lena');
    const plan = await plans(world, { Owner: '@ana' });
    expect(plan).toMatch(/Release 2 pilots\?[\s\S]*Now: Claims triage, Churn/);
    expect(plan).toMatch(/Hear of it, once each: Ana Costa \(2\), Priya Shah \(2\)/);
    expect(plan).toMatch(/First check-ins: Thu 5 Feb: 2 pilots/);
    const ana = told(world, 'ana').length;
    const priya = told(world, 'priya').length;
    expect(await presses(world, 'Release 2 pilots')).toMatch(/2 pilots are released/);
    await passes(world, 3 * DAY);
    expect(told(world, 'ana').slice(ana)).toEqual([
      expect.stringMatching(
        /2 pilots of yours are in Pilotage now[\s\S]*Claims triage: first check-in on Thu 5 Feb/,
      ),
    ]);
    expect(told(world, 'priya').slice(priya)).toEqual([
      expect.stringMatching(
        /2 pilots of yours are[\s\S]*Churn: you signed on 2 January, outside Pilotage; you decide on Sun 5 Apr/,
      ),
    ]);
    expect(reads(world, 'omar', '#claims').at(-1)).toMatch(/Claims triage · building/);
    expect(await asks(world, 'marek', '/pilot list')).not.toMatch(/Fraud flags/);
    // Nothing of what was seen while nobody was asked counts: no case is open, and grace begins.
    const cases = await world.db.q.select().from(world.db.tables.cases);
    const claims = await pilotByKey(world.db, 'T0HARBOUR01', 'claims-triage');
    expect(cases.filter(({ pilot }) => pilot === claims?.pilot.id)).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
    await passes(world, 4 * DAY);
    expect(told(world, 'ana').at(-1)).toMatch(/2 check-ins/);
    expect((await kinds(world)).filter((kind) => kind === 'pilot_released')).toHaveLength(2);
    expect(await presses(world, 'Release 2 pilots')).toMatch(/has changed since this was shown/);
    expect(await verify(world.db)).toBeNull();
    expect(faultsOf(world)).toEqual([]);
  });

  it('says to whoever acts that others are not told, and asks the sponsor after the release', async () => {
    const world = await startWorld(await openFresh());
    await imports(
      world,
      FRAUD.replace('U0PRIYA0001,,', 'U0PRIYA0001,U0OMAR00001,').replace(
        '2026-04-05,,',
        '2026-04-05,One switch.,',
      ),
    );
    const before = heard(world);
    expect(await asks(world, 'lena', '/pilot sign-off fraud')).toMatch(
      /has been asked to sign Fraud flags[\s\S]*in watch only, so one message to others is not sent/,
    );
    expect(heard(world)).toBe(before);
    await asks(world, 'lena', '/pilot watch');
    await plans(world, {});
    await presses(world, 'Release one pilot');
    await passes(world, DAY);
    expect(told(world, 'priya').join('\n')).toMatch(/Fraud flags: do you sign this/);
  });

  it('releases on a day that is planned, which can be cancelled', async () => {
    const world = await startWorld(await openFresh());
    await imports(world, CLAIMS, CHURN);
    await asks(world, 'lena', '/pilot watch');
    expect(await plans(world, { Day: '2026-01-04' })).toMatch(/is not a day within the next year/);
    await world.control.closeView('lena');
    expect(await plans(world, { 'How many': '1', Day: '2026-01-12' })).toMatch(
      /On Mon 12 Jan: Claims triage/,
    );
    expect(await presses(world, 'Release one pilot')).toMatch(/One pilot is released on Mon 12 Jan at 9:00/);
    expect(await asks(world, 'lena', '/pilot watch')).toMatch(/Released on Mon 12 Jan: one pilot/);
    expect(await presses(world, 'Cancel Mon 12 Jan')).toMatch(/This release is cancelled/);
    await asks(world, 'lena', '/pilot watch');
    await plans(world, { Pilots: 'churn', Day: '2026-01-13' });
    await presses(world, 'Release one pilot');
    await passes(world, 9 * DAY);
    expect(await asks(world, 'ana', '/pilot list')).toMatch(/Pilots: 1[\s\S]*Churn/);
  });

  it('carries a large wave out to the end, and still tells each person once', async () => {
    const world = await startWorld(await openFresh());
    const many = Array.from({ length: 120 }, (_, n) =>
      CLAIMS.replace('claims-triage', `claims-${n}`).replace('C0CLAIMS001', ''),
    );
    await imports(world, ...many);
    await asks(world, 'lena', '/pilot watch');
    expect(await plans(world, {})).toMatch(/First check-ins: .*\n.*and those of 60 pilots more/);
    const before = told(world, 'ana').length;
    expect(await presses(world, 'Release 120 pilots')).toMatch(/120 pilots are released/);
    const pilots = await world.db.q.select().from(world.db.tables.pilots);
    expect(pilots.filter(({ watchedSince }) => watchedSince !== null)).toEqual([]);
    expect(told(world, 'ana').slice(before)).toEqual([
      expect.stringMatching(/120 pilots of yours are in Pilotage now[\s\S]*and 105 more/),
    ]);
    expect(faultsOf(world)).toEqual([]);
  });

  it('puts a pilot back, which people still see and hear nothing of', async () => {
    const world = await startWorld(await openFresh());
    await imports(world, CLAIMS);
    await asks(world, 'lena', '/pilot watch');
    await plans(world, {});
    await presses(world, 'Release one pilot');
    await passes(world, DAY);
    expect(await asks(world, 'lena', '/pilot watch claims-triage')).toMatch(/is not in watch only/);
    expect(await presses(world, 'Watch only')).toMatch(/Claims triage is in watch only/);
    const ana = told(world, 'ana').length;
    await passes(world, 10 * DAY);
    expect(told(world, 'ana').length).toBe(ana);
    expect(await asks(world, 'ana', '/pilot list')).toMatch(/Claims triage: watch only/);
    expect(await asks(world, 'lena', '/pilot watch')).toMatch(/the day's check-ins, to Ana Costa/);
    expect(await kinds(world)).toContain('pilot_watched');
    expect(faultsOf(world)).toEqual([]);
  });
});
