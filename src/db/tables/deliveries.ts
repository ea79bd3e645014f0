/** What is to be said, what was said where, what has been handled already, and what is due when? */

import type { Json } from '../../core/logbook.ts';
import type { Columns } from '../columns.sqlite.ts';
import { sql } from '../sql.ts';
import type { WorkspaceTables } from './workspaces.ts';

/**
 * Outbox, copies of messages, handled events and schedules.
 *
 * The three with `lease_until` and `fence` are claimed across all workspaces, in one statement, by whoever runs.
 * A partial index is used only by a query that repeats its condition in words: `sql` with the literal, not `eq`.
 */
export const deliveryTables = (k: Columns, { workspaces }: WorkspaceTables) => {
  const outbox = k.table(
    'outbox',
    {
      workspace: k
        .text('workspace')
        .notNull()
        .references(() => workspaces.id),
      id: k.text('id').primaryKey(),
      kind: k.text('kind').notNull(),
      subject: k.text('subject').notNull(),
      version: k.integer('version').notNull(),
      addressee: k.text('addressee').notNull(),
      details: k.json<Json>('details').notNull(),
      dedupeKey: k.text('dedupe_key').notNull(),
      notBefore: k.instant('not_before').notNull(),
      state: k.oneOf('state', ['ready', 'sending', 'sent', 'unknown', 'failed', 'dropped']).notNull(),
      attempts: k.integer('attempts').notNull(),
      leaseUntil: k.instant('lease_until'),
      fence: k.integer('fence').notNull(),
      channel: k.text('channel'),
      ts: k.text('ts'),
      error: k.text('error'),
      sent: k.json<Json>('sent'),
      createdAt: k.instant('created_at').notNull(),
      finishedAt: k.instant('finished_at'),
      /** When Slack was last asked to take it. */
      attemptedAt: k.instant('attempted_at'),
      /** `unknown` only: when it is looked for next; null when nothing more will be done. */
      checkAt: k.instant('check_at'),
      /** How often it was looked for since it was last attempted, and not found; null stands for never. */
      looks: k.integer('looks'),
    },
    (t) => [
      k.unique('outbox_dedupe_key').on(t.workspace, t.dedupeKey),
      k.index('outbox_ready').on(t.notBefore).where(sql`${t.state} = 'ready'`),
      k.index('outbox_sending').on(t.leaseUntil).where(sql`${t.state} = 'sending'`),
      k.index('outbox_subject').on(t.workspace, t.subject),
      k.index('outbox_check').on(t.checkAt).where(sql`${t.state} = 'unknown'`),
      // What is in front of a message on its way to the same place.
      k.index('outbox_lane').on(t.workspace, t.addressee, t.notBefore).where(sql`${t.finishedAt} is null`),
    ],
  );

  const messages = k.table(
    'messages',
    {
      workspace: k
        .text('workspace')
        .notNull()
        .references(() => workspaces.id),
      id: k.text('id').primaryKey(),
      kind: k.text('kind').notNull(),
      subject: k.text('subject').notNull(),
      version: k.integer('version').notNull(),
      reader: k.text('reader').notNull(),
      channel: k.text('channel').notNull(),
      ts: k.text('ts').notNull(),
      shown: k.integer('shown').notNull(),
      wanted: k.integer('wanted').notNull(),
      live: k.flag('live').notNull(),
      sentAt: k.instant('sent_at').notNull(),
      leaseUntil: k.instant('lease_until'),
      fence: k.integer('fence').notNull(),
    },
    (t) => [
      k.unique('messages_place').on(t.workspace, t.channel, t.ts),
      k.index('messages_subject').on(t.workspace, t.subject),
      k.index('messages_behind').on(t.leaseUntil).where(sql`${t.live} and ${t.shown} < ${t.wanted}`),
    ],
  );

  // No reference to workspaces: what arrives from Slack is remembered before we know whose it is.
  const seen = k.table(
    'seen',
    {
      workspace: k.text('workspace').notNull(),
      id: k.text('id').notNull(),
      at: k.instant('at').notNull(),
    },
    (t) => [k.primaryKey({ name: 'seen_pk', columns: [t.workspace, t.id] }), k.index('seen_at').on(t.at)],
  );

  const schedules = k.table(
    'schedules',
    {
      workspace: k
        .text('workspace')
        .notNull()
        .references(() => workspaces.id),
      id: k.text('id').primaryKey(),
      kind: k.text('kind').notNull(),
      subject: k.text('subject').notNull(),
      rule: k.json<Json>('rule').notNull(),
      timezone: k.text('timezone').notNull(),
      nextAt: k.instant('next_at'),
      enabled: k.flag('enabled').notNull(),
      details: k.json<Json>('details').notNull(),
      setBy: k.text('set_by').notNull(),
      setAt: k.instant('set_at').notNull(),
      leaseUntil: k.instant('lease_until'),
      fence: k.integer('fence').notNull(),
    },
    (t) => [
      k.unique('schedules_subject').on(t.workspace, t.kind, t.subject),
      k.index('schedules_next').on(t.nextAt).where(sql`${t.enabled}`),
    ],
  );

  return { outbox, messages, seen, schedules };
};
