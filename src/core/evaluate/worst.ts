/** Which of several verdicts weighs most? */

import { VERDICTS, type Verdict } from './criterion.ts';

/**
 * The worst of several verdicts, in the order of `VERDICTS`; null when there is none.
 *
 * @example
 * worstOf(['met', 'at_risk', 'on_track']) // 'at_risk'
 * worstOf([]) // null
 */
export function worstOf(verdicts: readonly Verdict[]): Verdict | null {
  const rank = Math.max(...verdicts.map((verdict) => VERDICTS.indexOf(verdict)), -1);
  return VERDICTS[rank] ?? null;
}
