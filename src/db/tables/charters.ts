/** What was agreed about a pilot: the versions of its charter, their criteria, and the metrics those look at? */

import type { Json } from '../../core/logbook.ts';
import type { Columns } from '../columns.sqlite.ts';
import type { PilotTables } from './pilots.ts';

/** Charter versions, metrics and criteria. Criteria are copied from version to version and linked by `lineage`. */
export const charterTables = (k: Columns, { pilots }: PilotTables) => {
  const charterVersions = k.table(
    'charter_versions',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      n: k.integer('n').notNull(),
      status: k
        .oneOf('status', [
          'draft',
          'asked',
          'signed',
          'changes_requested',
          'declined',
          'withdrawn',
          'superseded',
        ])
        .notNull(),
      fields: k.json<Record<string, Json>>('fields').notNull(),
      askedAt: k.instant('asked_at'),
      askedBy: k.text('asked_by'),
      note: k.text('note'),
      answeredAt: k.instant('answered_at'),
      answeredBy: k.text('answered_by'),
      reason: k.text('reason'),
      text: k.text('text'),
      hash: k.text('hash'),
      frozenAt: k.instant('frozen_at'),
      resultsKnown: k.flag('results_known').notNull(),
      revision: k.integer('revision').notNull(),
    },
    (t) => [
      k.unique('charter_versions_pilot_n').on(t.workspace, t.pilot, t.n),
      k.foreignKey({
        name: 'charter_versions_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
      k.index('charter_versions_status').on(t.workspace, t.status),
    ],
  );

  const metrics = k.table(
    'metrics',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      key: k.text('key').notNull(),
      name: k.text('name').notNull(),
      unit: k.text('unit').notNull(),
      cadence: k.oneOf('cadence', ['week', 'fortnight', 'month', 'quarter']).notNull(),
      reporter: k.text('reporter'),
      source: k.text('source').notNull(),
    },
    (t) => [
      k.unique('metrics_pilot_key').on(t.workspace, t.pilot, t.key),
      k.unique('metrics_pilot_id').on(t.workspace, t.pilot, t.id),
      k.foreignKey({
        name: 'metrics_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
    ],
  );

  const criteria = k.table(
    'criteria',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      version: k.integer('version').notNull(),
      lineage: k.text('lineage').notNull(),
      position: k.integer('position').notNull(),
      metric: k.text('metric').notNull(),
      measures: k
        .oneOf('measures', ['business', 'model', 'data', 'operations', 'cost', 'adoption'])
        .notNull(),
      kind: k
        .oneOf('kind', [
          'at_least',
          'at_most',
          'between',
          'increase_abs',
          'increase_pct',
          'decrease_abs',
          'decrease_pct',
          'yes_no',
        ])
        .notNull(),
      role: k.oneOf('role', ['required', 'guardrail', 'informative']).notNull(),
      baseline: k.text('baseline'),
      baselineKnownBy: k.text('baseline_known_by'),
      target: k.text('target'),
      targetHigh: k.text('target_high'),
      deadline: k.text('deadline').notNull(),
      firstEffect: k.text('first_effect'),
      agg: k.text('agg').notNull(),
      aggWindow: k.integer('agg_window').notNull(),
      percentile: k.text('percentile'),
      sustain: k.integer('sustain').notNull(),
      minN: k.integer('min_n').notNull(),
      minPeriods: k.integer('min_periods').notNull(),
      minTrust: k.integer('min_trust').notNull(),
      margin: k.text('margin').notNull(),
      budget: k.integer('budget'),
      closingDays: k.integer('closing_days').notNull(),
      mode: k.oneOf('mode', ['deadline', 'first_reach']).notNull(),
      tolerance: k.text('tolerance').notNull(),
      /** How many of the metric's unit one of another unit is, where that was agreed. */
      rates: k.json<Record<string, string>>('rates'),
    },
    (t) => [
      k.foreignKey({
        name: 'criteria_version_fk',
        columns: [t.workspace, t.pilot, t.version],
        foreignColumns: [charterVersions.workspace, charterVersions.pilot, charterVersions.n],
      }),
      k.foreignKey({
        name: 'criteria_metric_fk',
        columns: [t.workspace, t.pilot, t.metric],
        foreignColumns: [metrics.workspace, metrics.pilot, metrics.id],
      }),
      k.index('criteria_pilot_version').on(t.workspace, t.pilot, t.version, t.position),
      k.index('criteria_metric').on(t.workspace, t.pilot, t.metric),
    ],
  );

  return { charterVersions, metrics, criteria };
};

/** What later tables refer to. */
export type CharterTables = ReturnType<typeof charterTables>;
