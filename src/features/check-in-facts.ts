/** What is known about a pilot's check-ins, in the form the rules take? */
import type { CheckInFacts } from '../core/check-in.ts';
import type { Day } from '../core/day.ts';
import { cadenceOf } from '../core/metric.ts';
import { criteriaOfVersion, type PilotFacts } from '../core/pilot-facts.ts';
import { type Rhythm, WEEKLY } from '../core/rhythm.ts';
import { answersFor } from '../core/roles.ts';
import { valuesToJudge } from '../db/queries/observations.ts';
import { checkInLogOf, checkInsOf, pausesOf, roleSince } from '../db/queries/rhythm.ts';
import { checkInRhythms } from '../db/queries/settings.ts';
import { calendarsOf } from './calendars.ts';
import type { Parts } from './feature.ts';
import { whoIsThere } from './who-is-there.ts';

/**
 * The facts about one pilot's check-ins, by the rhythm given or else the one that is kept; null for a pilot nobody owes one for: unsigned, stopped, or without a start date
 * or owner.
 */
export async function checkInFacts(
  parts: Parts,
  facts: PilotFacts,
  given?: Rhythm,
): Promise<CheckInFacts | null> {
  const { pilot, holders, signed } = facts;
  const there = await whoIsThere(parts, pilot.workspace, [holders.owner, holders.backup]);
  // An owner who is gone owes nothing any more: the backup does, as long as nobody has taken over.
  const owner = answersFor('owner', holders, (id) => there.has(id));
  const start = signed?.fields.start ?? null;
  if (signed === null || start === null || owner === null || pilot.stage === 'stopped') return null;
  const { db } = parts;
  const of = { workspace: pilot.workspace, pilot: pilot.id };
  const [kept, checkIns, log, pauses, since, values] = await Promise.all([
    given === undefined ? checkInRhythms(db, pilot.workspace, [pilot.id]) : null,
    checkInsOf(db, of),
    checkInLogOf(db, of),
    pausesOf(db, of),
    roleSince(db, of, owner === holders.owner ? 'owner' : 'backup', owner),
    valuesToJudge(db, pilot.workspace, pilot.id),
  ]);
  const people = [...there];
  const calendars = await calendarsOf(parts, pilot.workspace, people);
  const delegates = people
    .flatMap((id) => calendars.get(id)?.leave ?? [])
    .flatMap(({ delegate }) => (delegate === null ? [] : [delegate]));
  const standIns = [...new Set([...delegates, ...people.slice(1)])].filter((id) => id !== owner);
  const all = new Map([...calendars, ...(await calendarsOf(parts, pilot.workspace, standIns))]);
  const asked = (id: string) => {
    const calendar = all.get(id);
    return calendar === undefined ? [] : [{ id, calendar }];
  };
  const [ownerAsked] = asked(owner);
  if (ownerAsked === undefined) return null;
  const firstSigned = facts.versions.find(({ status }) => status === 'signed' || status === 'superseded');
  const counted = Map.groupBy(
    values.filter(({ withdrawn }) => !withdrawn),
    ({ metric }) => metric,
  );
  const required = new Map<string, Day>();
  for (const { role, metric, deadline, agg } of criteriaOfVersion(facts, signed.n)) {
    // Nobody types the single values a percentile is worked out from.
    if (agg === 'percentile') continue;
    if (role === 'required' && deadline > (required.get(metric) ?? '')) required.set(metric, deadline);
  }
  return {
    rhythm: given ?? kept?.get(pilot.id) ?? WEEKLY,
    anchor: start,
    owedSince: Math.max(
      firstSigned?.answeredAt ?? signed.answeredAt ?? pilot.createdAt,
      since ?? 0,
      pilot.releasedAt ?? 0,
    ),
    pauses: pauses.map(({ since: from, until }) => ({ from, until })),
    owner: ownerAsked,
    standIns: standIns.flatMap(asked),
    typed: facts.metrics
      .filter((metric) => required.has(metric.id) && metric.source === 'typed')
      .map((metric) => {
        const until = required.get(metric.id);
        return {
          start,
          cadence: cadenceOf(metric.cadence),
          recorded: firstRecorded(counted.get(metric.id) ?? []),
          ...(until === undefined ? {} : { until }),
        };
      }),
    checkIns: checkIns.map(({ due, submittedAt }) => ({ due, at: submittedAt })),
    log: log.map(({ due, what, at, person }) => ({ due, what, at, to: person })),
  };
}

function firstRecorded(
  rows: readonly { readonly periodEnd: string; readonly recordedAt: number }[],
): Map<string, number> {
  const first = new Map<string, number>();
  for (const { periodEnd, recordedAt } of rows) {
    first.set(periodEnd, Math.min(first.get(periodEnd) ?? recordedAt, recordedAt));
  }
  return first;
}
