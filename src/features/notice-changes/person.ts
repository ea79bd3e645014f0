/** Who is told, and who is asked instead, when somebody with a role is gone? */
import { z } from 'zod';
import { firstSendable } from '../../core/business-time.ts';
import { stateNumber } from '../../core/charter.ts';
import { unfitFor } from '../../core/person.ts';
import { isWatched, mayDo } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type Guard, guard, type Statement, unlessStale } from '../../db/database.ts';
import { touched } from '../../db/queries/messages.ts';
import { intend } from '../../db/queries/outbox.ts';
import { personById } from '../../db/queries/people.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { drawHomes } from '../../db/queries/roles.ts';
import {
  claimSchedules,
  moveOn,
  nextScheduled,
  PERSON_CHANGED,
  type ScheduleRow,
} from '../../db/queries/schedules.ts';
import { goneMessage } from '../../views/gone-text.ts';
import { calendarsOf } from '../calendars.ts';
import type { Duty, Letter, Parts } from '../feature.ts';
import { officeMembers, whoIsThere } from '../who-is-there.ts';

const LEASE_MS = 60_000;
const details = z.object({ person: z.string() });

const holds = ({ pilot, holders }: PilotFacts, person: string): boolean =>
  pilot.stage !== 'stopped' && !isWatched(pilot) && Object.values(holders).includes(person);

/** Who can do something about it, or has to know: the other side of a role, besides the programme office. */
function concerned({ holders }: PilotFacts, gone: string): (string | undefined)[] {
  return [
    ...(holders.owner === gone ? [holders.backup] : []),
    ...(holders.sponsor === gone ? [holders.owner] : []),
  ];
}

/** Whether a pilot is anything to a reader of the message. */
const isFor = (facts: PilotFacts, gone: string, reader: string, office: boolean): boolean =>
  holds(facts, gone) && (office || concerned(facts, gone).includes(reader));

/** Says once to each of them what has nobody now, and who is asked meanwhile. */
export const goneLetter: Letter = {
  kind: 'person-gone',
  repeat: 'at_least_once',
  card: false,
  inHours: true,
  async draw(moment, about) {
    const { db, workspace } = moment;
    const known = details.safeParse(about.details);
    if (!known.success) return { overtaken: 'it cannot be read any more' };
    const { person: gone } = known.data;
    const person = await moment.people.person(workspace, gone);
    const why = unfitFor(person);
    if (why === null) return { overtaken: 'the person is back' };
    const reader = about.addressee.slice('user:'.length);
    const members = await officeMembers(moment, workspace);
    const pilots = (await allPilots(db, workspace)).filter((facts) =>
      isFor(facts, gone, reader, members.includes(reader)),
    );
    if (pilots.length === 0) return { overtaken: 'somebody else has taken over' };
    const everyone = pilots.flatMap(({ holders }) => Object.values(holders));
    const [there, names, office] = await Promise.all([
      whoIsThere(moment, workspace, everyone),
      moment.people.names(workspace, everyone),
      moment.people.officeName(workspace),
    ]);
    return {
      message: goneMessage({
        gone: { id: gone, name: person.name, why },
        pilots,
        there,
        names,
        office,
        isOffice: members.includes(reader),
        reader,
      }),
    };
  },
};

/** Looks at one person about whom something has changed: cards show it, and whoever has to act is told. */
async function look(parts: Parts, row: ScheduleRow, at: number): Promise<void> {
  const { db } = parts;
  const { workspace, subject } = row;
  const person = await personById(db, workspace, subject);
  const pilots = (await allPilots(db, workspace)).filter((facts) => holds(facts, subject));
  const isGone = person !== null && unfitFor(person) !== null && pilots.length > 0;
  const told = isGone ? await tell(parts, workspace, subject, person.refreshedAt, pilots, at) : [];
  const list: (Statement | Guard)[] = [
    guard(moveOn(db, row, null), 'schedule'),
    ...told,
    ...pilots.flatMap(({ pilot }) => touched(db, workspace, pilot.id)),
    drawHomes(db, workspace, [subject]),
  ];
  await unlessStale(db.atomically(workspace, () => list));
}

async function tell(
  parts: Parts,
  workspace: string,
  gone: string,
  since: number,
  pilots: readonly PilotFacts[],
  at: number,
): Promise<Statement[]> {
  const { db } = parts;
  const others = pilots.flatMap((facts) => concerned(facts, gone));
  const there = await whoIsThere(parts, workspace, [
    ...others,
    ...pilots.map(({ holders }) => holders.delegate),
  ]);
  const readers = [...new Set([...(await officeMembers(parts, workspace)), ...others])].filter(
    (id): id is string => id !== undefined && id !== gone,
  );
  const calendars = await calendarsOf(parts, workspace, [...there, ...readers]);
  const hour = (id: string): number => {
    const calendar = calendars.get(id);
    return calendar === undefined ? at : firstSendable(calendar, at);
  };
  const letters = readers.map((reader) =>
    intend(db, workspace, parts.newId(), at, {
      kind: goneLetter.kind,
      subject: `gone:${gone}`,
      version: 1,
      addressee: `user:${reader}`,
      details: { person: gone },
      dedupeKey: `gone:${gone}:${since}:${reader}`,
      notBefore: hour(reader),
    }),
  );
  return [...letters, ...pilots.flatMap((facts) => requestInstead(facts))];

  /** What waits for the signature of somebody who is gone is brought to the delegate. */
  function requestInstead({ pilot, charter, holders }: PilotFacts): Statement[] {
    const { delegate } = holders;
    if (charter.status !== 'asked' || holders.sponsor !== gone) return [];
    if (delegate === undefined || !there.has(delegate)) return [];
    const may = mayDo('answer-request', holders, { id: delegate, office: false, asked: charter.askedBy });
    if (!may) return [];
    return [
      intend(db, workspace, parts.newId(), at, {
        kind: 'sign-request',
        subject: pilot.id,
        version: stateNumber(charter.n, charter.revision),
        addressee: `user:${delegate}`,
        dedupeKey: `sign-request:${charter.id}:${charter.revision}:${delegate}`,
        notBefore: hour(delegate),
      }),
    ];
  }
}

/** One look for each person about whom Slack has told something new. */
export const changedDuty: Duty = {
  name: PERSON_CHANGED,
  nextDue: (parts) => nextScheduled(parts.db, PERSON_CHANGED),
  async run(parts, at) {
    for (const row of await claimSchedules(parts.db, PERSON_CHANGED, at, LEASE_MS))
      await look(parts, row, at);
  },
};
