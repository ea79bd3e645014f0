/** Does what the engine can work out count when people agree on it by form? */

import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { insertToken } from '../../src/db/queries/tokens.ts';
import { newToken } from '../../src/db/token-secret.ts';
import { addCriterion, askToSign, newest, reads, register } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };

const HANDLING = {
  Metric: 'Handling time',
  Kind: 'at most',
  Unit: 'hours',
  Baseline: '12',
  Target: '8',
  'First effect expected': '2026-01-06',
  'Worked out as': 'a percentile of single values',
  'Which percentile': '95',
};

async function signs(world: World): Promise<void> {
  await askToSign(world);
  await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
  await world.settle();
}

/** Hands rows in as a system does, with a token of its own. */
async function handIn(world: World, observations: readonly object[]): Promise<Record<string, unknown>> {
  const made = newToken(randomBytes(8), randomBytes(32));
  const [workspace] = await world.db.q.select().from(world.db.tables.workspaces);
  const id = workspace?.id ?? '';
  const token = { workspace: id, id: made.id, name: 'warehouse', digest: made.digest };
  await world.db.atomically(id, () => [
    insertToken(world.db, { ...token, pilot: null, createdAt: world.clock.now(), expiresAt: null }),
  ]);
  const answer = await fetch(`http://127.0.0.1:${world.app.httpPort()}/api/v1/observations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${made.text}`, 'content-type': 'application/json' },
    body: JSON.stringify({ observations }),
  });
  const body = (await answer.json()) as Record<string, unknown>;
  await world.settle();
  return body;
}

/** What stands in the form or the page in front of somebody. */
function inFront(world: World, who: string): string {
  const view = world.control.openView(who);
  return view === null ? '' : world.control.read.text(view as never);
}

async function explained(world: World): Promise<string> {
  await world.control.press('ana', { channel: '#claims', label: 'How is this computed?' });
  await world.settle();
  return inFront(world, 'ana');
}

const openForm = async (world: World): Promise<void> => {
  await world.control.command('ana', '#general', '/pilot criteria claims-triage');
  await world.settle();
};

onBothEngines('a percentile of single values', (openFresh) => {
  it('is agreed by form, counted from what a system hands in, and said in plain words', async () => {
    const world = await startWorld(await openFresh(), { httpPort: 0 });
    await register(world, 'Claims triage', { fields: START });
    await addCriterion(world, 'claims-triage', HANDLING);
    expect(newest(world, 'ana', '#general')).toMatch(
      /Passes if at least 95 of 100 single values in the 4 weeks to 29 March are 8 hours or less, on 20 single values or more\.\nSingle values come by file or HTTP, as raw\. A number that is typed by hand does not count/,
    );
    await signs(world);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/Handling time: agreed 8 hours or less for 95 of 100/);
    await world.time.advanceTo(Date.parse('2026-01-20T08:00:00Z'));
    const raw = (hours: string, times: number) => Array.from({ length: times }, () => hours);
    const row = (end: string, values: string[]) => ({
      ...{ pilot: 'claims-triage', metric: 'handling-time', end, raw: values, key: end },
    });
    expect(
      await handIn(world, [row('2026-01-12', raw('6', 9)), row('2026-01-19', raw('6', 9))]),
    ).toMatchObject({
      accepted: 2,
    });
    expect(reads(world, 'omar', '#claims')[0]).toMatch(
      /6 hours; agreed 8 hours or less for 95 of 100.*too early/,
    );
    // Twenty values now, nineteen of 6 hours and one of 20: the 95th percentile is 6 + 0.05 · 14.
    const other = { ...row('2026-01-19', [...raw('360', 10), '1200']), unit: 'min', key: 'again' };
    expect(await handIn(world, [other])).toMatchObject({ accepted: 1 });
    expect(reads(world, 'omar', '#claims')[0]).toMatch(
      /6.7 hours; agreed 8 hours or less for 95 of 100 by 29 March; at target so far/,
    );
    const page = await explained(world);
    expect(page).toMatch(
      /at least 95 of 100 single values .* are 8 hours or less, on 20 single values or more/,
    );
    expect(page).toMatch(/9 single values .* 11 single values/s);
  });

  it('tells whoever types a number all the same that it does not count, and asks nobody for one', async () => {
    const world = await startWorld(await openFresh());
    await register(world, 'Claims triage', { fields: START });
    await addCriterion(world, 'claims-triage', HANDLING);
    await signs(world);
    await world.time.advanceTo(Date.parse('2026-01-20T08:00:00Z'));
    await world.control.command('ana', '#general', '/pilot record claims-triage handling-time 7');
    await world.settle();
    expect(newest(world, 'ana', '#general')).toMatch(
      /A percentile is worked out from single values, which come by file or HTTP as raw; for it this number does not count/,
    );
    await world.control.command('ana', '#general', '/pilot check-in claims-triage');
    await world.settle();
    expect(inFront(world, 'ana')).toMatch(/My view/);
    expect(inFront(world, 'ana')).not.toMatch(/Handling time, hours/);
  });

  it('is asked for where it is missing, refused where it is none, and kept through an amendment', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await register(world, 'Claims triage', { fields: START });
    await openForm(world);
    const refusedAs = async (fields: Readonly<Record<string, string>>) => {
      await world.control.fill('ana', { ...HANDLING, ...fields });
      await world.settle();
      return (await world.control.submit('ana')).errorsByLabel;
    };
    expect(await refusedAs({ 'Which percentile': '' })).toEqual({
      'Which percentile': 'A percentile needs its number. Write which one, like 95.',
    });
    expect(await refusedAs({ 'Which percentile': '100' })).toEqual({
      'Which percentile': '"100" is not a percentile. Write a number from 1 to 99.9, like 95.',
    });
    expect(await refusedAs({ 'Worked out as': 'the average' })).toEqual({
      'Which percentile':
        '"95" is used only with a percentile of single values. Choose that in Worked out as, or leave this empty.',
    });
    expect(await refusedAs({ 'Which percentile': 'p99.9' })).toEqual({});
    await world.settle();
    expect(await db.q.select().from(db.tables.criteria)).toMatchObject([
      { agg: 'percentile', percentile: '99.9' },
    ]);
    await signs(world);
    await openForm(world);
    await world.control.pressInView('ana', { label: 'Edit', blockId: 'edit-0' });
    await world.settle();
    expect(inFront(world, 'ana')).toMatch(
      /at least 999 of 1,000 single values .* on 1,000 single values or more/,
    );
    await world.control.fill('ana', { 'Which percentile': '99' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    const kept = await db.q.select().from(db.tables.criteria);
    expect(kept.map(({ version, percentile }) => [version, percentile]).sort()).toEqual([
      [1, '99.9'],
      [2, '99'],
    ]);
    const versions = await db.q.select().from(db.tables.charterVersions);
    expect(versions.find(({ n }) => n === 1)?.text).toContain('"percentile":"99.9"');
  });
});

const COST = {
  'First effect expected': '2026-01-06',
  'Average over': '1',
  'Agreed conversion': '1 USD = 0.92 EUR',
};
const sent = (end: string, more: object) => ({
  ...{ pilot: 'claims-triage', metric: 'cost-per-claim', end, key: end },
  ...more,
});

onBothEngines('an agreed conversion', (openFresh) => {
  it('is agreed by form, stands in the charter and on the card, and makes values in that unit count', async () => {
    const db = await openFresh();
    const world = await startWorld(db, { httpPort: 0 });
    await register(world, 'Claims triage', { fields: START });
    await openForm(world);
    await world.control.fill('ana', {
      ...{
        Metric: 'Cost per claim',
        Kind: 'at most',
        Unit: 'EUR per claim',
        Baseline: '18.40',
        Target: '12.50',
      },
      ...COST,
      'Agreed conversion': '1 USD = 0.79 GBP',
    });
    await world.settle();
    expect((await world.control.submit('ana')).errorsByLabel).toEqual({
      'Agreed conversion':
        '"1 USD = 0.79 GBP" does not lead to € per claim, which is this criterion\'s unit. Write how much of that 1 of the other unit is.',
    });
    await world.control.fill('ana', { 'Agreed conversion': '$1 = 0,92 €' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(newest(world, 'ana', '#general')).toMatch(/12.50 or less\. Agreed conversion: 1 USD = 0.92 EUR\./);
    await signs(world);
    const versions = await db.q.select().from(db.tables.charterVersions);
    expect(versions[0]?.text).toContain('"rates":{"USD/claim":"0.92"}');
    await world.time.advanceTo(Date.parse('2026-01-20T08:00:00Z'));
    expect(
      await handIn(world, [
        sent('2026-01-12', { value: '14', unit: 'USD' }),
        sent('2026-01-19', { value: '13', unit: 'GBP' }),
      ]),
    ).toMatchObject({ accepted: 1, quarantined: [{ code: 'unit_differs' }] });
    const card = () => reads(world, 'omar', '#claims')[0];
    expect(card()).toMatch(/€12.88; agreed €12.50 or less by 29 March; .*; 1 USD = 0.92 EUR/);
    await world.control.command('ana', '#general', '/pilot record claims-triage cost-per-claim $13');
    await world.settle();
    expect(newest(world, 'ana', '#general')).toMatch(/12–18 January: \$13.00 is recorded/);
    expect(card()).toMatch(/€11.96; agreed €12.50 or less by 29 March; at target so far; 1 USD = 0.92 EUR/);
    const page = await explained(world);
    expect(page).toMatch(/Agreed conversion: 1 USD = 0.92 EUR/);
    expect(page).toMatch(/\$14.00 .* \$13.00/s);
  });

  it('is kept through an amendment until it is taken out', async () => {
    const db = await openFresh();
    const world = await startWorld(db, { httpPort: 0 });
    await register(world, 'Claims triage', { fields: START });
    await addCriterion(world, 'claims-triage', COST);
    await signs(world);
    await openForm(world);
    await world.control.pressInView('ana', { label: 'Edit', blockId: 'edit-0' });
    await world.settle();
    await world.control.fill('ana', { Target: '12.00' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    const kept = async () => {
      const rows = await db.q.select().from(db.tables.criteria);
      return rows.toSorted((a, b) => a.version - b.version).map(({ rates }) => rates);
    };
    expect(await kept()).toEqual([{ 'USD/claim': '0.92' }, { 'USD/claim': '0.92' }]);
    await openForm(world);
    await world.control.pressInView('ana', { label: 'Edit', blockId: 'edit-0' });
    await world.settle();
    await world.control.fill('ana', { 'Agreed conversion': '' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(await kept()).toEqual([{ 'USD/claim': '0.92' }, null]);
    // The signed version counts until the other one is signed.
    await world.time.advanceTo(Date.parse('2026-01-20T08:00:00Z'));
    expect(await handIn(world, [sent('2026-01-12', { value: '$14' })])).toMatchObject({ accepted: 1 });
    await signs(world);
    expect(await handIn(world, [sent('2026-01-19', { value: '$14' })])).toMatchObject({
      accepted: 0,
      quarantined: [{ code: 'unit_differs' }],
    });
    await world.control.command('ana', '#general', '/pilot record claims-triage cost-per-claim $13');
    await world.settle();
    expect(newest(world, 'ana', '#general')).toMatch(/is not in € per claim.*Nothing was recorded/);
  });
});
