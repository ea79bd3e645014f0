/** What do the letters of a pilot's cards have in common: the owner's card, and what is said where there is nothing to show? */
import type { PilotFacts } from '../core/pilot-facts.ts';
import { type Message, sentence } from '../slack/blocks.ts';
import { draftCard } from '../views/draft-card.ts';
import { nameOf, pilotCard } from '../views/pilot-card.ts';
import type { Drawn, LetterAbout, Moment, Overtaken } from './feature.ts';
import { cardOf } from './find-pilot.ts';

/** Why nothing is sent about a pilot that was deleted. */
export const pilotGone: Overtaken = { overtaken: 'the pilot is no longer there' };

/** The last words of a copy that stands in Slack; where there is none yet, nothing is sent. */
const lastWords = (about: LetterAbout, words: string, why: Overtaken): Drawn | Overtaken =>
  about.again ? { message: sentence(words), live: false } : why;

/** About a pilot that was deleted; `what` it was. */
export const deleted = (about: LetterAbout, what: 'draft' | 'pilot' = 'pilot'): Drawn | Overtaken =>
  lastWords(about, `This ${what} was deleted. Nothing left to do.`, pilotGone);

/** About a pilot that the channel may not see. */
export const hiddenFromChannel = (about: LetterAbout): Drawn | Overtaken =>
  lastWords(about, 'This pilot is confidential now and not shown here any more.', {
    overtaken: 'the channel may not see this pilot',
  });

/** To somebody who was the owner. */
export async function withAnotherOwner(
  moment: Moment,
  { pilot, holders }: PilotFacts,
  about: LetterAbout,
): Promise<Drawn | Overtaken> {
  const owner = nameOf(await moment.people.names(moment.workspace, [holders.owner]), holders.owner);
  return lastWords(about, `${pilot.name} is with ${owner} now. Nothing left to do for you.`, {
    overtaken: 'somebody else is the owner now',
  });
}

/** The card of whoever works on a pilot: a draft until it is signed, the living card afterwards. */
export async function workingCard(moment: Moment, facts: PilotFacts): Promise<Message> {
  const card = await cardOf(moment, facts);
  return facts.charter.status === 'signed' ? pilotCard(card, { working: true }) : draftCard(card);
}
