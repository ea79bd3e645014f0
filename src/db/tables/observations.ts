/** Which values were reported for a metric, by whom, and when did we learn of each? */

import type { Json } from '../../core/logbook.ts';
import type { Columns } from '../columns.sqlite.ts';
import { sql } from '../sql.ts';
import type { CharterTables } from './charters.ts';

/**
 * Values as they arrived. A correction is a new row of the same period, and the newest row counts; when the
 * newest is withdrawn, the period is empty.
 * `period_start` and `period_end` are calendar days, the end exclusive. Numbers are decimal text.
 */
export const observationTables = (k: Columns, { metrics }: CharterTables) => {
  const observations = k.table(
    'observations',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').notNull(),
      pilot: k.text('pilot').notNull(),
      metric: k.text('metric').notNull(),
      periodStart: k.text('period_start').notNull(),
      periodEnd: k.text('period_end').notNull(),
      value: k.text('value'),
      num: k.text('num'),
      den: k.text('den'),
      raw: k.json<Json>('raw'),
      n: k.integer('n'),
      unit: k.text('unit').notNull(),
      source: k.text('source').notNull(),
      trust: k.integer('trust').notNull(),
      evidence: k.text('evidence'),
      recordedAt: k.instant('recorded_at').notNull(),
      recordedBy: k.text('recorded_by'),
      withdrawn: k.flag('withdrawn').notNull(),
      reason: k.text('reason'),
      ingestKey: k.text('ingest_key'),
    },
    (t) => [
      // In the order in which they are read: a pilot's values lie side by side, and a million of them are one tree.
      k.primaryKey({
        name: 'observations_pk',
        columns: [t.workspace, t.pilot, t.metric, t.periodEnd, t.recordedAt, t.id],
      }),
      k.foreignKey({
        name: 'observations_metric_fk',
        columns: [t.workspace, t.pilot, t.metric],
        foreignColumns: [metrics.workspace, metrics.pilot, metrics.id],
      }),
      // Most values come without a key, and then there is nothing to keep unique.
      k
        .uniqueIndex('observations_ingest_key')
        .on(t.workspace, t.source, t.ingestKey)
        .where(sql`${t.ingestKey} is not null`),
    ],
  );

  return { observations };
};
