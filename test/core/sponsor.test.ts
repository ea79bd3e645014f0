import { describe, expect, it } from 'vitest';
import {
  answersOf,
  heartbeat,
  isUnanswered,
  reasonFor,
  SPONSOR_TESTS,
  type SponsorSaid,
  sponsorFigures,
  sponsorRecord,
  sponsorStrength,
} from '../../src/core/sponsor.ts';

describe('the strength of a sponsor', () => {
  it('is what was answered, and what was not', () => {
    expect(sponsorStrength({})).toEqual({ yes: [], no: [], open: [...SPONSOR_TESTS], needsReason: false });
    const answered = { business_side: true, profit_and_loss: false, budget_authority: null };
    expect(sponsorStrength(answered)).toMatchObject({
      yes: ['business_side'],
      no: ['profit_and_loss'],
      open: ['benefiting_unit', 'budget_authority', 'measured_on_outcome'],
    });
  });

  it('needs a reason where the sponsor is not from the business, or not from the unit that benefits', () => {
    expect(sponsorStrength({ business_side: false }).needsReason).toBe(true);
    expect(sponsorStrength({ benefiting_unit: false }).needsReason).toBe(true);
    expect(sponsorStrength({ measured_on_outcome: false }).needsReason).toBe(false);
  });
});

describe('the heartbeat of a sponsor', () => {
  it('is silent only while a request waits, from the later of request and word', () => {
    expect(heartbeat({ askedOn: null, heardOn: null }, '2026-03-01')).toEqual({
      heardOn: null,
      days: null,
      silentSince: null,
    });
    expect(heartbeat({ askedOn: '2026-02-10', heardOn: '2026-02-01' }, '2026-03-01')).toEqual({
      heardOn: '2026-02-01',
      days: 28,
      silentSince: '2026-02-10',
    });
    expect(heartbeat({ askedOn: '2026-02-10', heardOn: '2026-02-20' }, '2026-03-01').silentSince).toBe(
      '2026-02-20',
    );
  });
});

describe('what the record answers about a sponsor', () => {
  const signed = { hash: 'a1', answeredBy: 'U2', answeredAt: 10 };
  const said = (test: SponsorSaid['test'], answer: SponsorSaid['answer'], at: number, reason?: string) => ({
    ...{ sponsor: 'U2', by: 'U1', test, answer, at },
    reason: reason ?? null,
  });
  const record = (...all: SponsorSaid[]) => answersOf(sponsorRecord([signed], all, 'U2'));

  it('is all five tests once they have signed a version themselves, however old', () => {
    const versions = [signed, { hash: 'b2', answeredBy: 'U3', answeredAt: 20 }];
    const answers = sponsorRecord(versions, [], 'U2');
    expect(sponsorStrength(answersOf(answers)).yes).toEqual([...SPONSOR_TESTS]);
    expect(answers.budget_authority).toEqual({
      answer: true,
      reason: null,
      by: 'U2',
      at: 10,
      isSigned: true,
    });
  });

  it.each([
    ['a delegate signed', [{ hash: 'a1', answeredBy: 'U9', answeredAt: 10 }]],
    ['they declined', [{ hash: null, answeredBy: 'U2', answeredAt: 10 }]],
    ['nobody has signed', []],
  ])('is nothing where %s', (_what, versions) => {
    expect(sponsorRecord(versions, [], 'U2')).toEqual({});
  });

  it('is nothing where nobody is the sponsor, and nothing of what was said about an earlier one', () => {
    expect(sponsorRecord([{ hash: 'a1', answeredBy: null, answeredAt: 10 }], [], undefined)).toEqual({});
    expect(sponsorRecord([], [{ ...said('budget_authority', 'yes', 5), sponsor: 'U9' }], 'U2')).toEqual({});
  });

  it('is each test as it was answered last, by whoever did', () => {
    const answers = sponsorRecord(
      [],
      [said('budget_authority', 'no', 1), { ...said('budget_authority', 'yes', 2), by: 'U2' }],
      'U2',
    );
    expect(answers).toEqual({
      budget_authority: { answer: true, reason: null, by: 'U2', at: 2, isSigned: false },
    });
    expect(record(said('budget_authority', 'unknown', 20))).not.toHaveProperty('budget_authority');
  });

  it('does not turn a no into a yes by a signature, and keeps a no that comes after it', () => {
    expect(record(said('business_side', 'no', 5))).toMatchObject({
      business_side: false,
      benefiting_unit: true,
    });
    expect(record(said('business_side', 'no', 15)).business_side).toBe(false);
    expect(record(said('business_side', 'no', 4), said('business_side', 'unknown', 5)).business_side).toBe(
      true,
    );
  });

  it('gives the newest reason for a sponsor from outside, and none for one from inside', () => {
    const all = [
      said('business_side', 'no', 1, 'an old reason'),
      said('benefiting_unit', 'no', 2, 'runs claims from April'),
      said('measured_on_outcome', 'no', 3),
    ];
    expect(reasonFor(sponsorRecord([], all, 'U2'))).toBe('runs claims from April');
    expect(reasonFor(sponsorRecord([], [...all, said('benefiting_unit', 'yes', 4)], 'U2'))).toBe(
      'an old reason',
    );
    expect(reasonFor(sponsorRecord([], all.slice(2), 'U2'))).toBe(null);
  });
});

describe('the figures on sponsors', () => {
  it('count who answers and who has confirmed, and nobody by name', () => {
    const strength = sponsorStrength(
      answersOf(sponsorRecord([{ hash: 'a1', answeredBy: 'U2', answeredAt: 1 }], [], 'U2')),
    );
    const pilots = [
      { strength, silentSince: null },
      { strength, silentSince: '2026-02-20' },
      { strength: sponsorStrength({}), silentSince: '2026-02-01' },
    ];
    expect(sponsorFigures(pilots, '2026-03-01')).toEqual({ pilots: 3, answering: 2, confirmed: 2 });
    expect(sponsorFigures([], '2026-03-01')).toEqual({ pilots: 0, answering: 0, confirmed: 0 });
    expect(isUnanswered('2026-02-08', '2026-03-01')).toBe(true);
    expect(isUnanswered('2026-02-09', '2026-03-01')).toBe(false);
  });
});
