/** Who hears of a decision, in which words, and what do they do next? */
import { z } from 'zod';
import { channelCanSee } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type DecisionRow, decisionById } from '../../db/queries/decisions.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { message, sentence } from '../../slack/blocks.ts';
import { bold, type Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import * as caseButtons from '../../views/case-buttons.ts';
import { weekdayText } from '../../views/day-text.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { DECISION_WORDS } from '../../views/stall-text.ts';
import { pilotGone } from '../card-letters.ts';
import type { Letter, LetterAbout, Moment } from '../feature.ts';
import { cardOf } from '../find-pilot.ts';
import { decisionDetails } from './effect.ts';
import { decidedBy } from './show.ts';

const about = z.object({ decision: z.string() });

async function read(
  moment: Moment,
  letter: LetterAbout,
): Promise<{ readonly facts: PilotFacts; readonly row: DecisionRow } | null> {
  const facts = await pilotById(moment.db, moment.workspace, letter.subject);
  const given = about.safeParse(letter.details);
  const row = given.success ? await decisionById(moment.db, moment.workspace, given.data.decision) : null;
  return facts === null || row === null ? null : { facts, row };
}

const NEXT: Readonly<Record<DecisionRow['decision'], string>> = {
  unblock: 'You hear of it at every check-in until it is gone.',
  extend: 'Everything that was open is closed; the promise stays as it is.',
  restructure: 'Next: draft the new version, then ask for the signature.',
  stop: 'Nothing more is asked. Last: say what was learned, for those who come after.',
  go: 'Next: the first unit goes live.',
  conditional_go: 'Next: the conditions, each by its day.',
  not_yet: 'Next: what is missing.',
};

/** To the owner: what was decided, why, what is next. */
const decisionMade: Letter = {
  kind: 'decision-made',
  repeat: 'at_least_once',
  card: false,
  async draw(moment, letter) {
    const found = await read(moment, letter);
    if (found === null) return pilotGone;
    const { facts, row } = found;
    const card = await cardOf(moment, facts);
    const given = decisionDetails.safeParse(row.details);
    const names = await moment.people.names(moment.workspace, [row.by, given.data?.person]);
    const who = decidedBy({ card }, row, (id) => nameOf(names, id));
    const word = DECISION_WORDS[row.decision];
    const on = (day: string) => weekdayText(day, card.today);
    const conditions = given.data?.conditions ?? [];
    const lines: Line[] = [
      ...(row.reason === null ? [] : [[bold('Reason: '), `"${row.reason}"`] as Line]),
      ...(row.decision === 'unblock'
        ? [
            [
              bold(`${nameOf(names, given.data?.person)}: `),
              `"${given.data?.words ?? ''}"${row.until === null ? '' : `, by ${on(row.until)}`}.`,
            ] as Line,
          ]
        : []),
      ...(row.until !== null && row.decision !== 'unblock'
        ? [[bold('Until: '), `${on(row.until)}.`] as Line]
        : []),
      ...conditions.map(({ words, due }): Line => [bold('Condition: '), `${words}, by ${on(due)}.`]),
      NEXT[row.decision],
    ];
    const pilot = { pilot: facts.pilot.id };
    const acts = {
      restructure: [buttons.addCriterion.element(pilot), buttons.editCharter.element(pilot)],
      stop: [caseButtons.sayLearned.element(pilot, { style: 'primary' })],
    } as const;
    return {
      message: message({
        notice: `${who} decided about ${facts.pilot.name}: ${word}.${row.reason === null ? '' : ` "${row.reason}"`} ${NEXT[row.decision]}`,
        title: `${facts.pilot.name}: ${word}`,
        lines: [[bold('Decided by: '), `${who}.`], ...lines],
        buttons: [
          [
            ...(acts[row.decision as 'stop'] ?? []),
            buttons.readAll.element(pilot),
            buttons.preferences.element({ about: 'me' }),
          ],
        ],
      }),
    };
  },
};

/** To whoever is to clear something: what, by when, for whom. */
const unblockAsked: Letter = {
  kind: 'unblock-asked',
  repeat: 'at_least_once',
  card: false,
  async draw(moment, letter) {
    const found = await read(moment, letter);
    if (found === null) return pilotGone;
    const { facts, row } = found;
    if (facts.pilot.stage === 'stopped') return { overtaken: 'the pilot has ended' };
    const given = decisionDetails.safeParse(row.details);
    const card = await cardOf(moment, facts);
    const names = await moment.people.names(moment.workspace, [row.by]);
    const by = row.until === null ? '' : ` by ${weekdayText(row.until, card.today)}`;
    const notice = `${nameOf(names, row.by)} asks you to clear the way for ${facts.pilot.name}${by}: "${given.data?.words ?? ''}"`;
    return {
      message: message({
        notice,
        title: `${facts.pilot.name} waits for you${by}`,
        lines: [
          [bold(`${nameOf(names, row.by)} asks: `), `"${given.data?.words ?? ''}"`],
          `Tell ${nameOf(card.names, facts.holders.owner)}, who owns the pilot, when it is done.`,
        ],
        buttons: [
          [
            ...(facts.holders.owner === undefined
              ? []
              : [buttons.askOwner.element({ pilot: facts.pilot.id }, { label: 'Ask the owner' })]),
            buttons.preferences.element({ about: 'me' }),
          ],
        ],
      }),
    };
  },
};

/** The line under the card in the channel, the working day after. */
const decidedLine: Letter = {
  kind: 'decided-line',
  repeat: 'at_most_once',
  card: false,
  async draw(moment, letter) {
    const found = await read(moment, letter);
    if (found === null) return pilotGone;
    const { facts, row } = found;
    if (!channelCanSee(facts.pilot, facts.everAsked))
      return { overtaken: 'the channel may not see this pilot' };
    const card = await cardOf(moment, facts);
    const names = await moment.people.names(moment.workspace, [row.by]);
    const who = decidedBy({ card }, row, (id) => nameOf(names, id));
    const until = row.until === null ? '' : ` Decided again on ${weekdayText(row.until, card.today)}.`;
    const good =
      row.decision === 'stop' || row.decision === 'not_yet' ? ' A clear answer, and a good one.' : '';
    return {
      message: sentence(
        `${facts.pilot.name}: ${DECISION_WORDS[row.decision]}, decided by ${who}.${until}${good}`,
      ),
    };
  },
};

export const decidedLetters: readonly Letter[] = [decisionMade, unblockAsked, decidedLine];
