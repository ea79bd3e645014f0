/** What does somebody see who asks what there is to decide about a pilot? */
import { dayOf } from '../../core/day.ts';
import { isPress } from '../../core/escalation/cause.ts';
import { answerBy } from '../../core/escalation/clock.ts';
import { partsOf } from '../../core/escalation.ts';
import { whoCould } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import type { CaseRow } from '../../db/queries/cases.ts';
import { sentence } from '../../slack/blocks.ts';
import { type Reply, say } from '../../slack/reply.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { nothingToDecide, type WithOwner } from '../../views/with-owner-text.ts';
import type { Scene } from '../feature.ts';
import { decisionCase } from './decision-date.ts';
import { DECIDERS, roleOf } from './people.ts';
import { type CasesNow, cardFor, casesNow, isStuck } from './show.ts';

/** Whether a matter is still with those who work on the pilot: whoever decides is not asked about it yet. */
function isWithOwner({ record }: CaseRow): boolean {
  const { level, isPaused } = partsOf(record.state);
  return !isPaused && (level === 'L1' || level === 'L2');
}

/** Until when somebody is waited for: the clock's day, or that of a plan or a rest. */
function untilOf({ desk }: CasesNow, { record, said }: CaseRow) {
  switch (partsOf(record.state).mode) {
    case 'OPEN':
      return answerBy(record, { calendarOf: desk.calendarOf });
    case 'ACKED':
      return said.plan?.until ?? null;
    case 'SNOOZED':
      return said.snooze?.until ?? null;
    default:
      return null;
  }
}

/** What of the open matters is with the owner; null where nothing is. What looks right again is nobody's. */
function withOwner(now: CasesNow): WithOwner | null {
  const { card, cases, desk } = now;
  const open = cases.filter((row) => isStuck(row) && isWithOwner(row));
  const those = open.filter(({ record }) => partsOf(record.state).mode !== 'RESOLVING');
  if (those.length === 0) return null;
  const { owner, backup } = card.facts.holders;
  const person = owner !== undefined && desk.isThere(owner) ? owner : (backup ?? owner);
  const days = those.map((row) => untilOf(now, row)).filter((day) => day !== null);
  return {
    count: those.length,
    name: person === undefined ? 'its owner' : nameOf(card.names, person),
    until: days.toSorted()[0] ?? null,
  };
}

/** The open card of a pilot, private, with the buttons that are the actor's. */
export async function showCase(scene: Scene, facts: PilotFacts): Promise<Reply> {
  const now = await casesNow(scene, facts);
  const actor = { id: scene.actor.id, office: scene.viewer.office };
  const decides = (row: CaseRow): boolean =>
    DECIDERS.some((role) => role === roleOf(facts, actor, row.record.cause, now.desk, scene.at));
  const row =
    decisionCase(now.cases.filter(({ state }) => state !== 'PENDING')) ??
    now.cases.find((one) => isStuck(one) && !(decides(one) && isWithOwner(one))) ??
    now.cases.find(({ record, closedAt }) => closedAt === null && isPress(record.cause)) ??
    null;
  const theirs = now.cases.some((one) => isStuck(one) && decides(one)) ? withOwner(now) : null;
  const today = dayOf(scene.at, scene.zone);
  if (row === null)
    return say(
      theirs === null
        ? sentence(
            `There is nothing to decide about ${facts.pilot.name} at the moment. Nothing is asked of anybody.`,
          )
        : nothingToDecide(facts.pilot, theirs, today),
    );
  const as = roleOf(facts, actor, row.record.cause, now.desk, scene.at);
  const isDeciders = row.cause === 'decision_overdue' || (isPress(row.record.cause) && as !== 'office');
  if (as === null || (isDeciders && !['person', 'delegate'].includes(as))) {
    const could = whoCould('answer-request', facts.holders);
    const names = await scene.people.names(scene.workspace, could);
    return say(
      sentence(
        `${facts.pilot.name} waits for a decision. ${could.map((id) => names.get(id) ?? id).join(' or ') || 'Nobody'} can decide. Nothing has changed.`,
      ),
    );
  }
  return say(await cardFor(scene, now, row, { id: scene.actor.id, as }, theirs));
}
