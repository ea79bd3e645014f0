/** What is read when a pilot is decided about: by the sponsor, the owner beforehand, and the channel? */
import type { Day } from '../core/day.ts';
import { hasPassed } from '../core/decision-due.ts';
import type { Decision } from '../core/escalation/refusal.ts';
import { firstName } from '../core/person.ts';
import { versionInForce } from '../core/pilot-facts.ts';
import type { Recommendation } from '../core/recommend.ts';
import { type Message, message } from '../slack/blocks.ts';
import { menu } from '../slack/button.ts';
import { shorten } from '../slack/limits.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import * as caseButtons from './case-buttons.ts';
import { limitText, measuredText, verdictWord } from './criterion-text.ts';
import { weekdayText } from './day-text.ts';
import { decisionButton } from './decision-button.ts';
import { delayLines } from './delay-text.ts';
import { droppedText, firstAgreedText } from './first-agreed-text.ts';
import { type CardFacts, nameOf } from './pilot-card.ts';
import { restatedWords } from './restated-text.ts';
import { DECISION_WORDS, RULE_WORDS } from './stall-text.ts';
import type { CaseShown } from './stuck-card.ts';

/** Why it was not met, in the words of the form. */
export const DIAGNOSES = [
  { value: 'data_quality', text: 'The data' },
  { value: 'integration', text: 'Integration with other systems' },
  { value: 'adoption', text: 'People do not use it' },
  { value: 'model_performance', text: 'The model' },
  { value: 'undetermined', text: 'Not yet known' },
] as const;

/** A main cause as people read it: 'the data'. */
function diagnosisText(value: string | null): string {
  const found = DIAGNOSES.find((one) => one.value === value)?.text ?? 'Not yet known';
  return `${found.slice(0, 1).toLowerCase()}${found.slice(1)}`;
}

/** Everything the card of a decision is drawn from. */
export interface DecisionCard {
  readonly card: CardFacts;
  readonly shown: CaseShown;
  readonly recommendation: Recommendation;
  readonly diagnosis: string | null;
  readonly answerBy: Day | null;
  readonly after: string;
  readonly waiting: number;
  /** What else of the pilot is still with its owner: in words. */
  readonly withOwner?: string;
  readonly pending: string | null;
}

const wordOf = (card: CardFacts): 'met' | 'not met' => (hasPassed(card.standing) ? 'met' : 'not met');

/** A line per promise: what was measured, what was agreed, the word. */
function resultLines({ standing, today, zone, first, restated }: CardFacts): Line[] {
  const results = standing.criteria
    .filter(({ criterion }) => criterion.role !== 'informative')
    .slice(0, 6)
    .map((entry) => {
      const { criterion, metric, evaluation } = entry;
      const word = verdictWord(evaluation, criterion.role);
      const measured = measuredText(entry) ?? 'no number';
      const [was, corrected] = [first?.amended.get(criterion.id), restated?.get(criterion.id)];
      return [
        bold(`${metric.name}: `),
        `${measured}; agreed ${limitText(criterion, metric)}. ${capital(word)}.`,
        corrected === undefined ? '' : ` ${capital(restatedWords(corrected, today, zone))}.`,
        was === undefined ? '' : ` ${firstAgreedText(was, entry, today)}`,
      ];
    });
  const dropped = (first?.dropped ?? [])
    .slice(0, 3)
    .map((entry): Line => [bold(`${entry.metric.name}: `), droppedText(entry)]);
  return [...results, ...dropped];
}

const capital = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;

/** 'Churn model: not met. Retention up 2.1 points; agreed 5.0 or more.' */
function resultSentence(card: CardFacts): string {
  const deciding = card.standing.criteria.filter(({ criterion }) => criterion.role !== 'informative');
  const lead =
    deciding.find(({ evaluation }) => 'error' in evaluation || evaluation.verdict !== 'met') ?? deciding[0];
  const told =
    lead === undefined
      ? ''
      : ` ${lead.metric.name} ${measuredText(lead) ?? 'not shown'}; agreed ${limitText(lead.criterion, lead.metric)}.`;
  return `${card.facts.pilot.name}: ${wordOf(card)}.${told}`;
}

/** Which decisions come first: what is suggested, then what a result of this kind usually leads to. */
function ordered(
  suggested: Decision,
  isMet: boolean,
): readonly [first: readonly Decision[], rest: readonly Decision[]] {
  const usual: Decision[] = isMet
    ? ['go', 'conditional_go', 'not_yet', 'restructure', 'stop']
    : ['restructure', 'not_yet', 'stop', 'go', 'conditional_go'];
  const all = [suggested, ...usual.filter((one) => one !== suggested)];
  return [all.slice(0, 3), all.slice(3)];
}

/** The sponsor's card: met or not met, every promise, the cause the owner has confirmed, a suggestion, the options. */
export function decisionCard(decision: DecisionCard): Message {
  const { card, shown, recommendation, diagnosis, answerBy, waiting, pending } = decision;
  const { pilot, holders } = card.facts;
  const isMet = hasPassed(card.standing);
  if (shown.ended !== null) {
    const title = `${pilot.name}: ${shown.ended.words}`;
    return message({
      notice: `${title}. Nothing left to do.`,
      title,
      lines: [
        ...resultLines(card),
        ...(shown.ended.reason === null
          ? []
          : [[bold('Reason: '), `"${shorten(shown.ended.reason, 500)}"`] as Line]),
        'Nothing left to do.',
      ],
      buttons: [[buttons.readAll.element({ pilot: pilot.id })]],
    });
  }
  if (shown.isPaused) {
    const words = `${pilot.name} is paused. Nothing is asked meanwhile, and time does not count.`;
    return message({ notice: words, lines: [words] });
  }
  const on = (day: Day) => weekdayText(day, card.today);
  const suggested = recommendation.recommendation;
  const owner = nameOf(card.names, holders.owner);
  const lines: Line[] = [
    ...(pending === null ? [] : [pending]),
    ...resultLines(card),
    ...(isMet ? delayLines(versionInForce(card.facts).fields) : []),
    ...(isMet ? viewLines(shown, 'owner') : causeLines(shown, diagnosis, owner)),
    [
      bold('Suggested: '),
      `${DECISION_WORDS[suggested]}; ${RULE_WORDS[recommendation.rule] ?? ''}.${isMet ? '' : ` ${goodToo(suggested)}`}`,
    ],
    ...(answerBy === null ? [] : [[bold(`No decision by ${on(answerBy)}: `), decision.after] as Line]),
    ...(decision.withOwner === undefined ? [] : [decision.withOwner]),
    ...(waiting > 0 ? [`${waiting} more ${waiting === 1 ? 'waits' : 'wait'} for you.`] : []),
  ];
  const about = { pilot: pilot.id, case: shown.id };
  const question = isMet ? 'Go to production?' : 'What next?';
  const button = (one: Decision) => decisionButton(one, about, one === suggested);
  const [first, rest] = ordered(suggested, isMet);
  return message({
    notice: `${resultSentence(card)}${answerBy === null ? '' : ` Decide by ${on(answerBy)}.`}`,
    title: `${pilot.name}: ${wordOf(card)}. ${question}`,
    lines,
    buttons: [
      first.map(button),
      [
        ...rest.map(button),
        ...menu([
          ...(holders.owner === undefined
            ? []
            : [buttons.askOwner.choice({ pilot: pilot.id }, { label: `Ask ${firstName(owner)}` })]),
          buttons.seeValues.choice({ pilot: pilot.id }, { label: 'See numbers' }),
          buttons.howComputed.choice({ pilot: pilot.id }),
          buttons.handOver.choice({ pilot: pilot.id }),
          buttons.preferences.choice({ about: 'me' }),
        ]),
      ],
      waiting > 0 ? [buttons.showWaiting.element({}, { label: 'Show' })] : [],
    ],
  });
}

/** Answers that are no defeat, apart from the one that is suggested anyway. */
function goodToo(suggested: Decision): string {
  if (suggested === 'not_yet') return 'Stop is a good answer too.';
  return suggested === 'stop' ? 'Not yet is a good answer too.' : 'Not yet and Stop are good answers too.';
}

/** What the owner says about the result, in a place of its own: a view, the fix, or what is wrong with it. */
function viewLines({ view }: CaseShown, as: 'owner' | 'fix'): Line[] {
  if (view === null) return [];
  const views = as === 'fix' ? 'The fix: ' : `${view.by}, owner: `;
  const label = view.isWrong === true ? `${view.by}, owner, says this is wrong: ` : views;
  return [[bold(label), `"${shorten(view.words, 500)}"`]];
}

function causeLines(shown: CaseShown, diagnosis: string | null, owner: string): Line[] {
  if (diagnosis === null || diagnosis === 'undetermined') {
    return [
      [bold('Main cause: '), 'not yet known. You can decide all the same.'],
      ...viewLines(shown, 'owner'),
    ];
  }
  return [
    [bold(`Main cause, says ${shown.view?.by ?? owner}, owner: `), `${diagnosisText(diagnosis)}.`],
    ...viewLines(shown, 'fix'),
  ];
}

const previewCause = (shown: CaseShown, diagnosis: string | null, owner: string): readonly Line[] =>
  shown.view === null
    ? ['Say what the main cause is and how you would fix it; without it the card says "not yet known".']
    : causeLines(shown, diagnosis, owner);

/** The owner's copy, a working day before the sponsor's: what the sponsor will read, and a chance to say why. */
export function decisionPreview(
  card: CardFacts,
  shown: CaseShown,
  diagnosis: string | null,
  sponsorOn: Day,
): Message {
  const { pilot, holders } = card.facts;
  const sponsor = nameOf(card.names, holders.sponsor);
  const when = weekdayText(sponsorOn, card.today);
  const isMet = hasPassed(card.standing);
  const about = { pilot: pilot.id, case: shown.id };
  return message({
    notice: `${resultSentence(card)} ${sponsor} is asked to decide on ${when}.`,
    title: `${pilot.name}: ${wordOf(card)}. Your view?`,
    lines: [
      ...resultLines(card),
      ...(isMet
        ? viewLines(shown, 'owner')
        : previewCause(shown, diagnosis, nameOf(card.names, holders.owner))),
      [bold(`On ${when}: `), `${sponsor} reads this and decides.`],
    ],
    buttons: [
      [
        caseButtons.addView.element(about, { style: 'primary' }),
        caseButtons.isWrong.element(about),
        buttons.seeValues.element({ pilot: pilot.id }, { label: 'See numbers' }),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}

/** The channel's card: the result without buttons or suggestion, and the decision once there is one. */
export function verdictCard(card: CardFacts, by: Day | null, decided: string | null): Message {
  const result = resultSentence(card);
  const waits = by === null ? 'A decision follows.' : `A decision follows by ${weekdayText(by, card.today)}.`;
  const next = decided ?? waits;
  return message({
    notice: `${result} ${next}`,
    lines: [[bold(`${card.facts.pilot.name}: ${wordOf(card)}`)], ...resultLines(card), next],
  });
}
