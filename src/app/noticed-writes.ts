/** Has anything been written since somebody last asked? */
import type { Database, Queries } from '../db/database.ts';

/** A database that remembers that something was written. */
export interface NoticedWrites {
  readonly db: Database;
  /** Whether something was written since the last time this was asked. */
  take(): boolean;
}

/** Passes everything on to `db`. A statement that is only built counts as well: looking once too often harms nobody. */
export function noticeWrites(db: Database): NoticedWrites {
  let written = false;
  const noting =
    <Args extends unknown[], Result>(act: (...args: Args) => Result) =>
    (...args: Args): Result => {
      written = true;
      return act(...args);
    };
  const { insert, update, delete: remove } = db.q;
  const q: Queries = Object.create(db.q, {
    insert: { value: noting(insert.bind(db.q)) },
    update: { value: noting(update.bind(db.q)) },
    delete: { value: noting(remove.bind(db.q)) },
  });
  return {
    db: { ...db, q, atomically: noting(db.atomically.bind(db)) },
    take() {
      const was = written;
      written = false;
      return was;
    },
  };
}
