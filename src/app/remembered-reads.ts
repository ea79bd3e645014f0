/** How is nothing read twice while one request is answered? */
import type { Database } from '../db/database.ts';

/**
 * A database that gives the answer of a kept statement again when the same is asked again, until something is written.
 * It is for one request or one look: what other processes write is seen by the next.
 *
 * @param writes how many writes this process has begun or ended so far
 */
export function rememberReads(db: Database, writes: () => number): Database {
  const known = new Map<string, Promise<unknown[]>>();
  let readAt = writes();
  return {
    ...db,
    prepared(name, build) {
      const read = db.prepared(name, build);
      return (args) => {
        const now = writes();
        if (now !== readAt) {
          known.clear();
          readAt = now;
        }
        let question = name;
        for (const value of Object.values(args)) question += `\n${value}`;
        const answer = known.get(question);
        // The name says which statement it is, and with it what its rows are.
        if (answer !== undefined) return answer as ReturnType<typeof read>;
        const rows = read(args);
        known.set(question, rows);
        return rows;
      };
    },
  };
}
