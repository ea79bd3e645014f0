/** Is what is suggested for a stuck pilot what its signs call for? */
import { describe, expect, it } from 'vitest';
import type { Signal } from '../../src/core/stall/signal.ts';
import { type SuggestionGiven, suggestionFor } from '../../src/core/suggestion.ts';

const given = (causes: readonly Signal['cause'][], over: Partial<SuggestionGiven> = {}): SuggestionGiven => ({
  signals: causes.map((cause) => ({ cause, weight: 2, isCritical: false, evidence: { rule: 'no_owner' } })),
  best: 0.5,
  elapsed: 0.4,
  arrives: false,
  isExtended: false,
  isRestructured: false,
  ...over,
});

describe('what is suggested', () => {
  it('ends what does harm, whatever else there is', () => {
    const harm = given(['blockers', 'progress']);
    const signals = harm.signals.map((signal) => ({ ...signal, isCritical: true }));
    expect(suggestionFor({ ...harm, signals })).toEqual({ decision: 'stop', because: 'harm' });
  });

  it.each([
    [['blockers'], {}, 'unblock', 'blocked'],
    [['blockers', 'rhythm'], {}, 'unblock', 'blocked_first'],
    [['people', 'blockers'], {}, 'unblock', 'nobody_owns'],
    [['purgatory'], {}, 'restructure', 'no_progress'],
    [['purgatory'], { isRestructured: true }, 'stop', 'no_progress_again'],
    [['progress'], { arrives: true }, 'extend', 'would_arrive'],
    [['progress'], { arrives: true, isExtended: true }, 'restructure', 'wont_arrive'],
    [['progress'], { isRestructured: true }, 'stop', 'tried_before'],
    [['progress'], { best: 0.1, elapsed: 0.6 }, 'stop', 'little_reached'],
    [['progress'], { best: null, elapsed: 0.6 }, 'stop', 'little_reached'],
    [['rhythm'], {}, 'unblock', 'silent'],
    [['rhythm', 'data'], { isRestructured: true, best: 0.1, elapsed: 0.9 }, 'stop', 'tried_before'],
    [['late_phase'], {}, 'extend', 'late'],
    [['late_phase'], { isExtended: true }, 'restructure', 'late'],
  ] as const)('for %j with %j is %s', (causes, over, decision, because) => {
    expect(suggestionFor(given(causes, over))).toEqual({ decision, because });
  });
});
