/** How is the text of a statement made once, however often it is run with other values? */
import { createRequire } from 'node:module';
import type { Queries, Statement } from './database.ts';

const require = createRequire(import.meta.url);
const { Param, Placeholder, is }: typeof import('drizzle-orm') = require('drizzle-orm');

/** What a placeholder's name stands for. */
export type Named = Readonly<Record<string, unknown>>;

/** Fills one parameter of a kept text. */
type Fill = (args: Named) => unknown;

/**
 * Keeps statements for batches by their names: a builder is asked once, and afterwards only parameters are put in.
 *
 * @param q the builders of the engine
 * @returns the statement of a name with these arguments; null stays null, whatever the column
 * @throws {TypeError} when it is put together without an argument that it names
 */
export function statementKeeper(
  q: Queries,
): (name: string, build: (q: Queries) => Statement) => (args: Named) => Statement {
  const kept = new Map<string, { readonly sql: string; readonly fills: readonly Fill[] }>();
  return (name, build) => (args) => {
    let known = kept.get(name);
    if (known === undefined) {
      const { sql, params } = build(q).toSQL();
      known = { sql, fills: params.map(parameterFrom) };
      kept.set(name, known);
    }
    const { sql, fills } = known;
    return { toSQL: () => ({ sql, params: fills.map((fill) => fill(args)) }) };
  };
}

/** How one parameter of a kept text comes out of the arguments. */
export function parameterFrom(parameter: unknown): Fill {
  if (is(parameter, Placeholder)) return namedIn(parameter.name);
  if (!is(parameter, Param) || !is(parameter.value, Placeholder)) return () => parameter;
  const named = namedIn(parameter.value.name);
  const { encoder } = parameter;
  return (args) => {
    const value = named(args);
    return value === null ? null : encoder.mapToDriverValue(value);
  };
}

function namedIn(name: string): Fill {
  return (args) => {
    if (!(name in args)) throw new TypeError(`A kept statement was run without "${name}"`);
    return args[name];
  };
}
