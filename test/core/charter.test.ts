import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterAct,
  CHARTER_STATUSES,
  type CharterAct,
  type CharterFields,
  type CharterStatus,
  type CharterTerms,
  changedFields,
  charterText,
  missingToSign,
  SIGN_ITEMS,
  stateNumber,
  stateOf,
  TERMS,
} from '../../src/core/charter.ts';
import type { Holders } from '../../src/core/pilot.ts';
import { HOLDERS, NO_FIELDS, someFields } from '../support/facts.ts';

const ACTS: readonly CharterAct[] = [
  'ask',
  'sign',
  'request-changes',
  'decline',
  'withdraw',
  'edit',
  'supersede',
];

// One row per status, one column per act in the order above; a dot: not possible.
const TABLE: Record<CharterStatus, string> = {
  draft: 'asked . . . . draft .',
  asked: '. signed changes_requested declined withdrawn draft .',
  signed: '. . . . . . superseded',
  changes_requested: 'asked . . . . draft .',
  declined: 'asked . . . . declined .',
  withdrawn: 'asked . . . . draft .',
  superseded: '. . . . . . .',
};

const outcome = fc.option(fc.string({ minLength: 1 }), { nil: null });
const day = fc.constantFrom(null, '2026-01-05', '2026-04-05');
const fields: fc.Arbitrary<CharterFields> = fc.record({
  outcome,
  problem: outcome,
  start: day,
  decision: day,
  rollback: outcome,
  budget: outcome,
  note: outcome,
});
const holders: fc.Arbitrary<Holders> = fc.record(
  {
    owner: fc.constantFrom('U1', 'U2'),
    sponsor: fc.constantFrom('U3', 'U4'),
    production_owner: fc.constantFrom('U5'),
  },
  { requiredKeys: [] },
);
const promises = fc.array(
  fc.record({
    role: fc.constantFrom('required', 'guardrail', 'informative'),
    measures: fc.constantFrom('business', 'model'),
  }),
  { maxLength: 4 },
);

describe('a charter version', () => {
  it.each(
    CHARTER_STATUSES.flatMap((status) => ACTS.map((act, index) => [status, act, index] as const)),
  )('that is %s answers %s as the table says', (status, act, index) => {
    const expected = TABLE[status].split(' ')[index];
    expect(afterAct(status, act)).toBe(expected === '.' ? null : expected);
  });

  it('can be left from every state but the last, and signed only once it was asked about', () => {
    for (const status of CHARTER_STATUSES) {
      const next = ACTS.map((act) => afterAct(status, act)).filter((after) => after !== null);
      expect(next.length > 0, status).toBe(status !== 'superseded');
      expect(afterAct(status, 'sign') === null, status).toBe(status !== 'asked');
    }
  });
});

describe('what is missing before the sponsor can sign', () => {
  const business = { role: 'required', measures: 'business' } as const;

  it.each([
    ['everything, in the order in which it is asked for', NO_FIELDS, {}, [], [...SIGN_ITEMS]],
    ['nothing once everything is there', someFields(), HOLDERS, [business], []],
    ['the outcome', someFields({ outcome: null }), HOLDERS, [business], ['outcome']],
    ['the sponsor', someFields(), { ...HOLDERS, sponsor: undefined }, [business], ['sponsor']],
    ['the start', someFields({ start: null }), HOLDERS, [business], ['start']],
    ['the decision date', someFields({ decision: null }), HOLDERS, [business], ['decision']],
    ['a criterion', someFields(), HOLDERS, [], ['criterion']],
    [
      'the production owner',
      someFields(),
      { ...HOLDERS, production_owner: undefined },
      [business],
      ['production_owner'],
    ],
    ['the way back', someFields({ rollback: null }), HOLDERS, [business], ['rollback']],
    ['no problem, budget or note', someFields({ problem: null, budget: null }), HOLDERS, [business], []],
  ] as const)('is %s', (_name, written, people, criteria, expected) => {
    expect(missingToSign(written, people as Holders, criteria)).toEqual(expected);
  });

  it.each([
    [{ role: 'required', measures: 'business' }, false],
    [{ role: 'required', measures: 'model' }, true],
    [{ role: 'guardrail', measures: 'business' }, true],
    [{ role: 'informative', measures: 'business' }, true],
  ] as const)('counts only a required criterion in business numbers: %o', (promise, missing) => {
    expect(missingToSign(someFields(), HOLDERS, [promise]).includes('criterion')).toBe(missing);
  });

  it('never grows when a fact is added', () => {
    fc.assert(
      fc.property(fields, fields, holders, holders, promises, promises, (some, more, who, whoElse, a, b) => {
        const filled = Object.fromEntries(
          Object.entries(some).map(([key, value]) => [key, value ?? more[key as keyof CharterFields]]),
        ) as unknown as CharterFields;
        const before = missingToSign(some, who, a);
        const after = missingToSign(filled, { ...whoElse, ...who }, [...a, ...b]);
        expect(before).toEqual(expect.arrayContaining(after));
      }),
    );
  });
});

describe('the text of a charter', () => {
  const terms = (over: Partial<CharterTerms> = {}): CharterTerms => ({
    key: 'claims-triage',
    name: 'Claims triage',
    version: 1,
    unit: 'Claims',
    fields: someFields(),
    holders: HOLDERS,
    criteria: [{ kind: 'at_most', target: '12.50', metric: { key: 'cost', unit: 'EUR' } }],
    ...over,
  });

  it('does not depend on the order in which its parts were written down', () => {
    const turned = Object.fromEntries(Object.entries(terms()).reverse()) as unknown as CharterTerms;
    const holdersTurned = Object.fromEntries(Object.entries(HOLDERS).reverse());
    expect(charterText({ ...turned, holders: holdersTurned })).toBe(charterText(terms()));
    expect(JSON.parse(charterText(terms()))).toMatchObject({ key: 'claims-triage', version: 1 });
  });

  it('leaves out the covering note and what is not there', () => {
    expect(charterText(terms({ fields: someFields({ note: 'As agreed on Friday.' }) }))).toBe(
      charterText(terms()),
    );
    expect(charterText(terms({ holders: { ...HOLDERS, backup: undefined } as unknown as Holders }))).toBe(
      charterText(terms()),
    );
  });

  it('keeps the order of the criteria, which is agreed too', () => {
    const [a, b] = [{ metric: 'a' }, { metric: 'b' }];
    expect(charterText(terms({ criteria: [a, b] }))).not.toBe(charterText(terms({ criteria: [b, a] })));
  });

  it('is the same exactly when the terms are', () => {
    const random = fc.record({
      key: fc.constantFrom('a', 'b'),
      name: fc.string({ unit: 'binary', maxLength: 3 }),
      version: fc.integer({ min: 1, max: 3 }),
      unit: fc.option(fc.string({ maxLength: 2 }), { nil: null }),
      fields,
      holders,
      criteria: fc.array(fc.record({ target: fc.constantFrom('1', '1.0') }), { maxLength: 2 }),
    });
    const withoutNote = ({ fields: { note: _note, ...rest }, ...others }: CharterTerms) => [others, rest];
    const equal = (one: CharterTerms, other: CharterTerms) => {
      try {
        expect(withoutNote(one)).toEqual(withoutNote(other));
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(random, random, (one, other) => {
        expect(charterText(one) === charterText(other)).toBe(equal(one, other));
        expect(charterText(one)).toBe(charterText(structuredClone(one)));
      }),
    );
  });
});

describe('a change of the charter', () => {
  it('names the fields that differ, and those that need a new signature are among its terms', () => {
    const before = someFields();
    expect(changedFields(before, before)).toEqual([]);
    expect(changedFields(before, { ...before, outcome: 'Another', note: 'Hello' })).toEqual([
      'outcome',
      'note',
    ]);
    expect(TERMS).toEqual(['outcome', 'start', 'decision']);
  });

  it('is one number per version and revision, and both can be read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 99_999 }), (n, revision) => {
        expect(stateOf(stateNumber(n, revision))).toEqual({ version: n, revision });
      }),
    );
  });
});
