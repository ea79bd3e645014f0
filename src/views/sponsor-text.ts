/** What is read about how a sponsor stands behind a pilot: what is confirmed, when they last answered, what waits? */
import type { Day } from '../core/day.ts';
import {
  answersOf,
  reasonFor,
  SPONSOR_TESTS,
  type SponsorFigures,
  type SponsorRecord,
  type SponsorTest,
  sponsorStrength,
  UNANSWERED_DAYS,
} from '../core/sponsor.ts';
import { shorten } from '../slack/limits.ts';
import { bold, type Line } from '../slack/text.ts';
import { weekdayText } from './day-text.ts';

/** The five tests, as they are asked, as they are true, and as they are not. */
export const TEST_WORDS: Readonly<
  Record<SponsorTest, { readonly asked: string; readonly yes: string; readonly no: string }>
> = {
  business_side: {
    asked: 'From the business side?',
    yes: 'from the business side',
    no: 'not from the business side',
  },
  benefiting_unit: {
    asked: 'From the unit that benefits?',
    yes: 'from the unit that benefits',
    no: 'not from the unit that benefits',
  },
  profit_and_loss: {
    asked: 'Answers for its result?',
    yes: 'answers for its result',
    no: 'does not answer for its result',
  },
  budget_authority: {
    asked: 'Decides on its budget?',
    yes: 'decides on its budget',
    no: 'does not decide on its budget',
  },
  measured_on_outcome: {
    asked: 'Measured on this outcome?',
    yes: 'measured on this outcome',
    no: 'not measured on this outcome',
  },
};

/** What is known of the sponsor of a pilot, for those who work on it. */
export interface SponsorshipShown {
  /** What was answered about the sponsor of today. */
  readonly record: SponsorRecord;
  /** Whether a version counts: before that nobody misses their signature. */
  readonly isSigned: boolean;
  readonly heardOn: Day | null;
  /** Since when a question waits; null where none does, and for readers to whom it is not told. */
  readonly waitsSince: Day | null;
}

/** '3 of 5 confirmed; not known: decides on its budget; not from the business side ("she runs claims from April")'. */
export function answersText(record: SponsorRecord): string {
  const { yes, no, open } = sponsorStrength(answersOf(record));
  const count = `${yes.length} of ${SPONSOR_TESTS.length} confirmed`;
  const isAllSigned = yes.length === SPONSOR_TESTS.length && yes.every((test) => record[test]?.isSigned);
  if (isAllSigned) return `signed that the result is theirs (unit, budget, own goal), ${count}`;
  if (open.length === SPONSOR_TESTS.length) return `${count}, nothing known yet`;
  return [
    count,
    ...(open.length === 0 ? [] : [`not known: ${open.map((test) => TEST_WORDS[test].yes).join(', ')}`]),
    ...(no.length === 0 ? [] : [refusedText(record)]),
  ].join('; ');
}

/** 'not from the business side ("she runs claims from April")'; empty where nothing was answered with no. */
export function refusedText(record: SponsorRecord): string {
  const { no } = sponsorStrength(answersOf(record));
  const reason = reasonFor(record);
  return `${no.map((test) => TEST_WORDS[test].no).join(', ')}${reason === null ? '' : ` ("${shorten(reason, 300)}")`}`;
}

/** What a sponsor confirms by signing: everything that was not answered with no before. */
export function confirmText(record: SponsorRecord): string {
  const { no } = sponsorStrength(answersOf(record));
  if (no.length === 0)
    return 'You confirm: I am from the business side, the unit that benefits is mine, I answer for its result and its budget, and I am measured on this outcome.';
  const words: Readonly<Record<SponsorTest, string>> = {
    business_side: 'I am from the business side',
    benefiting_unit: 'the unit that benefits is mine',
    profit_and_loss: 'I answer for its result',
    budget_authority: 'I decide on its budget',
    measured_on_outcome: 'I am measured on this outcome',
  };
  const confirmed = SPONSOR_TESTS.filter((test) => !no.includes(test)).map((test) => words[test]);
  return confirmed.length === 0
    ? 'You take on the result all the same.'
    : `You confirm: ${confirmed.join(', ')}.`;
}

/** 'The sponsor 5 of 5 confirmed; last answered on Mon 2 March.' */
export function sponsorshipLine(shown: SponsorshipShown, today: Day): Line {
  const { record, isSigned, heardOn, waitsSince } = shown;
  const on = (day: Day) => weekdayText(day, today);
  const hasSigned = Object.values(record).some((known) => known.isSigned);
  const parts = [
    answersText(record),
    ...(isSigned && !hasSigned ? ['has not signed it themselves; the next version asks them to'] : []),
    ...(heardOn === null ? [] : [`last answered on ${on(heardOn)}`]),
    ...(waitsSince === null ? [] : [`a question has waited since ${on(waitsSince)}`]),
  ];
  return [bold('The sponsor: '), `${parts.join('; ')}.`];
}

/** For the programme office: in how many running pilots the sponsor answers, and in how many all five points are confirmed. */
export function sponsorFiguresLine({ pilots, answering, confirmed }: SponsorFigures): Line[] {
  if (pilots === 0) return [];
  return [
    [
      bold('Sponsors of running pilots: '),
      `answering within ${UNANSWERED_DAYS} days ${answering} of ${pilots}; confirmed in all five points ${confirmed} of ${pilots}.`,
    ],
  ];
}
