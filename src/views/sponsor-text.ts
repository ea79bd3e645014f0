/** What is read about how a sponsor stands behind a pilot: what they signed, when they last answered, what waits? */
import type { Day } from '../core/day.ts';
import { type SponsorFigures, UNANSWERED_DAYS } from '../core/sponsor.ts';
import { bold, type Line } from '../slack/text.ts';
import { weekdayText } from './day-text.ts';

/** What is known of the sponsor of a pilot, for those who work on it. */
export interface SponsorshipShown {
  /** Whether the sponsor of today has confirmed with a signature that the result is theirs. */
  readonly isConfirmed: boolean;
  readonly heardOn: Day | null;
  /** Since when a question waits; null where none does, and for readers to whom it is not told. */
  readonly waitsSince: Day | null;
}

/** 'Stands behind it: signed that the result is theirs (unit, budget, own goal); last answered on Mon 2 March.' */
export function sponsorshipLine(shown: SponsorshipShown, today: Day): Line {
  const { isConfirmed, heardOn, waitsSince } = shown;
  const on = (day: Day) => weekdayText(day, today);
  const parts = [
    isConfirmed
      ? 'signed that the result is theirs (unit, budget, own goal)'
      : 'has not signed it themselves; the next version asks them to',
    ...(heardOn === null ? [] : [`last answered on ${on(heardOn)}`]),
    ...(waitsSince === null ? [] : [`a question has waited since ${on(waitsSince)}`]),
  ];
  return [bold('The sponsor '), `${parts.join('; ')}.`];
}

/** For the programme office: in how many running pilots the sponsor answers, and in how many they signed themselves. */
export function sponsorFiguresLine({ pilots, answering, confirmed }: SponsorFigures): Line[] {
  if (pilots === 0) return [];
  return [
    [
      bold('Sponsors of running pilots: '),
      `answering within ${UNANSWERED_DAYS} days ${answering} of ${pilots}; signed themselves that the result is theirs ${confirmed} of ${pilots}.`,
    ],
  ];
}
