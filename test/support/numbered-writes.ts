/** How is every write to a database numbered, and the moments right before and right after it made known? */
import type { Database, Queries } from '../../src/db/database.ts';

/** Hears of a write: right before it, and right after it with whether it touched a row. */
export interface WriteWatcher {
  before(n: number): void;
  after(n: number, touched: boolean): void;
}

/**
 * A database that numbers its writes: every batch, and every insert, update and delete that is awaited by itself. Reads are
 * left alone.
 */
export function numberWrites(db: Database, watcher: WriteWatcher): Database {
  let count = 0;
  const between = async (write: () => PromiseLike<unknown>): Promise<unknown> => {
    count += 1;
    const n = count;
    watcher.before(n);
    const result = await write();
    // Claims say which rows they got; what gives no rows back is taken to have touched some.
    watcher.after(n, !Array.isArray(result) || result.length > 0);
    return result;
  };
  const q: Queries = new Proxy(db.q, {
    get(target, name) {
      const made = Reflect.get(target, name) as unknown;
      if (typeof made !== 'function') return made;
      const make = made.bind(target) as (...args: unknown[]) => object;
      if (name !== 'insert' && name !== 'update' && name !== 'delete') return make;
      return (...args: unknown[]) => watched(make(...args), between);
    },
  });
  return {
    ...db,
    q,
    atomically: async (workspace, build) => {
      await between(() => db.atomically(workspace, build));
    },
  };
}

type Between = (write: () => PromiseLike<unknown>) => Promise<unknown>;

/** A builder that runs when it is awaited: its `then` is where the write happens. */
function watched(builder: object, between: Between): object {
  const proxy: object = new Proxy(builder, {
    get(target, name) {
      const member = Reflect.get(target, name, target) as unknown;
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (name === 'then') {
          const [done, failed] = args as Parameters<PromiseLike<unknown>['then']>;
          return between(() => target as PromiseLike<unknown>).then(done, failed);
        }
        const result = member.apply(target, args) as unknown;
        if (result === target) return proxy;
        return isBuilder(result) ? watched(result, between) : result;
      };
    },
  });
  return proxy;
}

const isBuilder = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && 'toSQL' in value;
