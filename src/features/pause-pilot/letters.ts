/** What do owner, sponsor and channel read when a pilot is paused and when it goes on? */
import { z } from 'zod';
import { dayOf } from '../../core/day.ts';
import { todayIn } from '../../core/metric.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { pausesOf } from '../../db/queries/rhythm.ts';
import { sentence } from '../../slack/blocks.ts';
import { weekdayText } from '../../views/day-text.ts';
import { pausedMessage, resumedMessage, untilText } from '../../views/pause-text.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { pilotGone } from '../card-letters.ts';
import type { Letter } from '../feature.ts';

/** To owner and sponsor; it changes by itself when the pilot goes on. */
const paused: Letter = {
  kind: 'pilot-paused',
  repeat: 'at_least_once',
  card: true,
  async draw(moment, about) {
    const of = { workspace: moment.workspace, pilot: about.subject };
    const [facts, pauses] = await Promise.all([
      pilotById(moment.db, of.workspace, of.pilot),
      pausesOf(moment.db, of),
    ]);
    // The messages count the pauses of a pilot.
    const pause = pauses[about.version - 1];
    if (facts === null || pause === undefined) return pilotGone;
    const { pilot } = facts;
    const today = todayIn(moment.zone, moment.at);
    if (pause.until !== null) {
      if (!about.again) return { overtaken: 'the pilot goes on already' };
      const day = weekdayText(dayOf(pause.until, moment.zone), today);
      return {
        message: sentence(`${pilot.name} was paused and goes on since ${day}. Nothing left to do.`),
        live: false,
      };
    }
    const who = nameOf(await moment.people.names(moment.workspace, [pause.setBy]), pause.setBy);
    return { message: pausedMessage(pilot, pause, who, today), revision: pilot.revision };
  },
};

const by = z.object({ by: z.string().nullable() });

/** To the owner: it goes on. */
const resumed: Letter = {
  kind: 'pilot-resumed',
  repeat: 'at_least_once',
  card: false,
  async draw(moment, about) {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    const known = by.safeParse(about.details);
    if (facts === null || !known.success) return pilotGone;
    if (facts.pilot.pausedSince !== null) return { overtaken: 'the pilot is paused again' };
    const names = await moment.people.names(moment.workspace, [known.data.by]);
    const who = known.data.by === null ? null : nameOf(names, known.data.by);
    return { message: resumedMessage(facts.pilot, who) };
  },
};

const told = z.object({
  what: z.enum(['paused', 'resumed']),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  until: z.string().nullable(),
});

/** A line under the card in the channel. */
const line: Letter = {
  kind: 'pause-line',
  repeat: 'at_most_once',
  card: false,
  async draw(moment, about) {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    const known = told.safeParse(about.details);
    if (facts === null || !known.success) return pilotGone;
    const { what, by: person, reason, until } = known.data;
    if ((facts.pilot.pausedSince !== null) !== (what === 'paused'))
      return { overtaken: 'it is otherwise by now' };
    const who = nameOf(await moment.people.names(moment.workspace, [person]), person);
    const today = todayIn(moment.zone, moment.at);
    if (what === 'paused')
      return { message: sentence(`Paused by ${who} ${untilText(until, today)}: "${reason ?? ''}"`) };
    return {
      message: sentence(person === null ? 'Goes on: its return day has come.' : `Goes on, says ${who}.`),
    };
  },
};

export const letters: readonly Letter[] = [paused, resumed, line];
