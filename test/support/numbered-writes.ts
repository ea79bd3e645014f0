/** How is every write to a database numbered, with a point before it and a point after it? */
import type { Database, Queries } from '../../src/db/database.ts';

/**
 * A database that calls `point` right before and right after each write: every batch, and every insert, update and delete
 * that is awaited by itself. Reads are left alone.
 */
export function numberWrites(db: Database, point: () => void): Database {
  const q: Queries = new Proxy(db.q, {
    get(target, name) {
      const made = Reflect.get(target, name) as unknown;
      if (typeof made !== 'function') return made;
      const make = made.bind(target) as (...args: unknown[]) => object;
      if (name !== 'insert' && name !== 'update' && name !== 'delete') return make;
      return (...args: unknown[]) => watchBuilder(make(...args), point);
    },
  });
  return {
    ...db,
    q,
    async atomically(workspace, build) {
      point();
      await db.atomically(workspace, build);
      point();
    },
  };
}

/** A builder that runs when it is awaited: its `then` is where the write happens. */
function watchBuilder<Builder extends object>(builder: Builder, point: () => void): Builder {
  const watched: Builder = new Proxy(builder, {
    get(target, name) {
      const member = Reflect.get(target, name, target) as unknown;
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (name === 'then') return runBetween(target as PromiseLike<unknown>, point).then(...(args as []));
        const result = member.apply(target, args) as unknown;
        if (result === target) return watched;
        return isBuilder(result) ? watchBuilder(result, point) : result;
      };
    },
  });
  return watched;
}

async function runBetween(builder: PromiseLike<unknown>, point: () => void): Promise<unknown> {
  point();
  const rows = await builder;
  point();
  return rows;
}

const isBuilder = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && 'toSQL' in value;
