/** How is one part of a digest said: its name, a line for each pilot, and how many are left out? */
import type { PilotFacts } from '../core/pilot-facts.ts';
import { bold, type Line } from '../slack/text.ts';

/** Says parts of at most `most` lines; `where` says where the others are, like ' in the thread'. */
export const digestParts =
  ({ most, where }: { readonly most: number; readonly where: string }) =>
  <Entry extends { readonly facts: PilotFacts }>(
    label: string,
    entries: readonly Entry[],
    words: (entry: Entry) => string,
  ): Line[] => {
    const shown = entries.slice(0, most);
    const hidden = entries.length - shown.length;
    return [
      ...shown.map(
        (entry, index): Line => [
          ...(index === 0 ? [bold(`${label}  `)] : []),
          `${entry.facts.pilot.name}: ${words(entry)}`,
        ],
      ),
      ...(hidden > 0 ? [`and ${hidden} more${where}`] : []),
    ];
  };
