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

/**
 * What the record answers about a sponsor: whoever signs confirms all five tests for themselves, so a version that a delegate
 * or an earlier sponsor signed answers nothing about the sponsor of today. `hash` is null before a version is signed.
 *
 * @example
 * answersOnRecord([{ hash: 'a1', answeredBy: 'U2' }], 'U2').measured_on_outcome // true
 * answersOnRecord([{ hash: 'a1', answeredBy: 'U9' }, { hash: null, answeredBy: 'U2' }], 'U2') // {}
 */
export function answersOnRecord(
  versions: readonly { readonly hash: string | null; readonly answeredBy: string | null }[],
  sponsor: string | undefined,
): SponsorAnswers {
  const isConfirmed =
    sponsor !== undefined && versions.some(({ hash, answeredBy }) => hash !== null && answeredBy === sponsor);
  return isConfirmed
    ? {
        business_side: true,
        benefiting_unit: true,
        profit_and_loss: true,
        budget_authority: true,
        measured_on_outcome: true,
      }
    : {};
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

/** From how many days without an answer on somebody else is looked for, before it counts as a sign of being stuck. */
export const UNANSWERED_DAYS = 21;

/** How the sponsors of some pilots stand: how many pilots, how many answer, how many have confirmed. */
export interface SponsorFigures {
  readonly pilots: number;
  /** Everything that was asked has been answered, or it has not waited for {@link UNANSWERED_DAYS}. */
  readonly answering: number;
  /** All five tests answered with yes. */
  readonly confirmed: number;
}

/**
 * The figures over the sponsors of some pilots.
 *
 * @example
 * sponsorFigures([{ strength: { open: [], no: [] }, silentSince: null }, { strength: { open: ['budget_authority'], no: [] }, silentSince: '2026-02-01' }], '2026-03-01') // { pilots: 2, answering: 1, confirmed: 1 }
 */
export function sponsorFigures(
  pilots: readonly {
    readonly strength: Pick<SponsorStrength, 'open' | 'no'>;
    readonly silentSince: Day | null;
  }[],
  today: Day,
): SponsorFigures {
  return {
    pilots: pilots.length,
    answering: pilots.filter(({ silentSince: since }) => !isUnanswered(since, today)).length,
    confirmed: pilots.filter(({ strength }) => strength.open.length + strength.no.length === 0).length,
  };
}

/**
 * Whether something has waited so long for a sponsor that somebody else is looked for.
 *
 * @example
 * isUnanswered('2026-02-08', '2026-03-01') // true
 * isUnanswered('2026-02-09', '2026-03-01') // false
 * isUnanswered(null, '2026-03-01') // false
 */
export const isUnanswered = (since: Day | null, today: Day): boolean =>
  since !== null && daysBetween(since, today) >= UNANSWERED_DAYS;
