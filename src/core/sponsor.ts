/** Is the sponsor the right one, and does their heart still beat for the pilot? */
import { type Day, daysBetween } from './day.ts';
import type { SponsorSigns } from './stall/facts.ts';
import { silentSince } from './stall/people.ts';

/** What makes a sponsor strong, in the order in which it is asked. */
export const SPONSOR_TESTS = [
  'business_side',
  'benefiting_unit',
  'profit_and_loss',
  'budget_authority',
  'measured_on_outcome',
] as const;
export type SponsorTest = (typeof SPONSOR_TESTS)[number];

/** The answers; what nobody has said is left out or null. */
export type SponsorAnswers = { readonly [Test in SponsorTest]?: boolean | null };

/** How strong a sponsor is: answered tests, not an opinion. */
export interface SponsorStrength {
  readonly yes: readonly SponsorTest[];
  readonly no: readonly SponsorTest[];
  readonly open: readonly SponsorTest[];
  /** Not from the business side or not from the unit that benefits: allowed only with a written reason. */
  readonly needsReason: boolean;
}

/**
 * How strong a sponsor is by the five tests.
 *
 * @example
 * sponsorStrength({ business_side: true, benefiting_unit: true, measured_on_outcome: false }) // { yes: ['business_side', 'benefiting_unit'], no: ['measured_on_outcome'], open: ['profit_and_loss', 'budget_authority'], needsReason: false }
 * sponsorStrength({ business_side: false }).needsReason // true
 */
export function sponsorStrength(answers: SponsorAnswers): SponsorStrength {
  const withAnswer = (wanted: boolean | null) =>
    SPONSOR_TESTS.filter((test) => (answers[test] ?? null) === wanted);
  return {
    yes: withAnswer(true),
    no: withAnswer(false),
    open: withAnswer(null),
    needsReason: answers.business_side === false || answers.benefiting_unit === false,
  };
}

/** When a sponsor was last heard of, and since when they owe an answer. */
export interface Heartbeat {
  readonly heardOn: Day | null;
  /** Days since then; null where they were never heard of. */
  readonly days: number | null;
  /** Since when they are silent; null while nothing is asked. */
  readonly silentSince: Day | null;
}

/**
 * The heartbeat of a sponsor: days since they last decided, acknowledged or cleared something. It is shown always; silence
 * counts only while a request waits.
 *
 * @example
 * heartbeat({ askedOn: null, heardOn: '2026-02-01' }, '2026-03-01') // { heardOn: '2026-02-01', days: 28, silentSince: null }
 * heartbeat({ askedOn: '2026-02-10', heardOn: null }, '2026-03-01') // { heardOn: null, days: null, silentSince: '2026-02-10' }
 */
export function heartbeat(
  { askedOn, heardOn }: Pick<SponsorSigns, 'askedOn' | 'heardOn'>,
  today: Day,
): Heartbeat {
  return {
    heardOn,
    days: heardOn === null ? null : daysBetween(heardOn, today),
    silentSince: silentSince({ askedOn, heardOn }),
  };
}
