/** What have owners reported, what were they asked, what stands in the way, when is nobody to be asked, and who follows? */

import type { Json } from '../../core/logbook.ts';
import type { Columns } from '../columns.sqlite.ts';
import type { PilotTables } from './pilots.ts';
import type { WorkspaceTables } from './workspaces.ts';

/** Check-ins, what was asked about them, blockers, pauses, people's own settings, and who follows which pilot. */
export const rhythmTables = (k: Columns, { workspaces }: WorkspaceTables, { pilots }: PilotTables) => {
  const checkIns = k.table(
    'check_ins',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      /** The day of the rhythm it answers; null for one in between. */
      due: k.text('due'),
      submittedAt: k.instant('submitted_at').notNull(),
      submittedBy: k.text('submitted_by').notNull(),
      view: k.oneOf('view', ['green', 'amber', 'red']).notNull(),
      /** What is asked of the sponsor. */
      ask: k.text('ask'),
      /** The check-in this one amends. */
      amends: k.text('amends'),
      revision: k.integer('revision').notNull(),
    },
    (t) => [
      k.foreignKey({
        name: 'check_ins_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
      k.index('check_ins_pilot').on(t.workspace, t.pilot, t.submittedAt),
    ],
  );

  const checkInLog = k.table(
    'check_in_log',
    {
      workspace: k.text('workspace').notNull(),
      pilot: k.text('pilot').notNull(),
      due: k.text('due').notNull(),
      what: k.oneOf('what', ['ask', 'remind', 'miss']).notNull(),
      /** The person; empty for a miss. */
      person: k.text('person').notNull(),
      at: k.instant('at').notNull(),
    },
    (t) => [
      k.primaryKey({ name: 'check_in_log_pk', columns: [t.workspace, t.pilot, t.due, t.what, t.person] }),
      k.foreignKey({
        name: 'check_in_log_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
      k.index('check_in_log_person').on(t.workspace, t.person, t.at),
    ],
  );

  const blockers = k.table(
    'blockers',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      kind: k.text('kind').notNull(),
      words: k.text('words').notNull(),
      owner: k.text('owner'),
      neededBy: k.text('needed_by'),
      raisedAt: k.instant('raised_at').notNull(),
      raisedBy: k.text('raised_by').notNull(),
      newsAt: k.instant('news_at').notNull(),
      closedAt: k.instant('closed_at'),
      closedBy: k.text('closed_by'),
    },
    (t) => [
      k.foreignKey({
        name: 'blockers_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
      k.index('blockers_pilot').on(t.workspace, t.pilot),
    ],
  );

  const pauses = k.table(
    'pauses',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      since: k.instant('since').notNull(),
      until: k.instant('until'),
      /** The day it is meant to go on. */
      returnDay: k.text('return_day'),
      reason: k.text('reason').notNull(),
      setBy: k.text('set_by').notNull(),
    },
    (t) => [
      k.foreignKey({
        name: 'pauses_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
      k.index('pauses_pilot').on(t.workspace, t.pilot),
    ],
  );

  const preferences = k.table(
    'preferences',
    {
      workspace: k
        .text('workspace')
        .notNull()
        .references(() => workspaces.id),
      person: k.text('person').notNull(),
      settings: k.json<Record<string, Json>>('settings').notNull(),
      setAt: k.instant('set_at').notNull(),
    },
    (t) => [k.primaryKey({ name: 'preferences_pk', columns: [t.workspace, t.person] })],
  );

  const follows = k.table(
    'follows',
    {
      workspace: k.text('workspace').notNull(),
      person: k.text('person').notNull(),
      pilot: k.text('pilot').notNull(),
      since: k.instant('since').notNull(),
    },
    (t) => [
      k.primaryKey({ name: 'follows_pk', columns: [t.workspace, t.person, t.pilot] }),
      k.foreignKey({
        name: 'follows_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
    ],
  );

  return { checkIns, checkInLog, blockers, pauses, preferences, follows };
};
