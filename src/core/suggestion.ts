/** What would help a pilot that is stuck, and why? */
import type { Decision } from './escalation/refusal.ts';
import type { Signal } from './stall/signal.ts';

/** Why something is suggested, as a code; the words stand in views/. */
export type SuggestionReason =
  | 'harm'
  | 'blocked'
  | 'blocked_first'
  | 'nobody_owns'
  | 'no_progress_again'
  | 'no_progress'
  | 'tried_before'
  | 'little_reached'
  | 'would_arrive'
  | 'wont_arrive'
  | 'silent'
  | 'late';

/** A suggestion: what is computed is never what is decided. */
export interface Suggestion {
  readonly decision: Extract<Decision, 'unblock' | 'extend' | 'restructure' | 'stop'>;
  readonly because: SuggestionReason;
}

/** What a suggestion rests on besides the signals. */
export interface SuggestionGiven {
  readonly signals: readonly Pick<Signal, 'cause' | 'weight' | 'isCritical' | 'evidence'>[];
  /** The best progress of a required criterion, 0 to 1; null where nothing was measured. */
  readonly best: number | null;
  /** Share of the time gone, 0 to 1; null where it cannot be told. */
  readonly elapsed: number | null;
  /** Whether what is measured is likely to arrive within the extension. */
  readonly arrives: boolean;
  readonly isExtended: boolean;
  readonly isRestructured: boolean;
}

const LITTLE = 0.25;
const HALF = 0.5;

/**
 * What the first applicable rule suggests: harm ends a pilot; six months without progress ask for a new shape, or an end where
 * there was one before; what is blocked is unblocked, who is missing is named; a promise that cannot be kept is changed or given
 * more time once; of a pilot nobody hears of it is first found out what is missing.
 *
 * @example
 * suggestionFor({ signals: [{ cause: 'blockers', weight: 2, isCritical: false, evidence: { rule: 'old_blocker' } }], best: 0.6, elapsed: 0.4, arrives: false, isExtended: false, isRestructured: false }) // { decision: 'unblock', because: 'blocked' }
 * suggestionFor({ signals: [{ cause: 'progress', weight: 4, isCritical: false, evidence: { rule: 'off_track' } }], best: 0.1, elapsed: 0.6, arrives: false, isExtended: false, isRestructured: false }) // { decision: 'stop', because: 'little_reached' }
 * suggestionFor({ signals: [{ cause: 'rhythm', weight: 4, isCritical: false, evidence: { rule: 'missed_check_ins' } }], best: null, elapsed: null, arrives: false, isExtended: false, isRestructured: false }) // { decision: 'unblock', because: 'silent' }
 * suggestionFor({ signals: [{ cause: 'purgatory', weight: 4, isCritical: false, evidence: { rule: 'purgatory' } }], best: 0.5, elapsed: 1, arrives: false, isExtended: true, isRestructured: true }) // { decision: 'stop', because: 'no_progress_again' }
 */
export function suggestionFor(given: SuggestionGiven): Suggestion {
  const { signals, best, elapsed, isExtended, isRestructured } = given;
  const shows = (...causes: readonly Signal['cause'][]) =>
    signals.some(({ cause }) => causes.includes(cause));
  const isHopeless = elapsed !== null && elapsed >= HALF && (best === null || best < LITTLE);
  if (signals.some(({ isCritical }) => isCritical)) return { decision: 'stop', because: 'harm' };
  if (shows('purgatory')) {
    return isRestructured
      ? { decision: 'stop', because: 'no_progress_again' }
      : { decision: 'restructure', because: 'no_progress' };
  }
  if (shows('people')) return { decision: 'unblock', because: 'nobody_owns' };
  if (shows('blockers')) {
    const isAll = signals.every(({ cause }) => cause === 'blockers');
    return { decision: 'unblock', because: isAll ? 'blocked' : 'blocked_first' };
  }
  if (shows('progress', 'adoption')) return forPromise(given, isHopeless);
  if (shows('rhythm', 'data', 'honesty', 'setup')) {
    return isRestructured && isHopeless
      ? { decision: 'stop', because: 'tried_before' }
      : { decision: 'unblock', because: 'silent' };
  }
  return isExtended ? { decision: 'restructure', because: 'late' } : { decision: 'extend', because: 'late' };
}

// A promise that cannot be kept as it stands.
function forPromise(
  { arrives, isExtended, isRestructured }: SuggestionGiven,
  isHopeless: boolean,
): Suggestion {
  if (isRestructured) return { decision: 'stop', because: 'tried_before' };
  if (isHopeless) return { decision: 'stop', because: 'little_reached' };
  return arrives && !isExtended
    ? { decision: 'extend', because: 'would_arrive' }
    : { decision: 'restructure', because: 'wont_arrive' };
}
