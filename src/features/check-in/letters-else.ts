/** What does somebody read who is asked for a check-in in the place of its owner, and whoever asked them? */
import { z } from 'zod';
import { todayIn } from '../../core/metric.ts';
import { unfitFor } from '../../core/person.ts';
import { outboxById } from '../../db/queries/outbox.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { message, sentence } from '../../slack/blocks.ts';
import { bold, type Line } from '../../slack/text.ts';
import { PAST_ELSE } from '../../views/asked-else-text.ts';
import * as buttons from '../../views/buttons.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { ASKED_ELSE, readAskedElse, stateOf } from '../asked-else.ts';
import { checkInFacts } from '../check-in-facts.ts';
import type { Drawn, Letter, LetterAbout, Moment, Overtaken } from '../feature.ts';
import { maySee } from '../find-pilot.ts';
import { itemFor, itemLines, numbersText } from './letters.ts';

export const HANDED_BACK = 'check-in-handed-back';

/** A last line for a copy that stands, and nothing for a message that was not sent yet. */
const past = (about: LetterAbout, why: string, words: string): Drawn | Overtaken =>
  about.again ? { message: sentence(words), live: false } : { overtaken: why };

/** Whether somebody may still be shown a pilot. */
async function isShownTo(
  moment: Moment,
  person: string,
  facts: NonNullable<Awaited<ReturnType<typeof pilotById>>>,
): Promise<boolean> {
  const known = await moment.people.person(moment.workspace, person);
  const office = await moment.people.isOffice(moment.workspace, known);
  return unfitFor(known) === null && maySee(facts, { id: person, office, person: known });
}

/** One message, at an hour at which they work; it says itself when it is done, taken back or over. */
export const askedElseLetter: Letter = {
  kind: ASKED_ELSE,
  repeat: 'at_most_once',
  card: true,
  inHours: true,
  async draw(moment, about) {
    const { db, workspace } = moment;
    const facts = await pilotById(db, workspace, about.subject);
    const asked = readAskedElse(await outboxById(db, workspace, about.id));
    if (facts === null || asked === null) return { overtaken: 'it is no longer there' };
    const { name } = facts.pilot;
    const names = await moment.people.names(workspace, [asked.by]);
    const who = nameOf(names, asked.by);
    if (!(await isShownTo(moment, asked.person, facts)))
      return past(about, 'they may not see it any more', 'This check-in is with somebody else now.');
    if (asked.ended !== null) {
      const words = asked.ended.by === asked.person ? `is with ${who} again` : 'was taken back';
      return past(about, 'it was taken back', `${name}: this check-in ${words}. Nothing left to do.`);
    }
    const state = stateOf(await checkInFacts(moment, facts), asked.due, moment.at);
    if (state !== 'open') return past(about, 'it is done or over', `${name}: ${PAST_ELSE[state]}`);
    const item = await itemFor(moment, asked.person, {
      pilot: facts.pilot.id,
      due: asked.due,
      what: 'ask',
      at: moment.at,
    });
    if (item === null) return past(about, 'the pilot is not running', `${name}: ${PAST_ELSE.over}`);
    const lines: Line[] = [
      ...(asked.note === null ? [] : [[bold(`${who}: `), `"${asked.note}"`] satisfies Line]),
      ...itemLines(item, true, todayIn(moment.zone, moment.at)),
      `Only this once: the next one goes to ${who} again. Nobody reminds you.`,
    ];
    const it = { pilot: facts.pilot.id, due: asked.due };
    return {
      message: message({
        notice: `${who} asks you for the check-in of ${name}. ${numbersText([item])}`,
        title: `${name}: ${who} asks you for this check-in`,
        lines,
        buttons: [
          [
            buttons.checkIn.element({ pilot: it.pilot }, { style: 'primary' }),
            buttons.handBackCheckIn.element(it),
            buttons.preferences.element({ about: 'me' }),
          ],
        ],
      }),
      revision: facts.pilot.revision,
    };
  },
};

const back = z.object({ due: z.string(), from: z.string() });

/** Whoever had asked hears that it is with them again. */
export const handedBackLetter: Letter = {
  kind: HANDED_BACK,
  repeat: 'at_most_once',
  card: false,
  inHours: true,
  async draw(moment, about) {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    const given = back.safeParse(about.details);
    if (facts === null || !given.success) return { overtaken: 'it is no longer there' };
    const state = stateOf(await checkInFacts(moment, facts), given.data.due, moment.at);
    if (state !== 'open') return { overtaken: 'it is done or over' };
    const names = await moment.people.names(moment.workspace, [given.data.from]);
    const words = `${nameOf(names, given.data.from)} does not have the check-in of ${facts.pilot.name}, so it is with you again.`;
    return {
      message: message({
        notice: words,
        lines: [words],
        buttons: [
          [
            buttons.checkIn.element({ pilot: facts.pilot.id }, { style: 'primary' }),
            buttons.askSomeoneElse.element({ pilot: facts.pilot.id, due: given.data.due }),
            buttons.preferences.element({ about: 'me' }),
          ],
        ],
      }),
    };
  },
};
