/** How is a week of pilots said: decisions first, then what needs help, then movement, and the quiet as a count? */
import type { Day } from '../core/day.ts';
import { type Digest, type DigestEntry, isStuck } from '../core/digest.ts';
import { versionInForce } from '../core/pilot-facts.ts';
import { type Block, type Message, message, type Row } from '../slack/blocks.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import { shortStanding } from './criterion-text.ts';
import { weekdayText } from './day-text.ts';
import { digestParts } from './digest-part.ts';
import { statusWords } from './pilot-card.ts';
import { rowMenu } from './row-menu.ts';

/** How many lines one part of the digest shows; the thread has them all. */
const MOST = 6;
const part = digestParts({ most: MOST, where: ' in the thread' });

const leadText = ({ lead, facts }: DigestEntry): string =>
  lead === null ? statusWords(facts) : shortStanding(lead);

/** 'to decide by Mon 12 Apr' once the card is out, as it says there; before that 'decision date Mon 5 Apr'. */
export function decideText({ facts, decideBy }: Pick<DigestEntry, 'facts' | 'decideBy'>, today: Day): string {
  const { decision } = versionInForce(facts).fields;
  if (decideBy !== undefined) return `to decide by ${weekdayText(decideBy, today)}`;
  return decision === null ? 'to decide soon' : `decision date ${weekdayText(decision, today)}`;
}

function headline(digest: Digest): string {
  const counts = [
    [digest.decide.length, 'to decide'],
    [digest.help.length, digest.help.length === 1 ? 'needs help' : 'need help'],
    [digest.sign.length, 'to sign'],
    [digest.moved.length, 'moved'],
    [digest.quiet.length, 'quiet'],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return said.length === 0 ? 'no pilots yet' : said.join(', ');
}

/** The digest as one message; details go into its thread. `about` says which pilots it tells of, like ' of Claims'. */
export function digestMessage(
  digest: Digest,
  today: Day,
  controls: readonly Block[],
  small: string,
  about = '',
): Message {
  const missing = digest.quiet.filter(
    ({ lead }) =>
      lead !== null &&
      !('error' in lead.evaluation) &&
      ['no_data', 'stale'].includes(lead.evaluation.verdict),
  );
  const quiet = digest.quiet.length;
  const lines: Line[] = [
    ...part('To decide', digest.decide, (entry) => `${leadText(entry)}; ${decideText(entry, today)}`),
    ...part('Need help', digest.help, (entry) => entry.why ?? leadText(entry)),
    ...part('To sign', digest.sign, () => 'the charter waits for its sponsor'),
    ...part('Moved', digest.moved, leadText),
    ...(quiet === 0
      ? []
      : [
          [
            bold('Quiet  '),
            `${quiet}${missing.length === 0 ? '' : `; ${missing.length} with a number to come`}`,
          ] as Line,
        ]),
  ];
  return message({
    notice: `AI pilots${about}: ${headline(digest)}.`,
    title: `AI pilots${about} this week: ${headline(digest)}`,
    lines: lines.length === 0 ? ['Nothing to tell yet.'] : lines,
    buttons: [[...controls]],
    small,
  });
}

/** Every pilot of the digest, in the order of its parts. */
export const everyEntry = (digest: Digest): DigestEntry[] => [
  ...digest.decide,
  ...digest.help,
  ...digest.sign,
  ...digest.moved,
  ...digest.quiet,
];

/**
 * Every pilot of the digest, a row each with what can be asked about it, for the thread: the digest itself is read in a few
 * seconds. Long lists are told in several messages.
 *
 * @param at the instant (epoch ms) at which the digest was ordered; whoever asks about a row later is told so
 */
export function digestDetails(digest: Digest, at: number): Row[] {
  return everyEntry(digest).map((entry) => {
    const { pilot } = entry.facts;
    return {
      line: `${pilot.name}: ${statusWords(entry.facts)}; ${leadText(entry)}`,
      beside: rowMenu(pilot.id, {
        first: buttons.showPilot,
        needsHelp: isStuck(entry.stands) && pilot.pausedSince === null,
        digest: at,
      }),
    };
  });
}
