/** What does the owner read who is asked for an update, and whoever asked? */
import { z } from 'zod';
import { todayIn } from '../../core/metric.ts';
import { outboxById } from '../../db/queries/outbox.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { message, sentence } from '../../slack/blocks.ts';
import { bold } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { standingLine } from '../../views/criterion-text.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { askersText } from '../../views/update-text.ts';
import { pilotGone } from '../card-letters.ts';
import type { Letter } from '../feature.ts';
import { maySee, standingNow } from '../find-pilot.ts';
import { readUpdate, UPDATE_ASKED, UPDATE_TOLD } from '../keep-updates.ts';

/** One message, however many ask; it says so itself once it is answered. */
const asked: Letter = {
  kind: UPDATE_ASKED,
  repeat: 'at_least_once',
  card: true,
  inHours: true,
  async draw(moment, about) {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    if (facts === null) return pilotGone;
    const { pilot, holders } = facts;
    const question = readUpdate(await outboxById(moment.db, moment.workspace, about.id));
    if (question === null) return { overtaken: 'the question is no longer there' };
    if (question.told !== null) {
      if (!about.again) return { overtaken: 'it was answered already' };
      return { message: sentence(`${pilot.name}: the update is given. Nothing left to do.`), live: false };
    }
    const reader = about.addressee.slice('user:'.length);
    if (reader !== holders.owner && reader !== holders.backup) {
      if (!about.again) return { overtaken: 'somebody else has this role now' };
      return {
        message: sentence(`${pilot.name} is with somebody else now. Nothing left to do.`),
        live: false,
      };
    }
    if (pilot.pausedSince !== null || pilot.stage === 'stopped')
      return { overtaken: 'the pilot is not running' };
    const names = await moment.people.names(moment.workspace, question.askers);
    const who = askersText(question.askers.map((id) => nameOf(names, id)));
    const about_ = { pilot: pilot.id };
    return {
      message: message({
        notice: `${who} for an update on ${pilot.name}. A sentence is enough; a check-in answers it too.`,
        title: `${pilot.name}: how does it go?`,
        lines: [
          `${who} for an update.`,
          'A sentence is enough; a check-in answers it too. Nobody asks again for three working days.',
        ],
        buttons: [
          [
            buttons.giveUpdate.element({ ...about_, question: about.id }, { style: 'primary' }),
            ...(facts.signed === null ? [] : [buttons.checkIn.element(about_)]),
            buttons.preferences.element({ about: 'me' }),
          ],
        ],
      }),
      revision: pilot.revision,
    };
  },
};

const toldShape = z.object({ by: z.string(), words: z.string() });

/** The answer, to each who asked and may still see the pilot. */
const told: Letter = {
  kind: UPDATE_TOLD,
  repeat: 'at_least_once',
  card: false,
  inHours: true,
  async draw(moment, about) {
    const { workspace, people } = moment;
    const facts = await pilotById(moment.db, workspace, about.subject);
    const given = toldShape.safeParse(about.details);
    if (facts === null || !given.success) return pilotGone;
    const reader = about.addressee.slice('user:'.length);
    const person = await people.person(workspace, reader);
    const office = await people.isOffice(workspace, person);
    if (!maySee(facts, { id: reader, office, person })) return { overtaken: 'they may not see it any more' };
    const who = nameOf(await people.names(workspace, [given.data.by]), given.data.by);
    const standing = await standingNow(moment, facts);
    const today = todayIn(moment.zone, moment.at);
    return {
      message: message({
        notice: `${who} about ${facts.pilot.name}: "${given.data.words}"`,
        title: `${facts.pilot.name}: the update you asked for`,
        lines: [
          [bold(`${who}: `), `"${given.data.words}"`],
          ...standing.criteria.slice(0, 3).map((entry) => standingLine(entry, today)),
        ],
        buttons: [
          [
            buttons.follow.element({ pilot: facts.pilot.id }),
            buttons.readAll.element({ pilot: facts.pilot.id }),
            buttons.preferences.element({ about: 'me' }),
          ],
        ],
      }),
    };
  },
};

export const letters: readonly Letter[] = [asked, told];
