import { beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { onBothEngines } from '../support/databases.ts';
import { anEntry } from '../support/rows.ts';
import { call } from './call.ts';
import { plantPilots } from './planted.ts';

onBothEngines('verify', (_, fresh) => {
  let url: string;
  let db: Database;
  beforeEach(async () => {
    url = await fresh.url();
    db = await fresh.open(url);
    await plantPilots(db);
    for (const pilot of ['P1', 'P2', 'P1']) await db.atomically('T1', (log) => [log(anEntry({ pilot }))]);
  });
  const verify = (...args: string[]) => call(['verify', ...args], { env: { DATABASE_URL: url } });

  it('says that all is whole', async () => {
    expect(await verify()).toEqual({
      code: 0,
      out: 'The logbook and every reference are whole.\n',
      err: '',
    });
    expect(JSON.parse((await verify('--json')).out)).toEqual({ ok: true, problem: null });
  });

  it('names the first row that is broken, and ends with 1', async () => {
    await db.q.update(db.tables.logbookHeads).set({ hash: 'ff' });
    const { code, out, err } = await verify();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe(
      'Entry 3 of the logbook of T1 is not the one the head knows. Compare with a backup from before, and find out who wrote to it.\n',
    );
  });

  it('says the same to programs', async () => {
    await db.q.update(db.tables.logbookHeads).set({ hash: 'ff' });
    const { code, out, err } = await verify('--json');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      problem: { workspace: 'T1', table: 'logbook', row: 'workspace=T1, n=3' },
    });
  });

  it('needs a database of this version', async () => {
    const bare = await fresh.bareUrl();
    await fresh.open(bare);
    expect(await call(['verify'], { env: { DATABASE_URL: bare } })).toEqual({
      code: 3,
      out: '',
      err: 'The database is older than this version of Pilotage; run: pilotage migrate\n',
    });
  });
});
