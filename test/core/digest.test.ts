import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/core/day.ts';
import { type Digest, digestOf, isEmpty, type WeekOfPilot } from '../../src/core/digest.ts';
import { VERDICTS } from '../../src/core/evaluate/index.ts';
import { STAGES } from '../../src/core/pilot.ts';
import type { PilotFacts } from '../../src/core/pilot-facts.ts';
import { type Standing, standingOf } from '../../src/core/standing.ts';
import {
  aCriterion,
  aValue,
  aVersion,
  daysLater,
  NEW_YEAR,
  signedFacts,
  signedVersion,
  someFacts,
  someFields,
} from '../support/facts.ts';

const TODAY = '2026-01-13';
const NONE: Standing = { criteria: [], worst: null };
const PARTS = ['decide', 'help', 'sign', 'moved', 'quiet'] as const;

const placeOf = (entry: WeekOfPilot, today = TODAY): string => {
  const digest = digestOf([entry], today);
  return PARTS.filter((part) => digest[part].length > 0).join('+');
};
const still = (facts: PilotFacts, standing: Standing = NONE): WeekOfPilot => ({
  facts,
  now: standing,
  before: standing,
});

describe('what is to be decided', () => {
  it.each([
    [8, 'quiet'],
    [7, 'decide'],
    [0, 'decide'],
    [-30, 'decide'],
  ])('is a running pilot %i days before its decision date: %s', (days, place) => {
    const decision = addDays(TODAY, days);
    const facts = signedFacts({ charter: signedVersion({ fields: someFields({ decision }) }) });
    expect(placeOf(still(facts))).toBe(place);
  });

  it.each(STAGES)('counts a pilot in stage %s only while it is built or measured', (stage) => {
    const charter = signedVersion({ fields: someFields({ decision: TODAY }) });
    const place = placeOf(still(signedFacts({ charter, pilot: { stage } })));
    expect(place).toBe(stage === 'build' || stage === 'measure' ? 'decide' : 'quiet');
  });

  it('goes by the signed version, not by the one that is being agreed', () => {
    const facts = signedFacts({
      signed: signedVersion({ fields: someFields({ decision: TODAY }) }),
      charter: aVersion({ n: 2, fields: someFields({ decision: '2026-09-01' }) }),
    });
    expect(placeOf(still(facts))).toBe('decide');
    const undated = signedFacts({ charter: signedVersion({ fields: someFields({ decision: null }) }) });
    expect(placeOf(still(undated))).toBe('quiet');
  });
});

describe('a pilot whose charter nobody signs', () => {
  it.each([
    ['select', 'stalled', 'help'],
    ['select', 'stalling', 'help'],
    ['select', 'watch', 'quiet'],
    ['stopped', 'stalled', 'quiet'],
  ] as const)('in stage %s and %s is under %s', (stage, stands, place) => {
    const facts = someFacts({ pilot: { stage }, charter: aVersion({ status: 'draft' }) });
    expect(placeOf({ ...still(facts), stands })).toBe(place);
  });

  it('waits for a signature once it is asked for', () => {
    const facts = someFacts({ charter: aVersion({ status: 'asked' }) });
    expect(placeOf({ ...still(facts), stands: 'stalled' })).toBe('sign');
  });
});

describe('what needs help', () => {
  it.each(VERDICTS)('is a running pilot whose worst verdict is %s, where that is bad', (worst) => {
    const place = placeOf(still(signedFacts(), { criteria: [], worst }));
    expect(place).toBe(['off_track', 'regressed', 'missed'].includes(worst) ? 'help' : 'quiet');
  });

  it('is nothing that is paused: that is quiet, whatever its date and verdict', () => {
    const charter = signedVersion({ fields: someFields({ decision: TODAY }) });
    const facts = signedFacts({ charter, pilot: { pausedSince: NEW_YEAR } });
    expect(placeOf(still(facts, { criteria: [], worst: 'missed' }))).toBe('quiet');
  });
});

describe('what waits for a signature', () => {
  it('is a charter its sponsor was asked about, first version or later', () => {
    const asked = aVersion({ status: 'asked', askedAt: NEW_YEAR });
    expect(placeOf(still(someFacts({ charter: asked })))).toBe('sign');
    const amended = signedFacts({ signed: signedVersion(), charter: { ...asked, id: 'V2', n: 2 } });
    expect(placeOf(still(amended))).toBe('sign');
    expect(placeOf(still(amended, { criteria: [], worst: 'missed' }))).toBe('help');
  });
});

describe('what has moved', () => {
  const facts = signedFacts({ criteria: [aCriterion({ kind: 'at_most' })] });
  const standing = (day: number, ...values: string[]) =>
    standingOf(
      facts,
      values.map((value, index) =>
        aValue({
          periodEnd: addDays('2026-01-12', 7 * index),
          value,
          recordedAt: daysLater(11 + 7 * index),
        }),
      ),
      'Europe/Berlin',
      daysLater(day),
    );

  it('is a pilot with another value or another verdict than a week ago', () => {
    const move = (now: Standing, before: Standing) => placeOf({ facts, now, before });
    expect(move(standing(19, '15', '14'), standing(12, '15'))).toBe('moved');
    expect(move(standing(19, '15', '15'), standing(12, '15'))).toBe('quiet');
    expect(move(standing(19, '12', '12'), standing(12, '15'))).toBe('moved');
    expect(move(standing(12, '15'), standing(12, '15'))).toBe('quiet');
    expect(move(standing(12, '15'), standing(11))).toBe('moved');
  });

  it('is none whose numbers have merely not come, nor a criterion that is new', () => {
    expect(placeOf({ facts, now: standing(40), before: standing(12) })).toBe('quiet');
    expect(placeOf({ facts, now: standing(12, '15'), before: NONE })).toBe('quiet');
    const refused: Standing = {
      criteria: standing(12, '15').criteria.map((entry) => ({
        ...entry,
        evaluation: { error: 'MISSING_BASELINE' },
      })),
      worst: null,
    };
    expect(placeOf({ facts, now: standing(12, '15'), before: refused })).toBe('quiet');
    expect(placeOf({ facts, now: refused, before: standing(12, '15') })).toBe('quiet');
  });
});

describe('a digest', () => {
  it('holds every pilot once, in the order given, with the criterion that says most', () => {
    const facts = signedFacts({
      criteria: [
        aCriterion({ position: 1, target: '20' }),
        aCriterion({ position: 2, target: '1', role: 'informative' }),
        aCriterion({ position: 3, target: '12.50', role: 'guardrail' }),
      ],
    });
    const now = standingOf(facts, [aValue()], 'Europe/Berlin', daysLater(13));
    const digest = digestOf(
      [
        still(facts, now),
        still(someFacts({ pilot: { id: 'P2' } })),
        still(signedFacts({ pilot: { id: 'P3' } })),
      ],
      TODAY,
    );
    expect(PARTS.flatMap((part) => digest[part]).map(({ facts: of }) => of.pilot.id)).toEqual([
      'P1',
      'P2',
      'P3',
    ]);
    const leads = PARTS.flatMap((part) => digest[part]).map(({ lead }) => lead?.criterion.id ?? null);
    expect(leads).toEqual(['K3', null, null]);
  });

  it('leads with the first criterion where none decides', () => {
    const facts = signedFacts({ criteria: [aCriterion({ role: 'informative' })] });
    const now = standingOf(facts, [aValue()], 'Europe/Berlin', daysLater(13));
    expect(digestOf([still(facts, now)], TODAY).quiet[0]?.lead?.criterion.id).toBe('K1');
  });

  it.each(PARTS)('is empty when only the quiet part is filled: %s', (part) => {
    const empty: Digest = { decide: [], help: [], sign: [], moved: [], quiet: [] };
    const entry = { facts: someFacts(), lead: null };
    expect(isEmpty(empty)).toBe(true);
    expect(isEmpty({ ...empty, [part]: [entry] })).toBe(part === 'quiet');
  });
});
