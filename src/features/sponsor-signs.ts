/** How does a sponsor stand behind a pilot, since when do they owe an answer, and when were they last heard of? */
import { type Day, dayOf } from '../core/day.ts';
import type { PilotFacts } from '../core/pilot-facts.ts';
import { type SponsorRecord, sponsorRecord } from '../core/sponsor.ts';
import type { Database } from '../db/database.ts';
import {
  allCases,
  type CaseRow,
  type CopyRow,
  casesOf,
  copiesOfCases,
  copiesOfPilot,
} from '../db/queries/cases.ts';
import { type DecisionRow, decisionsMade, decisionsOf } from '../db/queries/decisions.ts';
import { sponsorAnswersOf } from '../db/queries/sponsor-answers.ts';

/** What was read about one pilot. */
export interface SponsorRead {
  readonly facts: PilotFacts;
  readonly cases: readonly CaseRow[];
  readonly copies: readonly CopyRow[];
  readonly decisions: readonly DecisionRow[];
  /** IANA zone of the workspace. */
  readonly zone: string;
}

/** The days that make a heartbeat. */
export interface SponsorDays {
  readonly askedOn: Day | null;
  readonly heardOn: Day | null;
}

/** The day of the oldest request that waits for the sponsor, and the last day they answered, decided or took something on. */
export function sponsorDays({ facts, cases, copies, decisions, zone }: SponsorRead): SponsorDays {
  const { charter, versions, holders } = facts;
  const open = new Set(cases.filter(({ closedAt }) => closedAt === null).map(({ id }) => id));
  const asked = [
    ...(charter.status === 'asked' && charter.askedAt !== null ? [charter.askedAt] : []),
    ...copies
      .filter((copy) => open.has(copy.case) && copy.isAsked && copy.outcome === 'sent')
      // What an earlier sponsor was asked, the one of today does not owe.
      .filter(({ role, person }) => (role === 'sponsor' || role === 'person') && person === holders.sponsor)
      .flatMap(({ at }) => (at === null ? [] : [at])),
  ];
  const heard = [
    ...versions.flatMap(({ answeredAt, answeredBy }) =>
      answeredBy !== null && answeredBy === holders.sponsor && answeredAt !== null ? [answeredAt] : [],
    ),
    ...decisions.filter(({ role, by }) => role !== 'sponsor' || by === holders.sponsor).map(({ at }) => at),
    ...cases.flatMap(({ said }) =>
      [said.plan, said.snooze, said.closing].flatMap((one) =>
        one !== undefined && one.by === holders.sponsor ? [one.at] : [],
      ),
    ),
  ];
  return {
    askedOn: asked.length === 0 ? null : dayOf(Math.min(...asked), zone),
    heardOn: heard.length === 0 ? null : dayOf(Math.max(...heard), zone),
  };
}

/** What was answered about the sponsor of today, by whom and when. */
export async function sponsorRecordOf(db: Database, facts: PilotFacts): Promise<SponsorRecord> {
  const { sponsor } = facts.holders;
  if (sponsor === undefined) return {};
  const of = { workspace: facts.pilot.workspace, pilot: facts.pilot.id };
  return sponsorRecord(facts.versions, await sponsorAnswersOf(db, of), sponsor);
}

/** The days of one pilot. */
export async function sponsorDaysOf(db: Database, facts: PilotFacts, zone: string): Promise<SponsorDays> {
  const of = { workspace: facts.pilot.workspace, pilot: facts.pilot.id };
  const [cases, copies, decisions] = await Promise.all([
    casesOf(db, of),
    copiesOfPilot(db, of),
    decisionsOf(db, of),
  ]);
  return sponsorDays({ facts, cases, copies, decisions, zone });
}

/** The days of many pilots, by pilot: three queries, however many there are. */
export async function sponsorDaysByPilot(
  db: Database,
  workspace: string,
  pilots: readonly PilotFacts[],
  zone: string,
): Promise<ReadonlyMap<string, SponsorDays>> {
  const [cases, decisions] = await Promise.all([allCases(db, workspace), decisionsMade(db, workspace)]);
  const open = cases.filter(({ closedAt }) => closedAt === null).map(({ id }) => id);
  const copies = open.length === 0 ? [] : await copiesOfCases(db, workspace, open);
  const [casesBy, copiesBy, decisionsBy] = [
    Map.groupBy(cases, ({ pilot }) => pilot),
    Map.groupBy(copies, ({ pilot }) => pilot),
    Map.groupBy(decisions, ({ pilot }) => pilot),
  ];
  return new Map(
    pilots.map((facts) => {
      const { id } = facts.pilot;
      const known = {
        cases: casesBy.get(id) ?? [],
        copies: copiesBy.get(id) ?? [],
        decisions: decisionsBy.get(id) ?? [],
      };
      return [id, sponsorDays({ facts, ...known, zone })];
    }),
  );
}
