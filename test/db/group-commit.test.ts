import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Connection from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { committer } from '../../src/db/group-commit.ts';

describe('batches of one turn', () => {
  let folder: string;
  let client: Connection.Database;
  let said: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pilotage-'));
    said = [];
    client = new Connection(join(folder, 'a.db'), { verbose: (text) => said.push(String(text)) });
    client.pragma('journal_mode = WAL');
    client.exec('create table kept (word text not null unique) strict');
    said.length = 0;
  });
  afterEach(() => {
    client.close();
    rmSync(folder, { recursive: true });
  });

  const words = () => client.prepare('select word from kept order by rowid').pluck().all();
  const keep = (...all: string[]) => {
    for (const word of all) client.prepare('insert into kept values (?)').run(word);
  };

  it('are written to the disk together', async () => {
    const commit = committer(client);
    await Promise.all(['a', 'b', 'c'].map((word) => commit(() => keep(word))));
    expect(words()).toEqual(['a', 'b', 'c']);
    expect(said.filter((text) => text === 'commit')).toHaveLength(1);
  });

  it('fail alone, and leave nothing of themselves', async () => {
    const commit = committer(client);
    const outcomes = await Promise.allSettled([
      commit(() => keep('a')),
      commit(() => keep('b', 'a')),
      commit(() => keep('c')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(words()).toEqual(['a', 'c']);
  });

  it('all fail when the disk refuses, and the next turn starts anew', async () => {
    const commit = committer(client);
    const outcomes = await Promise.allSettled([
      commit(() => keep('a')),
      commit(() => {
        client.exec('rollback');
        throw new Error('the disk is full');
      }),
      commit(() => keep('c')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(words()).toEqual([]);
    await commit(() => keep('d'));
    expect(words()).toEqual(['d']);
  });

  it('are refused inside one another', async () => {
    const commit = committer(client);
    let inner: Promise<void> = Promise.resolve();
    await commit(() => {
      inner = commit(() => keep('x'));
      inner.catch(() => undefined);
    });
    await expect(inner).rejects.toThrow('inside another');
  });

  it('are told that the database was closed before their turn', async () => {
    const batch = committer(client)(() => keep('a'));
    client.close();
    await expect(batch).rejects.toThrow('not open');
    client = new Connection(join(folder, 'a.db'));
    expect(words()).toEqual([]);
  });

  it('go on with everything else while another process writes, and are written when it has ended', async () => {
    const commit = committer(client);
    const other = new Connection(join(folder, 'a.db'));
    other.exec('begin immediate');
    other.exec("insert into kept values ('theirs')");
    const ours = commit(() => keep('ours'));
    const turns: string[] = [];
    await new Promise((resolve) => setImmediate(resolve));
    turns.push('another turn');
    const joined = commit(() => keep('joined'));
    other.exec('commit');
    await Promise.all([ours, joined]);
    expect(turns).toEqual(['another turn']);
    expect(words()).toEqual(['theirs', 'ours', 'joined']);
    expect(client.pragma('busy_timeout', { simple: true })).toBe(5000);
    other.close();
  });
});
