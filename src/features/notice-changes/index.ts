/** What follows when Slack says that a person or a channel is not what it was? */
import { z } from 'zod';
import { personById, setQuiet } from '../../db/queries/people.ts';
import { rethinkCheckIns } from '../../db/queries/rhythm.ts';
import { pilotsHeldBy } from '../../db/queries/roles.ts';
import type { EventHandler, Feature } from '../feature.ts';
import { archivedHandler, archivedLetter } from './channel.ts';
import { changedDuty, goneLetter } from './person.ts';

const userShape = z.object({ user: z.object({ id: z.string() }) });

/** A name, a zone, a deactivation: Slack is asked, because events may come late and out of order. */
const userChange: EventHandler = {
  type: 'user_change',
  async run(parts, workspace, event) {
    const read = userShape.safeParse(event);
    if (read.success) await parts.people.changed(workspace, read.data.user.id);
  },
};

const quietShape = z.object({
  user: z.string(),
  dnd_status: z.object({
    dnd_enabled: z.boolean(),
    next_dnd_start_ts: z.number(),
    next_dnd_end_ts: z.number(),
  }),
});

/** Somebody who is quiet for longer is asked all the same: leave is what long absences are for. */
const LONGEST_QUIET_MS = 3 * 24 * 60 * 60 * 1000;

/** Do-not-disturb: whoever is not to be reached is asked afterwards. */
const quietChange: EventHandler = {
  type: 'dnd_updated_user',
  async run(parts, workspace, event) {
    const read = quietShape.safeParse(event);
    if (!read.success) return;
    const { user, dnd_status: status } = read.data;
    const from = status.next_dnd_start_ts * 1000;
    const until = Math.min(status.next_dnd_end_ts * 1000, from + LONGEST_QUIET_MS);
    const { db } = parts;
    if ((await personById(db, workspace, user)) === null) return;
    const pilots = await pilotsHeldBy(db, workspace, user);
    await db.atomically(workspace, () => [
      setQuiet(db, workspace, user, status.dnd_enabled && until > from ? { from, until } : null),
      ...(pilots.length === 0 ? [] : [rethinkCheckIns(db, workspace, pilots)]),
    ]);
  },
};

export const noticeChanges: Feature = {
  name: 'notice-changes',
  events: [userChange, quietChange, archivedHandler('channel_archive'), archivedHandler('group_archive')],
  letters: [goneLetter, archivedLetter],
  duties: [changedDuty],
};
