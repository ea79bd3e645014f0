/** How does somebody come to stand in for a person who is away, from the first day to the last? */
import { z } from 'zod';
import type { Leave } from '../../core/calendar-settings.ts';
import { stateNumber } from '../../core/charter.ts';
import { addDays, dayOf, startOfDay } from '../../core/day.ts';
import type { Holders, Role } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { standInPlaces } from '../../core/roles.ts';
import { type Guard, guard, type Statement, unlessStale } from '../../db/database.ts';
import { drawDailyAgain, touched } from '../../db/queries/messages.ts';
import { intend } from '../../db/queries/outbox.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { rethinkCheckIns } from '../../db/queries/rhythm.ts';
import { beginRole, drawHomes, endRole, heldBy, unchangedPilot } from '../../db/queries/roles.ts';
import {
  claimSchedules,
  moveOn,
  nextScheduled,
  type ScheduleRow,
  setSchedule,
} from '../../db/queries/schedules.ts';
import type { Duty, Parts, Scene } from '../feature.ts';

const KIND = 'leave';
const LEASE_MS = 60_000;
/** How many pilots one look changes, so that messages are not held up behind somebody with very many. */
const PER_LOOK = 50;

/** Days away with somebody who stands in; `isOver` once they were taken back. */
const shape = z.object({
  person: z.string(),
  delegate: z.string(),
  from: z.string(),
  until: z.string(),
  isOver: z.boolean(),
});
type StandIn = z.infer<typeof shape>;

/** What the message to whoever stands in is about. */
const leaveSubject = (person: string, from: string): string => `leave:${person}:${from}`;

const schedule = (scene: Scene, leave: Leave, isOver: boolean): Statement => {
  const { db, workspace, at, zone } = scene;
  const { from, until } = leave;
  const details: StandIn = { person: scene.actor.id, delegate: leave.delegate ?? '', from, until, isOver };
  return setSchedule(db, {
    workspace,
    id: scene.newId(),
    kind: KIND,
    subject: leaveSubject(scene.actor.id, from),
    rule: {},
    timezone: zone,
    nextAt: isOver ? at : Math.max(at, startOfDay(from, zone)),
    details,
    setBy: scene.actor.id,
    setAt: at,
  });
};

/** The statements that have somebody stand in, and tell them. */
export function beginStatements(scene: Scene, leave: Leave): Statement[] {
  const { db, workspace, at, actor } = scene;
  const subject = leaveSubject(actor.id, leave.from);
  return [
    schedule(scene, leave, false),
    intend(db, workspace, scene.newId(), at, {
      kind: 'standing-in',
      subject,
      version: 1,
      addressee: `user:${leave.delegate}`,
      details: { person: actor.id, from: leave.from, until: leave.until },
      dedupeKey: `standing-in:${subject}:${leave.delegate}:${at}`,
      notBefore: at,
    }),
  ];
}

/** The statements that let nobody stand in any more. */
export function endStatements(scene: Scene, leave: Leave): Statement[] {
  if (leave.delegate === null) return [];
  const subject = leaveSubject(scene.actor.id, leave.from);
  return [schedule(scene, leave, true), drawDailyAgain(scene.db, scene.workspace, subject)];
}

/** Every day of a leave, whoever stands in has the places that are free; after it they have them no more. */
export const leaveDuty: Duty = {
  name: KIND,
  nextDue: (parts) => nextScheduled(parts.db, KIND),
  async run(parts, at) {
    const rows = (await claimSchedules(parts.db, KIND, at, LEASE_MS)).flatMap((row) => {
      const known = shape.safeParse(row.details);
      return known.success ? [{ row, given: known.data }] : [];
    });
    // What was taken back leaves its places free for what took its place.
    for (const { row, given } of rows.toSorted((a, b) => Number(b.given.isOver) - Number(a.given.isOver)))
      await look(parts, row, given, at);
  },
};

const prefix = (row: ScheduleRow): string => `leave:${row.id}:`;

async function look(parts: Parts, row: ScheduleRow, given: StandIn, at: number): Promise<void> {
  const { db } = parts;
  const { workspace } = row;
  const end = startOfDay(addDays(given.until, 1), row.timezone);
  const isRunning = !given.isOver && at >= startOfDay(given.from, row.timezone) && at < end;
  const [pilots, held] = await Promise.all([allPilots(db, workspace), heldBy(db, workspace, prefix(row))]);
  const changes = pilots.flatMap((facts): Change[] => {
    const ours = held.filter(({ pilot }) => pilot === facts.pilot.id);
    const wanted = isRunning ? placesFor(facts, given, ours) : [];
    const gone = ours.filter(({ role, person }) => !wanted.includes(role) || person !== given.delegate);
    const come = wanted.filter(
      (role) => !ours.some((one) => one.role === role && one.person === given.delegate),
    );
    return gone.length + come.length === 0 ? [] : [{ facts, gone, come }];
  });
  for (const change of changes.slice(0, PER_LOOK))
    await unlessStale(
      db.atomically(workspace, (log) => [
        ...statements(parts, row, given, change, at),
        log({
          at,
          kind: change.come.length > 0 ? 'stand_in_began' : 'stand_in_ended',
          pilot: change.facts.pilot.id,
          actor: 'system:leave',
          body: { begun: change.come, ended: change.gone.map(({ role }) => role), until: given.until },
          personal: { person: given.person, delegate: given.delegate },
        }),
        ...touched(db, workspace, change.facts.pilot.id),
      ]),
    );
  const more = changes.length > PER_LOOK;
  const tomorrow = startOfDay(addDays(dayOf(at, row.timezone), 1), row.timezone);
  const next = isRunning ? Math.min(end, tomorrow) : startOfDay(given.from, row.timezone);
  const rests = !more && (given.isOver || at >= end);
  const later = more ? at : next;
  await unlessStale(
    db.atomically(workspace, () => [
      guard(moveOn(db, row, rests ? null : later), 'schedule'),
      ...(rests ? [drawDailyAgain(db, workspace, row.subject)] : []),
    ]),
  );
}

interface Change {
  readonly facts: PilotFacts;
  readonly gone: readonly { readonly id: string; readonly role: Role; readonly person: string }[];
  readonly come: readonly Role[];
}

/** The places to be taken in one pilot: those that would be free without what was given for this leave. */
function placesFor(
  { pilot, holders }: PilotFacts,
  { person, delegate }: StandIn,
  ours: readonly { readonly role: Role }[],
): Role[] {
  if (pilot.stage === 'stopped') return [];
  const own = new Set(ours.map(({ role }) => role));
  const without = Object.fromEntries(
    Object.entries(holders).filter(([role]) => !own.has(role as Role)),
  ) as Holders;
  return standInPlaces(without, person, delegate);
}

function statements(
  parts: Parts,
  row: ScheduleRow,
  given: StandIn,
  { facts, gone, come }: Change,
  at: number,
): (Statement | Guard)[] {
  const { db } = parts;
  const { workspace } = row;
  const { pilot, charter } = facts;
  const asks = come.includes('delegate') && charter.status === 'asked' && charter.askedBy !== given.delegate;
  return [
    guard(unchangedPilot(db, { workspace, id: pilot.id, revision: pilot.revision }), 'pilot'),
    ...gone.map(({ id }) => endRole(db, workspace, id, at)),
    ...come.map((role) =>
      beginRole(db, {
        workspace,
        pilot: pilot.id,
        // An id of its own kind, so that the role is known again when the leave ends.
        id: `${prefix(row)}${parts.newId()}`,
        role,
        person: given.delegate,
        since: at,
      }),
    ),
    // What waits for the person's signature can be answered meanwhile.
    ...(asks
      ? [
          intend(db, workspace, parts.newId(), at, {
            kind: 'sign-request',
            subject: pilot.id,
            version: stateNumber(charter.n, charter.revision),
            addressee: `user:${given.delegate}`,
            dedupeKey: `sign-request:${charter.id}:${charter.revision}:${given.delegate}`,
            notBefore: at,
          }),
        ]
      : []),
    rethinkCheckIns(db, workspace, [pilot.id]),
    drawHomes(db, workspace, [given.delegate, given.person]),
  ];
}
