import { describe, expect, it } from 'vitest';
import {
  answersOnRecord,
  heartbeat,
  isUnanswered,
  SPONSOR_TESTS,
  sponsorFigures,
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
  const signed = { hash: 'a1', answeredBy: 'U2' };

  it('is all five tests once they have signed a version themselves, however old', () => {
    const answers = answersOnRecord([signed, { hash: 'b2', answeredBy: 'U3' }], 'U2');
    expect(sponsorStrength(answers).yes).toEqual([...SPONSOR_TESTS]);
  });

  it.each([
    ['a delegate signed', [{ hash: 'a1', answeredBy: 'U9' }]],
    ['they declined', [{ hash: null, answeredBy: 'U2' }]],
    ['nobody has signed', []],
  ])('is nothing where %s', (_what, versions) => {
    expect(sponsorStrength(answersOnRecord(versions, 'U2')).open).toEqual([...SPONSOR_TESTS]);
  });

  it('is nothing where nobody is the sponsor', () => {
    expect(answersOnRecord([{ hash: 'a1', answeredBy: null }], undefined)).toEqual({});
  });
});

describe('the figures on sponsors', () => {
  it('count who answers and who has confirmed, and nobody by name', () => {
    const strength = sponsorStrength(answersOnRecord([{ hash: 'a1', answeredBy: 'U2' }], 'U2'));
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
