/** Who is told when a channel in which something is posted is archived? */

import { z } from 'zod';
import { firstSendable } from '../../core/business-time.ts';
import { isWatched } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { intend } from '../../db/queries/outbox.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { scheduleOf } from '../../db/queries/schedules.ts';
import { archivedMessage } from '../../views/gone-text.ts';
import { calendarsOf } from '../calendars.ts';
import type { EventHandler, Letter, Parts } from '../feature.ts';
import { whoIsThere } from '../who-is-there.ts';

const eventShape = z.object({ channel: z.string().regex(/^[CG]\w+$/), event_ts: z.string() });
const DIGEST = 'channel-digest';

const cardsIn = (pilots: readonly PilotFacts[], channel: string): PilotFacts[] =>
  pilots.filter(({ pilot }) => pilot.channel === channel && pilot.stage !== 'stopped' && !isWatched(pilot));

/** Who set up a digest that goes to a channel, or null. */
async function digestSetBy(parts: Parts, workspace: string, channel: string): Promise<string | null> {
  const schedule = await scheduleOf(parts.db, workspace, DIGEST, channel);
  return schedule?.enabled === true ? schedule.setBy : null;
}

/** Owners of the pilots whose card stands there, and whoever set up its digest: once for each time it is archived. */
export const archivedHandler = (type: 'channel_archive' | 'group_archive'): EventHandler => ({
  type,
  async run(parts, workspace, event) {
    const read = eventShape.safeParse(event);
    if (!read.success) return;
    const { db } = parts;
    const { channel, event_ts: when } = read.data;
    const at = parts.now();
    const pilots = cardsIn(await allPilots(db, workspace), channel);
    const setBy = await digestSetBy(parts, workspace, channel);
    const people = [...pilots.map(({ holders }) => holders.owner), setBy ?? undefined];
    const readers = [...(await whoIsThere(parts, workspace, people))];
    if (readers.length === 0) return;
    const calendars = await calendarsOf(parts, workspace, readers);
    await db.atomically(workspace, () =>
      readers.map((reader) => {
        const calendar = calendars.get(reader);
        return intend(db, workspace, parts.newId(), at, {
          kind: archivedLetter.kind,
          subject: `channel:${channel}`,
          version: 1,
          addressee: `user:${reader}`,
          details: { channel },
          dedupeKey: `archived:${channel}:${when}:${reader}`,
          notBefore: calendar === undefined ? at : firstSendable(calendar, at),
        });
      }),
    );
  },
});

/** What does not arrive any more, and the remedy; looked at again at the moment of sending. */
export const archivedLetter: Letter = {
  kind: 'channel-archived',
  repeat: 'at_most_once',
  card: false,
  inHours: true,
  async draw(moment, about) {
    const { db, workspace } = moment;
    const known = z.object({ channel: z.string() }).safeParse(about.details);
    if (!known.success) return { overtaken: 'it cannot be read any more' };
    const { channel } = known.data;
    const answer = await moment.channel(workspace, channel);
    if (answer.kind === 'done' && !answer.value.isArchived) return { overtaken: 'the channel is back' };
    const reader = about.addressee.slice('user:'.length);
    const pilots = cardsIn(await allPilots(db, workspace), channel).filter(
      ({ holders }) => holders.owner === reader,
    );
    const digest = (await digestSetBy(moment, workspace, channel)) === reader;
    if (pilots.length === 0 && !digest) return { overtaken: 'nothing of theirs is posted there any more' };
    return {
      message: archivedMessage({
        channel: answer.kind === 'done' ? `#${answer.value.name}` : 'A channel of yours',
        pilots: pilots.map(({ pilot }) => pilot),
        digest,
        command: moment.command,
      }),
    };
  },
};
