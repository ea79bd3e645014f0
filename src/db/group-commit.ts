/** How do many small batches share one wait for the disk? */
import type BetterSqlite3 from 'better-sqlite3';

/** A batch that waits for its turn, and whoever waits for it. */
interface Waiting {
  readonly write: () => void;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** How long another process may write before it is given up, in milliseconds; as long as the driver waits by itself. */
const PATIENCE_MS = 5_000;
const AGAIN_MS = 1;

/**
 * Makes what runs batches, each all or nothing. Batches that come within one turn of the event loop are committed
 * together, because waiting for the disk takes longer than all that is written. Nobody is told before it is on the disk;
 * a batch that fails takes back only what it has written itself. While another process writes, this one goes on with
 * everything else.
 *
 * @returns runs a batch; `write` must not wait for anything
 */
export function committer(client: BetterSqlite3.Database): (write: () => void) => Promise<void> {
  let waiting: Waiting[] = [];
  let givesUpAt: number | null = null;
  const begin = client.prepare('begin immediate');
  const commit = client.prepare('commit');
  const rollback = client.prepare('rollback');
  const mark = client.prepare('savepoint batch');
  const keep = client.prepare('release batch');
  const takeBack = client.prepare('rollback to batch');

  /** Runs one batch of several; what to tell whoever waits for it. */
  function runOne({ write, done, failed }: Waiting): () => void {
    mark.run();
    try {
      write();
      keep.run();
      return done;
    } catch (error) {
      // Some faults, a full disk among them, end the whole transaction: then there is nothing to take back.
      if (!client.inTransaction) throw error;
      takeBack.run();
      keep.run();
      return () => failed(error);
    }
  }

  /** Whether the file is ours to write to; the driver would stand still until it is. */
  function isBegun(): boolean {
    // Compiled anew each time: SQLite sets this while it compiles.
    client.pragma('busy_timeout = 0');
    const until = givesUpAt ?? performance.now() + PATIENCE_MS;
    givesUpAt = until;
    try {
      begin.run();
      givesUpAt = null;
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'SQLITE_BUSY' || performance.now() >= until) throw error;
      return false;
    } finally {
      client.pragma(`busy_timeout = ${PATIENCE_MS}`);
    }
  }

  function runAll(): void {
    try {
      if (!isBegun()) return void setTimeout(runAll, AGAIN_MS);
    } catch (error) {
      givesUpAt = null;
      const batches = waiting;
      waiting = [];
      for (const { failed } of batches) failed(error);
      return;
    }
    const batches = waiting;
    waiting = [];
    try {
      const tell = batches.map(runOne);
      commit.run();
      for (const say of tell) say();
    } catch (error) {
      if (client.open && client.inTransaction) rollback.run();
      for (const { failed } of batches) failed(error);
    }
  }

  return (write) =>
    new Promise((resolve, reject) => {
      // A batch asked for while another is being built would become part of it.
      if (client.inTransaction) throw new TypeError('A batch cannot start inside another one');
      waiting.push({ write, done: resolve, failed: reject });
      if (waiting.length === 1) setImmediate(runAll);
    });
}
