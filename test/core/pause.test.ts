import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/core/judge.ts';
import { pausedDays } from '../../src/core/pause.ts';
import { standingOf } from '../../src/core/standing.ts';
import { aCriterion, aMetric, aValue, daysLater, signedFacts } from '../support/facts.ts';

const BERLIN = 'Europe/Berlin';
const at = (text: string) => Date.parse(text);

describe('paused days', () => {
  it('are days of the zone, from the one it began on up to the one it goes on', () => {
    const pauses = [{ since: at('2026-02-01T23:30:00Z'), until: at('2026-02-08T23:30:00Z') }];
    expect(pausedDays(pauses, BERLIN, at('2026-03-01T00:00:00Z'))).toEqual([['2026-02-02', '2026-02-09']]);
    expect(pausedDays(pauses, 'UTC', at('2026-03-01T00:00:00Z'))).toEqual([['2026-02-01', '2026-02-08']]);
  });

  it('are known only as far as they were known at the instant that is asked about', () => {
    const pauses = [
      { since: at('2026-01-12T09:00:00Z'), until: at('2026-01-19T09:00:00Z') },
      { since: at('2026-02-02T09:00:00Z'), until: null },
    ];
    expect(pausedDays(pauses, BERLIN, at('2026-01-12T08:59:00Z'))).toEqual([]);
    expect(pausedDays(pauses, BERLIN, at('2026-01-15T09:00:00Z'))).toEqual([['2026-01-12', null]]);
    expect(pausedDays(pauses, BERLIN, at('2026-01-20T09:00:00Z'))).toEqual([['2026-01-12', '2026-01-19']]);
    expect(pausedDays(pauses, BERLIN, at('2026-02-20T09:00:00Z'))).toEqual([
      ['2026-01-12', '2026-01-19'],
      ['2026-02-02', null],
    ]);
  });

  it('are none for a pause that ends on the day it began', () => {
    const pauses = [{ since: at('2026-02-02T08:00:00Z'), until: at('2026-02-02T16:00:00Z') }];
    expect(pausedDays(pauses, BERLIN, at('2026-03-01T00:00:00Z'))).toEqual([]);
  });
});

describe('judging a pilot that rested', () => {
  // Agreed 12.50 from 18.40 by 29 March; after four weeks it stands where it should after one.
  const calendar = { start: '2026-01-05', zone: BERLIN };
  const values = [aValue({ periodStart: '2026-01-26', periodEnd: '2026-02-02', value: '17.80' })];
  const now = daysLater(33);

  it('takes no time for the days it rested', () => {
    const criterion = aCriterion();
    const without = judge(criterion, aMetric(), calendar, values, now);
    const rested = judge(
      criterion,
      aMetric(),
      { ...calendar, pauses: [['2026-01-12', '2026-01-26']] },
      values,
      now,
    );
    expect(without).toMatchObject({ verdict: 'at_risk' });
    expect(rested).toMatchObject({ verdict: 'on_track' });
  });

  it('says the same through the standing of the pilot', () => {
    const facts = signedFacts();
    const stands = (pauses?: readonly (readonly [string, string | null])[]) =>
      standingOf(facts, values, BERLIN, now, pauses).worst;
    expect(stands()).toBe('at_risk');
    expect(stands([])).toBe('at_risk');
    expect(stands([['2026-01-12', '2026-01-26']])).not.toBe('at_risk');
  });

  it('asks for less than of one that worked on, as long as the pause lies before the newest number', () => {
    // The newest number is of the week that ends on 1 February, day 32.
    const pause = fc.record({
      since: fc.integer({ min: 0, max: 16 }),
      days: fc.integer({ min: 0, max: 15 }),
    });
    fc.assert(
      fc.property(fc.array(pause, { maxLength: 4 }), (pauses) => {
        const rows = pauses.map(({ since, days }) => ({
          since: daysLater(since),
          until: daysLater(since + days),
        }));
        const days = pausedDays(rows, BERLIN, now);
        const judged = judge(aCriterion(), aMetric(), { ...calendar, pauses: days }, values, now);
        const plain = judge(aCriterion(), aMetric(), calendar, values, now);
        if ('error' in judged || 'error' in plain) throw new Error('the sample can be judged');
        expect(judged.expected_progress ?? 0).toBeLessThanOrEqual(plain.expected_progress ?? 0);
      }),
    );
  });
});
