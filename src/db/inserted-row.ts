/** How is one row added without its statement being built anew each time? */
import type { Database, Statement } from './database.ts';
import type { Tables } from './schema.ts';
import { sql } from './sql.ts';

/**
 * A statement that adds one row. Rows of a table that name the same columns share its text.
 *
 * @param row what stands in the columns it names, values only; the others have their defaults
 * @param when whether a row whose unique keys are taken already is a fault, or nothing is added then
 */
export function insertedRow<Name extends keyof Tables>(
  { written, tables }: Pick<Database, 'written' | 'tables'>,
  table: Name,
  row: Tables[Name]['$inferInsert'],
  when: 'always' | 'unless there' = 'always',
): Statement {
  const given = row as Readonly<Record<string, unknown>>;
  const names = Object.keys(given).filter((name) => given[name] !== undefined);
  return written(`insert ${table} ${when}: ${names.join()}`, (q) => {
    const values = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));
    // Each placeholder stands for what the row has under its name.
    const insert = q.insert(tables[table]).values(values as unknown as typeof row);
    return when === 'always' ? insert : insert.onConflictDoNothing();
  })(given);
}
