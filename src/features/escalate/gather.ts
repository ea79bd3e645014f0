/** How is read what tells whether a pilot is stuck? */
import type { CheckInFacts } from '../../core/check-in.ts';
import { type Day, dayOf } from '../../core/day.ts';
import { pausedDays } from '../../core/pause.ts';
import type { MeasuredValue, PilotFacts } from '../../core/pilot-facts.ts';
import { newestDueDay } from '../../core/rhythm.ts';
import { fromRelease } from '../../core/stall/from-release.ts';
import type { FinishedPhase } from '../../core/stall/phases.ts';
import { standingOf } from '../../core/standing.ts';
import { casesOf, copiesOfPilot } from '../../db/queries/cases.ts';
import { decisionsOf } from '../../db/queries/decisions.ts';
import { type LookRow, looksOf, newestSettings, stallSettingsOf } from '../../db/queries/looks.ts';
import { valuesToJudge } from '../../db/queries/observations.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { pressLettersOf } from '../../db/queries/press-letters.ts';
import { blockersOf, type CheckInRow, checkInsOf, pausesOf } from '../../db/queries/rhythm.ts';
import { checkInFacts } from '../check-in-facts.ts';
import type { Parts } from '../feature.ts';
import { officeMembers } from '../who-is-there.ts';
import { type Gathered, stallFactsOf } from './facts.ts';
import { deskFor } from './people.ts';

/**
 * Reads everything about one pilot: one query per noun.
 *
 * @param others the phases of pilots that have finished: read once for all pilots that are looked at together
 */
export async function gather(
  parts: Parts,
  facts: PilotFacts,
  at: number,
  others: readonly FinishedPhase[],
): Promise<Gathered> {
  return knownAt(await readPilot(parts, facts), at, others);
}

/** Reads it once, to be looked at as it was known at any instant. */
export async function readPilot(parts: Parts, facts: PilotFacts) {
  const { db } = parts;
  const { workspace, id: pilot } = facts.pilot;
  const of = { workspace, pilot };
  const [
    row,
    values,
    pauseRows,
    checkIns,
    rhythm,
    blockers,
    looks,
    cases,
    copies,
    decisions,
    versions,
    letters,
    office,
  ] = await Promise.all([
    workspaceById(db, workspace),
    valuesToJudge(db, workspace, pilot),
    pausesOf(db, of),
    checkInsOf(db, of),
    checkInFacts(parts, facts),
    blockersOf(db, of),
    looksOf(db, of),
    casesOf(db, of),
    copiesOfPilot(db, of),
    decisionsOf(db, of),
    stallSettingsOf(db, workspace),
    pressLettersOf(db, of),
    officeMembers(parts, workspace),
  ]);
  const zone = row?.timezone ?? 'UTC';
  const chains = cases.flatMap(({ record }) => [
    record.chain.owner,
    record.chain.sponsor,
    record.chain.person,
  ]);
  const desk = await deskFor(parts, workspace, [
    ...Object.values(facts.holders),
    ...office,
    ...chains,
    ...blockers.map(({ owner }) => owner),
  ]);
  return {
    facts,
    zone,
    values,
    pauseRows,
    checkIns,
    rhythm,
    blockers,
    looks,
    cases,
    copies,
    decisions,
    versions,
    letters,
    office,
    desk,
  };
}

/** What was known at an instant (epoch ms): nothing that came later. */
export function knownAt(
  read: Awaited<ReturnType<typeof readPilot>>,
  at: number,
  others: readonly FinishedPhase[],
): Gathered {
  const { facts, zone, pauseRows, versions } = read;
  const today = dayOf(at, zone);
  const values = read.values.filter(({ recordedAt }) => recordedAt <= at);
  const checkIns = read.checkIns.filter(({ submittedAt }) => submittedAt <= at);
  const looks = read.looks.filter((look) => look.at <= at);
  const rhythm =
    read.rhythm === null ? null : { ...read.rhythm, log: read.rhythm.log.filter((entry) => entry.at <= at) };
  const blockers = read.blockers
    .filter(({ raisedAt }) => raisedAt <= at)
    .map((row) => (row.closedAt !== null && row.closedAt > at ? { ...row, closedAt: null } : row));
  const settings = newestSettings(versions);
  const pauses = pausedDays(pauseRows, zone, at);
  const standing = standingOf(facts, values, zone, at, pauses);
  const news = newsSince(looks, checkIns, rhythm, values, today, at);
  const shown = checkIns.findLast(({ due }) => due !== null && due === news.due);
  const base = {
    facts,
    standing,
    looks,
    cases: read.cases,
    copies: read.copies,
    decisions: read.decisions,
    checkIns,
    letters: read.letters.filter(({ createdAt }) => createdAt <= at),
    blockers,
    settings,
    versions,
    ...news,
    view: shown?.view ?? null,
    office: read.office,
    desk: read.desk,
    zone,
    today,
    cadenceDays: cadenceOf(rhythm),
  };
  const { releasedAt } = facts.pilot;
  const releasedOn = releasedAt === null ? null : dayOf(releasedAt, zone);
  const stall = stallFactsOf({ ...base, values, pauses, rhythm, others, at });
  return { ...base, stall: fromRelease(stall, releasedOn) };
}

const DAYS: Readonly<Record<string, number>> = { week: 7, fortnight: 14, month: 30 };

const cadenceOf = (rhythm: CheckInFacts | null): number => DAYS[rhythm?.rhythm.every ?? 'week'] ?? 7;

/** Whether anything was reported or measured since the newest fresh look, and to which check-in it belongs. */
function newsSince(
  looks: readonly LookRow[],
  checkIns: readonly CheckInRow[],
  rhythm: CheckInFacts | null,
  values: readonly MeasuredValue[],
  today: Day,
  at: number,
): { readonly isFresh: boolean; readonly due: Day | null } {
  const since = looks.findLast(({ isFresh }) => isFresh)?.at ?? 0;
  const answered = checkIns.filter(({ submittedAt }) => submittedAt > since && submittedAt <= at);
  const missed = rhythm?.log.filter((entry) => entry.what === 'miss' && entry.at > since) ?? [];
  const measured = values.some(({ recordedAt }) => recordedAt > since && recordedAt <= at);
  const isFresh = answered.length > 0 || missed.length > 0 || measured;
  const ofToday = looks.find(({ day }) => day === today);
  if (!isFresh) return { isFresh: ofToday?.isFresh ?? false, due: ofToday?.due ?? null };
  const newest = rhythm === null ? null : newestDueDay(rhythm.rhythm, rhythm.anchor, today);
  const dues = [newest, ofToday?.due, ...answered.map(({ due }) => due), ...missed.map(({ due }) => due)];
  return {
    isFresh,
    due:
      dues
        .filter((day) => typeof day === 'string')
        .sort()
        .at(-1) ?? null,
  };
}
