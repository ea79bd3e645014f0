/** What does the programme office see of the pilots that are watched only? */
import { isWatched } from '../core/pilot.ts';
import type { PilotFacts } from '../core/pilot-facts.ts';
import { wouldHaveHeard } from '../db/queries/watched.ts';
import { actions, type Block, divider, header, paragraph } from '../slack/blocks.ts';
import * as buttons from '../views/buttons.ts';
import { heardText } from '../views/watch-text.ts';
import type { Moment } from './feature.ts';

/** On the Home tab of the programme office, while there are such pilots. */
export async function watchBlocks(moment: Moment, all: readonly PilotFacts[]): Promise<Block[]> {
  const watched = all.filter(({ pilot }) => isWatched(pilot));
  if (watched.length === 0) return [];
  const heard = await wouldHaveHeard(moment.db, moment.workspace);
  return [
    divider(),
    header(`Watch only: ${watched.length}`),
    paragraph([heardText(heard)]),
    ...actions([
      buttons.showWatch.element({ from: 0, pilot: null }, { label: 'See what would be sent' }),
      buttons.openRelease.element({ key: null }),
    ]),
  ];
}
