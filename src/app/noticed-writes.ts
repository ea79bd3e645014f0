/** Has anything been written since somebody last looked? */
import type { Database, Queries } from '../db/database.ts';

/** A database that counts what is written through it. */
export interface NoticedWrites {
  readonly db: Database;
  /** Grows when a write begins and when it ends. */
  count(): number;
}

/** Passes everything on to `db`. A statement that is only built counts as well: looking once too often harms nobody. */
export function noticeWrites(db: Database): NoticedWrites {
  let count = 0;
  const { insert, update, delete: remove } = db.q;
  const noting =
    <Args extends unknown[], Result>(build: (...args: Args) => Result) =>
    (...args: Args): Result => {
      count += 1;
      return build(...args);
    };
  const q: Queries = Object.create(db.q, {
    insert: { value: noting(insert.bind(db.q)) },
    update: { value: noting(update.bind(db.q)) },
    delete: { value: noting(remove.bind(db.q)) },
  });
  return {
    db: {
      ...db,
      q,
      async atomically(workspace, build) {
        count += 1;
        try {
          await db.atomically(workspace, build);
        } finally {
          count += 1;
        }
      },
    },
    count: () => count,
  };
}
