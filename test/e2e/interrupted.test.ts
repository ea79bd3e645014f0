/** Is anything lost, or kept twice, when an act that takes several writes breaks off after any of them? */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { insertToken } from '../../src/db/queries/tokens.ts';
import { newToken } from '../../src/db/token-secret.ts';
import { verify } from '../../src/db/verify.ts';
import { asks, signedPilot } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };

/** A database whose batches break off from a certain one on, until it is mended. */
function breakable(db: Database) {
  let left = Number.POSITIVE_INFINITY;
  const wrapped: Database = {
    ...db,
    atomically(workspace, build) {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('the disk is full')) : db.atomically(workspace, build);
    },
  };
  return {
    db: wrapped,
    breakAfter: (batches: number) => {
      left = batches;
    },
    mend: () => {
      left = Number.POSITIVE_INFINITY;
    },
  };
}

/** Does something with every batch of it broken in turn, mending and doing it again each time, until it goes through. */
async function brokenInTurn(
  world: World,
  disk: ReturnType<typeof breakable>,
  act: () => Promise<boolean>,
): Promise<number> {
  for (let batches = 0; batches < 10; batches += 1) {
    disk.breakAfter(batches);
    const done = await act();
    disk.mend();
    await world.settle();
    if (done) return batches;
  }
  throw new Error('it never goes through');
}

/** Hands in values by request, as a program would. */
async function handIn(world: World, observations: readonly object[]): Promise<void> {
  const made = newToken(randomBytes(8), randomBytes(32));
  const [workspace] = await world.db.q.select().from(world.db.tables.workspaces);
  await world.db.atomically(workspace?.id ?? '', () => [
    insertToken(world.db, {
      workspace: workspace?.id ?? '',
      id: made.id,
      name: 'warehouse',
      digest: made.digest,
      pilot: null,
      createdAt: world.clock.now(),
      expiresAt: null,
    }),
  ]);
  await fetch(`http://127.0.0.1:${world.app.httpPort()}/api/v1/observations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${made.text}`, 'content-type': 'application/json' },
    body: JSON.stringify({ observations }),
  });
  await world.settle();
}

onBothEngines('an act that breaks off', (openFresh) => {
  it('keeps the numbers of a check-in once, in the week it named', async () => {
    const disk = breakable(await openFresh());
    const world = await startWorld(disk.db);
    const { control } = world;
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-20T12:00:00Z'));
    await asks(world, 'ana', '/pilot check-in claims-triage');
    await control.fill('ana', {
      'Cost per claim, EUR per claim, 12–18 January': '17.90',
      'My view': 'Amber, some risk',
      'New blocker': 'No access to the ledger',
    });
    const tries = await brokenInTurn(world, disk, async () => (await control.submit('ana')).ok);
    expect(tries).toBeGreaterThan(0);
    const t = world.db.tables;
    const values = await world.db.q.select().from(t.observations);
    expect(values.map(({ value, periodEnd }) => [value, periodEnd])).toEqual([['17.90', '2026-01-19']]);
    expect(await world.db.q.select().from(t.checkIns)).toHaveLength(1);
    expect(await world.db.q.select().from(t.blockers)).toHaveLength(1);
    expect(await verify(world.db)).toBeNull();
  });

  it('loses no number that was set aside, and records it once', async () => {
    const disk = breakable(await openFresh());
    const world = await startWorld(disk.db, { httpPort: 0 });
    const { control } = world;
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-20T12:00:00Z'));
    const row = { pilot: 'claims-triage', metric: 'cost-per-claim', unit: 'USD/claim' };
    await handIn(world, [
      { ...row, end: '2026-01-12', value: '17.5', key: '1' },
      { ...row, end: '2026-01-19', value: '16' },
    ]);
    const t = world.db.tables;
    const open = async () =>
      (await world.db.q.select().from(t.setAside)).filter(({ state }) => state === 'open').length;
    expect(await open()).toBe(2);
    const tries = await brokenInTurn(world, disk, async () => {
      await asks(world, 'ana', '/pilot mine');
      const [label = ''] =
        JSON.stringify(control.read.messages('ana', '#general').at(-1)).match(/Look at them[^"]*/) ?? [];
      await control.press('ana', { channel: '#general', label });
      await world.settle();
      await control.pressInView('ana', { label: 'Fix the unit' });
      await world.settle();
      const values = await world.db.q.select().from(t.observations);
      // Whatever has come of it, every number is somewhere.
      expect(new Set(values.map(({ periodEnd }) => periodEnd)).size + (await open())).toBeGreaterThanOrEqual(
        2,
      );
      return (await open()) === 0;
    });
    expect(tries).toBeGreaterThan(0);
    const values = await world.db.q.select().from(t.observations);
    expect(values.map(({ value, periodEnd }) => `${value} ${periodEnd}`).sort()).toEqual([
      '16 2026-01-19',
      '17.5 2026-01-12',
    ]);
    expect(await verify(world.db)).toBeNull();
  });
});
