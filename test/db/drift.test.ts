/** Do the migrations add up to the schema as it is described, on both engines? */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describedNow, dump, statementsFrom } from '../../scripts/schema.ts';
import { columns as postgresColumns } from '../../src/db/columns.postgres.ts';
import { columns as sqliteColumns } from '../../src/db/columns.sqlite.ts';
import { tables as postgresTables } from '../../src/db/schema.postgres.ts';
import { tables as sqliteTables } from '../../src/db/schema.sqlite.ts';
import { type Fresh, onBothEngines } from '../support/databases.ts';
import { openRaw } from './filled.ts';

const drizzle = new URL('../../drizzle/', import.meta.url);
const kits = {
  sqlite: { tables: sqliteTables, describe: sqliteColumns.describe },
  postgres: { tables: postgresTables, describe: postgresColumns.describe },
};

const sqliteFacts = [
  `select m.name as owner, c.name, c.type, c."notnull", c.pk, c.dflt_value
    from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table'`,
  `select m.name as owner, f."from", f."table", f."to", f.seq, f.on_delete
    from sqlite_schema m, pragma_foreign_key_list(m.name) f`,
  `select name, strict from pragma_table_list where schema = 'main'`,
  `select name, replace(sql, '"', '') from sqlite_schema where type = 'index' and sql is not null`,
];

/** Tables, columns, keys, references and indexes, whatever order they were made in; not triggers. */
async function facts(fresh: Fresh, url: string): Promise<string[]> {
  if (fresh.engine === 'postgres') {
    const lines = (await dump(await fresh.open(url))).split('\n');
    return lines.filter((line) => /^\w+[.:]|^CREATE (UNIQUE )?INDEX/.test(line)).sort();
  }
  const raw = await openRaw(url);
  const rows = await Promise.all(sqliteFacts.map((query) => raw.rows(query)));
  await raw.close();
  return rows
    .flat()
    .map((row) => Object.values(row).join(' '))
    .filter((fact) => !fact.includes('applied_migrations'))
    .sort();
}

onBothEngines('the schema', (openFresh, fresh) => {
  it('is what all migrations together lead to', async () => {
    const url = await fresh.bareUrl();
    const raw = await openRaw(url);
    for (const statement of await statementsFrom(fresh.engine)) await raw.rows(statement);
    await raw.close();
    const described = await facts(fresh, url);
    expect(described.length).toBeGreaterThan(150);
    expect(await facts(fresh, await fresh.url())).toEqual(described);
  });

  it('leaves nothing to migrate, and its dump is up to date', async () => {
    const text = readFileSync(new URL(`${fresh.engine}/meta/snapshot.json`, drizzle), 'utf8');
    expect(await statementsFrom(fresh.engine, JSON.parse(text))).toEqual([]);
    expect(await describedNow(fresh.engine)).toEqual(JSON.parse(text));
    const dumped = readFileSync(new URL(`${fresh.engine}/schema.sql`, drizzle), 'utf8');
    expect(await dump(await openFresh())).toBe(dumped);
  });

  it('names its workspace in every row and never deletes on cascade', () => {
    const { tables, describe } = kits[fresh.engine];
    for (const table of Object.values(tables)) {
      const { name, columns, foreignKeys } = describe(table);
      const workspace = columns.find(
        (column) => column.name === (name === 'workspaces' ? 'id' : 'workspace'),
      );
      expect(workspace?.notNull, name).toBe(true);
      for (const { onDelete, onUpdate } of foreignKeys) {
        expect([onDelete ?? 'no action', onUpdate ?? 'no action'], name).toEqual(['no action', 'no action']);
      }
      expect(
        columns.filter((column) => column.hasDefault),
        name,
      ).toEqual([]);
    }
  });
});
