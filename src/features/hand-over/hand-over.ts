/** What is written when roles of one pilot change hands? */
import { afterAct } from '../../core/charter.ts';
import type { Json } from '../../core/logbook.ts';
import type { Holders, Role } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type ActingRole, changedRoles } from '../../core/roles.ts';
import { type Guard, guard, type Log, type Statement } from '../../db/database.ts';
import { changeVersion, updateMetric } from '../../db/queries/charters.ts';
import { touched } from '../../db/queries/messages.ts';
import { intend } from '../../db/queries/outbox.ts';
import { rethinkCheckIns } from '../../db/queries/rhythm.ts';
import { drawHomes, giveRoles, unchangedPilot } from '../../db/queries/roles.ts';
import type { Parts } from '../feature.ts';

/** Who hands over, when, and what they say about it. */
export interface Doing {
  readonly parts: Pick<Parts, 'db' | 'newId'>;
  readonly workspace: string;
  readonly at: number;
  readonly by: string;
  readonly role: ActingRole;
  readonly note: string | null;
}

/** A change of hands: who holds what afterwards, whose metrics are typed by whom, and who is told about their own part. */
export interface Change {
  readonly after: Holders;
  readonly metrics: readonly string[];
  readonly reporter: string | null;
  /** True tells new and former holders one by one; false leaves that to one message about everything. */
  readonly tellHolders: boolean;
}

/** Whether an open request to sign, or a draft, has to be looked at again because it has another sponsor. */
export const reopens = (facts: PilotFacts, after: Holders): boolean =>
  facts.holders.sponsor !== after.sponsor && facts.charter.status !== 'signed';

/** The statements of one pilot; stale when anything about the pilot has changed since `facts` were read. */
export function handOverStatements(
  how: Doing,
  facts: PilotFacts,
  change: Change,
  log: Log,
): (Statement | Guard)[] {
  const { workspace, at } = how;
  const { db, newId } = how.parts;
  const { pilot, holders, charter } = facts;
  const changed = changedRoles(holders, change.after);
  const people = [...Object.values(holders), ...Object.values(change.after)];
  return [
    guard(unchangedPilot(db, { workspace, id: pilot.id, revision: pilot.revision }), 'pilot'),
    ...(reopens(facts, change.after) ? [guard(reopened(how, facts), 'charter')] : []),
    ...giveRoles(db, { workspace, pilot: pilot.id, now: at }, changed, newId),
    ...change.metrics.map((id) => updateMetric(db, workspace, id, { reporter: change.reporter })),
    log({
      at,
      kind: 'handed_over',
      pilot: pilot.id,
      actor: `user:${how.by}`,
      body: {
        role: how.role,
        roles: Object.keys(changed),
        metrics: change.metrics.length,
        version: charter.n,
        request_closed: charter.status === 'asked' && reopens(facts, change.after),
      },
      personal: { people: changed, reporter: change.reporter, note: how.note },
    }),
    ...letters(how, facts, change, changed),
    rethinkCheckIns(db, workspace, [pilot.id]),
    drawHomes(db, workspace, [...new Set(people)]),
    ...touched(db, workspace, pilot.id),
  ];
}

/** The version goes back to its draft: what the former sponsor was asked is not open any more. */
function reopened(how: Doing, { charter }: PilotFacts): Statement {
  const status = afterAct(charter.status, 'edit') ?? 'draft';
  return changeVersion(how.parts.db, how.workspace, charter, { status });
}

function letters(
  how: Doing,
  facts: PilotFacts,
  change: Change,
  changed: Partial<Record<Role, string | null>>,
): Statement[] {
  const { pilot, holders, everAsked } = facts;
  const roles = Object.entries(changed) as [Role, string | null][];
  const letter = (
    kind: string,
    addressee: string,
    role: Role,
    details: { [key: string]: Json },
  ): Statement => {
    const { db, newId } = how.parts;
    return intend(db, how.workspace, newId(), how.at, {
      kind,
      subject: pilot.id,
      version: 1,
      addressee,
      details: { role, by: how.by, note: how.note, ...details },
      dedupeKey: `${kind}:${pilot.id}:${role}:${pilot.revision}:${addressee}`,
      notBefore: how.at,
    });
  };
  const owner = change.after.owner;
  return roles.flatMap(([role, to]) => {
    const before = holders[role] ?? null;
    // Before the signature was asked for, only its owners know of a pilot.
    const knows = everAsked || role === 'owner' || role === 'backup';
    const received =
      to !== null && to !== how.by && change.tellHolders && knows
        ? [letter(role === 'owner' ? 'owner-received' : 'role-received', `user:${to}`, role, {})]
        : [];
    const gone =
      before !== null && before !== how.by && change.tellHolders && knows
        ? [letter('role-gone', `user:${before}`, role, { to })]
        : [];
    const sponsorChanged =
      role === 'sponsor' && to !== null && owner !== undefined && owner !== how.by && owner !== to
        ? [letter('sponsor-changed', `user:${owner}`, role, { to, closed: reopens(facts, change.after) })]
        : [];
    const line =
      everAsked && (role === 'owner' || role === 'sponsor')
        ? [letter('hand-over-line', `pilot-card:${pilot.id}`, role, { to, before })]
        : [];
    return [...received, ...gone, ...sponsorChanged, ...line];
  });
}
