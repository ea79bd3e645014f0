/** What does each kind of column look like on SQLite, and so, by type, everywhere? */

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const sqlite: typeof import('drizzle-orm/sqlite-core') = require('drizzle-orm/sqlite-core');

/** The column kit on SQLite; its type is the one all tables are described with. */
export const columns = {
  table: sqlite.sqliteTable,
  /** Any text; the edges have removed U+0000 and lone surrogates, and the drivers refuse them. */
  text: (name: string) => sqlite.text(name),
  /** One of a few words; the list lives in the type, so that a new word needs no migration. */
  oneOf: <const Words extends readonly [string, ...string[]]>(name: string, words: Words) =>
    sqlite.text(name, { enum: words }),
  /** A whole number up to 2^53. */
  integer: (name: string) => sqlite.integer(name),
  /** A double; for decimals that people agreed on use `text`. */
  real: (name: string) => sqlite.real(name),
  /** True or false. */
  flag: (name: string) => sqlite.integer(name, { mode: 'boolean' }),
  /** A point in time, in epoch milliseconds. */
  instant: (name: string) => sqlite.integer(name),
  /** Any JSON value, kept as written: the order of keys survives on both engines. */
  json: <Value>(name: string) => sqlite.text(name, { mode: 'json' }).$type<Value>(),
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  unique: sqlite.unique,
  primaryKey: sqlite.primaryKey,
  foreignKey: sqlite.foreignKey,
  /** What a table is made of: names, keys, references. */
  describe: sqlite.getTableConfig,
};

/** The column kit of one engine. */
export type Columns = typeof columns;
