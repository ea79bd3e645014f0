/** Who may hand in numbers by request, and which numbers could not be taken as they came? */

import type { Json } from '../../core/logbook.ts';
import type { Columns } from '../columns.sqlite.ts';
import type { CharterTables } from './charters.ts';
import type { PilotTables } from './pilots.ts';
import type { WorkspaceTables } from './workspaces.ts';

/**
 * Tokens, numbers set aside, and the names a source uses for a metric.
 *
 * A token is looked up by its id; of its secret only the SHA-256 is kept. A number that was set aside keeps what was
 * given word for word, so that it can be recorded once somebody has said what it means.
 */
export const intakeTables = (
  k: Columns,
  { workspaces }: WorkspaceTables,
  { pilots }: PilotTables,
  { metrics }: CharterTables,
) => {
  const tokens = k.table(
    'tokens',
    {
      workspace: k
        .text('workspace')
        .notNull()
        .references(() => workspaces.id),
      id: k.text('id').primaryKey(),
      name: k.text('name').notNull(),
      digest: k.text('digest').notNull(),
      /** The id of the only pilot it may hand in numbers for; null for all of the workspace. */
      pilot: k.text('pilot'),
      createdAt: k.instant('created_at').notNull(),
      expiresAt: k.instant('expires_at'),
      lastUsedAt: k.instant('last_used_at'),
      revokedAt: k.instant('revoked_at'),
    },
    (t) => [
      k.foreignKey({
        name: 'tokens_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
      k.index('tokens_workspace').on(t.workspace),
    ],
  );

  const setAside = k.table(
    'set_aside',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      source: k.text('source').notNull(),
      cause: k.text('cause').notNull(),
      /** The name of the metric as it was given. */
      metric: k.text('metric').notNull(),
      given: k.json<Record<string, Json>>('given').notNull(),
      problem: k.json<Json>('problem').notNull(),
      ingestKey: k.text('ingest_key'),
      receivedAt: k.instant('received_at').notNull(),
      state: k.oneOf('state', ['open', 'recorded', 'discarded']).notNull(),
      resolvedAt: k.instant('resolved_at'),
      resolvedBy: k.text('resolved_by'),
      reason: k.text('reason'),
    },
    (t) => [
      k.foreignKey({
        name: 'set_aside_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
      k.index('set_aside_pilot').on(t.workspace, t.pilot, t.state),
      // Nulls are distinct on both engines, so this holds exactly where there is a key.
      k.uniqueIndex('set_aside_ingest_key').on(t.workspace, t.source, t.ingestKey),
    ],
  );

  const metricNames = k.table(
    'metric_names',
    {
      workspace: k.text('workspace').notNull(),
      pilot: k.text('pilot').notNull(),
      source: k.text('source').notNull(),
      name: k.text('name').notNull(),
      metric: k.text('metric').notNull(),
      setBy: k.text('set_by').notNull(),
      setAt: k.instant('set_at').notNull(),
    },
    (t) => [
      k.primaryKey({ name: 'metric_names_pk', columns: [t.workspace, t.pilot, t.source, t.name] }),
      k.foreignKey({
        name: 'metric_names_metric_fk',
        columns: [t.workspace, t.pilot, t.metric],
        foreignColumns: [metrics.workspace, metrics.pilot, metrics.id],
      }),
    ],
  );

  return { tokens, setAside, metricNames };
};
