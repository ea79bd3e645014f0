/** Which statements write pilots, roles, charters, metrics and criteria? All are built, none is run. */
import type { CharterFields, CharterStatus } from '../../core/charter.ts';
import type { DefinedCriterion } from '../../core/define-criterion.ts';
import type { Role } from '../../core/pilot.ts';
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, eq, isNull, sql } from '../sql.ts';

/** Adds a pilot. A key that is taken makes the batch fail as a duplicate. */
export const insertPilot = (db: Database, row: Tables['pilots']['$inferInsert']): Statement =>
  db.q.insert(db.tables.pilots).values(row);

/** Changes what stands on the pilot itself. */
export function updatePilot(
  db: Database,
  workspace: string,
  pilot: string,
  change: Partial<
    Pick<
      Tables['pilots']['$inferInsert'],
      'name' | 'visibility' | 'channel' | 'businessUnit' | 'stage' | 'deletedAt'
    >
  >,
): Statement {
  const { pilots } = db.tables;
  return db.q
    .update(pilots)
    .set(change)
    .where(and(eq(pilots.workspace, workspace), eq(pilots.id, pilot)))
    .returning({ id: pilots.id });
}

/** Gives a role to somebody from `now` on; whoever had it before has had it until now. */
export function giveRole(
  db: Database,
  where: { readonly workspace: string; readonly pilot: string; readonly id: string; readonly now: number },
  role: Role,
  person: string | null,
): Statement[] {
  const { roles } = db.tables;
  const end = db.q
    .update(roles)
    .set({ until: where.now })
    .where(
      and(
        eq(roles.workspace, where.workspace),
        eq(roles.pilot, where.pilot),
        eq(roles.role, role),
        isNull(roles.until),
      ),
    );
  if (person === null) return [end];
  return [
    end,
    db.q.insert(roles).values({
      workspace: where.workspace,
      id: where.id,
      pilot: where.pilot,
      role,
      person,
      since: where.now,
    }),
  ];
}

/** The fields as they are kept: the covering note has a column of its own, being no part of the terms. */
const keptFields = (fields: CharterFields): Record<string, string | null> => {
  const { note: _note, ...kept } = fields;
  return { ...kept };
};

/** Adds a charter version in draft. */
export function insertVersion(
  db: Database,
  where: { readonly workspace: string; readonly pilot: string; readonly id: string },
  n: number,
  fields: CharterFields,
  resultsKnown: boolean,
): Statement {
  return db.q.insert(db.tables.charterVersions).values({
    ...where,
    n,
    status: 'draft',
    fields: keptFields(fields),
    note: fields.note,
    resultsKnown,
    revision: 1,
  });
}

/**
 * Changes a charter version if it is still in the state somebody was shown. Touches no row otherwise, so that a guard
 * around it undoes the batch. The revision rises with every change; a button that carries an older one is old.
 */
export function changeVersion(
  db: Database,
  workspace: string,
  seen: { readonly id: string; readonly revision: number },
  change: {
    readonly status?: CharterStatus;
    readonly fields?: CharterFields;
    readonly askedAt?: number | null;
    readonly askedBy?: string | null;
    readonly answeredAt?: number | null;
    readonly answeredBy?: string | null;
    readonly reason?: string | null;
    readonly note?: string | null;
    readonly text?: string;
    readonly hash?: string;
    readonly frozenAt?: number;
    readonly resultsKnown?: boolean;
  },
): Statement {
  const { charterVersions } = db.tables;
  const { fields, ...rest } = change;
  return db.q
    .update(charterVersions)
    .set({
      ...rest,
      ...(fields === undefined ? {} : { fields: keptFields(fields), note: fields.note }),
      revision: sql`${charterVersions.revision} + 1`,
    })
    .where(
      and(
        eq(charterVersions.workspace, workspace),
        eq(charterVersions.id, seen.id),
        eq(charterVersions.revision, seen.revision),
      ),
    )
    .returning({ id: charterVersions.id });
}

/** Changes the covering note. It is no part of the terms, so the revision stays and an open request stays open. */
export function setNote(db: Database, workspace: string, id: string, note: string): Statement {
  const { charterVersions } = db.tables;
  return db.q
    .update(charterVersions)
    .set({ note })
    .where(and(eq(charterVersions.workspace, workspace), eq(charterVersions.id, id)));
}

/** Adds a metric to a pilot. */
export const insertMetric = (db: Database, row: Tables['metrics']['$inferInsert']): Statement =>
  db.q.insert(db.tables.metrics).values(row);

/** Changes a metric that no criterion in force depends on. */
export function updateMetric(
  db: Database,
  workspace: string,
  id: string,
  change: Partial<
    Pick<Tables['metrics']['$inferInsert'], 'name' | 'unit' | 'cadence' | 'reporter' | 'source'>
  >,
): Statement {
  const { metrics } = db.tables;
  return db.q
    .update(metrics)
    .set(change)
    .where(and(eq(metrics.workspace, workspace), eq(metrics.id, id)));
}

/** Adds a criterion to a version. */
export const insertCriterion = (db: Database, row: Tables['criteria']['$inferInsert']): Statement =>
  db.q.insert(db.tables.criteria).values(row);

/** A defined criterion as a row. */
export function criterionRow(
  where: {
    readonly workspace: string;
    readonly pilot: string;
    readonly id: string;
    readonly lineage: string;
    readonly version: number;
    readonly position: number;
    readonly metric: string;
  },
  criterion: DefinedCriterion,
): Tables['criteria']['$inferSelect'] {
  return {
    ...where,
    measures: criterion.measures,
    kind: criterion.kind,
    role: criterion.role,
    baseline: criterion.baseline,
    baselineKnownBy: criterion.baselineKnownBy,
    target: criterion.target,
    targetHigh: criterion.targetHigh,
    deadline: criterion.deadline,
    firstEffect: criterion.firstEffect,
    agg: criterion.agg,
    aggWindow: criterion.aggWindow,
    percentile: criterion.percentile,
    sustain: criterion.sustain,
    minN: criterion.minN,
    minPeriods: criterion.minPeriods,
    minTrust: criterion.minTrust,
    margin: criterion.margin,
    budget: criterion.budget,
    closingDays: criterion.closingDays,
    mode: criterion.mode,
    tolerance: '0.1',
    rates: criterion.rates,
  };
}

/** Takes a criterion out of a version that is still being agreed. */
export function deleteCriterion(db: Database, workspace: string, id: string): Statement {
  const { criteria } = db.tables;
  return db.q
    .delete(criteria)
    .where(and(eq(criteria.workspace, workspace), eq(criteria.id, id)))
    .returning({ id: criteria.id });
}
