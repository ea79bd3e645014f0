import { describe, expect, it } from 'vitest';
import { workingCalendar } from '../../src/core/calendar.ts';
import type { Leave } from '../../src/core/calendar-settings.ts';
import { gapKey, nextPreflight, type PreflightFacts, preflight } from '../../src/core/preflight.ts';

const HOLDERS = { owner: 'U1', sponsor: 'U2', backup: 'U3', delegate: 'U4' };

const look = (given: Partial<PreflightFacts> = {}, leave: Readonly<Record<string, readonly Leave[]>> = {}) =>
  preflight({
    today: '2026-02-02',
    start: '2026-01-05',
    decision: '2026-04-05',
    holders: HOLDERS,
    isThere: () => true,
    calendarOf: (person) => workingCalendar({ zone: 'UTC', leave: [...(leave[person] ?? [])] }),
    silentSince: null,
    ...given,
  });

const away = (from: string, until: string, delegate: string | null = null): Leave => ({
  from,
  until,
  delegate,
});

describe('before it matters', () => {
  it('there is nothing to say where everybody is there and has somebody who stands in', () => {
    expect(look()).toEqual([]);
    expect(look({}, { U1: [away('2026-02-09', '2026-02-20')] })).toEqual([]);
  });

  it('says that somebody is missing, and nothing more about their place', () => {
    expect(look({ holders: { sponsor: 'U2', delegate: 'U4' } })).toEqual([
      { why: 'missing', role: 'owner', person: null, tellOn: '2026-02-02' },
    ]);
    const gone = look({
      holders: { owner: 'U1', sponsor: 'U2', backup: 'U3' },
      isThere: (id) => id !== 'U2',
    });
    expect(gone).toEqual([{ why: 'missing', role: 'sponsor', person: 'U2', tellOn: '2026-02-02' }]);
  });

  it('names a leave without anybody who stands in, five working days before it begins', () => {
    const holders = { owner: 'U1', sponsor: 'U2', delegate: 'U4' };
    expect(look({ holders }, { U1: [away('2026-02-16', '2026-02-20')] })[0]).toEqual({
      why: 'away',
      role: 'owner',
      person: 'U1',
      from: '2026-02-16',
      until: '2026-02-20',
      tellOn: '2026-02-09',
    });
    expect(look({ holders }, { U1: [away('2026-02-16', '2026-02-20', 'U9')] })[0]?.why).toBe('no_deputy');
    expect(look({ holders }, { U1: [away('2026-01-19', '2026-01-30')] })[0]?.why).toBe('no_deputy');
  });

  it('counts nobody as standing in who is away on the same day, and no leave that falls on a weekend', () => {
    const both = { U2: [away('2026-02-16', '2026-02-20')], U4: [away('2026-02-12', '2026-02-17')] };
    expect(look({}, both).map(({ why, role }) => [why, role])).toEqual([['away', 'sponsor']]);
    const weekend = { U2: [away('2026-02-14', '2026-02-15')], U4: [away('2026-02-12', '2026-02-17')] };
    expect(look({}, weekend)).toEqual([]);
  });

  it('wants a backup after two weeks, and a delegate two weeks before the decision', () => {
    const holders = { owner: 'U1', sponsor: 'U2' };
    expect(look({ holders }).map(({ role, tellOn }) => [role, tellOn])).toEqual([
      ['owner', '2026-01-19'],
      ['sponsor', '2026-03-22'],
    ]);
    expect(look({ holders, decision: null })[1]?.tellOn).toBe('2026-01-19');
    const goneDelegate = look({ isThere: (id) => id !== 'U4' });
    expect(goneDelegate).toEqual([{ why: 'no_deputy', role: 'sponsor', tellOn: '2026-03-22' }]);
  });

  it('looks for somebody else when a question has waited for three weeks', () => {
    expect(look({ silentSince: '2026-01-20' })).toEqual([
      { why: 'unanswered', role: 'sponsor', since: '2026-01-20', tellOn: '2026-02-10' },
    ]);
  });

  it('knows the same thing again by its key, and another leave as another thing', () => {
    const [first] = look(
      { holders: { ...HOLDERS, backup: 'U1' } },
      { U1: [away('2026-02-16', '2026-02-20')] },
    );
    const [later] = look(
      { holders: { ...HOLDERS, backup: 'U1' } },
      { U1: [away('2026-03-16', '2026-03-20')] },
    );
    expect([first, later].map((gap) => gap && gapKey(gap))).toEqual([
      'away:owner:2026-02-16',
      'away:owner:2026-03-16',
    ]);
    const [unanswered] = look({ silentSince: '2026-01-20' });
    expect(unanswered && gapKey(unanswered)).toBe('unanswered:sponsor:2026-01-20');
  });

  it('looks at six in the morning, on the day on which the clocks change too', () => {
    const at = (text: string) => Date.parse(text);
    expect(nextPreflight('Europe/Berlin', at('2026-01-05T03:00:00Z'))).toBe(at('2026-01-05T05:00:00Z'));
    expect(nextPreflight('Europe/Berlin', at('2026-01-05T05:00:00Z'))).toBe(at('2026-01-06T05:00:00Z'));
    expect(nextPreflight('UTC', at('2026-01-05T05:59:59Z'))).toBe(at('2026-01-05T06:00:00Z'));
  });
});
