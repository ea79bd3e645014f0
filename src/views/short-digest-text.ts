/** What does an executive read in thirty seconds: what waits, what got worse, what got better? */
import { addDays, type Day } from '../core/day.ts';
import type { WeekOfPilot } from '../core/digest.ts';
import { versionInForce } from '../core/pilot-facts.ts';
import type { CriterionStanding } from '../core/standing.ts';
import { DECIDE_AHEAD_DAYS, type WeekOfPerson } from '../core/week-of-person.ts';
import { type Block, type Message, message } from '../slack/blocks.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import * as caseButtons from './case-buttons.ts';
import { shortStanding, verdictWord } from './criterion-text.ts';
import { digestParts } from './digest-part.ts';
import { decideText } from './digest-text.ts';

/** How many lines one part shows. */
const MOST = 5;
const part = digestParts({ most: MOST, where: '' });
/** How many decisions have a button of their own. */
const MOST_BUTTONS = 3;

/** The criterion that makes a pilot stand where it stands. */
const leadOf = ({ now }: WeekOfPilot): CriterionStanding | undefined =>
  now.criteria.find(
    ({ criterion, evaluation }) =>
      criterion.role !== 'informative' && !('error' in evaluation) && evaluation.verdict === now.worst,
  ) ?? now.criteria[0];

function standingWords(entry: WeekOfPilot): string {
  const lead = leadOf(entry);
  return lead === undefined ? 'no criteria yet' : shortStanding(lead);
}

function waitsWords({ facts, decideBy }: WeekOfPilot, today: Day): string {
  if (facts.charter.status === 'asked') return 'your signature';
  const { decision } = versionInForce(facts).fields;
  // What waits before its day is stuck.
  if (decision === null || decision > addDays(today, DECIDE_AHEAD_DAYS)) return 'a decision; it needs help';
  return decideText({ facts, ...(decideBy === undefined ? {} : { decideBy }) }, today);
}

const pilots = (count: number): string => (count === 1 ? '1 pilot' : `${count} pilots`);

function headline({ waits, worse, better }: WeekOfPerson): string {
  const said = [
    waits.length === 0 ? null : `${waits.length} ${waits.length === 1 ? 'waits' : 'wait'} for you`,
    worse.length === 0 ? null : `${worse.length} got worse`,
    better.length === 0 ? null : `${better.length} got better`,
  ].filter((words) => words !== null);
  return said.length === 0 ? 'nothing new' : said.join(', ');
}

/** How the unchanged stand: '3 on track, 1 paused'. */
function unchangedWords(entries: readonly WeekOfPilot[]): string {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const lead = leadOf(entry);
    const { pausedSince, stage } = entry.facts.pilot;
    const resting = stage === 'stopped' ? 'stopped' : 'paused';
    const running =
      lead === undefined ? 'without criteria' : verdictWord(lead.evaluation, lead.criterion.role);
    const word = pausedSince !== null || stage === 'stopped' ? resting : running;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

/** Opens the card of a decision; with several, each says which. */
function decideButtons(waits: readonly WeekOfPilot[], decides: ReadonlySet<string>): Block[] {
  const open = waits.filter(({ facts }) => decides.has(facts.pilot.id));
  return open.slice(0, MOST_BUTTONS).map(({ facts: { pilot } }, nth) => {
    const named = `Decide: ${pilot.name}`;
    const label = open.length === 1 ? {} : { label: named };
    return caseButtons.decide.element(
      { pilot: pilot.id },
      { nth, style: 'primary', spoken: named, ...label },
    );
  });
}

/**
 * The week of one person as one message; `theirs` says whether they have a part in all of these pilots, `decides` which of
 * them, by id, wait for a decision they can make now.
 */
export function shortDigest(
  week: WeekOfPerson,
  count: number,
  theirs: boolean,
  today: Day,
  decides: ReadonlySet<string>,
  more: readonly Block[],
): Message {
  const { waits, worse, better, unchanged, unmeasured } = week;
  const whose = theirs ? `Your ${pilots(count)}` : `${pilots(count)} of yours or followed by you`;
  const first = waits[0];
  const deciding = decideButtons(waits, decides);
  return message({
    notice: `${headline(week)[0]?.toUpperCase()}${headline(week).slice(1)}${first === undefined ? '' : `: ${first.facts.pilot.name}, ${waitsWords(first, today)}`}. ${pilots(count)} in all.`,
    title: `${whose}: ${headline(week)}`,
    lines: [
      ...part('Waits for you', waits, (entry) => waitsWords(entry, today)),
      ...part('Worse', worse, standingWords),
      ...part('Better', better, standingWords),
      ...(unchanged.length === 0 ? [] : [[bold('Unchanged  '), unchangedWords(unchanged)] as Line]),
      ...(unmeasured.length === 0
        ? []
        : [
            [
              bold('Not measured  '),
              unmeasured
                .slice(0, MOST)
                .map(({ facts }) => facts.pilot.name)
                .join(', '),
            ] as Line,
          ]),
    ],
    buttons: [
      [
        ...deciding,
        ...(waits.length === 0
          ? []
          : [buttons.showWaiting.element({}, deciding.length === 0 ? { style: 'primary' } : {})]),
        buttons.showMine.element({}, { label: 'My pilots' }),
        ...more,
      ],
    ],
    small: 'Sent only when something waits or has changed.',
  });
}
