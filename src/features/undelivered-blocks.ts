/** What has reached nobody, and with which press is it sent again? */
import type { OutboxRow } from '../db/queries/outbox.ts';
import { undelivered } from '../db/queries/undelivered.ts';
import { actions, type Block, divider, header, paragraph } from '../slack/blocks.ts';
import * as buttons from '../views/buttons.ts';
import { undeliveredLine } from '../views/undelivered-text.ts';
import type { Moment } from './feature.ts';

/** How long what reached nobody is shown and may be sent again. */
export const UNDELIVERED_MS = 7 * 24 * 60 * 60 * 1000;

const MOST_LINES = 8;
const MOST_BUTTONS = 5;

/** What people call the places of some messages: `channel:C1` is #claims, `user:U1` is a name. */
export async function placeNames(
  moment: Moment,
  rows: readonly Pick<OutboxRow, 'addressee'>[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.map(({ addressee }) => addressee.replace(/^(user|channel):/, '')))];
  const names = new Map(await moment.people.names(moment.workspace, ids));
  for (const id of ids.filter((one) => /^[CG][A-Z0-9]+$/.test(one)).slice(0, MOST_LINES)) {
    const told = await moment.channel(moment.workspace, id);
    names.set(id, told.kind === 'done' ? `#${told.value.name}` : 'a channel I cannot see');
  }
  return names;
}

/** What only the programme office can mend: messages of the last week that reached nobody. */
export async function undeliveredBlocks(moment: Moment): Promise<Block[]> {
  const rows = await undelivered(moment.db, moment.workspace, moment.at - UNDELIVERED_MS);
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MOST_LINES);
  const names = await placeNames(moment, shown);
  const places = [...new Set(shown.map(({ addressee }) => addressee))].filter((addressee) =>
    /^(user|channel):/.test(addressee),
  );
  const nameOf = (place: string) => names.get(place.replace(/^\w+:/, '')) ?? place;
  return [
    divider(),
    header(`Not delivered this week: ${rows.length}`),
    paragraph(shown.map((row) => undeliveredLine(row, names))),
    ...actions(
      places
        .slice(0, MOST_BUTTONS)
        .map((place, nth) =>
          buttons.retrySending.element(
            { place },
            { nth, label: `Retry ${nameOf(place)}`, spoken: `Send again to ${nameOf(place)}` },
          ),
        ),
    ),
  ];
}
