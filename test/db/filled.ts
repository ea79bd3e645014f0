/** How is every table of any version of the schema filled, and read back, knowing nothing but the database itself? */

import { createRequire } from 'node:module';
import { parseAddress } from '../../src/db/address.ts';

const require = createRequire(import.meta.url);

/** A direct connection, as somebody who owns the database has it; references are not enforced. */
export interface Raw {
  rows(text: string, params?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Opens one beside the app's own. */
export async function openRaw(url: string): Promise<Raw> {
  const address = parseAddress(url);
  if (address.engine === 'postgres') {
    const { Client }: typeof import('pg') = require('pg');
    const client = new Client({ connectionString: address.url });
    // A test that fails leaves it open, and dropping the database then ends it.
    client.on('error', () => {});
    await client.connect();
    await client.query('set session_replication_role = replica');
    return {
      rows: async (text, params = []) => (await client.query(text, [...params])).rows,
      close: () => client.end(),
    };
  }
  const Connection: typeof import('better-sqlite3') = require('better-sqlite3');
  const client = new Connection(address.file);
  client.pragma('foreign_keys = OFF');
  return {
    rows: async (text, params = []) => {
      const statement = client.prepare<unknown[], Record<string, unknown>>(text);
      if (statement.reader) return statement.all(...params);
      statement.run(...params);
      return [];
    },
    close: async () => {
      client.close();
    },
  };
}

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

const columnsOf = {
  sqlite: `select m.name as "table", c.name, lower(c.type) as type, c."notnull" as required
    from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table' order by 1, c.cid`,
  postgres: `select table_name as "table", column_name as name, data_type as type, is_nullable = 'NO' as required
    from information_schema.columns where table_schema = current_schema() order by 1, ordinal_position`,
};

async function columns(raw: Raw, engine: keyof typeof columnsOf): Promise<Map<string, Column[]>> {
  const found = (await raw.rows(columnsOf[engine])) as unknown as Column[];
  return Map.groupBy(
    found.filter(({ table }) => table !== 'applied_migrations' && !table.startsWith('sqlite')),
    ({ table }) => table,
  );
}

/** The value of a column in the i-th row: the same for all columns of a kind, so every reference finds its row. */
function valueFor({ type, required }: Column, i: number): unknown {
  if (i === 2 && !required) return null;
  if (type === 'boolean') return true;
  if (type === 'json') return JSON.stringify({ i });
  // Text that is JSON as well, because SQLite keeps both in text columns.
  return type === 'text' ? `"v${i}"` : i;
}

/** Writes two rows into every table: one with every column filled, one with null wherever it may stand. */
export async function fill(raw: Raw, engine: keyof typeof columnsOf): Promise<void> {
  for (const [table, list] of await columns(raw, engine)) {
    for (const i of [1, 2]) {
      const names = list.map(({ name }) => `"${name}"`).join(', ');
      const marks = list.map((_, at) => (engine === 'sqlite' ? '?' : `$${at + 1}`)).join(', ');
      await raw.rows(
        `insert into "${table}" (${names}) values (${marks})`,
        list.map((column) => valueFor(column, i)),
      );
    }
  }
}

/** Every row of every table, by table. */
export async function everything(
  raw: Raw,
  engine: keyof typeof columnsOf,
): Promise<Map<string, Record<string, unknown>[]>> {
  const contents = new Map<string, Record<string, unknown>[]>();
  for (const [table, list] of await columns(raw, engine)) {
    const order = list.filter(({ type }) => type !== 'json').map(({ name }) => `"${name}"`);
    contents.set(table, await raw.rows(`select * from "${table}" order by ${order.join(', ')}`));
  }
  return contents;
}
