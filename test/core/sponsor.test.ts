import { describe, expect, it } from 'vitest';
import { heartbeat, SPONSOR_TESTS, sponsorStrength } from '../../src/core/sponsor.ts';

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
