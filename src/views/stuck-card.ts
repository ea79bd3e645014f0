/** What do the owner, the sponsor and whoever comes after them read about a pilot that is stuck? */
import type { Day } from '../core/day.ts';
import { type Addressee, type Cause, isFact, isPress } from '../core/escalation/cause.ts';
import { type Decision, decisionsFor } from '../core/escalation/refusal.ts';
import { versionInForce } from '../core/pilot-facts.ts';
import type { Signal } from '../core/stall/signal.ts';
import type { Suggestion } from '../core/suggestion.ts';
import { type Message, message } from '../slack/blocks.ts';
import { type Confirm, menu } from '../slack/button.ts';
import { shorten } from '../slack/limits.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import * as caseButtons from './case-buttons.ts';
import { CAUSE_WORDS } from './case-refusal-text.ts';
import { limitText, measuredText, verdictWord } from './criterion-text.ts';
import { weekdayText } from './day-text.ts';
import { decisionButton } from './decision-button.ts';
import { delayLines } from './delay-text.ts';
import { type CardFacts, nameOf } from './pilot-card.ts';
import { DECISION_WORDS, type EvidenceNames, evidenceTexts, REASON_WORDS } from './stall-text.ts';

/** A case as its card shows it. Days are those of the reader. */
export interface CaseShown {
  readonly id: string;
  readonly cause: Cause;
  readonly mode: 'CLEAR' | 'PENDING' | 'OPEN' | 'ACKED' | 'SNOOZED' | 'RESOLVING' | 'CLOSED';
  readonly isPaused: boolean;
  /** Where it looks right again: the day of the next look at the latest. */
  readonly lookBy: Day | null;
  /** On the sponsor's rung or above: those who work on it have said what they can. */
  readonly isWithSponsor: boolean;
  readonly isExtended: boolean;
  /** What the owner said about it, with their name; `isWrong` where it says what is wrong with a result. */
  readonly view: { readonly words: string; readonly by: string; readonly isWrong?: boolean } | null;
  readonly plan: { readonly next: string; readonly until: Day; readonly by: string } | null;
  readonly snooze: { readonly reason: string; readonly until: Day; readonly by: string } | null;
  /** How it ended: in words, by whom, on which day. */
  readonly ended: { readonly words: string; readonly reason: string | null } | null;
}

/** Everything a card about a stuck pilot is drawn from. */
export interface StuckCard {
  readonly card: CardFacts;
  readonly shown: CaseShown;
  /** As whom the reader has it. */
  readonly as: Addressee;
  readonly signals: readonly Signal[];
  readonly evidence: EvidenceNames;
  readonly suggestion: Suggestion;
  /** What the owner last asked of the sponsor. */
  readonly ask: string | null;
  /** Until when an answer is waited for, and what happens then. */
  readonly answerBy: Day | null;
  readonly after: string;
  /** How many more cards wait for the reader. */
  readonly waiting: number;
  /** What else of the pilot is still with its owner: in words. */
  readonly withOwner?: string;
  /** A decision that can still be undone: in words. */
  readonly pending: string | null;
}

const QUESTIONS: Readonly<Record<Suggestion['decision'], string>> = {
  unblock: 'Can you unblock it?',
  extend: 'Does it get more time?',
  restructure: 'Does it need a new shape?',
  stop: 'Does it end here?',
};

const decides = (as: Addressee): boolean => as === 'sponsor' || as === 'delegate' || as === 'person';

/** The card of a case as it stands: open, with its options; else what became of it. */
export function stuckCard(stuck: StuckCard): Message {
  const { shown, card } = stuck;
  const { name } = card.facts.pilot;
  if (shown.ended !== null) return endedCard(name, shown.ended);
  if (shown.isPaused) {
    const words = `${name} is paused. Nothing is asked meanwhile, and time does not count.`;
    return message({ notice: words, lines: [words] });
  }
  if (shown.mode === 'RESOLVING') return resolvingCard(stuck);
  return decides(stuck.as) ? deciderCard(stuck) : workerCard(stuck);
}

/** When a case that looks right again is closed. What is no fact has to be seen in something new. */
function closedWhen({ cause, lookBy }: CaseShown, today: Day): string {
  if (!isPress(cause) && !isFact(cause)) return 'when the next check-in or number shows the same.';
  const by = lookBy === null || lookBy <= today ? '' : `, by ${weekdayText(lookBy, today)} at the latest`;
  return `if the next look shows the same${by}.`;
}

const CLOSING: Confirm = {
  title: 'Close it now?',
  text: 'It looks right. If it comes back within 20 working days, it is asked one step higher.',
  yes: 'Close it now',
  no: 'Not now',
};

/** The card of a case that looks right again: what happens by itself and when, and nothing to decide. */
function resolvingCard(stuck: StuckCard): Message {
  const { card, shown, as, pending, waiting } = stuck;
  const { pilot, holders } = card.facts;
  const about = { pilot: pilot.id };
  const title = `${pilot.name} looks right again`;
  const works = as === 'owner' || as === 'backup';
  const [name = ''] = nameOf(card.names, holders.owner).split(/\s/u, 1);
  const asks = decides(as) && holders.owner !== undefined;
  // Whoever could have answered before it looked right may say that it is over.
  const isTheirs = !works || !shown.isWithSponsor;
  const mayClose = isTheirs && !isPress(shown.cause) && shown.cause !== 'purgatory' && pending === null;
  return message({
    notice: `${title}. Nothing to do.`,
    title,
    lines: [
      ...(pending === null ? [] : [pending]),
      ...(isPress(shown.cause)
        ? []
        : [[bold('It was about: '), `${CAUSE_WORDS[shown.cause].toLowerCase()}.`] satisfies Line]),
      [bold('Closes by itself '), closedWhen(shown, card.today)],
      ...measuredLine(card),
      'Nothing is asked meanwhile. If it comes back, you are asked again.',
      ...waitingLines(stuck),
    ],
    buttons: [
      [
        ...(mayClose
          ? [caseButtons.closeNow.element({ ...about, case: shown.id }, { confirm: CLOSING })]
          : []),
        ...(works ? [buttons.checkIn.element(about), buttons.raiseBlocker.element(about)] : []),
      ],
      [
        ...(waiting > 0 ? [buttons.showWaiting.element({}, { label: 'Show' })] : []),
        caseButtons.whyStuck.element(about),
        ...menu([
          ...(asks ? [buttons.askOwner.choice(about, { label: `Ask ${name}` })] : []),
          buttons.preferences.choice({ about: 'me' }),
        ]),
      ],
    ],
  });
}

function endedCard(name: string, { words, reason }: NonNullable<CaseShown['ended']>): Message {
  const title = `${name}: ${words}`;
  return message({
    notice: `${title}. Nothing left to do.`,
    title,
    lines: [
      ...(reason === null ? [] : [[bold('Reason: '), `"${shorten(reason, 500)}"`] as Line]),
      'Nothing left to do.',
    ],
  });
}

/** 'ERP test access, no news since Mon 25 Jan', as many as fit on a phone. */
function wayLines({ signals, evidence }: StuckCard): Line[] {
  const told = evidenceTexts(signals, evidence);
  const shown = told.slice(0, 3);
  const more = told.length - shown.length;
  return [
    ...shown.map(
      (text, index): Line => [bold(index === 0 ? 'In the way: ' : 'And: '), `${shorten(text, 300)}.`],
    ),
    ...(more > 0 ? [`and ${more} more; How is this computed? shows ${more === 1 ? 'it' : 'them'}`] : []),
  ];
}

/** '61 % matched; agreed 85 % by 28 March; off track', of the promise that stands worst. */
function measuredLine({ standing }: CardFacts): Line[] {
  const deciding = standing.criteria.filter(({ criterion }) => criterion.role !== 'informative');
  const lead =
    deciding.find(({ evaluation }) => !('error' in evaluation) && evaluation.verdict === standing.worst) ??
    deciding[0];
  if (lead === undefined) return [];
  const parts = [
    measuredText(lead),
    `agreed ${limitText(lead.criterion, lead.metric)}`,
    verdictWord(lead.evaluation, lead.criterion.role),
  ].filter((part) => part !== null);
  return [[bold('Measured: '), `${lead.metric.name}: ${parts.join('; ')}.`]];
}

function saidLines({ shown, ask, card }: StuckCard): Line[] {
  const owner = nameOf(card.names, card.facts.holders.owner);
  return [
    ...(shown.view === null
      ? []
      : [[bold(`${shown.view.by}, owner: `), `"${shorten(shown.view.words, 500)}"`] as Line]),
    ...(ask === null || shown.view !== null
      ? []
      : [[bold(`${owner}, owner, asks: `), `"${shorten(ask, 500)}"`] as Line]),
  ];
}

function stateLines({ shown, card, pending }: StuckCard): Line[] {
  const on = (day: Day) => weekdayText(day, card.today);
  return [
    ...(pending === null ? [] : [pending]),
    ...(shown.mode === 'ACKED' && shown.plan !== null
      ? [
          [
            bold(`${shown.plan.by} is on it: `),
            `"${shorten(shown.plan.next, 300)}", by ${on(shown.plan.until)}.`,
          ] as Line,
        ]
      : []),
    ...(shown.mode === 'SNOOZED' && shown.snooze !== null
      ? [
          [
            bold(`Put aside by ${shown.snooze.by} until ${on(shown.snooze.until)}: `),
            `"${shorten(shown.snooze.reason, 300)}".`,
          ] as Line,
        ]
      : []),
  ];
}

/** What else is with the owner, and how many more cards wait for the reader. */
function waitingLines({ as, waiting, withOwner }: StuckCard): Line[] {
  const others = withOwner === undefined ? [] : [withOwner];
  if (waiting === 0) return others;
  return decides(as)
    ? [...others, `${waiting} more ${waiting === 1 ? 'waits' : 'wait'} for you.`]
    : [`${waiting} more of your pilots ${waiting === 1 ? 'needs' : 'need'} a next step.`];
}

/** The sponsor's card: one question, what was agreed and measured, a suggestion with its reason, what happens without an answer. */
function deciderCard(stuck: StuckCard): Message {
  const { card, shown, suggestion, answerBy, waiting } = stuck;
  const { pilot, holders } = card.facts;
  const on = (day: Day) => weekdayText(day, card.today);
  const allowed = decisionsFor(shown.cause).filter((one) => one !== 'extend' || !shown.isExtended);
  const suggested: Decision = allowed.includes(suggestion.decision) ? suggestion.decision : 'restructure';
  const told = evidenceTexts(stuck.signals, stuck.evidence);
  const lines: Line[] = [
    ...stateLines(stuck),
    ...wayLines(stuck),
    ...measuredLine(card),
    ...delayLines(versionInForce(card.facts).fields),
    ...saidLines(stuck),
    [bold('Suggested: '), `${DECISION_WORDS[suggested]}; ${REASON_WORDS[suggestion.because]}.`],
    ...(answerBy === null ? [] : [[bold(`No answer by ${on(answerBy)}: `), stuck.after] as Line]),
    ...waitingLines(stuck),
  ];
  const about = { pilot: pilot.id, case: shown.id };
  const button = (decision: Decision) => decisionButton(decision, about, decision === suggested);
  const rest = allowed.filter((decision) => decision !== suggested);
  const name = nameOf(card.names, holders.owner).split(/\s/u, 1)[0] ?? '';
  // What has stood still for six months is decided, not put aside.
  const mayWait = shown.cause !== 'purgatory';
  const question = QUESTIONS[suggested as Suggestion['decision']] ?? QUESTIONS.unblock;
  return message({
    notice: `${pilot.name} is stuck: ${told[0] ?? 'it needs a decision'}. ${question}${answerBy === null ? '' : ` Answer by ${on(answerBy)}.`}`,
    title: `${pilot.name} is stuck. ${question}`,
    lines,
    buttons: [
      [button(suggested), ...(mayWait ? [caseButtons.onIt.element(about)] : [])],
      [
        ...rest.map(button),
        ...menu([
          ...(holders.owner === undefined
            ? []
            : [buttons.askOwner.choice({ pilot: pilot.id }, { label: `Ask ${name}` })]),
          ...(mayWait ? [caseButtons.snooze.choice(about)] : []),
          buttons.handOver.choice({ pilot: pilot.id }),
          ...(mayWait ? [caseButtons.isWrong.choice(about), caseButtons.known.choice(about)] : []),
        ]),
      ],
      [
        ...(waiting > 0 ? [buttons.showWaiting.element({}, { label: 'Show' })] : []),
        caseButtons.whyStuck.element({ pilot: pilot.id }),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}

/** Words that begin a sentence. */
const opening = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** The card of the owner, the backup and the programme office: what is seen, what is asked, who hears next. */
function workerCard(stuck: StuckCard): Message {
  const { card, shown, as, answerBy } = stuck;
  const { pilot } = card.facts;
  const on = (day: Day) => weekdayText(day, card.today);
  const told = evidenceTexts(stuck.signals, stuck.evidence);
  const isOffice = as === 'office';
  const title = isOffice ? `${pilot.name} is stuck. Who decides?` : `${pilot.name}: what is the next step?`;
  const lines: Line[] = [
    ...stateLines(stuck),
    ...wayLines(stuck),
    ...measuredLine(card),
    ...saidLines(stuck),
    ...(answerBy === null ? [] : [[bold(`No answer by ${on(answerBy)}: `), stuck.after] as Line]),
    ...waitingLines(stuck),
  ];
  const about = { pilot: pilot.id, case: shown.id };
  const isTheirs = isOffice || !shown.isWithSponsor;
  const mayPutAside = shown.cause !== 'purgatory' && isTheirs;
  return message({
    notice: `${title} ${told[0] === undefined ? '' : `${opening(told[0])}.`}${answerBy === null ? '' : ` Answer by ${on(answerBy)}.`}`,
    title,
    lines,
    buttons: [
      [
        ...(mayPutAside ? [caseButtons.onIt.element(about, { style: 'primary' })] : []),
        ...(isOffice
          ? [buttons.handOver.element({ pilot: pilot.id })]
          : [caseButtons.addView.element(about)]),
        ...(isOffice
          ? []
          : [
              buttons.checkIn.element({ pilot: pilot.id }),
              buttons.raiseBlocker.element({ pilot: pilot.id }),
            ]),
      ],
      [
        ...(stuck.waiting > 0 ? [buttons.showWaiting.element({}, { label: 'Show' })] : []),
        caseButtons.whyStuck.element({ pilot: pilot.id }),
        ...menu([
          ...(mayPutAside ? [caseButtons.snooze.choice(about)] : []),
          ...(shown.cause === 'purgatory' ? [] : [caseButtons.isWrong.choice(about)]),
          buttons.preferences.choice({ about: 'me' }),
        ]),
      ],
    ],
  });
}
