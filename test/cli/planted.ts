/** What stands in a database into which values are imported? */
import type { Database } from '../../src/db/database.ts';
import { aCharter, aMetric, aPilot, aWorkspace } from '../support/rows.ts';

/** When the pilots of these tests begin: a Monday. */
const START = '2026-01-05';

/**
 * Claims triage with three metrics (minutes, per cent, yes or no), its charter signed and building begun; and Churn, a
 * draft with one metric, measured monthly, and without a start date.
 */
export async function plantPilots(db: Database): Promise<void> {
  const t = db.tables;
  await db.atomically('T1', () => [
    db.q.insert(t.workspaces).values(aWorkspace()),
    db.q.insert(t.pilots).values(aPilot({ stage: 'build' })),
    db.q.insert(t.charterVersions).values(aCharter({ status: 'signed', fields: { start: START } })),
    db.q.insert(t.metrics).values(aMetric()),
    db.q.insert(t.metrics).values(aMetric({ id: 'M2', key: 'accuracy', name: 'Accuracy', unit: 'percent' })),
    db.q.insert(t.metrics).values(aMetric({ id: 'M3', key: 'go-live', name: 'Go live', unit: 'bool' })),
    db.q.insert(t.pilots).values(aPilot({ id: 'P2', key: 'churn', name: 'Churn' })),
    db.q.insert(t.charterVersions).values(aCharter({ id: 'V2', pilot: 'P2' })),
    db.q.insert(t.metrics).values(
      aMetric({
        id: 'M9',
        pilot: 'P2',
        key: 'cost',
        name: 'Cost per case',
        unit: 'EUR/case',
        cadence: 'month',
      }),
    ),
  ]);
}

/** A required criterion of Claims triage: handling time of at most ten minutes. */
export function aCriterion() {
  return {
    workspace: 'T1',
    id: 'K1',
    pilot: 'P1',
    version: 1,
    lineage: 'K1',
    position: 0,
    metric: 'M1',
    measures: 'business',
    kind: 'at_most',
    role: 'required',
    baseline: '20',
    target: '10',
    deadline: '2026-12-27',
    agg: 'latest',
    aggWindow: 1,
    sustain: 1,
    minN: 0,
    minPeriods: 1,
    minTrust: 0,
    margin: '0',
    closingDays: 5,
    mode: 'deadline',
    tolerance: '0.1',
  } as const;
}

/** Everything recorded, in the order of lines: periods first. */
export async function recorded(db: Database) {
  const t = db.tables.observations;
  const rows = await db.q.select().from(t);
  return rows.sort((a, b) => (a.periodEnd + a.id < b.periodEnd + b.id ? -1 : 1));
}
