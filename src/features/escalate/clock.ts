/** What happens when an answer does not come in time, and when a message has or has not arrived? */
import { delivered, timeoutOf } from '../../core/escalation/advance.ts';
import type { Addressee } from '../../core/escalation/cause.ts';
import { guard, Stale } from '../../db/database.ts';
import {
  type CaseRow,
  type CopyNews,
  caseById,
  copiesOfCases,
  copyNews,
  settleCaseCopy,
} from '../../db/queries/cases.ts';
import { decisionsOf } from '../../db/queries/decisions.ts';
import { newestLook, stallSettingsOf } from '../../db/queries/looks.ts';
import { touched } from '../../db/queries/messages.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import {
  CASE_CLOCK,
  claimSchedules,
  moveOn,
  nextScheduled,
  type ScheduleRow,
} from '../../db/queries/schedules.ts';
import { checkInRhythms } from '../../db/queries/settings.ts';
import { WATCHED } from '../../db/queries/watched.ts';
import type { Duty, Parts } from '../feature.ts';
import { rethinkCases } from './clock-back.ts';
import { deskFor, everyone } from './people.ts';
import { type Around, surroundings, type Turn, turn, turnStatements, unreached } from './perform.ts';

const LEASE_MS = 60_000;
const BATCH = 200;
const STEP_DAYS: Readonly<Record<string, number>> = { week: 7, fortnight: 14, month: 30 };

/** What a case happens in. */
async function aroundOf(parts: Parts, row: CaseRow, at: number): Promise<Around | null> {
  const facts = await pilotById(parts.db, row.workspace, row.pilot);
  if (facts === null) return null;
  const [desk, rhythms, versions] = await Promise.all([
    deskFor(parts, row.workspace, [...everyone(row.record.chain), ...Object.values(facts.holders)]),
    checkInRhythms(parts.db, row.workspace, [row.pilot]),
    stallSettingsOf(parts.db, row.workspace),
  ]);
  const cadenceDays = STEP_DAYS[rhythms.get(row.pilot)?.every ?? 'week'] ?? 7;
  return { parts, facts, at, desk, cadenceDays, versions };
}

async function runOut(parts: Parts, schedule: ScheduleRow, at: number): Promise<void> {
  const { db } = parts;
  const row = await caseById(db, schedule.workspace, schedule.subject);
  const around = row === null || row.closedAt !== null ? null : await aroundOf(parts, row, at);
  const of = { workspace: schedule.workspace, pilot: row?.pilot ?? '' };
  const [newest, decisions] = await Promise.all([newestLook(db, of), decisionsOf(db, of)]);
  const score = newest?.score ?? 0;
  const pending = decisions.find(({ state }) => state === 'pending');
  const event = row === null ? null : timeoutOf(row.record, score, at);
  if (row === null || around === null || event === null || pending !== undefined) {
    // Somebody has decided and may still undo it: nobody is asked anything meanwhile.
    const next = pending === undefined ? null : pending.effectiveAt + 1;
    await commit(() =>
      db.atomically(schedule.workspace, () => [guard(moveOn(db, schedule, next), 'schedule')]),
    );
    return;
  }
  const turned = turn(around, row, { event, at, seen: row.revision });
  await commit(() =>
    db.atomically(row.workspace, (log) => [
      guard(moveOn(db, schedule, null), 'schedule'),
      ...turnStatements(around, turned, { actor: 'system:clock', score }, log),
      ...touched(db, row.workspace, row.pilot),
    ]),
  );
}

/** In the order in which they fell due: what happens to one case weighs in the next. */
const byAge = (a: ScheduleRow, b: ScheduleRow): number =>
  (a.nextAt ?? 0) - (b.nextAt ?? 0) || (a.subject < b.subject ? -1 : 1);

/** Answers that did not come in time. */
export const clockDuty: Duty = {
  name: CASE_CLOCK,
  waitsAfterGap: true,
  nextDue: (parts) => nextScheduled(parts.db, CASE_CLOCK),
  rethink: rethinkCases,
  async run(parts, at) {
    for (;;) {
      const rows = await claimSchedules(parts.db, CASE_CLOCK, at, LEASE_MS);
      if (rows.length === 0) return;
      for (const row of rows.toSorted(byAge)) {
        await parts.giveWay();
        await runOut(parts, row, at);
      }
    }
  },
};

/** What has become of a copy makes of its case. */
async function learned(parts: Parts, news: CopyNews, at: number): Promise<void> {
  const { db } = parts;
  const row = await caseById(db, news.workspace, news.case);
  const around = row === null ? null : await aroundOf(parts, row, at);
  // While a pilot is watched only, what would have been said counts as said, so that what would follow is seen as well.
  const arrived =
    news.state === 'sent' || news.state === 'unknown' || news.error === JOINED || news.error === WATCHED;
  const failed = news.state === 'failed';
  const outcome = outcomeOf(arrived, failed);
  const when = Math.min(news.finishedAt ?? at, at);
  const settled = settleCaseCopy(db, news, outcome, when);
  if (row === null || around === null || row.closedAt !== null || !(arrived || failed)) {
    await commit(() => db.atomically(news.workspace, () => [guard(settled, 'copy')]));
    return;
  }
  const as = news.role as Addressee;
  let turned: Turn;
  if (arrived) {
    const delivery = { person: news.person, as, at: when };
    const record = delivered(row.record, news.seq, delivery, surroundings(around, row.settings));
    turned = { before: row, after: { ...row, record }, event: 'delivered', copies: [] };
  } else {
    const others = await copiesOfCases(db, news.workspace, [news.case]);
    const isLast = others.every(
      ({ seq, role, outcome: of, id }) =>
        seq !== news.seq || role !== news.role || of === 'failed' || id === news.id,
    );
    turned = isLast
      ? unreached(around, row, news.seq, as)
      : { before: row, after: row, event: 'failed', copies: [] };
  }
  await commit(() =>
    db.atomically(news.workspace, (log) => [
      guard(settled, 'copy'),
      ...turnStatements(around, turned, { actor: 'system:delivery', score: 0 }, log),
      // The channel reads by which day a decision is waited for once the clock runs.
      ...(turned.copies.length > 0 || (row.cause === 'decision_overdue' && arrived)
        ? touched(db, row.workspace, row.pilot)
        : []),
    ]),
  );
}

function outcomeOf(arrived: boolean, failed: boolean): CopyNews['outcome'] {
  if (arrived) return 'sent';
  return failed ? 'failed' : 'dropped';
}

/** A copy that was not sent because another one of that day says the same. */
export const JOINED = 'shown on another message of the day';

/** Messages that arrived, or did not. */
export const newsDuty: Duty = {
  name: 'case-news',
  waitsAfterGap: true,
  async nextDue(parts) {
    const [first] = await copyNews(parts.db, 1);
    // A clock that has gone back since must not hold it up.
    return first === undefined ? null : Math.min(first.finishedAt ?? 0, parts.now());
  },
  async run(parts, at) {
    for (const news of await copyNews(parts.db, BATCH)) await learned(parts, news, at);
  },
};

async function commit(batch: () => Promise<void>): Promise<void> {
  try {
    await batch();
  } catch (error) {
    // Somebody else has acted on this case meanwhile; it is looked at again.
    if (!(error instanceof Stale)) throw error;
  }
}
