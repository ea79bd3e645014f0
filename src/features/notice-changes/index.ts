/** What follows when Slack says that a person or a channel is not what it was? */
import { z } from 'zod';
import { personById } from '../../db/queries/people.ts';
import { keepQuiet } from '../../db/queries/quiet.ts';
import { readQuietTime } from '../../slack/quiet-time.ts';
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

const quietShape = z.object({ user: z.string(), dnd_status: z.record(z.string(), z.unknown()) });

/** Do-not-disturb: whoever is not to be reached is asked afterwards. */
const quietChange: EventHandler = {
  type: 'dnd_updated_user',
  async run({ db }, workspace, event) {
    const read = quietShape.safeParse(event);
    if (!read.success || (await personById(db, workspace, read.data.user)) === null) return;
    await keepQuiet(db, workspace, read.data.user, readQuietTime(read.data.dnd_status));
  },
};

export const noticeChanges: Feature = {
  name: 'notice-changes',
  events: [userChange, quietChange, archivedHandler('channel_archive'), archivedHandler('group_archive')],
  letters: [goneLetter, archivedLetter],
  duties: [changedDuty],
};
