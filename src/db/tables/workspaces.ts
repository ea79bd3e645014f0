/** Which workspaces have the app, and whom does it know there? */

import type { Json } from '../../core/logbook.ts';
import type { Columns } from '../columns.sqlite.ts';

/** Workspaces, and what was last heard of the people in them. */
export const workspaceTables = (k: Columns) => {
  const workspaces = k.table('workspaces', {
    id: k.text('id').primaryKey(),
    name: k.text('name').notNull(),
    timezone: k.text('timezone').notNull(),
    botUser: k.text('bot_user').notNull(),
    installedAt: k.instant('installed_at').notNull(),
    uninstalledAt: k.instant('uninstalled_at'),
    settings: k.json<Record<string, Json>>('settings').notNull(),
    /** Since when, and by whom, everything that goes out is held; null while messages go out. */
    heldSince: k.instant('held_since'),
    heldBy: k.text('held_by'),
  });

  const people = k.table(
    'people',
    {
      workspace: k
        .text('workspace')
        .notNull()
        .references(() => workspaces.id),
      id: k.text('id').notNull(),
      name: k.text('name').notNull(),
      realName: k.text('real_name').notNull(),
      timezone: k.text('timezone'),
      isBot: k.flag('is_bot').notNull(),
      isDeactivated: k.flag('is_deactivated').notNull(),
      isGuest: k.flag('is_guest').notNull(),
      isExternal: k.flag('is_external').notNull(),
      isAdmin: k.flag('is_admin').notNull(),
      refreshedAt: k.instant('refreshed_at').notNull(),
      /**
       * When Slack holds messages back from them: the window it told of last, from = until for none. Null while Slack has
       * said nothing about it.
       */
      quiet: k.json<{ from: number; until: number } | null>('quiet'),
    },
    (t) => [k.primaryKey({ name: 'people_pk', columns: [t.workspace, t.id] })],
  );

  return { workspaces, people };
};

/** What later tables refer to. */
export type WorkspaceTables = ReturnType<typeof workspaceTables>;
