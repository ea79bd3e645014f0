/** What happens when a value is recorded, corrected or withdrawn? */
import { agreedUnits, unitKept } from '../core/agreed-rates.ts';
import { type Day, type Period, periodNumbered } from '../core/day.ts';
import { numberProblem } from '../core/define-criterion.ts';
import { currentValues } from '../core/judge.ts';
import { isMeasured } from '../core/measuring.ts';
import { cadenceOf, endedPeriods, nextToRecord, periodFor, todayIn } from '../core/metric.ts';
import { pausedDays } from '../core/pause.ts';
import {
  criteriaOfVersion,
  type Metric,
  type PilotFacts,
  type RecordedValue,
  versionInForce,
} from '../core/pilot-facts.ts';
import { parseQuantity, parseYesNo } from '../core/quantity.ts';
import { type Standing, standingOf } from '../core/standing.ts';
import type { Guard, Statement } from '../db/database.ts';
import { updatePilot } from '../db/queries/charters.ts';
import { touched } from '../db/queries/messages.ts';
import { insertObservation, observationsOf } from '../db/queries/observations.ts';
import { intend } from '../db/queries/outbox.ts';
import { pausesOf } from '../db/queries/rhythm.ts';
import { changedWords, wordsOf } from '../views/changed-words.ts';
import { criterionProblemText } from '../views/criterion-problem-text.ts';
import { dayText, periodText, weekdayText } from '../views/day-text.ts';
import { shownValue } from '../views/value-text.ts';
import type { Scene } from './feature.ts';

/** One value somebody typed. */
export interface TypedValue {
  readonly metric: Metric;
  readonly typed: string;
  /** A day inside the period, or the period itself; null is the newest one that has ended and has no value. */
  readonly when: Day | Period | null;
  readonly evidence: string | null;
  readonly reason: string | null;
}

/** A typed value that can be kept, with what it replaces. */
export interface KeptValue {
  readonly metric: Metric;
  readonly period: Period;
  readonly value: string;
  readonly unit: string;
  readonly evidence: string | null;
  readonly reason: string | null;
  readonly replaces: RecordedValue | null;
  /** The same value stands there already: nothing is to be written. */
  readonly same: boolean;
}

/** Reads a typed value, or says in one sentence what is wrong with it. `at` says whether the number or the day is. */
export function readValue(
  facts: PilotFacts,
  entry: TypedValue,
  values: readonly RecordedValue[],
  today: Day,
):
  | { readonly ok: true; readonly kept: KeptValue }
  | { readonly ok: false; readonly at: 'value' | 'day'; readonly error: string } {
  const { metric, typed, when } = entry;
  const wrong = (at: 'value' | 'day', error: string) => ({ ok: false as const, at, error });
  const start = versionInForce(facts).fields.start;
  if (start === null)
    return wrong(
      'day',
      `${facts.pilot.name} has no start date yet, so there are no periods. Set it under Edit charter.`,
    );
  const current = currentValues(values.filter((row) => row.metric === metric.id));
  const ends = current.map(({ periodEnd }) => periodEnd);
  const choice = choosePeriod(start, metric, when, ends, today);
  if ('error' in choice) return wrong(when === null ? 'value' : 'day', choice.error);
  const criteria = criteriaOfVersion(facts, versionInForce(facts).n);
  const number = readNumber(metric, typed, agreedUnits(criteria, metric.id), today);
  if ('error' in number) return wrong('value', number.error);
  const before = current.find(({ periodEnd }) => periodEnd === choice.period.end) ?? null;
  const same =
    before !== null &&
    before.value === number.value &&
    before.unit === number.unit &&
    entry.evidence === null;
  return {
    ok: true,
    kept: {
      metric,
      period: choice.period,
      ...number,
      evidence: entry.evidence,
      reason: entry.reason,
      replaces: before,
      same,
    },
  };
}

/**
 * The period a form named when it was opened, by its end: what is typed belongs there, whatever was recorded meanwhile. The
 * sentence why not when the periods have changed since; null when the form could not name one.
 */
export function periodShown(
  facts: PilotFacts,
  metric: Metric,
  end: Day | null,
  today: Day,
): { readonly period: Period | null } | { readonly error: string } {
  if (end === null) return { period: null };
  const start = versionInForce(facts).fields.start;
  const ended = start === null ? [] : endedPeriods(start, metric.cadence, today);
  const period = ended.find((candidate) => candidate.end === end);
  return period === undefined
    ? { error: `The periods of ${metric.name} have changed since this form was opened. Open it again.` }
    : { period };
}

/** One form, or one command, writes one value of a metric: however often Slack delivers it, it has this key. */
export function requestKey(scene: Scene, metric: Metric): string | null {
  const request = scene.incoming.view?.id ?? scene.incoming.trigger;
  return request === null ? null : `${request}:${metric.id}`;
}

/** The period a value is for, or the sentence why it cannot be recorded. */
function choosePeriod(
  start: Day,
  metric: Metric,
  when: TypedValue['when'],
  recordedEnds: readonly Day[],
  today: Day,
): { readonly period: Period } | { readonly error: string } {
  if (when === null) {
    const next = nextToRecord(start, metric.cadence, recordedEnds, today);
    if (next !== null) return { period: next };
    const first = periodNumbered(start, cadenceOf(metric.cadence), 1);
    return {
      error: `The first period of ${metric.name} is not over yet. It can be recorded from ${dayText(first.end, today)}.`,
    };
  }
  if (typeof when !== 'string') return { period: when };
  const choice = periodFor(start, metric.cadence, when, today);
  if (choice.ok) return { period: choice.period };
  return {
    error:
      choice.why === 'before_start'
        ? `${dayText(when, today)} is before the start, ${dayText(choice.start, today)}. Choose a day from then on.`
        : `The period ${periodText(choice.period)} is still running. It can be recorded from ${weekdayText(choice.from, today)}.`,
  };
}

function readNumber(
  metric: Metric,
  typed: string,
  agreed: readonly string[],
  today: Day,
): { value: string; unit: string } | { error: string } {
  if (metric.unit === 'bool') {
    const answer = parseYesNo(typed);
    return answer === null
      ? { error: `"${typed}" is neither yes nor no. ${metric.name} is answered with yes or no.` }
      : { value: String(answer), unit: 'bool' };
  }
  const read = parseQuantity(typed, metric.unit);
  if ('problem' in read) return { error: criterionProblemText(numberProblem(typed, read), today) };
  const unit = unitKept(read.unit ?? metric.unit, metric.unit, agreed);
  if (unit === null) {
    return { error: criterionProblemText({ code: 'unit_differs', typed, unit: metric.unit }, today) };
  }
  return { value: read.value, unit };
}

/** What keeping values has changed, for the answer. */
export interface Kept {
  /** All values of the pilot afterwards, in the order in which they were recorded. */
  readonly values: readonly RecordedValue[];
  readonly before: Standing;
  readonly after: Standing;
}

/**
 * Writes values down: rows, history, the card, and a line in the channel where the word has changed.
 *
 * @param values the pilot's values so far, in the order in which they were recorded
 */
export async function keepValues(
  scene: Scene,
  facts: PilotFacts,
  kept: readonly KeptValue[],
  values: readonly RecordedValue[],
): Promise<Kept> {
  const rows = kept
    .filter(({ same }) => !same)
    .map((value) => ({
      workspace: scene.workspace,
      id: scene.newId(),
      pilot: facts.pilot.id,
      metric: value.metric.id,
      periodStart: value.period.start,
      periodEnd: value.period.end,
      value: value.value,
      num: null,
      den: null,
      raw: null,
      n: null,
      unit: value.unit,
      source: 'typed',
      trust: value.evidence === null ? 0 : 1,
      evidence: value.evidence,
      recordedAt: scene.at,
      recordedBy: scene.actor.id,
      withdrawn: false,
      reason: value.reason,
      ingestKey: requestKey(scene, value.metric),
    }));
  return write(scene, facts, { rows, values, kind: 'value_recorded' });
}

/** Takes a value back: a flagged row, so that what stood there stays readable. */
export async function withdrawRow(scene: Scene, facts: PilotFacts, row: RecordedValue): Promise<Kept> {
  const flagged = {
    workspace: scene.workspace,
    id: scene.newId(),
    pilot: facts.pilot.id,
    metric: row.metric,
    periodStart: row.periodStart,
    periodEnd: row.periodEnd,
    value: row.value,
    num: row.num,
    den: row.den,
    raw: null,
    n: row.n,
    unit: row.unit,
    source: 'typed',
    trust: row.trust,
    evidence: null,
    recordedAt: scene.at,
    recordedBy: scene.actor.id,
    withdrawn: true,
    reason: null,
    // A value is taken back once, however many presses arrive at the same moment.
    ingestKey: `withdrawn:${row.id}`,
  };
  const values = await observationsOf(scene.db, scene.workspace, facts.pilot.id);
  return write(scene, facts, { rows: [flagged], values, kind: 'value_withdrawn' });
}

type Row = Parameters<typeof insertObservation>[1];

async function write(
  scene: Scene,
  facts: PilotFacts,
  news: { readonly rows: readonly Row[]; readonly values: readonly RecordedValue[]; readonly kind: string },
): Promise<Kept> {
  const { db, workspace, at } = scene;
  const { pilot } = facts;
  const { rows, values, kind } = news;
  const pauses = await pausesOf(db, { workspace, pilot: pilot.id });
  const rested = pausedDays(pauses, scene.workspaceZone, at);
  const before = standingOf(facts, values, scene.workspaceZone, at, rested);
  const all = [...values, ...rows.map((row) => ({ ...row }) as RecordedValue & Row)] as RecordedValue[];
  const after = standingOf(facts, all, scene.workspaceZone, at, rested);
  if (rows.length === 0) return { values, before, after };
  const changed = changedWords(wordsOf(before), after);
  const batch = db.atomically(workspace, (log): (Statement | Guard)[] => [
    ...rows.map((row) => insertObservation(db, row)),
    ...(isMeasured(facts, measuredMetrics(all))
      ? [updatePilot(db, workspace, pilot.id, { stage: 'measure' })]
      : []),
    ...rows.map((row) =>
      log({
        at,
        kind,
        pilot: pilot.id,
        actor: `user:${scene.actor.id}`,
        body: {
          observation: row.id,
          metric: row.metric,
          period: row.periodEnd,
          value: row.value ?? null,
          unit: row.unit,
          before_signature: facts.signed === null,
        },
        personal: { reason: row.reason ?? null, evidence: row.evidence ?? null },
      }),
    ),
    ...(changed.length > 0 && facts.signed !== null
      ? [
          intend(db, workspace, scene.newId(), at, {
            kind: 'word-changed',
            subject: pilot.id,
            version: facts.signed.n,
            addressee: `pilot-card:${pilot.id}`,
            details: { criteria: changed.map(({ criterion }) => criterion.id) },
            dedupeKey: `word-changed:${rows[0]?.id ?? scene.newId()}`,
            notBefore: at,
          }),
        ]
      : []),
    ...touched(db, workspace, pilot.id),
  ]);
  try {
    await batch;
  } catch (error) {
    // The same request at the same moment: the other one has written it.
    if (!db.isDuplicate(error)) throw error;
    return { values: await observationsOf(db, workspace, pilot.id), before: after, after };
  }
  return { values: all, before, after };
}

/** The metrics that have a value that counts. */
const measuredMetrics = (values: readonly RecordedValue[]): ReadonlySet<string> => {
  const rows = [...Map.groupBy(values, ({ metric }) => metric)];
  return new Set(rows.filter(([, of]) => currentValues(of).length > 0).map(([metric]) => metric));
};

/** What was kept, in one sentence per value: the period, and what it replaces. */
export function keptText(kept: KeptValue): string {
  const shown = shownValue({ value: kept.value, num: null, den: null, unit: kept.unit }, kept.metric);
  const what = `${kept.metric.name}, ${periodText(kept.period)}: ${shown}`;
  if (kept.same) return `${what} stands there already. Nothing has changed.`;
  if (kept.replaces === null) return `${what} is recorded.`;
  return `${what} is recorded; it replaces ${shownValue(kept.replaces, kept.metric)}.`;
}

/** Today where the periods are counted. */
export const periodToday = (scene: Scene): Day => todayIn(scene.workspaceZone, scene.at);
