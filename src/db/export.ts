/** How is what somebody may see read out of the database, record by record, the same on every engine? */
import { createRequire } from 'node:module';
import type { Json } from '../core/logbook.ts';
import { EXPORT_SETS } from './export-sets.ts';
import { tableNames } from './fill.ts';
import type { Tables } from './schema.ts';
import type { Row, Snapshot } from './snapshot.ts';
import { and, asc, eq, type SQL } from './sql.ts';

const require = createRequire(import.meta.url);
const { getTableColumns, getTableName }: typeof import('drizzle-orm') = require('drizzle-orm');

/** All of a pilot, or what everyone who sees it may have. */
export type Access = 'all' | 'public';

/** What is handed out. Plain data. */
export interface ExportScope {
  readonly workspace: string;
  /** Pilots by id; null is the whole workspace with its settings, deleted drafts included. */
  readonly pilots: readonly (readonly [string, Access])[] | null;
}

/** Some records of one table: the same fields in the same order in each. */
export interface ExportPage {
  /** `charter_versions`. */
  readonly set: string;
  readonly fields: readonly string[];
  readonly records: readonly (readonly Json[])[];
}

/** The value that counts for a period. */
export type CountingValue = Pick<
  Tables['observations']['$inferSelect'],
  'periodEnd' | 'value' | 'num' | 'den' | 'raw' | 'n' | 'unit' | 'source' | 'trust' | 'evidence' | 'ingestKey'
> & { readonly pilot: string; readonly metric: string };

/**
 * Everything in the scope: table by table in a fixed order, each by its key. The same rows give the same pages on both
 * engines. A table without rows comes as one page without records.
 */
export async function* exportPages(from: Snapshot, scope: ExportScope): AsyncGenerator<ExportPage> {
  const facts = await factsFor(from, scope);
  for (const table of tableNames) {
    if (table === 'people' && scope.pilots !== null) continue;
    yield* pagesOf(from, scope, facts, table);
  }
  if (scope.pilots !== null) yield* pagesOf(from, scope, facts, 'people');
}

interface Facts {
  readonly pilotKeys: ReadonlyMap<string, string>;
  readonly metricKeys: ReadonlyMap<string, string>;
  readonly access: ReadonlyMap<string, Access> | null;
  /** Who was named in what was read so far. */
  readonly named: Set<string>;
}

async function factsFor({ q, tables: t }: Snapshot, scope: ExportScope): Promise<Facts> {
  const { workspace } = scope;
  const pilots = await q
    .select({ id: t.pilots.id, key: t.pilots.key })
    .from(t.pilots)
    .where(eq(t.pilots.workspace, workspace));
  const metrics = await q
    .select({ id: t.metrics.id, key: t.metrics.key })
    .from(t.metrics)
    .where(eq(t.metrics.workspace, workspace));
  return {
    pilotKeys: new Map(pilots.map(({ id, key }) => [id, key])),
    metricKeys: new Map(metrics.map(({ id, key }) => [id, key])),
    access: scope.pilots === null ? null : new Map(scope.pilots),
    named: new Set(),
  };
}

/** What of a row one reader gets: nothing, all of it, or the public part. */
type Reach = (row: Row) => Access | null;

async function* pagesOf(
  from: Snapshot,
  scope: ExportScope,
  facts: Facts,
  name: keyof Tables,
): AsyncGenerator<ExportPage> {
  const set = EXPORT_SETS[name];
  if ('keptBack' in set) return;
  const { access } = facts;
  const isPeople = name === 'people';
  if (access !== null && set.confidential === null && !isPeople) return;
  const columns = Object.entries(getTableColumns(from.tables[name]));
  const own = columns.filter(
    ([property]) => property !== 'workspace' && !(set.leaves ?? []).includes(property),
  );
  const pilotOf = (row: Row): unknown => row[name === 'pilots' ? 'id' : 'pilot'];
  const reach: Reach = (row) => {
    if (access === null) return 'all';
    if (set.untold?.(row) === true) return null;
    if (isPeople) return facts.named.has(String(row['id'])) ? 'all' : null;
    const may = access.get(String(pilotOf(row))) ?? null;
    return may === 'public' && set.confidential === 'all' ? null : may;
  };
  const hidden = new Set(Array.isArray(set.confidential) ? (set.confidential as string[]) : []);
  const value = (property: string, row: Row, may: Access): Json => {
    const raw = row[property] ?? null;
    if (raw === null || (may === 'public' && hidden.has(property))) return null;
    if (set.instants.includes(property)) return new Date(Number(raw)).toISOString();
    if (set.json?.includes(property)) return JSON.parse(String(raw)) as Json;
    if (set.metrics?.includes(property)) return facts.metricKeys.get(String(raw)) ?? (raw as Json);
    if (property === 'pilot') return facts.pilotKeys.get(String(raw)) ?? (raw as Json);
    return raw as Json;
  };
  const page = {
    set: getTableName(from.tables[name]),
    fields: own.map(([, column]) => column.name),
  };
  let empty = true;
  for await (const rows of from.pages(name, narrowed(from, scope, name))) {
    const records = rows.flatMap((row) => {
      const may = reach(row);
      return may === null ? [] : [own.map(([property]) => value(property, row, may))];
    });
    if (access !== null && !isPeople) noteNames(records, facts.named);
    if (records.length === 0) continue;
    empty = false;
    yield { ...page, records };
  }
  if (empty) yield { ...page, records: [] };
}

/** The condition under which rows are read at all: one pilot's alone where it is only about one. */
function narrowed({ tables }: Snapshot, scope: ExportScope, name: keyof Tables): SQL | undefined {
  const columns: Record<string, unknown> = getTableColumns(tables[name]);
  const column = (property: string) => columns[property] as Tables['pilots']['id'];
  const workspace = eq(column(name === 'workspaces' ? 'id' : 'workspace'), scope.workspace);
  const [only, another] = scope.pilots ?? [];
  const property = name === 'pilots' ? 'id' : 'pilot';
  if (only === undefined || another !== undefined || !(property in columns)) return workspace;
  return and(workspace, eq(column(property), only[0]));
}

/** Notes every text that may be somebody's id, wherever it stands. */
function noteNames(value: Json, named: Set<string>): void {
  if (typeof value === 'string') named.add(value.startsWith('user:') ? value.slice('user:'.length) : value);
  else if (value !== null && typeof value === 'object')
    for (const inner of Object.values(value)) noteNames(inner as Json, named);
}

/** The values that count now, pilot by pilot in the order of their keys: what an import can take in again. */
export async function* countingValues(
  from: Snapshot,
  scope: ExportScope,
): AsyncGenerator<readonly CountingValue[]> {
  const { q } = from;
  const { pilots, metrics, observations: t } = from.tables;
  const wanted = scope.pilots === null ? null : new Set(scope.pilots.map(([id]) => id));
  const list = await q
    .select({ id: pilots.id, key: pilots.key })
    .from(pilots)
    .where(eq(pilots.workspace, scope.workspace))
    .orderBy(asc(pilots.key));
  for (const { id, key } of list.filter((pilot) => wanted?.has(pilot.id) !== false)) {
    const rows = await q
      .select({ row: t, metric: metrics.key })
      .from(t)
      .innerJoin(metrics, eq(metrics.id, t.metric))
      .where(and(eq(t.workspace, scope.workspace), eq(t.pilot, id)))
      .orderBy(asc(metrics.key), asc(t.periodEnd), asc(t.recordedAt), asc(t.id));
    const newest = new Map(rows.map((row) => [`${row.metric} ${row.row.periodEnd}`, row]));
    const values = [...newest.values()].filter(({ row }) => !row.withdrawn);
    if (values.length > 0) yield values.map(({ row, metric }) => ({ ...row, pilot: key, metric }));
  }
}
