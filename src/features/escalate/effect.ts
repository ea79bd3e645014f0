/** What follows from a decision once it takes effect? */
import { z } from 'zod';
import { BLOCKER_KINDS, gapOf } from '../../core/blocker.ts';
import { addWorkingDays, firstSendable } from '../../core/business-time.ts';
import type { Decision } from '../../core/escalation/refusal.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type Guard, guard, type Log, Stale, type Statement } from '../../db/database.ts';
import { type CaseRow, casesById } from '../../db/queries/cases.ts';
import { updatePilot } from '../../db/queries/charters.ts';
import {
  type DecisionRow,
  decisionsDue,
  insertCondition,
  nextDecision,
  settleDecision,
} from '../../db/queries/decisions.ts';
import { touched } from '../../db/queries/messages.ts';
import { intend } from '../../db/queries/outbox.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { askForBlocker, insertBlocker } from '../../db/queries/rhythm.ts';
import { endSchedule } from '../../db/queries/schedules.ts';
import { writable } from '../amend.ts';
import type { Duty, Parts } from '../feature.ts';
import { deskFor, everyone } from './people.ts';
import { type Around, turn, turnStatements } from './perform.ts';

/** What a decision carries besides its reason. */
export const decisionDetails = z.object({
  words: z.string().nullable(),
  person: z.string().nullable(),
  blocker: z.string().nullable(),
  /** Of what is to be cleared; decisions of earlier versions have none. */
  kind: z.enum(BLOCKER_KINDS).default('other'),
  conditions: z.array(z.object({ words: z.string(), due: z.string() })),
  /** The card the decider had in front of them. */
  shown: z.string(),
});

/** Decisions of which a channel hears, the next working day. */
const PUBLIC: readonly Decision[] = ['restructure', 'stop', 'go', 'conditional_go', 'not_yet'];

/** The statements by which a decision takes effect: cases closed, the pilot moved on, people told, all of it written down. */
export function effectStatements(
  around: Around & { readonly facts: PilotFacts },
  row: DecisionRow,
  cases: readonly CaseRow[],
  log: Log,
): (Statement | Guard)[] {
  const { parts, facts, at } = around;
  const { db, newId } = parts;
  const { workspace, id: pilot } = facts.pilot;
  const given = decisionDetails.parse(row.details);
  const actor = `user:${row.by}`;
  const closing = { as: 'decided', decision: row.decision } as const;
  const open = cases.filter(({ closedAt }) => closedAt === null);
  return [
    ...open.flatMap((one) =>
      turnStatements(around, turn(around, one, { event: 'decide', at, closing }), { actor, score: 0 }, log),
    ),
    log({
      at,
      kind: 'decided',
      pilot,
      actor,
      body: {
        decision: row.decision,
        role: row.role,
        cases: row.cases,
        suggested: row.suggested,
        until: row.until,
        conditions: given.conditions.map(({ due }) => due),
        ...(row.decision === 'unblock' ? { kind: given.kind, gap: gapOf(given.kind) } : {}),
        seen: row.seen,
      },
      personal: {
        reason: row.reason,
        words: given.words,
        person: given.person,
        conditions: given.conditions,
        shown: given.shown,
      },
    }),
    ...consequences(around, row, given, log),
    ...told(around, row, given),
    ...(PUBLIC.includes(row.decision) && facts.everAsked
      ? [
          intend(db, workspace, newId(), at, {
            kind: 'decided-line',
            subject: pilot,
            version: 1,
            addressee: `pilot-card:${pilot}`,
            details: { decision: row.id },
            dedupeKey: `decided-line:${row.id}`,
            notBefore: addWorkingDays(around.desk.calendarOf(facts.holders.owner ?? ''), at, 1),
          }),
        ]
      : []),
    ...touched(db, workspace, pilot),
  ];
}

type Details = z.infer<typeof decisionDetails>;

function consequences(
  around: Around & { readonly facts: PilotFacts },
  row: DecisionRow,
  given: Details,
  log: Log,
): (Statement | Guard)[] {
  const { parts, facts, at } = around;
  const { db, newId } = parts;
  const { workspace, id: pilot } = facts.pilot;
  switch (row.decision) {
    case 'unblock':
      return blockerRows(around, row, given);
    case 'restructure': {
      if (facts.charter.status !== 'signed') return [];
      const next = writable({ db, workspace, newId }, facts, facts.charter.fields, true);
      return [
        ...next.begin,
        log({ at, kind: 'amendment_opened', pilot, actor: `user:${row.by}`, body: { version: next.n } }),
      ];
    }
    case 'stop':
      return [
        updatePilot(db, workspace, pilot, { stage: 'stopped' }),
        endSchedule(db, workspace, 'check-in', pilot),
      ];
    case 'go':
    case 'conditional_go':
      return [
        updatePilot(db, workspace, pilot, { stage: 'deploy' }),
        ...given.conditions.map(({ words, due }) =>
          insertCondition(db, {
            workspace,
            id: newId(),
            pilot,
            decision: row.id,
            words,
            due,
            clearedAt: null,
            clearedBy: null,
          }),
        ),
      ];
    case 'extend':
    case 'not_yet':
      return [];
  }
}

/** An unblock is a blocker with somebody who clears it, and a day. */
function blockerRows(
  { parts, facts, at }: Around & { readonly facts: PilotFacts },
  row: DecisionRow,
  given: Details,
): Statement[] {
  const { db, newId } = parts;
  const { workspace, id: pilot } = facts.pilot;
  const words = given.words ?? '';
  const owner = given.person ?? row.by;
  const neededBy = row.until ?? '';
  if (given.blocker !== null) {
    return [
      askForBlocker(db, workspace, given.blocker, { words, kind: given.kind, owner, neededBy, newsAt: at }),
    ];
  }
  return [
    insertBlocker(db, {
      workspace,
      id: newId(),
      pilot,
      kind: given.kind,
      words,
      owner,
      neededBy,
      raisedAt: at,
      raisedBy: row.by,
      newsAt: at,
    }),
  ];
}

/** The owner hears first, privately; whoever is to clear something hears what. */
function told(
  { parts, facts, at, desk }: Around & { readonly facts: PilotFacts },
  row: DecisionRow,
  given: Details,
): Statement[] {
  const { db, newId } = parts;
  const { workspace, id: pilot } = facts.pilot;
  const owners = [facts.holders.owner, facts.holders.backup].filter(
    (id) => id !== undefined && id !== row.by,
  );
  const letter = (kind: string, person: string): Statement =>
    intend(db, workspace, newId(), at, {
      kind,
      subject: pilot,
      version: 1,
      addressee: `user:${person}`,
      details: { decision: row.id },
      dedupeKey: `${kind}:${row.id}:${person}`,
      notBefore: firstSendable(desk.calendarOf(person), at),
    });
  const asked = row.decision === 'unblock' && given.person !== null && given.person !== row.by;
  return [
    ...owners.filter((id) => id !== undefined).map((id) => letter('decision-made', id)),
    ...(asked && given.person !== null && !owners.includes(given.person)
      ? [letter('unblock-asked', given.person)]
      : []),
  ];
}

/** Decisions whose ten minutes are over. */
export const effectDuty: Duty = {
  name: 'decision',
  waitsAfterGap: true,
  nextDue: (parts) => nextDecision(parts.db),
  async run(parts, at) {
    for (const row of await decisionsDue(parts.db, at)) await takeEffect(parts, row, at);
  },
};

async function takeEffect(parts: Parts, row: DecisionRow, at: number): Promise<void> {
  const { db } = parts;
  const facts = await pilotById(db, row.workspace, row.pilot);
  if (facts === null) {
    await db.atomically(row.workspace, () => [settleDecision(db, row, 'undone')]);
    return;
  }
  const cases = await casesById(db, row.workspace, row.cases);
  const desk = await deskFor(parts, row.workspace, [
    ...Object.values(facts.holders),
    ...cases.flatMap(({ record }) => everyone(record.chain)),
  ]);
  const around = { parts, facts, at, desk, cadenceDays: 7 };
  try {
    await db.atomically(row.workspace, (log) => [
      guard(settleDecision(db, row, 'done'), 'decision'),
      ...effectStatements(around, row, cases, log),
    ]);
  } catch (error) {
    // Something has changed at this moment; it is due still, and done at the next look.
    if (!(error instanceof Stale)) throw error;
  }
}
