/** What does somebody owe, most urgent first? */
import { missingToSign } from './charter.ts';
import { type Condition, waitsForConditions } from './condition.ts';
import { addDays, type Day, startOfDay } from './day.ts';
import { ladderOf } from './escalation/cause.ts';
import type { Case } from './escalation/record.ts';
import { partsOf } from './escalation.ts';
import { currentValues } from './judge.ts';
import { lastEnded } from './metric.ts';
import { mayDo } from './pilot.ts';
import { criteriaOfVersion, type MeasuredValue, type PilotFacts } from './pilot-facts.ts';

/** One thing that waits for somebody. */
export type Owed =
  /** A decision about a pilot waits for this person. */
  | { readonly what: 'decide'; readonly facts: PilotFacts; readonly since: number }
  /** A question of the owner waits for this person's answer. */
  | { readonly what: 'answer'; readonly facts: PilotFacts; readonly since: number }
  /** Something is in a pilot's way, and its next step is this person's. */
  | { readonly what: 'unstick'; readonly facts: PilotFacts; readonly since: number }
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
  /** Somebody was asked for a check-in in the place of its owner, this once. */
  | { readonly what: 'check-in'; readonly facts: PilotFacts; readonly since: number }
  /** Something must be done by a day, so that the pilot may go on. */
  | {
      readonly what: 'condition';
      readonly facts: PilotFacts;
      readonly since: number;
      readonly condition: Condition;
      readonly today: Day;
    }
  /** Numbers were set aside until somebody says what they mean. */
  | { readonly what: 'settle'; readonly facts: PilotFacts; readonly since: number; readonly count: number }
  /** A draft is complete and its sponsor can be asked. */
  | { readonly what: 'ask'; readonly facts: PilotFacts; readonly since: number }
  /** A draft misses something before it can be signed. */
  | {
      readonly what: 'complete';
      readonly facts: PilotFacts;
      readonly since: number;
      readonly missing: number;
    };

const ORDER: readonly Owed['what'][] = [
  'decide',
  'sign',
  'answer',
  'change',
  'unstick',
  'check-in',
  'condition',
  'settle',
  'record',
  'ask',
  'complete',
];

/**
 * What one person owes on one pilot; nothing while it is paused or after it was stopped. `values` are the pilot's
 * recorded values; `today` is a day in the workspace's zone, where periods are counted; `aside` is how many of the pilot's
 * numbers are set aside.
 *
 * @example
 * owedOn({
 *   pilot: { stage: 'select', pausedSince: null },
 *   holders: { owner: 'U1', sponsor: 'U2' },
 *   charter: { status: 'asked', askedBy: 'U1', askedAt: 5 },
 *   signed: null,
 * }, [], 'U2', '2026-01-05').map(({ what, since }) => [what, since]) // [['sign', 5]]
 */
export function owedOn(
  facts: PilotFacts,
  values: readonly MeasuredValue[],
  person: string,
  today: Day,
  aside = 0,
): Owed[] {
  if (facts.pilot.stage === 'stopped' || facts.pilot.pausedSince !== null) return [];
  return [
    answerOwed(facts, person),
    person === facts.holders.owner ? charterOwed(facts) : null,
    aside > 0 && person === facts.holders.owner
      ? ({ what: 'settle', facts, since: facts.pilot.createdAt, count: aside } as const)
      : null,
    valuesOwed(facts, values, person, today),
  ].filter((owed) => owed !== null);
}

function answerOwed(facts: PilotFacts, person: string): Owed | null {
  const { charter, holders, pilot } = facts;
  if (charter.status !== 'asked') return null;
  const may = mayDo('answer-request', holders, { id: person, office: false, asked: charter.askedBy });
  return may ? { what: 'sign', facts, since: charter.askedAt ?? pilot.createdAt } : null;
}

/** What the owner owes on the charter that is being agreed. */
function charterOwed(facts: PilotFacts): Owed | null {
  const { charter, holders, pilot } = facts;
  switch (charter.status) {
    case 'changes_requested':
    case 'declined':
      return { what: 'change', facts, since: charter.answeredAt ?? pilot.createdAt };
    case 'draft':
    case 'withdrawn': {
      const missing = missingToSign(charter.fields, holders, criteriaOfVersion(facts, charter.n)).length;
      return missing === 0
        ? { what: 'ask', facts, since: pilot.createdAt }
        : { what: 'complete', facts, since: pilot.createdAt, missing };
    }
    case 'asked':
    case 'signed':
    case 'superseded':
      return null;
  }
}

/** Metrics of the signed charter whose newest ended period has no value, for whoever reports them. */
function valuesOwed(
  facts: PilotFacts,
  values: readonly MeasuredValue[],
  person: string,
  today: Day,
): Owed | null {
  const { signed, holders, pilot } = facts;
  const start = signed?.fields.start ?? null;
  if (signed === null || start === null) return null;
  const used = Map.groupBy(criteriaOfVersion(facts, signed.n), ({ metric }) => metric);
  const due = facts.metrics.filter((metric) => {
    if (person !== (metric.reporter ?? holders.owner)) return false;
    // What is measured after the last deadline counts for nothing, and nobody waits for it.
    const running = (used.get(metric.id) ?? []).filter(
      (one) => today <= addDays(one.deadline, one.closingDays),
    );
    const last = running
      .map(({ deadline }) => addDays(deadline, 1))
      .toSorted()
      .at(-1);
    if (last === undefined) return false;
    const newest = lastEnded(start, metric.cadence, last < today ? last : today);
    const current = currentValues(values.filter((row) => row.metric === metric.id));
    return newest !== null && !current.some(({ periodEnd }) => periodEnd === newest.end);
  });
  if (due.length === 0) return null;
  const metrics = due.map(({ name }) => name);
  return { what: 'record', facts, since: signed.answeredAt ?? pilot.createdAt, metrics };
}

/**
 * What the open cases of one pilot ask of one person: a decision, once its card has reached them, or a next step.
 *
 * @example
 * casesOwed({ pilot: { stage: 'build', pausedSince: null } }, [{ cause: 'progress', state: 'L1', chain: { owner: 'U1', office: [] }, openedAt: 5, notice: null }], 'U1').map(({ what, since }) => [what, since]) // [['unstick', 5]]
 * casesOwed({ pilot: { stage: 'build', pausedSince: null } }, [{ cause: 'progress', state: 'L3', chain: { owner: 'U1', sponsor: 'U2', office: [] }, openedAt: 5, notice: { delivered: [] } }], 'U2') // []
 */
export function casesOwed(facts: PilotFacts, cases: readonly Case[], person: string): Owed[] {
  if (facts.pilot.stage === 'stopped' || facts.pilot.pausedSince !== null) return [];
  const owed = cases.flatMap((one): Owed[] => {
    const { mode, level } = partsOf(one.state);
    // What waits for a signature is owed as such, from the moment it was asked for.
    if ((one.cause === 'signature' || one.cause === 'amendment') && level !== 'L4') return [];
    // One check-in that was missed is shown, not asked about: its numbers are owed anyway.
    if (mode !== 'OPEN' || level === null || (one.cause === 'rhythm' && level === 'L1')) return [];
    const role = ladderOf(one.cause)[level].asked.find((as) =>
      as === 'office' ? one.chain.office.includes(person) : one.chain[as] === person,
    );
    if (role === undefined) return [];
    const since = one.openedAt ?? 0;
    if (role === 'owner' || role === 'backup' || role === 'office')
      return [{ what: 'unstick', facts, since }];
    const has = one.notice?.delivered.some((delivery) => delivery.person === person) === true;
    return has ? [{ what: one.cause === 'request' ? 'answer' : 'decide', facts, since }] : [];
  });
  return byUrgency(owed).slice(0, 1);
}

/**
 * The open conditions of a pilot that is going live, for its owner, the earliest first; nothing while it is paused.
 *
 * @example
 * conditionsOwed({ pilot: { stage: 'deploy', pausedSince: null }, holders: { owner: 'U1' } }, [{ id: 'c1', words: 'Audit', due: '2026-03-06' }], 'U1', '2026-03-02').map(({ what }) => what) // ['condition']
 * conditionsOwed({ pilot: { stage: 'deploy', pausedSince: null }, holders: { owner: 'U1' } }, [{ id: 'c1', words: 'Audit', due: '2026-03-06' }], 'U2', '2026-03-02') // []
 * conditionsOwed({ pilot: { stage: 'stopped', pausedSince: null }, holders: { owner: 'U1' } }, [{ id: 'c1', words: 'Audit', due: '2026-03-06' }], 'U1', '2026-03-02') // []
 */
export const conditionsOwed = (
  facts: PilotFacts,
  open: readonly Condition[],
  person: string,
  today: Day,
): Owed[] =>
  person === facts.holders.owner && waitsForConditions(facts.pilot)
    ? open.map(({ id, words, due }) => ({
        what: 'condition',
        facts,
        since: startOfDay(due, 'UTC'),
        condition: { id, words, due },
        today,
      }))
    : [];

/**
 * Whether a person has a part in a pilot: a role, or the values of a metric. Who has none owes no values.
 *
 * @example
 * takesPart({ holders: { owner: 'U1' }, metrics: [{ reporter: 'U2' }] }, 'U2') // true
 * takesPart({ holders: { owner: 'U1' }, metrics: [{ reporter: 'U2' }] }, 'U3') // false
 */
export const takesPart = (facts: Pick<PilotFacts, 'holders' | 'metrics'>, person: string): boolean =>
  Object.values(facts.holders).includes(person) || facts.metrics.some(({ reporter }) => reporter === person);

/**
 * Most urgent first: what others wait for, then the oldest.
 *
 * @example
 * byUrgency([{ what: 'ask', since: 1 }, { what: 'sign', since: 3 }, { what: 'sign', since: 2 }]).map(({ since }) => since) // [2, 3, 1]
 */
export const byUrgency = (owed: readonly Owed[]): Owed[] =>
  owed.toSorted((a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what) || a.since - b.since);
