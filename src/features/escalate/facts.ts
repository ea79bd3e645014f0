/** What do the rules for pilots that are stuck get to see of what was read? */
import type { WorkingCalendar } from '../../core/calendar.ts';
import { type CheckInFacts, type CheckInOutcome, checkInOutcomes, missedInRow } from '../../core/check-in.ts';
import { type Day, dayOf } from '../../core/day.ts';
import type { OwnView } from '../../core/diagnose.ts';
import type { PressLetter } from '../../core/escalation/press.ts';
import type { Verdict } from '../../core/evaluate/criterion.ts';
import { loosenedAt } from '../../core/loosening.ts';
import { firstEndedAfter } from '../../core/metric.ts';
import type { PausedDays } from '../../core/pause.ts';
import { criteriaOfVersion, type MeasuredValue, type PilotFacts } from '../../core/pilot-facts.ts';
import { criterionSigns } from '../../core/stall/criterion-signs.ts';
import type { CriterionSigns, StallFacts } from '../../core/stall/facts.ts';
import { daysOthersTook, type FinishedPhase, phaseSince } from '../../core/stall/phases.ts';
import type { CriterionStanding, Standing } from '../../core/standing.ts';
import type { CaseRow, CopyRow } from '../../db/queries/cases.ts';
import type { DecisionRow } from '../../db/queries/decisions.ts';
import type { LookRow, StallSettingsVersion } from '../../db/queries/looks.ts';
import type { BlockerRow, CheckInRow } from '../../db/queries/rhythm.ts';
import { sponsorDays } from '../sponsor-signs.ts';
import type { PeopleDesk } from './people.ts';

/** Everything that was read about one pilot, and what the rules are asked about. */
export interface Gathered {
  readonly facts: PilotFacts;
  readonly stall: StallFacts;
  readonly standing: Standing;
  readonly looks: readonly LookRow[];
  readonly cases: readonly CaseRow[];
  readonly copies: readonly CopyRow[];
  readonly decisions: readonly DecisionRow[];
  readonly checkIns: readonly CheckInRow[];
  /** Requests to sign, questions and answers. */
  readonly letters: readonly PressLetter[];
  readonly blockers: readonly BlockerRow[];
  readonly settings: StallSettingsVersion;
  readonly versions: ReadonlyMap<number, StallSettingsVersion>;
  /** Something was reported or measured since the look before. */
  readonly isFresh: boolean;
  /** The check-in that this look stands for. */
  readonly due: Day | null;
  readonly view: CheckInRow['view'] | null;
  readonly office: readonly string[];
  readonly desk: PeopleDesk;
  readonly zone: string;
  readonly today: Day;
  readonly cadenceDays: number;
}

/** The same with what only the rules need. */
export interface Known extends Omit<Gathered, 'stall'> {
  readonly values: readonly MeasuredValue[];
  readonly pauses: readonly PausedDays[];
  readonly rhythm: CheckInFacts | null;
  /** The phases of pilots that have finished. */
  readonly others: readonly FinishedPhase[];
  readonly at: number;
}

/** Everything the rules look at. */
export function stallFactsOf(known: Known): StallFacts {
  const { facts, today, zone, at, rhythm, pauses, decisions, desk, blockers } = known;
  const { pilot, holders, signed, charter } = facts;
  const fields = (signed ?? charter).fields;
  const outcomes = rhythm === null ? [] : checkInOutcomes(rhythm, at);
  const missedDues = missedSinceHeard(known, outcomes);
  const calendar = calendarOf(known);
  const go = decisions.find(({ decision, state }) => decision.endsWith('go') && state === 'done');
  const extended = decisions.filter(({ decision, until }) => decision === 'extend' && until !== null);
  return {
    today,
    stage: pilot.stage,
    isPaused: pilot.pausedSince !== null,
    pauses,
    stageSince: stageSince(known),
    start: fields.start,
    graceFrom: fields.start,
    finishedDays: daysOthersTook(known.others, pilot.stage, today),
    charter: charterState(facts),
    decisionDate: fields.decision,
    decision: openDecision(known),
    progressOn: progressOn(known),
    extendedUntil:
      extended
        .map(({ until }) => until as Day)
        .sort()
        .at(-1) ?? null,
    valueOn: firstMet(known)[0] ?? null,
    liveOn: go === undefined ? null : dayOf(go.effectiveAt, zone),
    missedInRow: missedDues.length,
    missedDues,
    criteria: signed === null ? [] : known.standing.criteria.map((entry) => signsOf(known, entry)),
    views: viewsOf(known),
    loosenedOn: loosenedAt(facts).map((instant) => dayOf(instant, zone)),
    isOwnerMissing: holders.owner === undefined || !desk.isThere(holders.owner),
    sponsor: {
      isMissing: facts.everAsked && (holders.sponsor === undefined || !desk.isThere(holders.sponsor)),
      calendar: holders.sponsor === undefined ? calendar : desk.calendarOf(holders.sponsor),
      ...sponsorDays(known),
    },
    blockers: blockers
      .filter(({ closedAt }) => closedAt === null)
      .map(({ id, newsAt, owner }) => ({
        id,
        heardOn: dayOf(newsAt, zone),
        calendar: owner === null ? calendar : desk.calendarOf(owner),
      })),
    drift: [],
    settings: known.settings.settings,
  };
}

/**
 * The check-ins that were missed in a row and since a number or a view was heard last. While numbers come before they are
 * asked for nobody is asked, so what was missed long before would still seem to be the last that happened.
 */
function missedSinceHeard({ rhythm, values, checkIns }: Known, outcomes: readonly CheckInOutcome[]): Day[] {
  const missed = outcomes.filter(({ outcome }) => outcome === 'missed').map(({ due }) => due);
  const inRow = missedInRow(outcomes);
  // One by one: a pilot may have more values than a call may have arguments.
  let heard = 0;
  for (const { recordedAt } of values) heard = Math.max(heard, recordedAt);
  for (const { submittedAt } of checkIns) heard = Math.max(heard, submittedAt);
  const told = new Map(
    (rhythm?.log ?? []).filter(({ what }) => what === 'miss').map((row) => [row.due, row.at]),
  );
  return inRow === 0 ? [] : missed.slice(-inRow).filter((due) => (told.get(due) ?? heard) >= heard);
}

/** The owner's working calendar; that of the workspace where nobody owns the pilot. */
export const calendarOf = ({ facts, desk }: Pick<Gathered, 'facts' | 'desk'>): WorkingCalendar =>
  desk.calendarOf(facts.holders.owner ?? '');

function stageSince({ facts, values, decisions, zone }: Known): Day {
  const { pilot, signed, versions } = facts;
  const first = versions.find(({ answeredAt, hash }) => hash !== null && answeredAt !== null)?.answeredAt;
  const required = criteriaOfVersion(facts, signed?.n ?? 0).filter(({ role }) => role === 'required');
  const firsts = required.flatMap(({ metric }) => {
    const known = values.flatMap((row) => (row.metric === metric ? [row.recordedAt] : []));
    return known.length === 0 ? [] : [known.reduce((one, other) => Math.min(one, other))];
  });
  const go = decisions.findLast(({ decision }) => decision.endsWith('go'));
  const marks = {
    start: (signed ?? facts.charter).fields.start,
    created: dayOf(pilot.createdAt, zone),
    agreed: signed === null ? null : dayOf(first ?? pilot.createdAt, zone),
    measured: firsts.length === 0 ? null : dayOf(Math.max(...firsts), zone),
    live: go === undefined ? null : dayOf(go.effectiveAt, zone),
  };
  return phaseSince(marks, pilot.stage);
}

/** The days on which required criteria were first met, oldest first. */
function firstMet({ looks, standing, today }: Known): Day[] {
  const ids = standing.criteria.filter(({ criterion }) => criterion.role === 'required');
  return ids
    .flatMap(({ criterion, evaluation }) => {
      const seen = looks.find(({ verdicts }) => verdicts[criterion.id] === 'met')?.day;
      const isMet = !('error' in evaluation) && evaluation.verdict === 'met';
      if (seen !== undefined) return [seen];
      return isMet ? [today] : [];
    })
    .sort();
}

/** Progress is a gate passed, a criterion met, a blocker closed or a new shape signed; nothing else is. */
function progressOn(known: Known): Day | null {
  const { facts, blockers, decisions, zone } = known;
  const reshaped = facts.versions.filter(
    ({ n, hash, answeredAt }) => n > 1 && hash !== null && answeredAt !== null,
  );
  const days = [
    ...firstMet(known),
    ...blockers.flatMap(({ closedAt }) => (closedAt === null ? [] : [dayOf(closedAt, zone)])),
    ...reshaped.map(({ answeredAt }) => dayOf(answeredAt ?? 0, zone)),
    ...decisions
      .filter(({ decision, state }) => decision.endsWith('go') && state === 'done')
      .map(({ effectiveAt }) => dayOf(effectiveAt, zone)),
  ];
  return days.sort().at(-1) ?? null;
}

/** When the open decision could first be made: the day its card arrived. */
function openDecision({ cases, copies, desk, zone }: Known): StallFacts['decision'] {
  const open = cases.find(({ cause, closedAt }) => cause === 'decision_overdue' && closedAt === null);
  const sent = copies.find((copy) => copy.case === open?.id && copy.outcome === 'sent');
  if (open === undefined || sent === undefined || sent.at === null) return null;
  return { deliveredOn: dayOf(sent.at, zone), calendar: desk.calendarOf(sent.person) };
}

/** The newest look of each check-in, oldest first; the check-in of the look at hand is left out. */
function pastLooks({ looks, due, isFresh }: Pick<Known, 'looks' | 'due' | 'isFresh'>): LookRow[] {
  const byDue = new Map<Day, LookRow>();
  for (const look of looks) {
    if (look.due !== null && !(isFresh && look.due === due)) byDue.set(look.due, look);
  }
  return [...byDue.values()];
}

function signsOf(known: Known, entry: CriterionStanding): CriterionSigns {
  const { facts, today, values, isFresh, due } = known;
  const { criterion, metric, evaluation } = entry;
  const now =
    isFresh && due !== null && !('error' in evaluation) ? [{ day: today, verdict: evaluation.verdict }] : [];
  const past = pastLooks(known).flatMap(({ day, verdicts }) => {
    const verdict = verdicts[criterion.id];
    return verdict === undefined ? [] : [{ day, verdict: verdict as Verdict }];
  });
  const start = facts.signed?.fields.start ?? today;
  const own = values.filter((row) => row.metric === metric.id);
  const ends = own.filter(({ withdrawn }) => !withdrawn).map(({ periodEnd }) => periodEnd);
  // The first number that did not come, and not the newest: what is asked again every week is waited for since the first time.
  const from = [start, criterion.firstEffect ?? start, ...ends].reduce((one, other) =>
    one > other ? one : other,
  );
  const missing = firstEndedAfter(start, metric.cadence, from, today);
  const asked = known.rhythm?.log.find(
    (row) => row.what === 'ask' && missing !== null && row.due >= missing.end,
  );
  return criterionSigns(entry, {
    start,
    today,
    looks: [...past, ...now],
    values: own,
    // Single values come from a system, whoever is the metric's source beside it.
    isFed: metric.source !== 'typed' || criterion.agg === 'percentile',
    askedOn: asked?.due ?? null,
  });
}

function viewsOf(known: Known): (readonly [OwnView, Verdict])[] {
  const past = pastLooks(known).flatMap(({ view, worst }): (readonly [OwnView, Verdict])[] =>
    view === null || worst === null ? [] : [[view, worst as Verdict]],
  );
  const { view, standing } = known;
  return view === null || standing.worst === null ? past : [...past, [view, standing.worst]];
}

function charterState({ signed, charter }: PilotFacts): StallFacts['charter'] {
  if (signed !== null) return 'signed';
  return charter.status === 'asked' ? 'asked' : 'unsigned';
}
