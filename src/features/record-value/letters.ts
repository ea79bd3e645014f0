/** What does the channel read when a criterion's word changes? */
import { todayIn } from '../../core/metric.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { message } from '../../slack/blocks.ts';
import { plainLine } from '../../slack/text.ts';
import { standingLine } from '../../views/criterion-text.ts';
import { pilotGone } from '../card-letters.ts';
import type { Letter } from '../feature.ts';
import { standingNow } from '../find-pilot.ts';

/** A line in the thread of the pilot's card: what is measured, what was agreed, the new word. */
export const wordChanged: Letter = {
  kind: 'word-changed',
  repeat: 'at_most_once',
  card: false,
  async draw(moment, about) {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    if (facts === null) return pilotGone;
    const ids = (about.details as { criteria?: unknown }).criteria;
    const standing = await standingNow(moment, facts);
    const today = todayIn(moment.zone, moment.at);
    const lines = standing.criteria
      .filter(({ criterion }) => Array.isArray(ids) && ids.includes(criterion.id))
      .map((entry) => standingLine(entry, today));
    const first = lines[0];
    if (first === undefined) return { overtaken: 'the criteria are others now' };
    return { message: message({ notice: `${facts.pilot.name}: ${plainLine(first)}`, lines }) };
  },
};
