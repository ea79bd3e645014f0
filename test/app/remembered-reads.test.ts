import { expect, it } from 'vitest';
import { noticeWrites } from '../../src/app/noticed-writes.ts';
import { rememberReads } from '../../src/app/remembered-reads.ts';
import type { Database } from '../../src/db/database.ts';
import { rememberPerson } from '../../src/db/queries/people.ts';
import { onBothEngines } from '../support/databases.ts';

onBothEngines('what is read within one request', (openFresh) => {
  const person = (name: string) => ({
    id: 'U1',
    name,
    timezone: null,
    isBot: false,
    isDeactivated: false,
    isGuest: false,
    isExternal: false,
    isAdmin: false,
  });

  /** A database that counts how often it is really read. */
  function counted(db: Database) {
    let reads = 0;
    const counting: Database = {
      ...db,
      prepared: (name, build) => {
        const read = db.prepared(name, build);
        return (args) => {
          reads += 1;
          return read(args as never);
        };
      },
    };
    return { db: counting as Database, reads: () => reads };
  }

  async function start() {
    const real = counted(await openFresh());
    const writes = noticeWrites(real.db);
    const { workspaces } = writes.db.tables;
    await writes.db.q
      .insert(workspaces)
      .values({ id: 'T1', name: 'One', timezone: 'UTC', botUser: 'B', installedAt: 0, settings: {} });
    await rememberPerson(writes.db, 'T1', person('Ana'), 1);
    const nameIn = async (db: Database) => {
      const { people } = db.tables;
      const rows = await db.prepared<Record<string, never>, { name: string }>('every name', (q) =>
        q.select({ name: people.name }).from(people),
      )({});
      return rows.map(({ name }) => name).join();
    };
    return { real, writes, nameIn };
  }

  it('is read once, and again by the next request', async () => {
    const { real, writes, nameIn } = await start();
    const first = rememberReads(writes.db, writes.count);
    expect([await nameIn(first), await nameIn(first)]).toEqual(['Ana', 'Ana']);
    expect(real.reads()).toBe(1);
    expect(await nameIn(rememberReads(writes.db, writes.count))).toBe('Ana');
    expect(real.reads()).toBe(2);
  });

  it('is read again after a write, whoever wrote', async () => {
    const { writes, nameIn } = await start();
    const [mine, other] = [rememberReads(writes.db, writes.count), rememberReads(writes.db, writes.count)];
    expect(await nameIn(mine)).toBe('Ana');
    await rememberPerson(other, 'T1', person('Bea'), 2);
    expect(await nameIn(mine)).toBe('Bea');
    const { people } = mine.tables;
    await other.atomically('T1', () => [other.q.update(people).set({ name: 'Cem' })]);
    expect(await nameIn(mine)).toBe('Cem');
  });

  it('is read again after a batch that failed', async () => {
    const { writes, real, nameIn } = await start();
    const mine = rememberReads(writes.db, writes.count);
    await nameIn(mine);
    const failing = mine.atomically('T1', () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await nameIn(mine);
    expect(real.reads()).toBe(2);
  });
});
