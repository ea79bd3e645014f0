/** Whose press is waited for on a pilot, since which message, and about what? */
import { stateNumber } from '../charter.ts';
import { addDays, type Day, weekdayOf } from '../day.ts';
import type { PilotFacts } from '../pilot-facts.ts';
import type { PressCause } from './cause.ts';

/** A message that asks for a press, or one that answered it, as it stands in the outbox. */
export interface PressLetter {
  readonly id: string;
  readonly kind: string;
  /** For requests to sign: the state of the version that was asked about. */
  readonly version: number;
  /** Whoever it went to; null for a place. */
  readonly person: string | null;
  readonly dedupeKey: string;
  readonly createdAt: number;
  readonly words: string | null;
  readonly by: string | null;
}

/** A press that is waited for. `request` tells one request from the next about the same. */
export interface AwaitedPress {
  readonly cause: PressCause;
  readonly request: string;
  /** The messages by which it was asked for, oldest first. */
  readonly letters: readonly PressLetter[];
}

/** What tells whether a question is still open, besides its letters. */
export interface QuestionFacts {
  /** What owners have asked their sponsor in check-ins, as it stands there now. */
  readonly asks: readonly string[];
  /** When somebody last decided about the pilot (epoch ms); 0 where nobody has. */
  readonly decidedAt: number;
}

/**
 * The presses a pilot waits for: the signature under its charter or a new version of it, and the answer to what its owner has
 * asked the sponsor in a check-in. A question is open until it is answered, taken out of its check-in, followed by another one,
 * or overtaken by a decision. Gates and positions have their causes and no requests yet: they are added here with their feature.
 *
 * @example
 * awaitedPresses({ holders: { sponsor: 'U2' }, signed: null, charter: { n: 1, revision: 3, status: 'asked' } }, [{ id: 'm1', kind: 'sign-request', version: 100003, person: 'U2' }], { asks: [], decidedAt: 0 }).map(({ cause, request }) => [cause, request]) // [['signature', '100003']]
 */
export function awaitedPresses(
  facts: Pick<PilotFacts, 'charter' | 'signed' | 'holders'>,
  letters: readonly PressLetter[],
  about: QuestionFacts,
): AwaitedPress[] {
  const { charter, signed, holders } = facts;
  const state = stateNumber(charter.n, charter.revision);
  const asking =
    charter.status === 'asked'
      ? letters.filter(({ kind, version }) => kind === 'sign-request' && version === state)
      : [];
  const cause = signed === null ? 'signature' : 'amendment';
  const question = letters.findLast(
    ({ kind, person, by }) =>
      kind === 'question' &&
      person !== null &&
      (person === holders.sponsor || person === holders.delegate) &&
      by !== holders.sponsor &&
      by !== holders.delegate,
  );
  return [
    ...(asking.length === 0 ? [] : [{ cause, request: String(state), letters: asking } as const]),
    ...(question === undefined || !isOpen(question, letters, about)
      ? []
      : [{ cause: 'request', request: question.id, letters: [question] } as const]),
  ];
}

/**
 * The day by which an answer is hoped for: so many days from Monday to Friday after the day of asking.
 *
 * @param days `press_days` of the thresholds
 * @example
 * answerDay('2026-01-09', 3) // '2026-01-14'
 */
export function answerDay(asked: Day, days: number): Day {
  let day = asked;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (weekdayOf(day) <= 5) left -= 1;
  }
  return day;
}

/**
 * Whether a question has been answered.
 *
 * @example
 * isAnswered('q1', [{ kind: 'question-answered', dedupeKey: 'answer:q1:5' }]) // true
 */
export const isAnswered = (
  question: string,
  letters: readonly Pick<PressLetter, 'kind' | 'dedupeKey'>[],
): boolean =>
  letters.some(
    ({ kind, dedupeKey }) => kind === 'question-answered' && dedupeKey.startsWith(`answer:${question}:`),
  );

function isOpen(
  { id, words, createdAt }: PressLetter,
  letters: readonly PressLetter[],
  { asks, decidedAt }: QuestionFacts,
): boolean {
  return words !== null && asks.includes(words) && decidedAt <= createdAt && !isAnswered(id, letters);
}
