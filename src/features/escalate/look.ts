/** When is a pilot looked at, and what follows from what is seen? */

import { addDays, startOfDay } from '../../core/day.ts';
import { isFact, STALL_CAUSES, type StallCause, waitsForPress } from '../../core/escalation/cause.ts';
import { eventOf, type Finding, openingOf } from '../../core/escalation/opening.ts';
import { partsOf } from '../../core/escalation.ts';
import type { FinishedPhase } from '../../core/stall/phases.ts';
import { signalKey } from '../../core/stall/signal.ts';
import { findingsOf, type StallLook, stallLook } from '../../core/stall.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { type CaseRow, markCleared } from '../../db/queries/cases.ts';
import { keepLook, type LookRow } from '../../db/queries/looks.ts';
import { touched } from '../../db/queries/messages.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { unchangedPilot } from '../../db/queries/roles.ts';
import { claimSchedules, LOOK, moveOn, nextScheduled, type ScheduleRow } from '../../db/queries/schedules.ts';
import type { Duty, Parts } from '../feature.ts';
import { rethinkLooks } from './clock-back.ts';
import { daysAround, dueTurn, previewRows } from './decision-date.ts';
import { calendarOf, type Gathered } from './facts.ts';
import { phasesOfOthers } from './finished.ts';
import { knownAt, readPilot } from './gather.ts';
import { chainOf } from './people.ts';
import {
  type Around,
  beginning,
  hasMoved,
  hasTurned,
  rechained,
  type Turn,
  turn,
  turnStatements,
} from './perform.ts';
import { pressTurns } from './press.ts';
import { isStuck, WEEK } from './show.ts';

const LEASE_MS = 60_000;
/** At an hour at which nobody has begun yet, so that what is seen is there when people come. */
const EARLY_MS = 6 * 60 * 60 * 1000;

type Others = (workspace: string) => Promise<readonly FinishedPhase[]>;

async function lookAt(parts: Parts, schedule: ScheduleRow, at: number, others: Others): Promise<void> {
  const { db } = parts;
  const facts = await pilotById(db, schedule.workspace, schedule.subject);
  if (facts === null) {
    await commit(parts, schedule, () =>
      db.atomically(schedule.workspace, () => [guard(moveOn(db, schedule, null), 'schedule')]),
    );
    return;
  }
  const phases = await others(schedule.workspace);
  const read = await readPilot(parts, facts);
  await parts.giveWay();
  const known = knownAt(read, at, phases);
  const { desk, cadenceDays, versions } = known;
  const around: Around = { parts, facts, at, desk, cadenceDays, versions };
  const look = lookOf(known, known.settings.version);
  const row = lookRow(known, look, at);
  const newest = known.looks.at(-1) ?? null;
  const isOther = (newest?.standing ?? 'clear') !== row.standing;
  // Cards that are out say what is in the way as it is now.
  const isShown =
    known.cases.some(isStuck) && JSON.stringify(newest?.counted) !== JSON.stringify(row.counted);
  const turns = turnsOf(around, known, look).filter(hasTurned);
  const isNews = newest === null || !isSame(newest, row);
  const previews = previewRows(parts, known, at);
  const cleared = clearedCauses(known, look);
  await parts.giveWay();
  await commit(parts, schedule, () =>
    db.atomically(schedule.workspace, (log): (Statement | Guard)[] => [
      // Whoever changes a pilot raises its revision: what was read is then looked at again.
      guard(unchangedPilot(db, facts.pilot), 'pilot'),
      ...(isNews ? [keepLook(db, row)] : []),
      ...(cleared.length > 0
        ? [markCleared(db, { workspace: facts.pilot.workspace, pilot: facts.pilot.id }, cleared)]
        : []),
      ...turns.flatMap((one) =>
        turnStatements(around, one, { actor: 'system:look', score: look.score }, log),
      ),
      ...(isOther
        ? [
            log({
              at,
              kind: 'standing_changed',
              pilot: facts.pilot.id,
              actor: 'system:look',
              body: {
                standing: row.standing,
                score: row.score,
                signals: look.counted.map(({ cause, weight, evidence }) => ({
                  cause,
                  weight,
                  rule: evidence.rule,
                })),
                settings: row.settings,
              },
            }),
          ]
        : []),
      ...previews,
      ...(turns.some(hasMoved) || isOther || isShown ? touched(db, schedule.workspace, facts.pilot.id) : []),
      // Behind everything that asks for a look, so that a look does not ask for the next one.
      guard(moveOn(db, schedule, nextLook(known, at)), 'schedule'),
    ]),
  );
}

/** One look: by the thresholds of a version, knowing what the look before saw. */
export function lookOf(known: Gathered, version: number): StallLook {
  const { looks, today, isFresh, stall, versions } = known;
  const before = isFresh
    ? looks.findLast((look) => look.isFresh && look.day < today)?.seen
    : looks.at(-1)?.counted.map(signalKey);
  const settings = versions.get(version)?.settings ?? stall.settings;
  return stallLook({ ...stall, settings }, new Set(before ?? []));
}

function lookRow(known: Gathered, look: StallLook, at: number): LookRow {
  const { facts, standing, today, due, isFresh, view, settings } = known;
  return {
    workspace: facts.pilot.workspace,
    pilot: facts.pilot.id,
    day: today,
    at,
    due,
    isFresh,
    seen: look.seen.map(signalKey),
    counted: look.counted,
    score: look.score,
    standing: look.standing,
    verdicts: Object.fromEntries(
      standing.criteria.flatMap(({ criterion, evaluation }) =>
        'error' in evaluation ? [] : [[criterion.id, evaluation.verdict]],
      ),
    ),
    worst: standing.worst,
    view,
    settings: settings.version,
  };
}

/** Whether a look says what the one before says, apart from when it was made; one of a check-in stands for itself. */
function isSame(before: LookRow, after: LookRow): boolean {
  if (after.isFresh && before.day !== after.day) return false;
  const said = ({ isFresh, due, seen, counted, verdicts, view, settings }: LookRow) =>
    JSON.stringify([after.isFresh ? [isFresh, due, view, seen] : null, counted, verdicts, settings]);
  return said(before) === said(after);
}

/** What the look does to each case of the pilot. */
function turnsOf(around: Around, known: Gathered, look: StallLook): Turn[] {
  const { facts, cases } = known;
  const open = cases.filter(({ closedAt }) => closedAt === null);
  if (facts.pilot.stage === 'stopped') {
    return open.map((row) => turn(around, row, { event: 'pilot_ended', at: around.at }));
  }
  if (facts.pilot.pausedSince !== null) {
    return open.map((row) => turn(around, row, { event: 'pause', at: around.at }));
  }
  const resumed = open
    .filter(({ record }) => partsOf(record.state).isPaused)
    .map((row) => turn(around, row, { event: 'resume', at: around.at }));
  // What has just thawed is looked at again at once, by the look that this change asks for.
  if (resumed.length > 0) return resumed;
  const handed = open.flatMap((row) => handedTurn(around, known, row));
  // Whoever has taken over may have been asked to sign at the same moment: their time runs from then on.
  const isOpen = (cause: string) => open.some((row) => row.cause === cause);
  if (handed.length > 0)
    return [
      ...handed,
      ...pressTurns(around, known).filter(({ before, after }) => before === null && !isOpen(after.cause)),
    ];
  const due = dueTurn(around, known);
  return [
    ...STALL_CAUSES.filter((cause) => !waitsForPress(cause)).flatMap((cause) =>
      causeTurn(around, known, look, cause),
    ),
    ...(due === null ? [] : [due]),
    ...pressTurns(around, known),
  ];
}

/** The chain of a case is frozen; only somebody who has taken a role over is put in. */
function handedTurn(around: Around, known: Gathered, row: CaseRow): Turn[] {
  const { office } = known;
  const now = chainOf(known, row.record.cause);
  const was = row.record.chain;
  const roles = ['owner', 'backup', 'sponsor', 'delegate', 'person'] as const;
  const changed = roles.filter((role) => now[role] !== was[role]);
  // A programme office that was not known when the case opened is there from now on.
  const isNamed = was.office.length === 0 && office.length > 0;
  if (changed.length === 0 && !isNamed) return [];
  const to = Object.fromEntries(changed.map((role) => [role, now[role]]));
  return [rechained(around, row, isNamed ? { ...to, office } : to)];
}

function causeTurn(around: Around, known: Gathered, look: StallLook, cause: StallCause): Turn[] {
  const { today, cases, settings } = known;
  const { at } = around;
  const row = cases.find((one) => one.cause === cause && one.closedAt === null) ?? null;
  // The thresholds under which a case was opened hold until it is closed.
  const own = row === null || row.settings === settings.version ? look : lookOf(known, row.settings);
  const finding = findingsOf(own).get(cause) ?? null;
  if (row === null) return finding === null ? [] : opened(around, known, cause, finding);
  const { mode } = partsOf(row.record.state);
  const isAgain = row.turnedOn === today;
  // What is not confirmed begins to be watched, and asks nobody: neither for the first time nor again.
  if (finding === null) {
    const mayClear = known.isFresh || isFact(cause);
    const isSecond = mode === 'RESOLVING';
    if (isSecond && (isAgain || !mayClear)) return [];
  } else if (!finding.isSure && (mode === 'PENDING' || mode === 'RESOLVING')) return [];
  const event = isReturn(known, cause, finding, mode) ? 'reopen' : eventOf(finding, row.isCritical);
  const turned = turn(around, row, { event, at });
  return [marked(turned, finding, today)];
}

/** A case that begins, one rung higher where it was there not long ago; none while it is to stay quiet. */
function opened(around: Around, known: Gathered, cause: StallCause, finding: Finding): Turn[] {
  const { at } = around;
  if (openingFor(known, cause, finding, at) === 'quiet') return [];
  const row = beginning(around, cause, chainOf(known, cause), known.settings.version);
  const event = isReturn(known, cause, finding, 'CLEAR') ? 'reopen' : eventOf(finding, false);
  return [marked(turn(around, row, { event, at }, true), finding, known.today)];
}

function isReturn(known: Gathered, cause: StallCause, finding: Finding | null, mode: string): boolean {
  if (finding === null || !finding.isSure || finding.isCritical) return false;
  if (mode !== 'CLEAR' && mode !== 'PENDING') return false;
  return openingFor(known, cause, finding, startOfDay(known.today, known.zone)) === 'reopen';
}

function openingFor(known: Gathered, cause: StallCause, finding: Finding, at: number) {
  const last = known.cases.findLast((row) => row.cause === cause && row.closedAt !== null);
  const closed = last?.record.closed ?? null;
  const before =
    last === undefined || closed === null
      ? null
      : { as: closed.as, at: closed.at, weight: last.weight, hasCleared: last.hasCleared };
  return openingOf(before, finding, calendarOf(known), at);
}

/** What the look has found about a case, kept beside it; a case that is only cleared or seen once remembers the day. */
function marked(turned: Turn, finding: Finding | null, today: string): Turn {
  const { mode } = partsOf(turned.after.record.state);
  const isMoved = turned.before === null || turned.before.record.state !== turned.after.record.state;
  const waits = mode === 'PENDING' || mode === 'RESOLVING';
  return {
    ...turned,
    after: {
      ...turned.after,
      weight: finding?.weight ?? turned.after.weight,
      isCritical: finding?.isCritical ?? false,
      turnedOn: isMoved && waits ? today : turned.after.turnedOn,
    },
  };
}

/** Causes that look right and have a closed case that does not know it yet. */
function clearedCauses({ cases, isFresh }: Gathered, look: StallLook): StallCause[] {
  const found = findingsOf(look);
  return STALL_CAUSES.filter(
    (cause) =>
      !found.has(cause) &&
      (isFresh || isFact(cause)) &&
      cases.some((row) => row.cause === cause && row.closedAt !== null && !row.hasCleared),
  );
}

/** In a week at the latest; sooner where a day comes on which there is something to decide. Never more than once a day. */
function nextLook(known: Gathered, at: number): number | null {
  const { facts, today, zone } = known;
  if (facts.pilot.stage === 'stopped') return null;
  const around = daysAround(known);
  const days = [addDays(today, WEEK), ...(around === null ? [] : [around.preview, around.open])];
  const next = days.filter((day) => day > today).sort()[0] ?? addDays(today, WEEK);
  return Math.max(startOfDay(next, zone) + EARLY_MS, at + 1);
}

/** Looks at pilots: when something was reported, measured or changed, and once a week. */
export const lookDuty: Duty = {
  name: LOOK,
  waitsAfterGap: true,
  nextDue: (parts) => nextScheduled(parts.db, LOOK),
  rethink: rethinkLooks,
  async run(parts, at) {
    const others = readOnce((workspace) => phasesOfOthers(parts, workspace, at));
    for (;;) {
      const rows = await claimSchedules(parts.db, LOOK, at, LEASE_MS);
      if (rows.length === 0) return;
      for (const row of rows) {
        await parts.giveWay();
        await lookAt(parts, row, at, others);
      }
    }
  },
};

/** What is the same for all pilots of a workspace is read when the first of them is looked at. */
function readOnce<Value>(read: (workspace: string) => Promise<Value>): (workspace: string) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (workspace) => {
    const found = known.get(workspace) ?? read(workspace);
    known.set(workspace, found);
    return found;
  };
}

async function commit(parts: Parts, schedule: ScheduleRow, batch: () => Promise<void>): Promise<void> {
  try {
    await batch();
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    // Somebody acted at the same moment: it is looked at once more.
    await parts.db.atomically(schedule.workspace, () => [moveOn(parts.db, schedule, 0)]);
  }
}
