/** What do people read whose answer is waited for, and whoever is asked after them? */
import type { Day } from '../core/day.ts';
import { type Addressee, ladderOf, type PressCause } from '../core/escalation/cause.ts';
import type { CharterVersion } from '../core/pilot-facts.ts';
import { type Message, message, sentence } from '../slack/blocks.ts';
import { shorten } from '../slack/limits.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import { weekdayText } from './day-text.ts';
import { type CardFacts, nameOf } from './pilot-card.ts';
import { closedRequest, openRequest, versionAsked } from './sign-request.ts';

/** A press that is waited for, or was. */
export interface PressCard {
  readonly card: CardFacts;
  readonly cause: PressCause;
  /** As whom it is read. */
  readonly as: Addressee;
  readonly answerBy: Day | null;
  /** The day on which it was first asked. */
  readonly askedOn: Day | null;
  readonly isPaused: boolean;
  /** The first request is still the only one. */
  readonly isFirst: boolean;
  /** The version a signature is waited for, with the state that was asked about; null for a question. */
  readonly version: CharterVersion | null;
  readonly revision: number;
  /** The question; null for a signature, or where its words are gone. */
  readonly question: { readonly id: string; readonly words: string; readonly by: string } | null;
  /** How it ended; null while it is open. */
  readonly ended: { readonly on: Day | null; readonly words: string } | null;
}

/** The card of a press for whoever reads it, as it stands now. */
export function pressCard(press: PressCard): Message {
  const { card, ended, isPaused } = press;
  const { pilot } = card.facts;
  if (ended !== null) {
    if (press.question !== null || press.version === null)
      return sentence(`${pilot.name}: ${ended.words}. Nothing left to do.`);
    return closedRequest(card, versionAsked(press.version, press.revision), ended.on);
  }
  if (isPaused)
    return sentence(`${pilot.name} is paused. Nothing is asked meanwhile, and time does not count.`);
  if (press.as === 'office') return officeCard(press);
  return press.question === null ? signatureCard(press) : questionCard(press);
}

/** What is waited for, in words: 'the signature', 'the answer'. */
const WANTED: Readonly<Record<PressCause, string>> = {
  signature: 'a signature',
  amendment: 'a signature under the new version',
  gate: 'a gate',
  position: 'a position',
  request: 'an answer',
};

/** What a case about somebody's answer is about, in words. */
const PRESS_WORDS: Readonly<Record<PressCause, string>> = {
  signature: 'A signature that waits',
  amendment: 'A new version that waits for a signature',
  gate: 'A gate that waits',
  position: 'A position that waits',
  request: 'A question that waits for an answer',
};

/** What is seen of a press that is waited for, and from which point on somebody else is asked. */
export function pressLines(cause: PressCause, askedOn: Day | null, pressDays: number, today: Day): Line[] {
  const { L1, L3 } = ladderOf(cause, pressDays);
  const days = (count: number) => `${count} working ${count === 1 ? 'day' : 'days'}`;
  return [
    [bold(`${PRESS_WORDS[cause]}: no weight of its own`)],
    [
      bold('Seen: '),
      askedOn === null ? 'asked, not answered.' : `asked on ${weekdayText(askedOn, today)}, not answered.`,
    ],
    [
      bold('Counts: '),
      `reminded once after ${days(L1.days)}; whoever stands in is asked after ${days(pressDays)}, the programme office ${days(L3.days)} later. The owner is not asked.`,
    ],
  ];
}

const since = ({ askedOn, card }: PressCard): string =>
  askedOn === null ? '' : ` since ${weekdayText(askedOn, card.today)}`;

/** Who is asked after this reader, at the beginning of a sentence's second half. */
function nextText({ card, as }: PressCard): string {
  const office = card.office ?? 'the programme office';
  const { delegate } = card.facts.holders;
  return as === 'delegate' || delegate === undefined ? office : nameOf(card.names, delegate);
}

/** Whoever stands in is asked for somebody; the same person is asked a second and last time. */
function beforeText(press: PressCard): string {
  const { card, as, askedOn, isFirst } = press;
  if (as === 'delegate')
    return `No answer from ${nameOf(card.names, card.facts.holders.sponsor)}${since(press)}; you can answer for them.`;
  const asked = askedOn === null ? '' : ` Asked on ${weekdayText(askedOn, card.today)}.`;
  return isFirst ? `Not answered yet.${asked}` : `Last reminder.${asked}`;
}

function openingText({ card, as, isFirst }: PressCard): string {
  if (as === 'delegate') return `For ${nameOf(card.names, card.facts.holders.sponsor)}: `;
  return isFirst ? '' : 'Last reminder: ';
}

function signatureCard(press: PressCard): Message {
  const { card, answerBy } = press;
  return openRequest(card, answerBy ?? card.today, {
    opening: openingText(press),
    before: beforeText(press),
    after: `${nextText(press)} is asked.`,
  });
}

function questionCard(press: PressCard): Message {
  const { card, question, answerBy } = press;
  const { pilot } = card.facts;
  const by = nameOf(card.names, question?.by);
  const words = shorten(question?.words ?? '', 600);
  const day = answerBy === null ? null : weekdayText(answerBy, card.today);
  return message({
    notice: `${openingText(press)}${by} asks about ${pilot.name}: "${words}"${day === null ? '' : ` Answer by ${day}.`}`,
    title: `${pilot.name}: ${by} has a question`,
    lines: [
      beforeText(press),
      [bold(`${by}: `), `"${words}"`],
      ...(day === null ? [] : [[bold(`No answer by ${day}: `), `${nextText(press)} is asked.`] as Line]),
    ],
    buttons: [
      [
        buttons.answerQuestion.element(
          { pilot: pilot.id, question: question?.id ?? '' },
          { style: 'primary' },
        ),
        buttons.readAll.element({ pilot: pilot.id }),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}

/** The programme office answers for nobody: it finds somebody who does. */
function officeCard(press: PressCard): Message {
  const { card, cause, question, answerBy } = press;
  const { pilot, holders, charter } = card.facts;
  const asked = [holders.sponsor, holders.delegate].filter((id) => id !== undefined);
  const who = asked.length === 0 ? 'Nobody' : asked.map((id) => nameOf(card.names, id)).join(' and ');
  const wanted = WANTED[cause];
  const title = `${pilot.name} waits for ${wanted}. Who answers?`;
  const told =
    asked.length === 0
      ? 'Nobody holds the role of sponsor.'
      : `${who} ${asked.length === 1 ? 'was' : 'were'} asked${press.askedOn === null ? '' : ` on ${weekdayText(press.askedOn, card.today)}`} and ${asked.length === 1 ? 'has' : 'have'} not answered.`;
  const request = { pilot: pilot.id, version: charter.n, revision: charter.revision };
  return message({
    notice: `${title} ${told}`,
    title,
    lines: [
      told,
      ...(question === null
        ? []
        : [[bold(`${nameOf(card.names, question.by)}: `), `"${shorten(question.words, 600)}"`] as Line]),
      'Remind them yourself, or hand over the sponsorship to somebody who answers.',
      ...(answerBy === null ? [] : [`You are asked again after ${weekdayText(answerBy, card.today)}.`]),
    ],
    buttons: [
      [
        buttons.handOver.element({ pilot: pilot.id }, { style: 'primary' }),
        ...(question === null && charter.status === 'asked'
          ? [buttons.withdrawRequest.element(request)]
          : []),
        buttons.readAll.element({ pilot: pilot.id }),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}
