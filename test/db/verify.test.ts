/** Does `verify` find what was done to a database behind the app's back? */

import { expect, it } from 'vitest';
import { readPlan, triggerNames } from '../../src/db/migrations.ts';
import { verify } from '../../src/db/verify.ts';
import { type Fresh, onBothEngines } from '../support/databases.ts';
import { anEntry, aPilot, aWorkspace } from '../support/rows.ts';
import { openRaw } from './filled.ts';

/** Runs statements as somebody who owns the database can: without references and without triggers. */
async function tamper(fresh: Fresh, url: string, statements: readonly string[]): Promise<void> {
  const raw = await openRaw(url);
  const { triggers } = readPlan(fresh.engine);
  // PostgreSQL's triggers are asleep on this connection; SQLite's have to go and come back.
  const asleep = fresh.engine === 'postgres';
  if (!asleep) for (const name of triggerNames(readPlan('sqlite'))) await raw.rows(`drop trigger ${name}`);
  for (const statement of statements) await raw.rows(statement);
  if (!asleep) for (const statement of triggers.statements) await raw.rows(statement);
  await raw.close();
}

/** A database with a pilot and five entries, and what `verify` says after somebody changed it. */
async function verdict(fresh: Fresh, ...statements: string[]) {
  const url = await fresh.url();
  const db = await fresh.open(url);
  const { workspaces, pilots } = db.tables;
  await db.q.insert(workspaces).values(aWorkspace());
  await db.q.insert(pilots).values(aPilot());
  for (const i of [1, 2, 3, 4, 5]) {
    await db.atomically('T1', (log) => [log(anEntry({ body: { i }, personal: { note: `word ${i}` } }))]);
  }
  expect(await verify(db)).toBeNull();
  await tamper(fresh, url, statements);
  return verify(db);
}

const entry = (n: number) => ({ table: 'logbook', workspace: 'T1', row: `workspace=T1, n=${n}` });
const from2to9 = `
  insert into logbook select workspace, 9, at, kind, pilot, actor, body, personal, salt, commitment, prev, hash
  from logbook where n = 2`;

onBothEngines('verify', (_openFresh, fresh) => {
  it.each([
    ['a changed body', 'update logbook set body = \'{"i":9}\' where n = 3', 3, /was changed/],
    ['a body spelt differently', 'update logbook set body = \'{"i": 3}\' where n = 3', 3, /was changed/],
    ['a changed time', 'update logbook set at = at + 1 where n = 2', 2, /was changed/],
    [
      'a person made a part of the app',
      "update logbook set actor = 'system:x' where n = 2",
      2,
      /was changed/,
    ],
    [
      'another person',
      "update logbook set actor = 'user:U2' where n = 2",
      2,
      /another person or other words/,
    ],
    ['other words', "update logbook set personal = '{}' where n = 4", 4, /another person or other words/],
    ['words taken away but not the salt', 'update logbook set personal = null where n = 4', 4, /other words/],
    [
      'a person left in when erasing',
      'update logbook set personal = null, salt = null where n = 4',
      4,
      /other words/,
    ],
    ['a first entry taken away', 'delete from logbook where n = 1', 1, /is missing/],
    ['an entry taken away', 'delete from logbook where n = 3', 3, /is missing/],
    ['the last entry taken away', 'delete from logbook where n = 5', 5, /is missing/],
    ['all entries taken away', 'delete from logbook', 1, /is missing/],
    [
      'an entry taken away and the gap closed',
      'delete from logbook where n = 5; update logbook_heads set n = 4',
      4,
      /head/,
    ],
    ['an entry put at the end', from2to9, 6, /after the newest entry/],
    ['a missing head', 'delete from logbook_heads', 1, /after the newest entry|not there/],
    [
      'entries that changed places',
      'update logbook set n = 99 where n = 2; update logbook set n = 2 where n = 3; update logbook set n = 3 where n = 99',
      2,
      /does not follow/,
    ],
  ])('finds %s', async (_name, statement, n, sentence) => {
    const problem = await verdict(fresh, ...statement.split(';'));
    expect(problem).toMatchObject(entry(n));
    expect(problem?.sentence).toMatch(sentence);
  });

  it('finds a row whose pilot is gone and names both tables', async () => {
    const problem = await verdict(
      fresh,
      "insert into roles values ('T1', 'R1', 'gone', 'owner', 'U1', 0, null)",
    );
    expect(problem).toEqual({
      workspace: 'T1',
      table: 'roles',
      row: 'id=R1',
      sentence: 'The row id=R1 of roles refers to a row of pilots that is not there.',
    });
  });

  it('finds a safeguard that is gone', async () => {
    const url = await fresh.url();
    const raw = await openRaw(url);
    const drop = {
      sqlite: 'drop trigger logbook_only_erase',
      postgres: 'drop trigger logbook_only_erase on logbook',
    };
    await raw.rows(drop[fresh.engine]);
    await raw.close();
    expect((await verify(await fresh.open(url)))?.sentence).toMatch(/trigger logbook_only_erase .* is gone/);
  });

  it('refuses to judge a database that was never migrated', async () => {
    const db = await fresh.open(await fresh.bareUrl());
    await expect(verify(db)).rejects.toThrow(/older than this version of Pilotage; run: pilotage migrate/);
  });
});
