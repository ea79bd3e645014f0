/** Is somebody who has left taken out of everything, while the record and the app go on? */
import { expect, it } from 'vitest';
import { FORGET_RULES } from '../../src/db/forget-rules.ts';
import { verify } from '../../src/db/verify.ts';
import { call } from '../cli/call.ts';
import { asks, reads, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { silent } from '../support/silent-pilot.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const ANA = 'U0ANA000001';
const at = (text: string): number => Date.parse(text);

/** Ana works on a pilot for two weeks, goes away for a day, and hands it over. */
async function anaHasWorked(world: World): Promise<void> {
  const { control } = world;
  await signedPilot(world, 'Claims triage', { fields: START });
  await world.time.advanceTo(at('2026-01-15T09:30:00Z'));
  await control.press('ana', { channel: 'Pilotage', label: 'Check in' });
  await world.settle();
  await control.fill('ana', {
    'Cost per claim, EUR per claim, 5–11 January': '17.90',
    'My view': 'Amber, some risk',
    'New blocker': 'Sample letters from Legal',
    'Ask of the sponsor': 'Can Legal send twenty letters?',
  });
  await control.submit('ana');
  await world.settle();
  await asks(world, 'ana', '/pilot away 2026-01-19 2026-01-20 @marek');
  await world.time.advanceTo(at('2026-01-16T12:00:00Z'));
  await asks(world, 'priya', '/pilot away 2026-02-02 2026-02-06 @ana');
}

async function handOver(world: World): Promise<void> {
  const { control } = world;
  await control.command('ana', '#general', '/pilot hand-over claims-triage');
  await world.settle();
  await control.fill('ana', { Role: 'Owner', 'New person': '@marek' });
  const submitted = await control.submit('ana');
  if (!submitted.ok) throw new Error(JSON.stringify(submitted.errorsByLabel));
  await world.settle();
}

/** Every place of the database in which something stands. */
async function placesOf(world: World, words: RegExp): Promise<string[]> {
  const { db } = world;
  const found: string[] = [];
  for (const [name, table] of Object.entries(db.tables)) {
    for (const row of await db.q.select().from(table)) {
      for (const [property, value] of Object.entries(row)) {
        if (words.test(JSON.stringify(value))) found.push(`${name}.${property}`);
      }
    }
  }
  return [...new Set(found)].sort();
}

onBothEngines('forgetting somebody', (_openFresh, fresh) => {
  async function begin() {
    const url = await fresh.url();
    const world = await startWorld(await fresh.open(url));
    await anaHasWorked(world);
    const forget = (...args: string[]) =>
      call(['forget', ...args], { env: { DATABASE_URL: url }, now: world.clock.now });
    return { world, forget, url };
  }

  it('takes their name, id and words out of every column, and the record still verifies', async () => {
    const { world, forget } = await begin();
    await handOver(world);
    expect((await placesOf(world, /U0ANA000001|Ana Costa/)).length).toBeGreaterThan(10);
    expect((await placesOf(world, /twenty letters|Sample letters/)).length).toBeGreaterThan(2);

    const dry = await forget(ANA, '--dry-run', '--json');
    const { rows } = JSON.parse(dry.out) as { rows: Record<string, number> };
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(dry.out)).toMatchObject({ erased: false, holds: [] });
    expect((await placesOf(world, /U0ANA000001/)).length).toBeGreaterThan(10);

    const done = await forget(ANA, '--yes');
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toMatch(/^Forgotten: U0ANA000001 \(Ana Costa\)\.\n/);
    for (const [table, n] of Object.entries(rows))
      expect(done.out).toContain(`  ${table}: ${n} ${n === 1 ? 'row' : 'rows'}\n`);
    expect(await placesOf(world, /U0ANA000001|Ana Costa/)).toEqual([]);
    expect(await placesOf(world, /twenty letters|Sample letters/)).toEqual([]);
    expect(await verify(world.db)).toBeNull();

    // What was agreed and measured is still there, and so is the entry that says what happened.
    expect(await asks(world, 'marek', '/pilot show claims-triage')).toMatch(
      /Owner: Marek Nowak[\s\S]*€17.90/,
    );
    const { logbook } = world.db.tables;
    const entries = await world.db.q.select().from(logbook);
    expect(entries.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['charter_signed', 'person_forgotten']),
    );
    expect(await forget(ANA, '--yes')).toEqual({
      code: 1,
      out: '',
      err: `There is nothing about ${ANA}; check the ID. Nothing was erased.\n`,
    });
  });

  it('leaves an app that goes on: cards are drawn again without the name, and nobody is asked in their place', async () => {
    const { world, forget } = await begin();
    await handOver(world);
    await forget(ANA, '--yes');
    const before = told(world, 'ana').length;
    await world.time.advanceTo(at('2026-02-10T12:00:00Z'));
    expect(told(world, 'ana').length).toBe(before);
    expect(reads(world, 'omar', '#claims')[0]).not.toMatch(/Ana Costa/);
    expect(world.complaints).toEqual([]);
    expect(await placesOf(world, /U0ANA000001/)).toEqual([]);
  }, 60_000);

  it('takes their words off the cards about a pilot that was stuck, and out of what the sponsor saw', async () => {
    const url = await fresh.url();
    const world = await silent(await fresh.open(url));
    const { control } = world;
    await world.time.advanceTo(at('2026-01-26T22:00:00Z'));
    await control.press('ana', { channel: 'Pilotage', label: 'Add my view' });
    await world.settle();
    await control.fill('ana', { 'My view': 'Finance IT sleeps on it.' });
    await control.submit('ana');
    await world.time.advanceTo(at('2026-01-27T12:00:00Z'));
    await control.press('priya', { channel: 'Pilotage', label: 'Stop' });
    await world.settle();
    await control.fill('priya', { 'In one sentence, why': 'The vendor is leaving.' });
    await control.submit('priya');
    await world.time.advanceTo(at('2026-01-27T13:00:00Z'));
    expect((await placesOf(world, /Finance IT sleeps/)).length).toBeGreaterThan(3);

    const done = await call(['forget', ANA, '--yes'], { env: { DATABASE_URL: url }, now: world.clock.now });
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(await placesOf(world, /Finance IT sleeps|U0ANA000001|Ana Costa/)).toEqual([]);
    const decisions = await world.db.q.select().from(world.db.tables.decisions);
    expect(decisions).toMatchObject([{ decision: 'stop', state: 'done', reason: 'The vendor is leaving.' }]);
    expect(await verify(world.db)).toBeNull();
    await world.settle();
    expect(told(world, 'priya').join()).not.toMatch(/Finance IT sleeps/);
    expect(await asks(world, 'priya', '/pilot show claims-triage')).toMatch(/Claims triage · stopped/);
    expect(world.complaints).toEqual([]);
  }, 60_000);

  it('waits until they hold nothing any more', async () => {
    const { world, forget } = await begin();
    const before = await placesOf(world, /U0ANA000001/);
    expect(await forget(ANA, '--yes')).toEqual({
      code: 1,
      out: '',
      err: `${ANA} (Ana Costa) still is owner of claims-triage; pass that on first with /pilot hand-over. Nothing was erased.\n`,
    });
    expect(await placesOf(world, /U0ANA000001/)).toEqual(before);
    expect((await forget(ANA, '--dry-run')).out).toMatch(
      /^Would be forgotten: [\s\S]*still is owner of claims-triage[\s\S]*Dry run: nothing was erased\.\n$/,
    );
  });

  it('waits until they are no member of the programme office any more', async () => {
    const { world, forget } = await begin();
    const { workspaces } = world.db.tables;
    await handOver(world);
    await world.db.q.update(workspaces).set({ settings: { members: [ANA, 'U0LENA00001'] } });
    expect((await forget(ANA, '--yes')).err).toMatch(
      /still is a member of the programme office; take them out with \/pilot settings workspace first\. Nothing was erased\.\n$/,
    );
  });

  it('asks first, and takes only the ID for a yes', async () => {
    const { world, forget, url } = await begin();
    await handOver(world);
    const typed = (stdin: string) =>
      call(['forget', ANA], { env: { DATABASE_URL: url }, now: world.clock.now, interactive: true, stdin });
    for (const answer of ['', 'yes\n', `${ANA}x\n`]) {
      const { code, err } = await typed(answer);
      expect({ answer, code }).toEqual({ answer, code: 1 });
      expect(err).toMatch(
        /This cannot be undone\. Type U0ANA000001 to erase[\s\S]*That is not the ID; nothing was erased\.\n$/,
      );
    }
    expect(await forget(ANA)).toMatchObject({
      code: 2,
      err: 'This cannot be undone. Add --yes to erase, or --dry-run to see what would be; nothing was erased.\n',
    });
    expect((await placesOf(world, /U0ANA000001/)).length).toBeGreaterThan(10);
    expect(await typed(`${ANA}\n`)).toMatchObject({ code: 0 });
    expect(await placesOf(world, /U0ANA000001/)).toEqual([]);
  });

  it('refuses what is no person, in a sentence', async () => {
    const { forget } = await begin();
    for (const id of ['@ana', 'ana', '<@U0ANA000001>', '%', '', 'U1; drop table people', '\u202eU1']) {
      const { code, out, err } = await forget(id, '--yes');
      expect({ id, code, out }).toEqual({ id, code: 2, out: '' });
      expect(err).toMatch(/ is no member ID; it looks like U0123ABCD, [^\n]+\.\n$/);
      expect(err).not.toContain('\u202e');
    }
    expect(await forget('U0NOBODY', '--yes')).toMatchObject({ code: 1 });
  });

  it('says where a name still stands in words of others', async () => {
    const { world, forget } = await begin();
    await handOver(world);
    const { pilots } = world.db.tables;
    await world.db.q.update(pilots).set({ name: 'Ana Costa’s triage' });
    expect((await forget(ANA, '--yes')).out).toMatch(
      /The name still stands in words that others wrote or that were agreed:\n {2}pilots\.name: 1 row\n/,
    );
  });

  it('forgets two people who did the same things', async () => {
    const { world, forget } = await begin();
    await handOver(world);
    await world.time.advanceTo(at('2026-01-22T12:00:00Z'));
    await world.control.command('marek', '#general', '/pilot hand-over claims-triage');
    await world.settle();
    await world.control.fill('marek', { Role: 'Owner', 'New person': '@jonas' });
    expect((await world.control.submit('marek')).ok).toBe(true);
    await world.settle();
    expect(await forget(ANA, '--yes')).toMatchObject({ code: 0 });
    expect(await forget('U0MAREK0001', '--yes')).toMatchObject({ code: 0 });
    expect(await placesOf(world, /U0ANA000001|U0MAREK0001/)).toEqual([]);
    expect(await verify(world.db)).toBeNull();
  });
});

onBothEngines('the rules of forgetting', (openFresh) => {
  it('name columns that exist', async () => {
    const { tables } = await openFresh();
    for (const [name, rule] of Object.entries(FORGET_RULES)) {
      const named = [...(rule.about ?? []), ...(rule.words ?? []).flatMap(({ words, by }) => [words, by])];
      expect(Object.keys(tables[name as keyof typeof tables])).toEqual(expect.arrayContaining(named));
    }
  });
});
