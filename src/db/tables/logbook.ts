/** What happened, in order, so that nobody can change it unseen? */

import type { Columns } from '../columns.sqlite.ts';

/**
 * The logbook and the newest link of each workspace's chain. `core/logbook.ts` says what the columns mean.
 *
 * `pilot` refers to nothing, on purpose: the record outlives what it records. Triggers (`drizzle/<engine>/triggers.sql`)
 * refuse every change but the erasure of the personal part.
 */
export const logbookTables = (k: Columns) => {
  const logbookHeads = k.table('logbook_heads', {
    workspace: k.text('workspace').primaryKey(),
    n: k.integer('n').notNull(),
    hash: k.text('hash').notNull(),
  });

  const logbook = k.table(
    'logbook',
    {
      workspace: k
        .text('workspace')
        .notNull()
        .references(() => logbookHeads.workspace),
      n: k.integer('n').notNull(),
      at: k.instant('at').notNull(),
      kind: k.text('kind').notNull(),
      pilot: k.text('pilot'),
      actor: k.text('actor').notNull(),
      body: k.text('body').notNull(),
      personal: k.text('personal'),
      salt: k.text('salt'),
      commitment: k.text('commitment').notNull(),
      prev: k.text('prev').notNull(),
      hash: k.text('hash').notNull(),
    },
    (t) => [
      k.primaryKey({ name: 'logbook_pk', columns: [t.workspace, t.n] }),
      k.index('logbook_pilot').on(t.workspace, t.pilot, t.n),
      k.index('logbook_actor').on(t.workspace, t.actor),
    ],
  );

  return { logbookHeads, logbook };
};
