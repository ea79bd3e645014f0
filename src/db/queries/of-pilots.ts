/** How are the rows of a few pilots among many read, with one statement that is built once? */
import type { Database, Queries, Statement } from '../database.ts';
import { sql } from '../sql.ts';

/** Pilots in one statement; it is the same for any number of them. */
const TOGETHER = 50;

/**
 * The rows that belong to some pilots, in the order the statement gives for every fifty of them.
 *
 * @param name unique among all prepared statements
 * @param build selects the rows of the workspace `sql.placeholder('workspace')` that belong to one of the pilots it is given
 */
export async function rowsOfPilots<Row>(
  db: Database,
  name: string,
  of: { readonly workspace: string; readonly pilots: readonly string[] },
  build: (q: Queries, pilots: ReturnType<typeof sql.placeholder>[]) => PromiseLike<Row[]> & Statement,
): Promise<Row[]> {
  const { workspace, pilots } = of;
  const places = Array.from({ length: TOGETHER }, (_, n) => `pilot${n}`);
  const read = db.prepared<Record<string, string>, Row>(name, (q) =>
    build(
      q,
      places.map((place) => sql.placeholder(place)),
    ),
  );
  const rows: Row[] = [];
  for (let from = 0; from < pilots.length; from += TOGETHER) {
    const asked = places.map(
      (place, n) => [place, pilots[Math.min(from + n, pilots.length - 1)] ?? ''] as const,
    );
    for (const row of await read({ ...Object.fromEntries(asked), workspace })) rows.push(row);
  }
  return rows;
}
