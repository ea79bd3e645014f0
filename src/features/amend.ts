/** Which version may be written on, and what does it take to start one? */

import type { CharterFields } from '../core/charter.ts';
import { afterAct } from '../core/charter.ts';
import { type Criterion, criteriaOfVersion, type PilotFacts } from '../core/pilot-facts.ts';
import { type Guard, guard, type Statement } from '../db/database.ts';
import { changeVersion, insertCriterion, insertVersion } from '../db/queries/charters.ts';
import type { Scene } from './feature.ts';

/** A version that can be written on, and the statements that make it so. */
export interface Writable {
  readonly n: number;
  readonly begin: readonly (Statement | Guard)[];
  /** The criteria of the version once `begin` has run, with their ids there. */
  readonly criteria: readonly Criterion[];
  /** True when a signed version was left as it is and a new one started. */
  readonly amends: boolean;
}

/**
 * Makes the newest version writable. A signed one stays as it is: version n+1 begins as a copy of it. One the sponsor was
 * asked about becomes a draft again, and the request with it "changed, not open". Somebody else's change since `facts`
 * were read makes the batch stale. A declined one stays declined until it has another sponsor.
 */
export function writable(
  scene: Pick<Scene, 'db' | 'workspace' | 'newId'>,
  facts: PilotFacts,
  fields: CharterFields,
  resultsKnown: boolean,
  hasOtherSponsor = false,
): Writable {
  const { db, workspace } = scene;
  const { charter, pilot } = facts;
  const criteria = criteriaOfVersion(facts, charter.n);
  if (charter.status !== 'signed') {
    // Nobody has said anything yet to a sponsor who has just been named.
    const status = hasOtherSponsor ? 'draft' : afterAct(charter.status, 'edit');
    if (status === null) throw new Error(`a charter that is ${charter.status} cannot be edited`);
    const change = { status, fields, resultsKnown: charter.resultsKnown || resultsKnown };
    return {
      n: charter.n,
      begin: [guard(changeVersion(db, workspace, charter, change), 'charter')],
      criteria,
      amends: false,
    };
  }
  const n = charter.n + 1;
  const copies = criteria.map((criterion) => ({ ...criterion, id: scene.newId(), version: n }));
  return {
    n,
    begin: [
      insertVersion(
        db,
        { workspace, pilot: pilot.id, id: scene.newId() },
        n,
        { ...fields, note: null },
        resultsKnown,
      ),
      ...copies.map((copy) => insertCriterion(db, { ...copy, workspace, pilot: pilot.id })),
    ],
    criteria: copies,
    amends: true,
  };
}
