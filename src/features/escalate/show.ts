/** What is a card about a stuck pilot, or about a decision, drawn from? */
import { workingDayFrom } from '../../core/calendar.ts';
import { addDays, dayOf, daysBetween } from '../../core/day.ts';
import { recommendedFor } from '../../core/decision-due.ts';
import { type Addressee, isPress, waitsForPress } from '../../core/escalation/cause.ts';
import { answerBy, clockFrom } from '../../core/escalation/clock.ts';
import { type CaseState, partsOf } from '../../core/escalation.ts';
import { type PilotFacts, versionInForce } from '../../core/pilot-facts.ts';
import type { Recommendation } from '../../core/recommend.ts';
import { type Suggestion, suggestionFor } from '../../core/suggestion.ts';
import { type CaseRow, casesOf, openAsked } from '../../db/queries/cases.ts';
import { type DecisionRow, decisionsOf } from '../../db/queries/decisions.ts';
import { type LookRow, newestLook, newestSettings, stallSettingsOf } from '../../db/queries/looks.ts';
import { type BlockerRow, blockersOf, checkInsOf } from '../../db/queries/rhythm.ts';
import type { Message } from '../../slack/blocks.ts';
import { dayText } from '../../views/day-text.ts';
import { type DecisionCard, decisionCard } from '../../views/decision-card.ts';
import { type CardFacts, nameOf } from '../../views/pilot-card.ts';
import { DECISION_WORDS } from '../../views/stall-text.ts';
import { type CaseShown, type StuckCard, stuckCard } from '../../views/stuck-card.ts';
import { moreWithOwner, type WithOwner } from '../../views/with-owner-text.ts';
import type { Moment, Scene } from '../feature.ts';
import { cardOf } from '../find-pilot.ts';
import { DECIDERS, deskFor, everyone, type PeopleDesk } from './people.ts';
import { pressCardFor } from './show-press.ts';

/** A pilot is looked at after so many days at the latest. */
export const WEEK = 7;

const EXTENSION_DAYS = 28;

/** What a card needs of a pilot's cases. */
export interface CasesNow {
  readonly card: CardFacts;
  readonly cases: readonly CaseRow[];
  readonly decisions: readonly DecisionRow[];
  readonly look: LookRow | null;
  readonly stuck: Pick<StuckCard, 'signals' | 'evidence' | 'ask'>;
  readonly suggestion: Suggestion;
  readonly blockers: readonly BlockerRow[];
  readonly isExtended: boolean;
  readonly isRestructured: boolean;
  readonly desk: PeopleDesk;
  /** Working days until a delegate is asked for a press, under a version of the thresholds. */
  readonly pressDays: (settings: number) => number;
}

/** Reads what the cards of a pilot show. */
export async function casesNow(moment: Moment | Scene, facts: PilotFacts): Promise<CasesNow> {
  const { db, workspace } = moment;
  const of = { workspace, pilot: facts.pilot.id };
  const [card, cases, decisions, look, blockers, checkIns, versions] = await Promise.all([
    cardOf(moment, facts),
    casesOf(db, of),
    decisionsOf(db, of),
    newestLook(db, of),
    blockersOf(db, of),
    checkInsOf(db, of),
    stallSettingsOf(db, workspace),
  ]);
  const desk = await deskFor(moment, workspace, [
    ...Object.values(facts.holders),
    ...cases.flatMap(({ record, closedAt }) => (closedAt === null ? everyone(record.chain) : [])),
  ]);
  const isExtended = decisions.some(({ decision }) => decision === 'extend');
  const isRestructured = decisions.some(
    ({ decision, state }) => decision === 'restructure' && state === 'done',
  );
  const open = new Set(cases.filter(isStuck).map(({ cause }) => cause));
  const signals = (look?.counted ?? []).filter(({ cause }) => open.size === 0 || open.has(cause));
  const names = new Map(card.standing.criteria.map(({ criterion, metric }) => [criterion.id, metric.name]));
  const words = new Map(blockers.map((row) => [row.id, row.words]));
  return {
    card,
    cases,
    decisions,
    look,
    stuck: {
      signals,
      evidence: {
        criteria: names,
        blockers: words,
        today: card.today,
        ...(look === null ? {} : { seenOn: look.day }),
      },
      ask: checkIns.findLast(({ ask }) => ask !== null)?.ask ?? null,
    },
    suggestion: suggestionFor({ signals, ...courseOf(card), isExtended, isRestructured }),
    blockers,
    isExtended,
    isRestructured,
    desk,
    pressDays: (version) => (versions.get(version) ?? newestSettings(versions)).settings.press_days,
  };
}

/** Whether a case is open and about a pilot that is stuck, not about a press that is waited for. */
export const isStuck = ({ cause, closedAt, record }: CaseRow): boolean =>
  closedAt === null &&
  !waitsForPress(record.cause) &&
  cause !== 'decision_overdue' &&
  partsOf(record.state).level !== null;

/** How far the pilot has come, and whether it would arrive with more time. */
function courseOf({ standing, facts, today }: CardFacts) {
  const judged = standing.criteria.flatMap(({ criterion, evaluation }) =>
    criterion.role === 'required' && !('error' in evaluation) ? [{ criterion, evaluation }] : [],
  );
  const best = judged.flatMap(({ evaluation }) =>
    evaluation.progress === null ? [] : [evaluation.progress],
  );
  const { start, decision } = versionInForce(facts).fields;
  const all = start === null || decision === null ? 0 : daysBetween(start, decision);
  const gone = start === null ? 0 : daysBetween(start, today);
  return {
    best: best.length === 0 ? null : Math.max(...best),
    elapsed: all > 0 ? Math.min(1, Math.max(0, gone / all)) : null,
    arrives: judged.every(
      ({ criterion, evaluation }) =>
        evaluation.verdict === 'met' ||
        (evaluation.arrival !== null &&
          daysBetween(criterion.deadline, evaluation.arrival) <= EXTENSION_DAYS),
    ),
  };
}

/** What the final numbers suggest, with what the owner has confirmed about the cause. */
export function recommendationOf(now: CasesNow, row: CaseRow): Recommendation {
  const { facts, today } = now.card;
  const { start, rollback } = versionInForce(facts).fields;
  const said = row.said.view?.diagnosis ?? null;
  return recommendedFor(now.card.standing, {
    ageWeeks: start === null ? 0 : daysBetween(start, today) / 7,
    isExtended: now.isExtended || now.decisions.some(({ decision }) => decision === 'not_yet'),
    isRestructured: now.isRestructured,
    hasGap: facts.holders.production_owner === undefined || rollback === null,
    diagnosis: DIAGNOSED.find((one) => one === said) ?? null,
  });
}

const DIAGNOSED = ['data_quality', 'integration', 'adoption', 'model_performance'] as const;

/** A case as its card shows it. */
export async function shownCase(moment: Moment | Scene, now: CasesNow, row: CaseRow): Promise<CaseShown> {
  const { said, record } = row;
  const decided = now.decisions.findLast(({ cases, state }) => cases.includes(row.id) && state === 'done');
  const names = await moment.people.names(moment.workspace, [
    said.view?.by,
    said.plan?.by,
    said.snooze?.by,
    said.closing?.by,
    decided?.by,
  ]);
  const parts = partsOf(record.state);
  const by = (id: string | undefined) => nameOf(names, id);
  return {
    id: row.id,
    cause: record.cause,
    mode: parts.mode,
    lookBy: parts.mode === 'RESOLVING' && row.turnedOn !== null ? addDays(row.turnedOn, WEEK) : null,
    isPaused: parts.isPaused,
    isWithSponsor: parts.level === 'L3' || parts.level === 'L4',
    isExtended: now.isExtended,
    view:
      said.view === undefined
        ? null
        : { words: said.view.words, by: by(said.view.by), isWrong: said.view.isWrong === true },
    plan: said.plan === undefined ? null : { ...said.plan, by: by(said.plan.by) },
    snooze: said.snooze === undefined ? null : { ...said.snooze, by: by(said.snooze.by) },
    ended: record.closed === null ? null : endedOf(moment, now, row, decided ?? null, by),
  };
}

function endedOf(
  moment: Moment | Scene,
  now: CasesNow,
  { record, said }: CaseRow,
  decided: DecisionRow | null,
  by: (id: string | undefined) => string,
): CaseShown['ended'] {
  const { closed } = record;
  if (closed === null) return null;
  const on = dayText(dayOf(closed.at, moment.zone), now.card.today);
  const who = by(said.closing?.by);
  const reason = said.closing?.words ?? null;
  switch (closed.as) {
    case 'decided': {
      const what = closed.decision === null ? 'decided' : DECISION_WORDS[closed.decision];
      return {
        words: `${what}, decided by ${decidedBy(now, decided, by)} on ${on}`,
        reason: decided?.reason ?? null,
      };
    }
    case 'resolved':
      return {
        words:
          said.closing === undefined
            ? `looks right again since ${on}`
            : `looks right again, closed by ${who} on ${on}`,
        reason: null,
      };
    case 'false_alarm':
      return { words: `called wrong by ${who} on ${on}`, reason };
    case 'accepted_risk':
      return { words: `known and accepted by ${who} on ${on}`, reason };
    case 'duplicate':
      return { words: `told already on ${on}`, reason };
    case 'pilot_ended':
      return { words: `ended on ${on}`, reason: null };
  }
}

/** 'Omar Haddad for Priya Shah' where the delegate decided. */
export function decidedBy(
  { card }: Pick<CasesNow, 'card'>,
  decided: Pick<DecisionRow, 'by' | 'role'> | null,
  by: (id: string | undefined) => string,
): string {
  if (decided === null) return 'the sponsor';
  const who = by(decided.by);
  return decided.role === 'delegate' ? `${who} for ${nameOf(card.names, card.facts.holders.sponsor)}` : who;
}

/** Somebody who reads a card, and as whom. */
export interface Reader {
  readonly id: string;
  readonly as: Addressee;
}

/** The card of a case for somebody in a role, as it stands now; `more` is what of the pilot is still with its owner. */
export async function cardFor(
  moment: Moment | Scene,
  now: CasesNow,
  row: CaseRow,
  reader: Reader,
  more: WithOwner | null = null,
): Promise<Message> {
  const answerBy = answerDay(moment, now, row, reader);
  if (isPress(row.record.cause)) return pressCardFor(moment, now.card, row, reader.as, answerBy);
  const shown = await shownCase(moment, now, row);
  const common = {
    card: now.card,
    shown,
    answerBy,
    after: thenText(now, row, reader.as),
    waiting: await waitingFor(moment, now.card.facts.pilot.id, reader),
    // Until it takes effect only those who decide know of it.
    pending: DECIDERS.some((role) => role === reader.as) ? await pendingText(moment, now) : null,
    ...(more === null ? {} : { withOwner: moreWithOwner(more, now.card.today) }),
  };
  if (row.cause === 'decision_overdue') {
    const whole: DecisionCard = {
      ...common,
      recommendation: recommendationOf(now, row),
      diagnosis: row.said.view?.diagnosis ?? null,
    };
    return decisionCard(whole);
  }
  return stuckCard({ ...common, ...now.stuck, as: reader.as, suggestion: now.suggestion });
}

/** Until when an answer is waited for: as the clock says, or as it will say once this card has arrived. */
function answerDay(
  moment: Moment | Scene,
  { desk, pressDays }: CasesNow,
  { record, settings }: CaseRow,
  reader: Reader,
) {
  const calendar = desk.calendarOf(reader.id);
  const { mode, level } = partsOf(record.state);
  if (mode !== 'OPEN' || level === null) return null;
  const isRead =
    level === 'L3' && !waitsForPress(record.cause) && !DECIDERS.some((role) => role === reader.as);
  // Whoever works on it has it a working day before the sponsor, who has time for a first signature before.
  if (isRead) {
    const next = workingDayFrom(calendar, dayOf(moment.at, calendar.zone), 1);
    const signBy = dayOf(record.notice?.sponsorFrom ?? 0, calendar.zone);
    return signBy > next ? signBy : next;
  }
  const around = { calendarOf: desk.calendarOf, pressDays: pressDays(settings) };
  const from = Math.max(moment.at, record.notice?.notBefore ?? 0);
  const clock = clockFrom(record, level, reader.id, from, around);
  // The clock as it runs, or as it will once this card has arrived.
  const isRunning = record.clock !== null && record.clock.due !== null;
  return answerBy(isRunning ? record : { ...record, clock }, around);
}

function thenText({ card, look }: CasesNow, { record }: CaseRow, as: Addressee): string {
  const { level } = partsOf(record.state);
  const { sponsor, delegate } = card.facts.holders;
  const office = card.office ?? 'the programme office';
  const next = delegate === undefined ? office : nameOf(card.names, delegate);
  if (waitsForPress(record.cause))
    return level === 'L4' ? `${office} asks again.` : `${next} is asked; nothing goes live.`;
  const climbs = (look?.score ?? 0) >= 4;
  switch (level) {
    case 'L1':
      return (look?.score ?? 0) >= 2
        ? 'the backup owner is asked too.'
        : 'you are asked again at the next check-in.';
    case 'L2':
      return climbs
        ? `${nameOf(card.names, sponsor)}, the sponsor, is asked.`
        : 'you are asked again at the next check-in.';
    case 'L3':
      if (!DECIDERS.some((role) => role === as))
        return `${nameOf(card.names, sponsor)}, the sponsor, is asked to decide.`;
      return `${next} is asked.`;
    default:
      return 'it goes on the agenda of the portfolio review.';
  }
}

/** How many other pilots wait for somebody as the one who decides, or as one who works on them. */
async function waitingFor(moment: Moment | Scene, pilot: string, reader: Reader): Promise<number> {
  const decides = DECIDERS.some((role) => role === reader.as);
  const copies = await openAsked(moment.db, moment.workspace, reader.id);
  const others = copies.filter(
    (copy) =>
      copy.pilot !== pilot &&
      DECIDERS.some((role) => role === copy.role) === decides &&
      partsOf(copy.state as CaseState).mode === 'OPEN',
  );
  return new Set(others.map((copy) => copy.pilot)).size;
}

/** A decision that can still be undone, in words. */
export async function pendingText(
  moment: Moment | Scene,
  { decisions, card }: CasesNow,
): Promise<string | null> {
  const pending = decisions.find(({ state }) => state === 'pending');
  if (pending === undefined) return null;
  const names = await moment.people.names(moment.workspace, [pending.by]);
  const who = decidedBy({ card }, pending, (id) => nameOf(names, id));
  return `${who} has decided: ${DECISION_WORDS[pending.decision]}. It takes effect ten minutes after; until then it can be undone.`;
}
