/** What does somebody read who is responsible for pilots that have just been released? */
import { z } from 'zod';
import { type Day, dayOf } from '../../core/day.ts';
import { todayIn } from '../../core/metric.ts';
import { isWatched } from '../../core/pilot.ts';
import { type PilotFacts, versionInForce } from '../../core/pilot-facts.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { message } from '../../slack/blocks.ts';
import { bold, type Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { dayText, weekdayText } from '../../views/day-text.ts';
import { someNames } from '../../views/watch-text.ts';
import type { Letter, Moment } from '../feature.ts';
import { firstAsk, toHear } from './choose.ts';
import { RELEASED } from './wave.ts';

const MOST_LINES = 15;
const MOST_BUTTONS = 4;

const span = z.object({ from: z.number(), until: z.number() });

/** Once, however many pilots of theirs were released together. */
export const releasedLetter: Letter = {
  kind: RELEASED,
  repeat: 'at_least_once',
  card: false,
  inHours: true,
  async draw(moment, about) {
    const known = span.safeParse(about.details);
    if (!known.success) return { overtaken: 'it cannot be read any more' };
    const { from, until } = known.data;
    const reader = about.addressee.slice('user:'.length);
    const mine = (await allPilots(moment.db, moment.workspace)).filter((facts) => {
      const { releasedAt } = facts.pilot;
      const isOfWave = releasedAt !== null && releasedAt >= from && releasedAt <= until;
      return isOfWave && !isWatched(facts.pilot) && toHear(facts).includes(reader);
    });
    const [first] = mine;
    if (first === undefined) return { overtaken: 'nothing of it concerns them any more' };
    const today = todayIn(moment.zone, moment.at);
    const lines = await Promise.all(
      mine.slice(0, MOST_LINES).map((facts) => lineFor(moment, facts, reader, today)),
    );
    const rest = mine.length - lines.length;
    const title =
      mine.length === 1
        ? `${first.pilot.name} is in Pilotage now`
        : `${mine.length} pilots of yours are in Pilotage now`;
    const office = await moment.people.officeName(moment.workspace);
    return {
      message: message({
        notice: `${title}${
          mine.length === 1
            ? ''
            : `: ${someNames(
                mine.map(({ pilot }) => pilot.name),
                8,
              )}`
        }. Nothing is asked of you today.`,
        title,
        lines: [
          ...lines,
          ...(rest > 0 ? [`and ${rest} more; My pilots shows them`] : []),
          `What stands there was taken over by ${office}. Is something wrong with it? Tell them, or change it under Edit charter.`,
        ],
        buttons: [
          mine
            .slice(0, MOST_BUTTONS)
            .map(({ pilot }, nth) =>
              buttons.readAll.element(
                { pilot: pilot.id },
                mine.length === 1 ? {} : { nth, label: pilot.name, spoken: `Read all of ${pilot.name}` },
              ),
            ),
          [buttons.showMine.element({}), buttons.preferences.element({ about: 'me' })],
        ],
      }),
    };
  },
};

async function lineFor(moment: Moment, facts: PilotFacts, reader: string, today: Day): Promise<Line> {
  const { holders, signed, charter } = facts;
  const { decision } = versionInForce(facts).fields;
  const name = bold(`${facts.pilot.name}: `);
  if (reader === holders.sponsor && reader !== holders.owner) {
    const on = signed?.answeredAt ?? null;
    const signedOn =
      on === null
        ? ''
        : `you signed on ${dayText(dayOf(on, moment.zone), today)}${signed?.askedBy === null ? ', outside Pilotage' : ''}`;
    const decides = decision === null ? '' : `you decide on ${weekdayText(decision, today)}`;
    const words = [signedOn, decides].filter((part) => part !== '').join('; ');
    return [name, words === '' ? 'you are its executive sponsor.' : `${words}.`];
  }
  if (signed === null)
    return [
      name,
      charter.status === 'asked' ? 'waits for signature.' : 'a draft. Next: ask the sponsor to sign.',
    ];
  const ask = await firstAsk(moment, facts, facts.pilot.releasedAt ?? moment.at);
  return [
    name,
    ask === null ? 'signed.' : `first check-in on ${weekdayText(dayOf(ask, moment.zone), today)}.`,
  ];
}
