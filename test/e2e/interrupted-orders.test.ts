/** Is an order that reaches many pilots carried out whole, and once, when the app breaks off before or after any write? */
import { expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { verify } from '../../src/db/verify.ts';
import { asks, register } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { passes } from '../support/failing.ts';
import { numberWrites } from '../support/numbered-writes.ts';
import { startWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;

/** A database in which one write breaks off: before it is done, or when it is done and nobody hears of it. */
function breakable(db: Database) {
  let left = Number.POSITIVE_INFINITY;
  let side: 'before' | 'after' = 'before';
  const count = (now: 'before' | 'after'): void => {
    if (now === 'before') left -= 1;
    if (left >= 0 || now !== side) return;
    left = Number.POSITIVE_INFINITY;
    hasBroken = true;
    throw new Error('the app breaks off');
  };
  let hasBroken = false;
  return {
    db: numberWrites(db, { before: () => count('before'), after: () => count('after') }),
    breakAt(write: number, when: 'before' | 'after') {
      left = write;
      side = when;
      hasBroken = false;
    },
    /** Whether it has come to that write; from now on nothing breaks off. */
    mend(): boolean {
      left = Number.POSITIVE_INFINITY;
      return hasBroken;
    },
  };
}

type Disk = ReturnType<typeof breakable>;

/** An order: what leads up to it, the press that gives it, what must hold after it, and how it is taken back. */
interface Order {
  prepare(): Promise<unknown>;
  give(): Promise<unknown>;
  check(): Promise<void>;
  takeBack(): Promise<unknown>;
}

/** Gives an order with the app breaking off at each of its writes in turn, and lets the app go on. Answers how many there are. */
async function atEveryWrite(world: World, disk: Disk, order: Order): Promise<number> {
  for (let write = 0; write < 60; write += 1) {
    let broke = false;
    for (const side of ['before', 'after'] as const) {
      await order.prepare();
      disk.breakAt(write, side);
      await order.give();
      await world.settle();
      broke = disk.mend() || broke;
      await passes(world, 3 * MINUTE);
      await order.check();
      await order.takeBack();
      await passes(world, 3 * MINUTE);
    }
    if (!broke) return write;
  }
  throw new Error('an order has no end');
}

onBothEngines('an order that breaks off', (openFresh) => {
  it('pauses each pilot of a unit once, or none, and writes to each person once', {
    timeout: 300_000,
  }, async () => {
    const disk = breakable(await openFresh());
    const world = await startWorld(disk.db);
    const { control, db } = world;
    for (const name of ['Claims triage', 'Claims letters']) await register(world, name);
    const t = db.tables;
    const paused = async () =>
      (await db.q.select().from(t.pilots)).filter(({ pausedSince }) => pausedSince !== null).length;
    let given = 0;
    const writes = await atEveryWrite(world, disk, {
      async prepare() {
        await control.command('lena', '#general', '/pilot pause unit Claims');
        await world.settle();
        await control.fill('lena', { Reason: 'Reorganisation' });
      },
      give: () => control.submit('lena'),
      async check() {
        if (control.openView('lena') !== null) await control.closeView('lena', true);
        const orders = (await db.q.select().from(t.logbook)).filter(
          ({ kind }) => kind === 'unit_paused',
        ).length;
        const letters = (await db.q.select().from(t.outbox)).filter(
          ({ kind, details }) => kind === 'unit-order' && (details as { act?: string }).act === 'pause',
        );
        // Given or not given, but never half carried out, and nobody is written to twice.
        expect(await paused()).toBe(orders === given ? 0 : 2);
        expect(await db.q.select().from(t.pauses)).toHaveLength(2 * orders);
        expect(letters).toHaveLength(orders);
        given = orders;
      },
      async takeBack() {
        if ((await paused()) === 0) return;
        await asks(world, 'lena', '/pilot resume unit Claims');
        await control.press('lena', { channel: '#general', label: 'Resume 2 pilots' });
      },
    });
    expect(writes).toBeGreaterThan(4);
    expect(given).toBeGreaterThan(4);
    expect(await verify(db)).toBeNull();
  });

  it('hands each pilot over once, or none, and tells both people', { timeout: 300_000 }, async () => {
    const disk = breakable(await openFresh());
    const world = await startWorld(disk.db);
    const { control, db } = world;
    for (const name of ['Claims triage', 'Claims letters']) await register(world, name);
    const t = db.tables;
    const owners = async () =>
      (await db.q.select().from(t.roles))
        .filter(({ role, until }) => role === 'owner' && until === null)
        .map(({ person }) => person);
    const [ana = ''] = await owners();
    let given = 0;
    const handOver = async (from: string, to: string) => {
      await asks(world, 'lena', `/pilot hand-over @${from} @${to}`);
    };
    const writes = await atEveryWrite(world, disk, {
      prepare: () => handOver('ana', 'jonas'),
      give: () => control.press('lena', { channel: '#general', label: 'Hand over 2 pilots' }),
      async check() {
        const now = await owners();
        expect(now).toHaveLength(2);
        expect(new Set(now).size).toBe(1);
        const orders = (await db.q.select().from(t.logbook)).filter(
          ({ kind, personal }) =>
            kind === 'everything_handed_over' && (personal ?? '').includes(`"from":"${ana}"`),
        ).length;
        expect(now[0] === ana).toBe(orders === given);
        for (const kind of ['everything-received', 'everything-gone']) {
          const rows = (await db.q.select().from(t.outbox)).filter(
            (row) => row.kind === kind && (row.details as { from?: string }).from === ana,
          );
          expect(rows, kind).toHaveLength(orders);
        }
        given = orders;
      },
      async takeBack() {
        if ((await owners())[0] === ana) return;
        await handOver('jonas', 'ana');
        await control.press('lena', { channel: '#general', label: 'Hand over 2 pilots' });
      },
    });
    expect(writes).toBeGreaterThan(4);
    expect(given).toBeGreaterThan(4);
    expect(await verify(db)).toBeNull();
  });

  it('releases each pilot of a wave once, or none, and tells its owner once', {
    timeout: 300_000,
  }, async () => {
    const disk = breakable(await openFresh());
    const world = await startWorld(disk.db);
    const { control, db } = world;
    for (const name of ['Claims triage', 'Claims letters']) await register(world, name);
    const t = db.tables;
    const watch = async () => {
      await db.q.update(t.pilots).set({ watchedSince: world.clock.now() });
    };
    const watched = async () =>
      (await db.q.select().from(t.pilots)).filter(({ watchedSince }) => watchedSince !== null).length;
    const entries = async (of: string) =>
      (await db.q.select().from(t.logbook)).filter(({ kind }) => kind === of).length;
    let given = 0;
    await watch();
    const writes = await atEveryWrite(world, disk, {
      async prepare() {
        await asks(world, 'lena', '/pilot watch');
        await control.press('lena', { channel: '#general', label: 'Release' });
        await world.settle();
        await control.submit('lena');
        await world.settle();
      },
      give: () => control.press('lena', { channel: '#general', label: 'Release 2 pilots' }),
      async check() {
        const orders = await entries('release_ordered');
        expect(await watched()).toBe(orders === given ? 2 : 0);
        expect(await entries('pilot_released')).toBe(2 * orders);
        const letters = (await db.q.select().from(t.outbox)).filter(({ kind }) => kind === 'released');
        expect(letters).toHaveLength(orders);
        given = orders;
      },
      takeBack: watch,
    });
    expect(writes).toBeGreaterThan(4);
    expect(given).toBeGreaterThan(4);
    expect(await verify(db)).toBeNull();
  });
});
