/** How does the sponsor decide: the shortest form, a sentence where it is against the suggestion, ten minutes to undo? */
import { likelyKind } from '../../core/blocker.ts';
import { workingDayFrom } from '../../core/calendar.ts';
import { addDays, type Day, dayOf, isDay } from '../../core/day.ts';
import type { Decision } from '../../core/escalation/refusal.ts';
import { ENGINE_VERSION } from '../../core/evaluate/index.ts';
import type { Json } from '../../core/logbook.ts';
import { unfitFor } from '../../core/person.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import {
  type DecisionRow,
  decisionById,
  insertDecision,
  settleDecision,
} from '../../db/queries/decisions.ts';
import { touched } from '../../db/queries/messages.ts';
import type { BlockerRow } from '../../db/queries/rhythm.ts';
import { message, sentence } from '../../slack/blocks.ts';
import type { FieldErrors } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import type { AboutCase } from '../../views/case-buttons.ts';
import * as caseButtons from '../../views/case-buttons.ts';
import { weekdayText } from '../../views/day-text.ts';
import { aboutPilot, nameOf } from '../../views/pilot-card.ts';
import { changedMeanwhile, unfitText } from '../../views/refusal-text.ts';
import { DECISION_WORDS } from '../../views/stall-text.ts';
import type { Scene } from '../feature.ts';
import { findById } from '../find-pilot.ts';
import {
  type Acting,
  acting,
  pendingMessage,
  refusalMessage,
  refused,
  together,
  wrongPerson,
} from './acting.ts';
import { type DecideMeta, FORMS, type Given } from './decide-forms.ts';
import { effectStatements } from './effect.ts';
import { cardFor, casesNow, isStuck, recommendationOf } from './show.ts';

const MINUTE = 60_000;
const UNDO_MS = 10 * MINUTE;
const LONGEST_DAYS = 12 * 7;
/** What cannot be taken back waits ten minutes before anybody is told. */
const FINAL: readonly Decision[] = ['stop', 'go', 'conditional_go'];

/** What is suggested on the card somebody sees. */
const suggestedOn = ({ now, row }: Acting): Decision =>
  row.cause === 'decision_overdue' ? recommendationOf(now, row).recommendation : now.suggestion.decision;

/** Whether somebody may decide this now; else what is said instead. */
async function deciding(
  scene: Scene,
  about: AboutCase,
  decision: Decision,
): Promise<Acting | { readonly reply: Reply }> {
  const found = await acting(scene, about, 'decide about');
  if ('instead' in found) return { reply: say(found.instead) };
  const refusal = refused(found, found.row, { act: 'decide', decision });
  if (refusal !== null) return { reply: say(await refusalMessage(scene, found, refusal, 'decide about')) };
  const pending = await pendingMessage(scene, found);
  return pending === null ? found : { reply: say(pending) };
}

/** Opens the form of a decision. */
export async function openDecision(scene: Scene, about: AboutCase, decision: Decision): Promise<Reply> {
  const found = await deciding(scene, about, decision);
  if ('reply' in found) return found.reply;
  const suggested = suggestedOn(found);
  const blocker = decision === 'unblock' ? oldestBlocker(found) : null;
  const meta: DecideMeta = { ...about, decision, suggested, blocker: blocker?.id ?? null };
  const isAgainst = decision !== suggested && decision !== 'stop';
  const today = dayOf(scene.at, scene.zone);
  return open(
    // The forms differ in their fields, not in what they are about.
    (FORMS[decision] as typeof FORMS.unblock).view(meta, scene.place, {
      above: aboutPilot(found.facts.pilot.name),
      without: isAgainst ? [] : ['why'],
      ...(isAgainst ? { labels: { why: `Why not ${DECISION_WORDS[suggested]}, as suggested` } } : {}),
      initial: {
        ...(decision === 'unblock'
          ? {
              words: blocker?.words ?? null,
              kind: blocker?.kind ?? likelyKind(byWeight(found)),
              until: workingDayFrom(found.now.desk.calendarOf(scene.actor.id), today, 5),
            }
          : {}),
        ...(decision === 'extend' || decision === 'not_yet' ? { until: addDays(today, 28) } : {}),
      } as never,
    }),
  );
}

/** What is in the way, the heaviest first. */
const byWeight = ({ now }: Acting) =>
  now.stuck.signals.toSorted((a, b) => b.weight - a.weight).map(({ cause }) => cause);

/** The blocker the case is about: the one that has been without news for longest. */
function oldestBlocker({ now }: Acting): BlockerRow | null {
  const evidence = now.stuck.signals
    .map((signal) => signal.evidence)
    .filter((one) => one.rule === 'old_blocker')
    .toSorted((a, b) => b.workingDays - a.workingDays)[0];
  return now.blockers.find(({ id }) => id === evidence?.blocker) ?? null;
}

/** What is wrong with what was typed, by field. */
async function problems(scene: Scene, decision: Decision, given: Given): Promise<FieldErrors> {
  const today = dayOf(scene.at, scene.zone);
  const errors: FieldErrors = {};
  const dated = (name: keyof Given, day: string | null | undefined, longest: number | null) => {
    if (typeof day !== 'string' || !isDay(day)) return;
    if (day <= today) errors[name] = `${weekdayText(day, today)} is not after today. Choose a later day.`;
    else if (longest !== null && day > addDays(today, longest))
      errors[name] =
        `${weekdayText(day, today)} is more than 12 weeks away. Choose an earlier day, or Restructure.`;
  };
  dated('until', given.until, decision === 'unblock' ? null : LONGEST_DAYS);
  for (const [words, by] of [
    ['first', 'firstBy'],
    ['second', 'secondBy'],
    ['third', 'thirdBy'],
  ] as const) {
    dated(by, given[by], null);
    const hasWords = typeof given[words] === 'string';
    const hasDay = typeof given[by] === 'string';
    if (hasWords && !hasDay) errors[by] = 'Say by when: a condition without a day is a wish.';
    if (hasDay && !hasWords) errors[words] = 'Say what must be done by that day.';
  }
  if (typeof given.person === 'string') {
    const person = await scene.people.person(scene.workspace, given.person);
    const unfit = unfitFor(person);
    if (unfit !== null && unfit !== 'guest')
      errors['person'] = unfitText(person.name, unfit, 'who unblocks this');
  }
  return errors;
}

/** Keeps the decision: at once, or after ten minutes where it cannot be taken back. */
export async function keepDecision(scene: Scene, given: Given, meta: DecideMeta): Promise<Reply> {
  const { decision } = meta;
  const found = await deciding(scene, meta, decision);
  if ('reply' in found) return found.reply.do === 'say' ? close(found.reply.message) : found.reply;
  const errors = await problems(scene, decision, given);
  if (Object.keys(errors).length > 0) return refuse(errors);
  const { facts, row, now } = found;
  const { db, workspace, at } = scene;
  const isFinal = FINAL.includes(decision);
  const made = await decisionRow(scene, found, given, meta, isFinal);
  const cases = now.cases.filter(({ id }) => made.cases.includes(id));
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] =>
      isFinal
        ? [
            insertDecision(db, made),
            log({
              at,
              kind: 'decision_taken',
              pilot: facts.pilot.id,
              actor: `user:${scene.actor.id}`,
              body: { decision, role: made.role, effective_at: made.effectiveAt },
            }),
            ...touched(db, workspace, facts.pilot.id),
          ]
        : [insertDecision(db, made), ...effectStatements({ ...found.around, facts }, made, cases, log)],
    );
  } catch (error) {
    if (!(error instanceof Stale) && !db.isDuplicate(error)) throw error;
    const again = await deciding(scene, { pilot: facts.pilot.id, case: row.id }, decision);
    return close(
      'reply' in again && again.reply.do === 'say' ? again.reply.message : changedMeanwhile(facts.pilot.name),
    );
  }
  return close(keptMessage(found, made));
}

function keptMessage({ facts, now }: Acting, made: DecisionRow) {
  const word = DECISION_WORDS[made.decision];
  if (made.state === 'done') {
    const tail =
      made.decision === 'restructure' ? ' The owner drafts the new version; you are asked to sign it.' : '';
    return sentence(
      `${facts.pilot.name}: ${word}. ${nameOf(now.card.names, facts.holders.owner)} hears now.${tail}${facts.pilot.pausedSince === null ? '' : ' The pilot stays paused.'}`,
    );
  }
  const line = `${facts.pilot.name}: ${word}. Nobody is told for ten minutes; until then you can undo it.`;
  return message({
    notice: line,
    lines: [line],
    buttons: [[caseButtons.undo.element({ pilot: facts.pilot.id, decision: made.id })]],
  });
}

async function decisionRow(
  scene: Scene,
  found: Acting,
  given: Given,
  meta: DecideMeta,
  isFinal: boolean,
): Promise<DecisionRow> {
  const { facts, row, now, as, copies } = found;
  const { decision } = meta;
  const closes = together(found, { act: 'decide', decision });
  // Stopping, or a new shape, is an answer to everything that is open.
  const also = ['stop', 'restructure'].includes(decision)
    ? now.cases.filter((one) => isStuck(one) || (one.closedAt === null && one.cause === 'decision_overdue'))
    : [];
  const ids = [...new Set([row.id, ...closes.map(({ id }) => id), ...also.map(({ id }) => id)])];
  const asked = copies.flatMap((copy) =>
    ids.includes(copy.case) &&
    copy.outcome === 'sent' &&
    ['sponsor', 'person', 'delegate'].includes(copy.role) &&
    copy.at !== null
      ? [copy.at]
      : [],
  );
  const conditions = (
    [
      ['first', 'firstBy'],
      ['second', 'secondBy'],
      ['third', 'thirdBy'],
    ] as const
  ).flatMap(([words, by]) =>
    typeof given[words] === 'string' && typeof given[by] === 'string'
      ? [{ words: given[words], due: given[by] }]
      : [],
  );
  const card = await cardFor(scene, now, row, { id: scene.actor.id, as });
  const isDated = ['extend', 'not_yet', 'unblock'].includes(decision);
  return {
    workspace: scene.workspace,
    id: scene.newId(),
    pilot: facts.pilot.id,
    cases: ids,
    decision,
    by: scene.actor.id,
    role: as === 'delegate' ? 'delegate' : 'sponsor',
    at: scene.at,
    effectiveAt: isFinal ? scene.at + UNDO_MS : scene.at,
    state: isFinal ? 'pending' : 'done',
    suggested: suggestedOn(found),
    reason: given.why ?? (decision === 'unblock' ? null : (given.words ?? null)),
    until: isDated ? ((given.until ?? null) as Day | null) : null,
    askedAt: asked.length === 0 ? null : Math.min(...asked),
    details: {
      words: given.words ?? null,
      person: given.person ?? null,
      blocker: meta.blocker,
      ...(decision === 'unblock' ? { kind: given.kind ?? 'other' } : {}),
      conditions,
      shown: card.text,
    },
    seen: seenBy(found, scene.at),
  };
}

/** What the decider had seen: enough to compute every verdict again. */
function seenBy({ now }: Acting, at: number): Json {
  return {
    engine: ENGINE_VERSION,
    as_of: at,
    look: now.look?.day ?? null,
    standing: now.look?.standing ?? null,
    verdicts: now.card.standing.criteria.map(({ criterion, evaluation }) =>
      'error' in evaluation
        ? { criterion: criterion.id, error: evaluation.error }
        : {
            criterion: criterion.id,
            version: criterion.version,
            verdict: evaluation.verdict,
            value: evaluation.value,
            goal: evaluation.goal,
            known_at: evaluation.provenance.known_at,
            observations: evaluation.provenance.observations,
          },
    ),
  };
}

/** Takes a decision back while nobody has been told. */
export async function undo(
  scene: Scene,
  about: { readonly pilot: string; readonly decision: string },
): Promise<Reply> {
  const found = await findById(scene, about.pilot);
  if ('instead' in found) return say(found.instead);
  const { facts } = found;
  const { db, workspace, at } = scene;
  const row = await decisionById(db, workspace, about.decision);
  if (row === null || row.pilot !== facts.pilot.id)
    return say(sentence('This decision is no longer there. Nothing has changed.'));
  if (row.by !== scene.actor.id) {
    return say(await wrongPerson(scene, await casesNow(scene, facts), 'decide about'));
  }
  const word = DECISION_WORDS[row.decision];
  if (row.state === 'undone')
    return say(sentence(`${facts.pilot.name}: ${word} was undone. Nothing left to do.`));
  const late = sentence(
    `${facts.pilot.name}: ${word} has taken effect, and people have been told. It stays.`,
  );
  if (row.state === 'done') return say(late);
  try {
    await db.atomically(workspace, (log) => [
      guard(settleDecision(db, row, 'undone'), 'decision'),
      log({
        at,
        kind: 'decision_undone',
        pilot: facts.pilot.id,
        actor: `user:${scene.actor.id}`,
        body: { decision: row.decision },
      }),
      ...touched(db, workspace, facts.pilot.id),
    ]);
  } catch (error) {
    if (error instanceof Stale) return say(late);
    throw error;
  }
  return say(sentence(`${facts.pilot.name}: ${word} is undone. Nobody was told; the card is open again.`));
}
