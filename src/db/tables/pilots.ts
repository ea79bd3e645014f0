/** Which pilots are there, who stands for each, and how does its sponsor stand behind it? */

import type { Columns } from '../columns.sqlite.ts';
import { sql } from '../sql.ts';
import type { WorkspaceTables } from './workspaces.ts';

/**
 * Pilots, the roles people have in them, what would have been said about those that are watched only, and what was answered
 * about each sponsor. A deleted draft keeps its row, so that its key is never used again.
 */
export const pilotTables = (k: Columns, { workspaces }: WorkspaceTables) => {
  const pilots = k.table(
    'pilots',
    {
      workspace: k
        .text('workspace')
        .notNull()
        .references(() => workspaces.id),
      id: k.text('id').primaryKey(),
      key: k.text('key').notNull(),
      name: k.text('name').notNull(),
      stage: k.oneOf('stage', ['select', 'build', 'measure', 'deploy', 'expand', 'stopped']).notNull(),
      pausedSince: k.instant('paused_since'),
      visibility: k.oneOf('visibility', ['workspace', 'people']).notNull(),
      channel: k.text('channel'),
      businessUnit: k.text('business_unit').notNull(),
      externalId: k.text('external_id'),
      externalLink: k.text('external_link'),
      revision: k.integer('revision').notNull(),
      createdAt: k.instant('created_at').notNull(),
      createdBy: k.text('created_by').notNull(),
      deletedAt: k.instant('deleted_at'),
      /** Since when it is watched only: looked at in full, and nothing is said about it to anybody. */
      watchedSince: k.instant('watched_since'),
      /** When it was last released from watching; null for one that never was watched, or was not released yet. */
      releasedAt: k.instant('released_at'),
    },
    (t) => [
      k.unique('pilots_workspace_id').on(t.workspace, t.id),
      k.unique('pilots_workspace_key').on(t.workspace, t.key),
      k.index('pilots_watched').on(t.workspace).where(sql`${t.watchedSince} is not null`),
    ],
  );

  const roles = k.table(
    'roles',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      role: k.oneOf('role', ['owner', 'backup', 'sponsor', 'delegate', 'production_owner']).notNull(),
      person: k.text('person').notNull(),
      since: k.instant('since').notNull(),
      until: k.instant('until'),
    },
    (t) => [
      k.foreignKey({
        name: 'roles_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
      k.index('roles_pilot').on(t.workspace, t.pilot),
      k.index('roles_person_now').on(t.workspace, t.person).where(sql`${t.until} is null`),
    ],
  );

  const watched = k.table(
    'watched',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      /** What would have been said: the kind of the message. */
      kind: k.text('kind').notNull(),
      /** To whom or where, as the outbox names it. */
      addressee: k.text('addressee').notNull(),
      at: k.instant('at').notNull(),
      /** What would have been said once stands here once. */
      dedupeKey: k.text('dedupe_key').notNull(),
    },
    (t) => [
      k.foreignKey({
        name: 'watched_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
      k.unique('watched_dedupe_key').on(t.workspace, t.dedupeKey),
      k.index('watched_at').on(t.workspace, t.at),
    ],
  );

  const sponsorAnswers = k.table(
    'sponsor_answers',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      /** Whom it is about: another sponsor is asked about anew. */
      sponsor: k.text('sponsor').notNull(),
      test: k
        .oneOf('test', [
          'business_side',
          'benefiting_unit',
          'profit_and_loss',
          'budget_authority',
          'measured_on_outcome',
        ])
        .notNull(),
      answer: k.oneOf('answer', ['yes', 'no', 'unknown']).notNull(),
      /** Why somebody is sponsor all the same. */
      reason: k.text('reason'),
      by: k.text('by').notNull(),
      at: k.instant('at').notNull(),
    },
    (t) => [
      k.foreignKey({
        name: 'sponsor_answers_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
      k.index('sponsor_answers_pilot').on(t.workspace, t.pilot),
    ],
  );

  return { pilots, roles, watched, sponsorAnswers };
};

/** What later tables refer to. */
export type PilotTables = ReturnType<typeof pilotTables>;
