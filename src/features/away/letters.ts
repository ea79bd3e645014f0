/** What does somebody read who is to stand in for a person who is away? */

import { z } from 'zod';
import { todayIn } from '../../core/metric.ts';
import { isWatched } from '../../core/pilot.ts';
import { standInPlaces } from '../../core/roles.ts';
import { outboxById } from '../../db/queries/outbox.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { preferencesOf } from '../../db/queries/settings.ts';
import { sentence } from '../../slack/blocks.ts';
import { leaveText, standInMessage } from '../../views/away-text.ts';
import { nameOf } from '../../views/pilot-card.ts';
import type { Letter } from '../feature.ts';

const details = z.object({ person: z.string(), from: z.string(), until: z.string() });

/** One message when it is arranged; it says so itself when it is not wanted any more. */
export const standingIn: Letter = {
  kind: 'standing-in',
  repeat: 'at_least_once',
  card: true,
  async draw(moment, about) {
    const { db, workspace } = moment;
    const row = about.again ? await outboxById(db, workspace, about.id) : null;
    const known = details.safeParse(row?.details ?? about.details);
    if (!known.success) return { overtaken: 'it cannot be read any more' };
    const { person, from, until } = known.data;
    const reader = about.addressee.slice('user:'.length);
    const own = await preferencesOf(db, workspace, person);
    const isWanted = (own.calendar.leave ?? []).some(
      (leave) => leave.from === from && leave.until === until && leave.delegate === reader,
    );
    const today = todayIn(moment.zone, moment.at);
    const who = nameOf(await moment.people.names(workspace, [person]), person);
    const days = leaveText({ from, until }, today);
    if (!isWanted) {
      if (!about.again) return { overtaken: 'it was taken back' };
      return {
        message: sentence(`You need not stand in for ${who} ${days}. Nothing left to do.`),
        live: false,
      };
    }
    if (until < today)
      return { message: sentence(`You stood in for ${who} ${days}. Nothing left to do.`), live: false };
    const pilots = await allPilots(db, workspace);
    const places = pilots
      .filter(({ pilot }) => pilot.stage !== 'stopped' && !isWatched(pilot))
      .flatMap(({ pilot, holders, everAsked }) => {
        const free = standInPlaces(holders, person, reader);
        const has = [
          ...(holders.sponsor === person && holders.delegate === reader ? (['delegate'] as const) : []),
          ...(holders.owner === person && holders.backup === reader ? (['backup'] as const) : []),
        ];
        // A draft nobody was asked to sign is between its owners.
        return [...free, ...has]
          .filter((role) => everAsked || role === 'backup')
          .map((role) => ({ name: pilot.name, role }));
      });
    return { message: standInMessage(who, { from, until }, places, today) };
  },
};
