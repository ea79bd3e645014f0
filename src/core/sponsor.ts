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
    needsReason: ORIGIN_TESTS.some((test) => answers[test] === false),
  };
}

/** What somebody has answered about a sponsor to one of the tests. `at` in epoch ms. */
export interface SponsorSaid {
  /** Whom it is about. */
  readonly sponsor: string;
  readonly test: SponsorTest;
  readonly answer: 'yes' | 'no' | 'unknown';
  /** Why they are sponsor all the same. */
  readonly reason: string | null;
  readonly by: string;
  readonly at: number;
}

/** The answer to one test that counts now, with who gave it and when. */
export interface SponsorKnown {
  readonly answer: boolean;
  readonly reason: string | null;
  readonly by: string;
  readonly at: number;
  /** Given with a signature, by the sponsor in person. */
  readonly isSigned: boolean;
}

/** The answers that count now; a test nobody has answered is left out. */
export type SponsorRecord = { readonly [Test in SponsorTest]?: SponsorKnown };

/**
 * What the record answers about a sponsor. Each test counts as it was answered last; whoever signs confirms for themselves
 * every test that was not answered with no before. Nothing that is said or signed about somebody else counts, nor what a
 * delegate signed. `said` is oldest first; `hash` is null before a version is signed.
 *
 * @example
 * sponsorRecord([{ hash: 'a1', answeredBy: 'U2', answeredAt: 5 }], [], 'U2').measured_on_outcome // { answer: true, reason: null, by: 'U2', at: 5, isSigned: true }
 * sponsorRecord([{ hash: 'a1', answeredBy: 'U9', answeredAt: 5 }], [{ sponsor: 'U2', test: 'budget_authority', answer: 'no', reason: null, by: 'U1', at: 3 }], 'U2') // { budget_authority: { answer: false, reason: null, by: 'U1', at: 3, isSigned: false } }
 */
export function sponsorRecord(
  versions: readonly {
    readonly hash: string | null;
    readonly answeredBy: string | null;
    readonly answeredAt: number | null;
  }[],
  said: readonly SponsorSaid[],
  sponsor: string | undefined,
): SponsorRecord {
  const record: { [Test in SponsorTest]?: SponsorKnown } = {};
  if (sponsor === undefined) return record;
  const signed = versions.flatMap(({ hash, answeredBy, answeredAt }) =>
    hash !== null && answeredBy === sponsor && answeredAt !== null ? [{ at: answeredAt }] : [],
  );
  const steps: readonly ({ readonly at: number } | SponsorSaid)[] = [
    ...signed,
    ...said.filter((one) => one.sponsor === sponsor),
  ];
  for (const step of steps.toSorted((one, other) => one.at - other.at)) {
    if ('test' in step) {
      const { test, answer, reason, by, at } = step;
      if (answer === 'unknown') delete record[test];
      else record[test] = { answer: answer === 'yes', reason, by, at, isSigned: false };
    } else {
      for (const test of SPONSOR_TESTS) {
        if (record[test]?.answer === false) continue;
        record[test] = { answer: true, reason: null, by: sponsor, at: step.at, isSigned: true };
      }
    }
  }
  return record;
}

/**
 * The answers of a record without who gave them.
 *
 * @example
 * answersOf({ budget_authority: { answer: false, reason: null, by: 'U1', at: 3, isSigned: false } }) // { budget_authority: false }
 */
export const answersOf = (record: SponsorRecord): SponsorAnswers =>
  Object.fromEntries(Object.entries(record).map(([test, { answer }]) => [test, answer]));

/** The tests that ask where somebody comes from: who fails one is sponsor only for a reason that stands in the charter. */
export const ORIGIN_TESTS: readonly SponsorTest[] = ['business_side', 'benefiting_unit'];

/**
 * The reason why somebody is sponsor although they are not from the business side or not from the unit that benefits; null
 * where nobody needs one.
 *
 * @example
 * reasonFor({ business_side: { answer: false, reason: 'she runs claims next year', by: 'U1', at: 3, isSigned: false } }) // 'she runs claims next year'
 * reasonFor({ business_side: { answer: true, reason: null, by: 'U1', at: 3, isSigned: false } }) // null
 */
export function reasonFor(record: SponsorRecord): string | null {
  const refused = ORIGIN_TESTS.flatMap((test) => {
    const known = record[test];
    return known === undefined || known.answer ? [] : [known];
  });
  return refused.toSorted((one, other) => other.at - one.at)[0]?.reason ?? null;
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
