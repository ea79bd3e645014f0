import { describe, expect, it } from 'vitest';
import { CHARTER_STATUSES, type CharterStatus } from '../../src/core/charter.ts';
import { byUrgency, type Owed, owedOn } from '../../src/core/worklist.ts';
import {
  aCriterion,
  aMetric,
  aValue,
  aVersion,
  daysLater,
  HOLDERS,
  NEW_YEAR,
  signedFacts,
  signedVersion,
  someFacts,
  someFields,
} from '../support/facts.ts';

const { owner, sponsor } = { owner: 'U0ANA000001', sponsor: 'U0PRIYA0001' };
const TODAY = '2026-01-13';
const asked = (over = {}) =>
  aVersion({ status: 'asked', askedAt: daysLater(1), askedBy: owner, answeredAt: daysLater(2), ...over });
const whats = (owed: readonly Owed[]) => owed.map(({ what }) => what);

// What owner, sponsor and delegate owe on an unsigned charter of each status.
const BY_STATUS: Record<CharterStatus, string> = {
  draft: 'ask - -',
  asked: '- sign sign',
  signed: '- - -',
  changes_requested: 'change - -',
  declined: 'change - -',
  withdrawn: 'ask - -',
  superseded: '- - -',
};

describe('what somebody owes', () => {
  it.each(CHARTER_STATUSES)('on a charter that is %s', (status) => {
    const facts = someFacts({
      charter: asked({ status }),
      signed: null,
      holders: { ...HOLDERS, delegate: 'U9' },
    });
    const owe = [owner, sponsor, 'U9'].map((who) => whats(owedOn(facts, [], who, TODAY)).join('+') || '-');
    expect(owe.join(' ')).toBe(BY_STATUS[status]);
    expect(owedOn(facts, [], 'U0OMAR00001', TODAY)).toEqual([]);
  });

  it('is nothing while the pilot is paused or stopped', () => {
    for (const pilot of [{ pausedSince: NEW_YEAR }, { stage: 'stopped' as const }]) {
      expect(owedOn(someFacts({ charter: asked(), pilot }), [], sponsor, TODAY)).toEqual([]);
      expect(owedOn(signedFacts({ pilot }), [], owner, TODAY)).toEqual([]);
    }
  });

  it('is no signature for whoever asked for it', () => {
    const own = someFacts({ charter: asked({ askedBy: sponsor }) });
    expect(owedOn(own, [], sponsor, TODAY)).toEqual([]);
    const both = someFacts({ charter: asked(), holders: { ...HOLDERS, delegate: owner } });
    expect(owedOn(both, [], owner, TODAY)).toEqual([]);
  });

  it('is counted from when it began to wait', () => {
    const since = (facts: Parameters<typeof owedOn>[0], who: string) =>
      owedOn(facts, [], who, TODAY)[0]?.since;
    expect(since(someFacts({ charter: asked() }), sponsor)).toBe(daysLater(1));
    expect(since(someFacts({ charter: asked({ askedAt: null }) }), sponsor)).toBe(NEW_YEAR);
    expect(since(someFacts({ charter: asked({ status: 'declined' }) }), owner)).toBe(daysLater(2));
    expect(since(someFacts({ charter: asked({ status: 'declined', answeredAt: null }) }), owner)).toBe(
      NEW_YEAR,
    );
    expect(since(someFacts(), owner)).toBe(NEW_YEAR);
    expect(since(signedFacts(), owner)).toBe(daysLater(3));
    expect(since(signedFacts({ charter: signedVersion({ answeredAt: null }) }), owner)).toBe(NEW_YEAR);
  });

  it('names how much a draft still misses', () => {
    const facts = someFacts({
      charter: aVersion({ fields: someFields({ rollback: null, outcome: null }) }),
      criteria: [],
    });
    expect(owedOn(facts, [], owner, TODAY)).toMatchObject([{ what: 'complete', missing: 3 }]);
  });
});

describe('numbers that were set aside', () => {
  it('are the owner’s to settle, before the numbers that are to come', () => {
    const owed = owedOn(signedFacts(), [], owner, TODAY, 3);
    expect(byUrgency(owed).map(({ what }) => what)).toEqual(['settle', 'record']);
    expect(owed).toContainEqual(expect.objectContaining({ what: 'settle', count: 3 }));
    expect(whats(owedOn(signedFacts(), [aValue()], owner, TODAY, 0))).toEqual([]);
    expect(owedOn(signedFacts(), [], sponsor, TODAY, 3)).toEqual([]);
    expect(owedOn(signedFacts({ pilot: { pausedSince: NEW_YEAR } }), [], owner, TODAY, 3)).toEqual([]);
  });
});

describe('numbers that are to come', () => {
  const record = (facts = signedFacts(), values = [aValue()].slice(0, 0), who = owner, today = TODAY) =>
    owedOn(facts, values, who, today).flatMap((owed) => (owed.what === 'record' ? owed.metrics : []));

  it('are owed once the first period is over, until its newest value stands', () => {
    expect(record(signedFacts(), [], owner, '2026-01-11')).toEqual([]);
    expect(record(signedFacts(), [], owner, '2026-01-12')).toEqual(['Cost per claim']);
    expect(record(signedFacts(), [aValue()])).toEqual([]);
    expect(record(signedFacts(), [aValue()], owner, '2026-01-19')).toEqual(['Cost per claim']);
    // The last number that counts may come until the closing days are over.
    expect(record(signedFacts(), [], owner, '2026-04-03')).toEqual(['Cost per claim']);
    expect(record(signedFacts(), [aValue({ periodEnd: '2026-03-30' })], owner, '2026-04-03')).toEqual([]);
    expect(record(signedFacts(), [], owner, '2026-04-04')).toEqual([]);
    const gap = [aValue({ periodEnd: '2026-01-19' })];
    expect(record(signedFacts(), gap, owner, '2026-01-20')).toEqual([]);
    expect(record(signedFacts(), [aValue(), aValue({ withdrawn: true, id: 'z' })])).toEqual([
      'Cost per claim',
    ]);
    expect(record(signedFacts(), [aValue({ metric: 'M2' })])).toEqual(['Cost per claim']);
  });

  it('are owed by the reporter instead of the owner where one is named', () => {
    const facts = signedFacts({
      metrics: [aMetric({ reporter: 'U0OMAR00001' }), aMetric({ id: 'M2', key: 'b', name: 'Backlog' })],
      criteria: [aCriterion(), aCriterion({ position: 2, metric: 'M2' })],
    });
    expect(record(facts)).toEqual(['Backlog']);
    expect(record(facts, [], 'U0OMAR00001')).toEqual(['Cost per claim']);
    expect(record(facts, [], sponsor)).toEqual([]);
  });

  it('are not owed for a metric no criterion looks at, nor before the signature', () => {
    expect(record(signedFacts({ criteria: [] }))).toEqual([]);
    expect(record(someFacts())).toEqual([]);
    const undated = signedVersion({ fields: someFields({ start: null }) });
    expect(record(signedFacts({ charter: undated }))).toEqual([]);
  });

  it('stay owed on the signed version while the next one is agreed', () => {
    const facts = signedFacts({
      signed: signedVersion(),
      charter: asked({ n: 2 }),
      criteria: [aCriterion({ version: 1 }), aCriterion({ id: 'K2', version: 2 })],
    });
    expect(whats(owedOn(facts, [], owner, TODAY))).toEqual(['record']);
    expect(whats(owedOn(facts, [], sponsor, TODAY))).toEqual(['sign']);
  });
});

describe('urgency', () => {
  it('puts first what others wait for, then the oldest, and leaves the list alone', () => {
    const facts = someFacts();
    const owed: Owed[] = [
      { what: 'complete', facts, since: 1, missing: 2 },
      { what: 'ask', facts, since: 1 },
      { what: 'record', facts, since: 9, metrics: ['a'] },
      { what: 'record', facts, since: 2, metrics: ['b'] },
      { what: 'change', facts, since: 5 },
      { what: 'sign', facts, since: 9 },
    ];
    const before = [...owed];
    expect(byUrgency(owed).map(({ what, since }) => `${what} ${since}`)).toEqual([
      'sign 9',
      'change 5',
      'record 2',
      'record 9',
      'ask 1',
      'complete 1',
    ]);
    expect(owed).toEqual(before);
  });
});
