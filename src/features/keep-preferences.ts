/** What is written when somebody changes what they have set for themselves? */

import { type Guard, guard, type Statement, unlessStale } from '../db/database.ts';
import { type OwnCalendar, rethinkCheckIns } from '../db/queries/rhythm.ts';
import { drawHomes, pilotsHeldBy } from '../db/queries/roles.ts';
import { changePreferences, type Preferences } from '../db/queries/settings.ts';
import type { Scene } from './feature.ts';

/**
 * Writes a change, and makes everything that depends on it be thought through again; false when somebody was first. `also`
 * is what belongs to the change and is written with it.
 */
export async function keepPreferences(
  scene: Scene,
  own: Preferences,
  next: { readonly calendar: OwnCalendar; readonly place?: string | null },
  also: readonly (Statement | Guard)[] = [],
): Promise<boolean> {
  const { db, workspace, actor, at } = scene;
  const names = [
    ...new Set([...Object.keys(own.calendar), ...Object.keys(next.calendar)]),
  ] as (keyof OwnCalendar)[];
  const changed: string[] = names.filter(
    (name) => JSON.stringify(own.calendar[name]) !== JSON.stringify(next.calendar[name]),
  );
  if (next.place !== undefined && next.place !== (own.settings['place'] ?? null)) changed.push('place');
  if (changed.length === 0) return true;
  const pilots = await pilotsHeldBy(db, workspace, actor.id);
  return unlessStale(
    db.atomically(workspace, (log) => [
      guard(changePreferences(db, own, next, at), 'preferences'),
      log({
        at,
        kind: 'preferences_changed',
        pilot: null,
        actor: `user:${actor.id}`,
        body: { changed },
        personal: { ...next } as never,
      }),
      ...also,
      rethinkCheckIns(db, workspace, pilots),
      drawHomes(db, workspace, [actor.id]),
    ]),
  );
}
