/** What does the programme office see while sending is held? */

import { dayOf } from '../core/day.ts';
import { todayIn } from '../core/metric.ts';
import { type Waiting, waitingByKind } from '../db/queries/held.ts';
import { workspaceById } from '../db/queries/people.ts';
import { actions, type Block, divider, paragraph } from '../slack/blocks.ts';
import * as buttons from '../views/buttons.ts';
import { weekdayText } from '../views/day-text.ts';
import { type Held, heldLines } from '../views/held-text.ts';
import { nameOf } from '../views/pilot-card.ts';
import { ANSWERS } from './answers.ts';
import type { Moment } from './feature.ts';

/** Since when and by whom sending is held here, and what waits; null while messages go out. */
export async function heldHere(
  moment: Moment,
): Promise<{ readonly held: Held; readonly waiting: readonly Waiting[] } | null> {
  const { db, workspace, at, zone } = moment;
  const row = await workspaceById(db, workspace);
  if (row === null || row.heldSince === null) return null;
  const [names, waiting] = await Promise.all([
    moment.people.names(workspace, [row.heldBy]),
    waitingByKind(db, workspace, ANSWERS, at),
  ]);
  const day = weekdayText(dayOf(row.heldSince, zone), todayIn(zone, at));
  return {
    held: { since: row.heldSince, day, who: nameOf(names, row.heldBy ?? undefined), zone },
    waiting,
  };
}

/** On the Home tab of the programme office, while it is so. */
export async function heldBlocks(moment: Moment): Promise<Block[]> {
  const found = await heldHere(moment);
  if (found === null) return [];
  return [
    divider(),
    paragraph(heldLines(found.held, found.waiting)),
    ...actions([buttons.sending.element({}, { label: 'Release or drop' })]),
  ];
}
