/** What can somebody ask about one pilot in a list of them: more of it, and why it stands where it stands? */
import type { Block } from '../slack/blocks.ts';
import { type Button, menu } from '../slack/button.ts';
import * as buttons from './buttons.ts';
import * as caseButtons from './case-buttons.ts';

/** What the row says of its pilot. */
export interface RowAbout {
  /** What is pressed most: its card, or all of it. */
  readonly first: Button<{ readonly pilot: string }>;
  /** Whether the row says that it needs help, which is computed by other rules than the word for a number. */
  readonly needsHelp: boolean;
  /** The instant (epoch ms) the digest is of in which the row stands; left out in lists, which are of now. */
  readonly digest?: number;
}

/** The `⋯` of one row. */
export function rowMenu(pilot: string, { first, needsHelp, digest }: RowAbout): Block {
  const [found] = menu([
    first.choice({ pilot }),
    buttons.howComputed.choice({ pilot, ...(digest === undefined ? {} : { digest }) }),
    ...(needsHelp ? [caseButtons.whyStuck.choice({ pilot }, { label: 'Why it needs help' })] : []),
  ]);
  return found as Block;
}
