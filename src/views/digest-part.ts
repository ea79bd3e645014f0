/** How is one part of a digest said: its name, a row for each pilot, and how many are left out? */
import type { Day } from '../core/day.ts';
import { isStuck, type WeekOfPilot } from '../core/digest.ts';
import type { Row } from '../slack/blocks.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import { rowMenu } from './row-menu.ts';

/** What day a digest is of. */
export interface DigestOf {
  /** The day on which it is read, where its reader is. */
  readonly today: Day;
  /** The instant (epoch ms) at which it was ordered; whoever asks about a row later is told so. */
  readonly at: number;
}

type Entry = Pick<WeekOfPilot, 'facts' | 'stands'>;

/** A pilot in a digest, with what can be asked about it. */
export const digestRow = ({ facts: { pilot }, stands }: Entry, words: string, { at }: DigestOf): Row => ({
  line: `${pilot.name}: ${words}`,
  beside: rowMenu(pilot.id, {
    first: buttons.showPilot,
    needsHelp: isStuck(stands) && pilot.pausedSince === null,
    digest: at,
  }),
});

/** Says parts of at most `most` rows; `where` says where the others are, like ' in the thread'. */
export const digestParts =
  ({ most, where }: { readonly most: number; readonly where: string }) =>
  <E extends Entry>(
    label: string,
    entries: readonly E[],
    of: DigestOf,
    words: (entry: E) => string,
  ): (Line | Row)[] => {
    const hidden = entries.length - most;
    return entries.length === 0
      ? []
      : [
          [bold(label)],
          ...entries.slice(0, most).map((entry) => digestRow(entry, words(entry), of)),
          ...(hidden > 0 ? [`and ${hidden} more${where}`] : []),
        ];
  };
