/** What does each kind of column look like on PostgreSQL? */

import { createRequire } from 'node:module';
import type { Columns } from './columns.sqlite.ts';

const require = createRequire(import.meta.url);
const postgres: typeof import('drizzle-orm/pg-core') = require('drizzle-orm/pg-core');

const kit = {
  table: postgres.pgTable,
  text: (name: string) => postgres.text(name),
  oneOf: <const Words extends readonly [string, ...string[]]>(name: string, words: Words) =>
    postgres.text(name, { enum: words }),
  integer: (name: string) => postgres.bigint(name, { mode: 'number' }),
  real: (name: string) => postgres.doublePrecision(name),
  flag: (name: string) => postgres.boolean(name),
  instant: (name: string) => postgres.bigint(name, { mode: 'number' }),
  json: <Value>(name: string) => postgres.json(name).$type<Value>(),
  index: postgres.index,
  uniqueIndex: postgres.uniqueIndex,
  unique: postgres.unique,
  primaryKey: postgres.primaryKey,
  foreignKey: postgres.foreignKey,
  describe: postgres.getTableConfig,
} satisfies Record<keyof Columns, unknown>;

/**
 * The column kit on PostgreSQL, under the type of SQLite's.
 *
 * The cast rests on this: both kits have the same names (`satisfies` refuses a missing one), the functions take the
 * same arguments, and the values that come back are the same strings, numbers, booleans and plain objects.
 * `test/contracts/database.ts` sends every kind of column there and back on both engines.
 */
export const columns = kit as unknown as Columns;
