/** What follows when Slack says that a person or a channel is not what it was? */
import { z } from 'zod';
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

export const noticeChanges: Feature = {
  name: 'notice-changes',
  events: [userChange, archivedHandler('channel_archive'), archivedHandler('group_archive')],
  letters: [goneLetter, archivedLetter],
  duties: [changedDuty],
};
