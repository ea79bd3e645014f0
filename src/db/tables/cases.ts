/** Which pilots are stuck, who was asked about it, and what was decided? */

import type { Json } from '../../core/logbook.ts';
import type { Columns } from '../columns.sqlite.ts';
import { sql } from '../sql.ts';
import type { PilotTables } from './pilots.ts';
import type { WorkspaceTables } from './workspaces.ts';

/** Looks at pilots, cases with the copies of their messages, decisions with their conditions, thresholds. */
export const caseTables = (k: Columns, { workspaces }: WorkspaceTables, { pilots }: PilotTables) => {
  const looks = k.table(
    'looks',
    {
      workspace: k.text('workspace').notNull(),
      pilot: k.text('pilot').notNull(),
      /** In the workspace's zone. */
      day: k.text('day').notNull(),
      at: k.instant('at').notNull(),
      /** The day of the rhythm whose check-in it stands for; null for one that stands for none. */
      due: k.text('due'),
      /** Whether something was reported or measured since the look before: only then a hint is seen again. */
      isFresh: k.flag('is_fresh').notNull(),
      /** Keys of what was seen, counted or not. */
      seen: k.json<readonly string[]>('seen').notNull(),
      /** The signals that counted, with their evidence. */
      counted: k.json<Json>('counted').notNull(),
      score: k.integer('score').notNull(),
      standing: k.oneOf('standing', ['clear', 'watch', 'stalling', 'stalled']).notNull(),
      /** Verdicts by the ids of criteria. */
      verdicts: k.json<Record<string, string>>('verdicts').notNull(),
      worst: k.text('worst'),
      /** The owner's view at that check-in. */
      view: k.oneOf('view', ['green', 'amber', 'red']),
      settings: k.integer('settings').notNull(),
    },
    (t) => [
      k.primaryKey({ name: 'looks_pk', columns: [t.workspace, t.pilot, t.day] }),
      k.foreignKey({
        name: 'looks_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
    ],
  );

  const cases = k.table(
    'cases',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      cause: k.text('cause').notNull(),
      /** The case as the rules keep it. */
      record: k.json<Json>('record').notNull(),
      state: k.text('state').notNull(),
      revision: k.integer('revision').notNull(),
      /** The weight of its own cause at the newest look. */
      weight: k.integer('weight').notNull(),
      isCritical: k.flag('is_critical').notNull(),
      /** The day on which a look last turned it, so that no second one of that day counts. */
      turnedOn: k.text('turned_on'),
      /** The thresholds it was opened under hold for it until it is closed. */
      settings: k.integer('settings').notNull(),
      openedAt: k.instant('opened_at'),
      closedAt: k.instant('closed_at'),
      closedAs: k.text('closed_as'),
      /** Whether the matter has looked right at some look since it was closed. */
      hasCleared: k.flag('has_cleared').notNull(),
      /** What people have said about it: the owner's view, a plan, why it is put aside or wrong. */
      said: k.json<Json>('said').notNull(),
    },
    (t) => [
      k.foreignKey({
        name: 'cases_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
      k.uniqueIndex('cases_one_open').on(t.workspace, t.pilot, t.cause).where(sql`${t.closedAt} is null`),
      k.index('cases_pilot').on(t.workspace, t.pilot),
    ],
  );

  const caseCopies = k.table(
    'case_copies',
    {
      workspace: k.text('workspace').notNull(),
      /** The row of the outbox. */
      id: k.text('id').primaryKey(),
      case: k
        .text('case_id')
        .notNull()
        .references(() => cases.id),
      pilot: k.text('pilot').notNull(),
      seq: k.integer('seq').notNull(),
      level: k.oneOf('level', ['L1', 'L2', 'L3', 'L4']).notNull(),
      person: k.text('person').notNull(),
      role: k.oneOf('role', ['owner', 'backup', 'sponsor', 'delegate', 'office', 'person']).notNull(),
      isAsked: k.flag('is_asked').notNull(),
      outcome: k.oneOf('outcome', ['waiting', 'sent', 'failed', 'dropped']).notNull(),
      /** When it was sent, or given up. */
      at: k.instant('at'),
    },
    (t) => [
      k.index('case_copies_case').on(t.workspace, t.case),
      k.index('case_copies_person').on(t.workspace, t.person, t.outcome),
      k.index('case_copies_waiting').on(t.workspace, t.id).where(sql`${t.outcome} = 'waiting'`),
    ],
  );

  const decisions = k.table(
    'decisions',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      /** The cases it closes, by their ids. */
      cases: k.json<readonly string[]>('cases').notNull(),
      decision: k
        .oneOf('decision', ['unblock', 'extend', 'restructure', 'stop', 'go', 'conditional_go', 'not_yet'])
        .notNull(),
      by: k.text('by').notNull(),
      role: k.oneOf('role', ['sponsor', 'delegate']).notNull(),
      at: k.instant('at').notNull(),
      /** Nobody is told before; until then it can be undone. */
      effectiveAt: k.instant('effective_at').notNull(),
      state: k.oneOf('state', ['pending', 'done', 'undone']).notNull(),
      suggested: k.text('suggested'),
      reason: k.text('reason'),
      /** The day of an extension, or of the next decision. */
      until: k.text('until'),
      /** When the first card that asked for it was delivered. */
      askedAt: k.instant('asked_at'),
      details: k.json<Json>('details').notNull(),
      /** What the decider had seen. */
      seen: k.json<Json>('seen').notNull(),
    },
    (t) => [
      k.foreignKey({
        name: 'decisions_pilot_fk',
        columns: [t.workspace, t.pilot],
        foreignColumns: [pilots.workspace, pilots.id],
      }),
      k.index('decisions_pilot').on(t.workspace, t.pilot, t.at),
      k.uniqueIndex('decisions_one_pending').on(t.workspace, t.pilot).where(sql`${t.state} = 'pending'`),
    ],
  );

  const conditions = k.table(
    'conditions',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').primaryKey(),
      pilot: k.text('pilot').notNull(),
      decision: k
        .text('decision')
        .notNull()
        .references(() => decisions.id),
      words: k.text('words').notNull(),
      due: k.text('due').notNull(),
      clearedAt: k.instant('cleared_at'),
      clearedBy: k.text('cleared_by'),
    },
    (t) => [k.index('conditions_pilot').on(t.workspace, t.pilot)],
  );

  const stallSettings = k.table(
    'stall_settings',
    {
      workspace: k
        .text('workspace')
        .notNull()
        .references(() => workspaces.id),
      version: k.integer('version').notNull(),
      preset: k.oneOf('preset', ['calm', 'normal', 'strict']).notNull(),
      /** Thresholds that differ from the preset. */
      changed: k.json<Record<string, number>>('changed').notNull(),
      setAt: k.instant('set_at').notNull(),
      setBy: k.text('set_by').notNull(),
    },
    (t) => [k.primaryKey({ name: 'stall_settings_pk', columns: [t.workspace, t.version] })],
  );

  return { looks, cases, caseCopies, decisions, conditions, stallSettings };
};
