/** What does somebody owe, most urgent first? */
import { missingToSign } from './charter.ts';
import type { Day } from './day.ts';
import { currentValues } from './judge.ts';
import { endedPeriods } from './metric.ts';
import { criteriaOfVersion, type PilotFacts, type RecordedValue } from './pilot-facts.ts';

/** One thing that waits for somebody. */
export type Owed =
  /** A charter waits for this person's answer since `since`. */
  | { readonly what: 'sign'; readonly facts: PilotFacts; readonly since: number }
  /** The sponsor asked for changes or declined. */
  | { readonly what: 'change'; readonly facts: PilotFacts; readonly since: number }
  /** Values of ended periods are missing; `metrics` are their names. */
  | {
      readonly what: 'record';
      readonly facts: PilotFacts;
      readonly since: number;
      readonly metrics: readonly string[];
    }
  /** A draft is complete and its sponsor can be asked. */
  | { readonly what: 'ask'; readonly facts: PilotFacts; readonly since: number }
  /** A draft misses something before it can be signed. */
  | {
      readonly what: 'complete';
      readonly facts: PilotFacts;
      readonly since: number;
      readonly missing: number;
    };

const ORDER: readonly Owed['what'][] = ['sign', 'change', 'record', 'ask', 'complete'];

/**
 * What one person owes on one pilot. `values` are the pilot's recorded values; `today` is a day in `zone`, where periods
 * are counted.
 */
export function owedOn(
  facts: PilotFacts,
  values: readonly RecordedValue[],
  person: string,
  today: Day,
): Owed[] {
  const { charter, holders, pilot, signed } = facts;
  const owed: Owed[] = [];
  const works = person === holders.owner;
  if (pilot.stage === 'stopped' || pilot.pausedSince !== null) return owed;
  if (charter.status === 'asked' && (person === holders.sponsor || person === holders.delegate)) {
    owed.push({ what: 'sign', facts, since: charter.askedAt ?? pilot.createdAt });
  }
  if (works && (charter.status === 'changes_requested' || charter.status === 'declined')) {
    owed.push({ what: 'change', facts, since: charter.answeredAt ?? pilot.createdAt });
  }
  if (works && (charter.status === 'draft' || charter.status === 'withdrawn')) {
    const missing = missingToSign(charter.fields, holders, criteriaOfVersion(facts, charter.n)).length;
    owed.push(
      missing === 0
        ? { what: 'ask', facts, since: pilot.createdAt }
        : { what: 'complete', facts, since: pilot.createdAt, missing },
    );
  }
  const start = signed?.fields.start ?? null;
  if (signed !== null && start !== null) {
    const used = new Set(criteriaOfVersion(facts, signed.n).map(({ metric }) => metric));
    const due = facts.metrics.filter((metric) => {
      if (!used.has(metric.id) || person !== (metric.reporter ?? holders.owner)) return false;
      const newest = endedPeriods(start, metric.cadence, today).at(-1);
      const current = currentValues(values.filter((row) => row.metric === metric.id));
      return newest !== undefined && !current.some(({ periodEnd }) => periodEnd === newest.end);
    });
    if (due.length > 0) {
      owed.push({
        what: 'record',
        facts,
        since: signed.answeredAt ?? pilot.createdAt,
        metrics: due.map(({ name }) => name),
      });
    }
  }
  return owed;
}

/** Most urgent first: what others wait for, then the oldest. */
export const byUrgency = (owed: readonly Owed[]): Owed[] =>
  owed.toSorted((a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what) || a.since - b.since);
