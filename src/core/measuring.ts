/** When is building over and measuring begun? */
import { criteriaOfVersion, type PilotFacts } from './pilot-facts.ts';

/**
 * Whether a pilot that is being built goes on to be measured: its charter is signed and every metric of a required
 * criterion has a value.
 *
 * @param measured the ids of the metrics that have a value
 * @example
 * isMeasured({ pilot: { stage: 'build' }, signed: { n: 1 }, criteria: [{ version: 1, role: 'required', metric: 'M1' }] }, new Set(['M1'])) // true
 * isMeasured({ pilot: { stage: 'build' }, signed: { n: 1 }, criteria: [{ version: 1, role: 'required', metric: 'M1' }] }, new Set()) // false
 * isMeasured({ pilot: { stage: 'select' }, signed: null, criteria: [] }, new Set()) // false
 */
export function isMeasured(
  facts: Pick<PilotFacts, 'signed' | 'criteria'> & { readonly pilot: Pick<PilotFacts['pilot'], 'stage'> },
  measured: ReadonlySet<string>,
): boolean {
  if (facts.pilot.stage !== 'build' || facts.signed === null) return false;
  return criteriaOfVersion(facts as PilotFacts, facts.signed.n)
    .filter(({ role }) => role === 'required')
    .every(({ metric }) => measured.has(metric));
}
