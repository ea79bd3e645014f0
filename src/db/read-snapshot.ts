/** How do the reads of one request share one look at the database? */
import type BetterSqlite3 from 'better-sqlite3';

/** One look at the database, shared by all reads until the event loop goes on. */
export interface ReadSnapshot {
  /** Before a read: looks, unless somebody looks already. */
  open(): void;
  /** Before a write: ends the look. Without one it does nothing. */
  close(): void;
}

/**
 * Makes reads that follow each other without waiting one read transaction: they see one state, and the file is locked
 * and unlocked once instead of for each of them. It ends by itself before anything else happens in this process.
 */
export function readSnapshot(client: BetterSqlite3.Database): ReadSnapshot {
  const begin = client.prepare('begin');
  const commit = client.prepare('commit');
  let isOpen = false;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    // Some faults, an unreadable disk among them, have ended it already.
    if (client.open && client.inTransaction) commit.run();
  };
  return {
    open() {
      if (isOpen || client.inTransaction) return;
      begin.run();
      isOpen = true;
      process.nextTick(close);
    },
    close,
  };
}
