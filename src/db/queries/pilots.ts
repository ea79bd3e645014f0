/** How are pilots, their roles, charters, metrics and criteria read? */
import type { CharterFields } from '../../core/charter.ts';
import type { CharterVersion, PilotFacts } from '../../core/pilot-facts.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, desc, eq, gt, inArray, isNull, sql } from '../sql.ts';
import { rowsOfPilots } from './of-pilots.ts';

type MetricRow = Tables['metrics']['$inferSelect'];
type CriterionRow = Tables['criteria']['$inferSelect'];

/** Reads one pilot by the key people type (any case). Null when there is none or its draft was deleted. */
export async function pilotByKey(db: Database, workspace: string, key: string): Promise<PilotFacts | null> {
  const { pilots } = db.tables;
  const rows = await db.prepared<{ workspace: string; key: string }, PilotRow>('pilot by key', (q) =>
    q
      .select()
      .from(pilots)
      .where(
        and(
          eq(pilots.workspace, sql.placeholder('workspace')),
          eq(pilots.key, sql.placeholder('key')),
          isNull(pilots.deletedAt),
        ),
      ),
  )({ workspace, key: key.toLowerCase() });
  return rows[0] === undefined ? null : completeRecord(db, rows[0]);
}

/** Reads one pilot by its id. Null when there is none or its draft was deleted. */
export async function pilotById(db: Database, workspace: string, id: string): Promise<PilotFacts | null> {
  const { pilots } = db.tables;
  const rows = await db.prepared<{ workspace: string; id: string }, PilotRow>('pilot by id', (q) =>
    q
      .select()
      .from(pilots)
      .where(
        and(
          eq(pilots.workspace, sql.placeholder('workspace')),
          eq(pilots.id, sql.placeholder('id')),
          isNull(pilots.deletedAt),
        ),
      ),
  )({ workspace, id });
  return rows[0] === undefined ? null : completeRecord(db, rows[0]);
}

/** Every key of a workspace, deleted drafts included: keys are never used again. */
export async function takenKeys(db: Database, workspace: string): Promise<string[]> {
  const { pilots } = db.tables;
  const rows = await db.q.select({ key: pilots.key }).from(pilots).where(eq(pilots.workspace, workspace));
  return rows.map(({ key }) => key);
}

/** Every pilot of a workspace, in the order of their keys. Five statements, however many pilots. */
export async function allPilots(db: Database, workspace: string): Promise<PilotFacts[]> {
  const t = db.tables;
  const here = sql.placeholder('workspace');
  type Args = { workspace: string };
  const args: Args = { workspace };
  const [pilots, roles, charters, metrics, criteria] = await Promise.all([
    db.prepared<Args, PilotRow>('all pilots', (q) =>
      q
        .select()
        .from(t.pilots)
        .where(and(eq(t.pilots.workspace, here), isNull(t.pilots.deletedAt)))
        .orderBy(asc(t.pilots.key)),
    )(args),
    db.prepared<Args, RoleRow>('all roles', (q) =>
      q
        .select()
        .from(t.roles)
        .where(and(eq(t.roles.workspace, here), isNull(t.roles.until))),
    )(args),
    db.prepared<Args, CharterRow>('all charters', (q) =>
      q
        .select()
        .from(t.charterVersions)
        .where(eq(t.charterVersions.workspace, here))
        .orderBy(asc(t.charterVersions.n)),
    )(args),
    db.prepared<Args, MetricRow>('all metrics', (q) =>
      q.select().from(t.metrics).where(eq(t.metrics.workspace, here)).orderBy(asc(t.metrics.key)),
    )(args),
    db.prepared<Args, CriterionRow>('all criteria', (q) =>
      q
        .select()
        .from(t.criteria)
        .where(eq(t.criteria.workspace, here))
        .orderBy(asc(t.criteria.version), asc(t.criteria.position)),
    )(args),
  ]);
  return assembleAll(pilots, { roles, charters, metrics, criteria });
}

/** Pilots whose keys sort after `after`, in the order of their keys, at most `limit` of them. */
export async function pilotsAfter(
  db: Database,
  workspace: string,
  after: string,
  limit: number,
): Promise<PilotFacts[]> {
  const { pilots: p, roles: r, charterVersions: v, metrics: m, criteria: c } = db.tables;
  const here = sql.placeholder('workspace');
  const pilots = await db.prepared<{ workspace: string; after: string; limit: number }, PilotRow>(
    'pilots after',
    (q) =>
      q
        .select()
        .from(p)
        .where(and(eq(p.workspace, here), gt(p.key, sql.placeholder('after')), isNull(p.deletedAt)))
        .orderBy(asc(p.key))
        .limit(sql.placeholder('limit')),
  )({ workspace, after, limit });
  const ids = pilots.map(({ id }) => id);
  const [roles, charters, metrics, criteria] = await Promise.all([
    rowsOfPilots<RoleRow>(db, 'roles of pilots', { workspace, pilots: ids }, (q, some) =>
      q
        .select()
        .from(r)
        .where(and(eq(r.workspace, here), inArray(r.pilot, some), isNull(r.until))),
    ),
    rowsOfPilots<CharterRow>(db, 'charters of pilots', { workspace, pilots: ids }, (q, some) =>
      q
        .select()
        .from(v)
        .where(and(eq(v.workspace, here), inArray(v.pilot, some)))
        .orderBy(asc(v.n)),
    ),
    rowsOfPilots<MetricRow>(db, 'metrics of pilots', { workspace, pilots: ids }, (q, some) =>
      q
        .select()
        .from(m)
        .where(and(eq(m.workspace, here), inArray(m.pilot, some)))
        .orderBy(asc(m.key)),
    ),
    rowsOfPilots<CriterionRow>(db, 'criteria of pilots', { workspace, pilots: ids }, (q, some) =>
      q
        .select()
        .from(c)
        .where(and(eq(c.workspace, here), inArray(c.pilot, some)))
        .orderBy(asc(c.version), asc(c.position)),
    ),
  ]);
  return assembleAll(pilots, { roles, charters, metrics, criteria });
}

function assembleAll(
  pilots: readonly PilotRow[],
  parts: {
    readonly roles: readonly RoleRow[];
    readonly charters: readonly CharterRow[];
    readonly metrics: readonly MetricRow[];
    readonly criteria: readonly CriterionRow[];
  },
): PilotFacts[] {
  const rolesOf = Map.groupBy(parts.roles, ({ pilot }) => pilot);
  const chartersOf = Map.groupBy(parts.charters, ({ pilot }) => pilot);
  const metricsOf = Map.groupBy(parts.metrics, ({ pilot }) => pilot);
  const criteriaOf = Map.groupBy(parts.criteria, ({ pilot }) => pilot);
  return pilots.flatMap((row) => {
    const record = assemble(
      row,
      rolesOf.get(row.id) ?? [],
      chartersOf.get(row.id) ?? [],
      metricsOf.get(row.id) ?? [],
      criteriaOf.get(row.id) ?? [],
    );
    return record === null ? [] : [record];
  });
}

type PilotRow = Tables['pilots']['$inferSelect'];
type RoleRow = Tables['roles']['$inferSelect'];
type CharterRow = Tables['charterVersions']['$inferSelect'];

async function completeRecord(db: Database, row: PilotRow): Promise<PilotFacts | null> {
  const t = db.tables;
  const args = { workspace: row.workspace, pilot: row.id };
  type Args = typeof args;
  const workspace = sql.placeholder('workspace');
  const pilot = sql.placeholder('pilot');
  const [roles, charters, metrics, criteria] = await Promise.all([
    db.prepared<Args, RoleRow>('roles of pilot', (q) =>
      q
        .select()
        .from(t.roles)
        .where(and(eq(t.roles.workspace, workspace), eq(t.roles.pilot, pilot), isNull(t.roles.until))),
    )(args),
    db.prepared<Args, CharterRow>('charters of pilot', (q) =>
      q
        .select()
        .from(t.charterVersions)
        .where(and(eq(t.charterVersions.workspace, workspace), eq(t.charterVersions.pilot, pilot)))
        .orderBy(asc(t.charterVersions.n)),
    )(args),
    db.prepared<Args, MetricRow>('metrics of pilot', (q) =>
      q
        .select()
        .from(t.metrics)
        .where(and(eq(t.metrics.workspace, workspace), eq(t.metrics.pilot, pilot)))
        .orderBy(asc(t.metrics.key)),
    )(args),
    db.prepared<Args, CriterionRow>('criteria of pilot', (q) =>
      q
        .select()
        .from(t.criteria)
        .where(and(eq(t.criteria.workspace, workspace), eq(t.criteria.pilot, pilot)))
        .orderBy(asc(t.criteria.version), asc(t.criteria.position)),
    )(args),
  ]);
  return assemble(row, roles, charters, metrics, criteria);
}

function assemble(
  row: PilotRow,
  roles: readonly RoleRow[],
  charters: readonly CharterRow[],
  metrics: readonly MetricRow[],
  criteria: readonly CriterionRow[],
): PilotFacts | null {
  const versions = charters.map(charterVersion);
  const charter = versions.at(-1);
  if (charter === undefined) return null;
  return {
    pilot: {
      id: row.id,
      workspace: row.workspace,
      key: row.key,
      name: row.name,
      stage: row.stage,
      pausedSince: row.pausedSince,
      watchedSince: row.watchedSince,
      releasedAt: row.releasedAt,
      visibility: row.visibility,
      channel: row.channel,
      unit: row.businessUnit === '' ? null : row.businessUnit,
      revision: row.revision,
      createdAt: row.createdAt,
      createdBy: row.createdBy,
    },
    holders: Object.fromEntries(roles.map(({ role, person }) => [role, person])),
    charter,
    versions,
    signed: versions.findLast(({ status }) => status === 'signed') ?? null,
    everAsked: versions.some(({ askedAt }) => askedAt !== null),
    metrics,
    criteria,
  };
}

function charterVersion(row: CharterRow): CharterVersion {
  const field = (name: keyof CharterFields): string | null => {
    const value = row.fields[name];
    return typeof value === 'string' ? value : null;
  };
  const written = (name: 'delay' | 'delaySource') => {
    const words = field(name);
    return words === null ? {} : { [name]: words };
  };
  return {
    id: row.id,
    n: row.n,
    status: row.status,
    fields: {
      outcome: field('outcome'),
      problem: field('problem'),
      start: field('start'),
      decision: field('decision'),
      rollback: field('rollback'),
      budget: field('budget'),
      note: row.note,
      // Absent in charters of before, so that their text and hash stay what they were.
      ...written('delay'),
      ...written('delaySource'),
    },
    askedAt: row.askedAt,
    askedBy: row.askedBy,
    answeredAt: row.answeredAt,
    answeredBy: row.answeredBy,
    reason: row.reason,
    hash: row.hash,
    resultsKnown: row.resultsKnown,
    revision: row.revision,
  };
}

/** The business unit somebody used last, for the next form. */
export async function lastUnit(db: Database, workspace: string, person: string): Promise<string | null> {
  const { pilots } = db.tables;
  const rows = await db.q
    .select({ unit: pilots.businessUnit })
    .from(pilots)
    .where(and(eq(pilots.workspace, workspace), eq(pilots.createdBy, person)))
    .orderBy(desc(pilots.createdAt))
    .limit(1);
  const unit = rows[0]?.unit ?? '';
  return unit === '' ? null : unit;
}
