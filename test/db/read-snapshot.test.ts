import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Connection from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReadSnapshot, readSnapshot } from '../../src/db/read-snapshot.ts';

describe('reads that follow each other', () => {
  let folder: string;
  let client: Connection.Database;
  let other: Connection.Database;
  let said: string[];
  let snapshot: ReadSnapshot;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pilotage-'));
    said = [];
    client = new Connection(join(folder, 'a.db'), { verbose: (text) => said.push(String(text)) });
    client.pragma('journal_mode = WAL');
    client.exec('create table kept (word text not null unique) strict');
    other = new Connection(join(folder, 'a.db'));
    snapshot = readSnapshot(client);
    said.length = 0;
  });
  afterEach(() => {
    client.close();
    other.close();
    rmSync(folder, { recursive: true });
  });

  const read = async (): Promise<unknown[]> => {
    snapshot.open();
    return client.prepare('select word from kept order by rowid').pluck().all();
  };
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

  it('see one state, whatever another process writes meanwhile', async () => {
    expect(await read()).toEqual([]);
    other.exec("insert into kept values ('a')");
    expect(await read()).toEqual([]);
    expect(said.filter((text) => text === 'begin')).toHaveLength(1);
  });

  it('see what is new as soon as anything else has happened', async () => {
    await read();
    other.exec("insert into kept values ('a')");
    await nextTurn();
    expect(client.inTransaction).toBe(false);
    expect(await read()).toEqual(['a']);
  });

  it('end before a write, and the next read sees what was written', async () => {
    await read();
    other.exec("insert into kept values ('a')");
    snapshot.close();
    client.exec("insert into kept values ('b')");
    expect(await read()).toEqual(['a', 'b']);
    await nextTurn();
    expect(client.inTransaction).toBe(false);
  });

  it('join a batch that runs already, and do not end it', async () => {
    client.exec('begin immediate');
    client.exec("insert into kept values ('a')");
    expect(await read()).toEqual(['a']);
    await nextTurn();
    expect(client.inTransaction).toBe(true);
    snapshot.close();
    client.exec('rollback');
    expect(await read()).toEqual([]);
  });

  it('are not in the way of closing, nor of a fault that has ended them', async () => {
    await read();
    client.exec('rollback');
    expect(() => snapshot.close()).not.toThrow();
    await read();
    client.close();
    expect(() => snapshot.close()).not.toThrow();
  });
});
