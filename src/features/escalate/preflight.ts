/** Who hears, once and before it matters, that somebody could not be reached or that nobody would stand in? */
import { z } from 'zod';
import { firstSendable, nextSlot } from '../../core/business-time.ts';
import { addDays, type Day, dayOf, startOfDay } from '../../core/day.ts';
import { todayIn } from '../../core/metric.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { gapKey, nextPreflight, preflight } from '../../core/preflight.ts';
import { heartbeat } from '../../core/sponsor.ts';
import { sha256 } from '../../db/chain.ts';
import { guard, Stale, type Statement } from '../../db/database.ts';
import { intend, isIntended, outboxBySubject } from '../../db/queries/outbox.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { allPilots, pilotById } from '../../db/queries/pilots.ts';
import {
  claimSchedules,
  moveOn,
  nextScheduled,
  PREFLIGHT,
  type ScheduleRow,
} from '../../db/queries/schedules.ts';
import { workspaceSettings } from '../../db/queries/settings.ts';
import { type GapShown, type PreflightReader, preflightMessage } from '../../views/preflight-text.ts';
import { calendarsOf } from '../calendars.ts';
import type { Duty, Letter, Moment, Parts } from '../feature.ts';
import { type SponsorDays, sponsorDaysByPilot } from '../sponsor-signs.ts';
import { officeMembers } from '../who-is-there.ts';
import { conditionsToTell } from './conditions.ts';
import { deskFor } from './people.ts';

const LEASE_MS = 60_000;
const KIND = 'pre-flight';
const KNOWN = z.object({ told: z.array(z.string()) });
const details = z.object({ pilots: z.array(z.string()) });

/** Whether anything may be asked about a pilot. */
const runs = ({ signed, pilot }: PilotFacts): boolean =>
  signed !== null && pilot.stage !== 'stopped' && pilot.pausedSince === null;

/** What would be in the way in some pilots, those of one pilot together. */
export async function gapsIn(
  parts: Parts,
  workspace: string,
  pilots: readonly PilotFacts[],
  at: number,
): Promise<GapShown[]> {
  const running = pilots.filter(runs);
  if (running.length === 0) return [];
  const zone = (await workspaceById(parts.db, workspace))?.timezone ?? 'UTC';
  const [desk, days] = await Promise.all([
    deskFor(
      parts,
      workspace,
      running.flatMap(({ holders }) => Object.values(holders)),
    ),
    sponsorDaysByPilot(parts.db, workspace, running, zone),
  ]);
  const today = dayOf(at, zone);
  const none: SponsorDays = { askedOn: null, heardOn: null };
  return running.flatMap((facts) => {
    const { start, decision } = (facts.signed ?? facts.charter).fields;
    const { silentSince } = heartbeat(days.get(facts.pilot.id) ?? none, today);
    const { isThere, calendarOf } = desk;
    const { holders } = facts;
    return preflight({ today, start, decision, holders, isThere, calendarOf, silentSince }).map((gap) => ({
      facts,
      gap,
    }));
  });
}

/** Whether somebody is named as programme office, or its place is taken by the admins the app knows, or by nobody. */
export async function officeState(parts: Parts, workspace: string): Promise<PreflightReader['office']> {
  const row = await workspaceById(parts.db, workspace);
  const isNamed = row !== null && workspaceSettings(row).members.length > 0;
  const there = await officeMembers(parts, workspace);
  if (there.length === 0) return 'nobody';
  return isNamed ? 'named' : 'admins';
}

/** What one reader is told about: those of the office everything about sponsors and what nobody owns, owners what is theirs. */
function isFor(
  { facts, gap }: GapShown,
  reader: string,
  isOffice: boolean,
  office: PreflightReader['office'],
) {
  const isTheirs = facts.holders.owner === reader && gap.why !== 'missing' && gap.role === 'owner';
  if (isOffice) return gap.role === 'sponsor' || gap.why === 'missing' || isTheirs;
  return isTheirs || (office === 'nobody' && facts.holders.owner === reader);
}

/** What is told, and what it is remembered by: ids of people stand in it only as a hash. */
interface Telling {
  readonly reader: string;
  readonly pilots: readonly string[];
  readonly keys: readonly string[];
}

async function whatToTell(parts: Parts, workspace: string, at: number): Promise<Telling[]> {
  const pilots = (await allPilots(parts.db, workspace)).filter(runs);
  if (pilots.length === 0) return [];
  const zone = (await workspaceById(parts.db, workspace))?.timezone ?? 'UTC';
  const [gaps, members, office] = await Promise.all([
    gapsIn(parts, workspace, pilots, at),
    officeMembers(parts, workspace),
    officeState(parts, workspace),
  ]);
  const due = await toTell(parts, workspace, gaps, dayOf(at, zone));
  const owners = pilots.flatMap(({ holders }) => holders.owner ?? []);
  return [...new Set([...members, ...owners])].flatMap((reader) => {
    const isOffice = members.includes(reader);
    const own = due.filter((one) => isFor(one, reader, isOffice, office));
    const mark = sha256(reader).slice(0, 12);
    const keys = [
      ...own.map(({ facts, gap }) => `${mark}:${facts.pilot.id}:${gapKey(gap)}`),
      ...(isOffice && office === 'admins' ? [`${mark}:office`] : []),
      ...(!isOffice && office === 'nobody' && own.length > 0 ? [`${mark}:nobody`] : []),
    ];
    return keys.length === 0 ? [] : [{ reader, pilots: own.map(({ facts }) => facts.pilot.id), keys }];
  });
}

/** What is worth telling by a day. That somebody is gone is told at once, by a message of its own. */
async function toTell(
  parts: Parts,
  workspace: string,
  gaps: readonly GapShown[],
  today: Day,
): Promise<GapShown[]> {
  const due = gaps.filter(({ gap }) => gap.tellOn <= today);
  const told = await Promise.all(
    due.map(
      async ({ gap }) =>
        gap.why === 'missing' &&
        gap.person !== null &&
        (await outboxBySubject(parts.db, workspace, `gone:${gap.person}`)) !== null,
    ),
  );
  return due.filter((_, index) => told[index] !== true);
}

async function look(parts: Parts, row: ScheduleRow, at: number): Promise<void> {
  const { db } = parts;
  const { workspace } = row;
  const known = KNOWN.safeParse(row.details);
  const before = new Set(known.success ? known.data.told : []);
  const found = await whatToTell(parts, workspace, at);
  const fresh = found.filter(({ keys }) => keys.some((key) => !before.has(key)));
  const zone = (await workspaceById(db, workspace))?.timezone ?? row.timezone;
  const calendars = await calendarsOf(
    parts,
    workspace,
    fresh.map(({ reader }) => reader),
  );
  const today = dayOf(at, zone);
  const letters = fresh.map(({ reader, pilots }): Statement => {
    const calendar = calendars.get(reader);
    return intend(db, workspace, parts.newId(), at, {
      kind: KIND,
      subject: `${KIND}:${reader}`,
      version: 1,
      addressee: `user:${reader}`,
      details: { pilots: [...new Set(pilots)] },
      dedupeKey: `${KIND}:${reader}:${today}`,
      notBefore: calendar === undefined ? at : firstSendable(calendar, at, 'slot'),
    });
  });
  const conditions = await conditionsToTell(parts, workspace, before, at);
  const told = [...found.flatMap(({ keys }) => keys), ...conditions.keys];
  try {
    await db.atomically(workspace, () => [
      guard(moveOn(db, row, nextPreflight(zone, at), { told }), 'schedule'),
      ...letters,
      ...conditions.letters,
    ]);
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
  }
}

/** Once a day, early: what has come up since is told, and what is mended is forgotten. */
export const preflightDuty: Duty = {
  name: PREFLIGHT,
  nextDue: (parts) => nextScheduled(parts.db, PREFLIGHT),
  async run(parts, at) {
    for (const row of await claimSchedules(parts.db, PREFLIGHT, at, LEASE_MS)) await look(parts, row, at);
  },
};

/** The pilots a letter is about as they are now; for the programme office all there are. */
async function pilotsOf(moment: Moment, given: readonly string[], isOffice: boolean): Promise<PilotFacts[]> {
  const { db, workspace } = moment;
  if (isOffice) return allPilots(db, workspace);
  const found = await Promise.all(given.map((id) => pilotById(db, workspace, id)));
  return found.filter((facts) => facts !== null);
}

/** One message, checked once more when it goes out; never on the day of a check-in. */
export const preflightLetter: Letter = {
  kind: KIND,
  repeat: 'at_most_once',
  card: false,
  inHours: true,
  latestOnly: true,
  async draw(moment, letter) {
    const { db, workspace, at } = moment;
    const given = details.safeParse(letter.details);
    const reader = letter.addressee.slice('user:'.length);
    const calendar = (await calendarsOf(moment, workspace, [reader])).get(reader);
    const day = dayOf(at, calendar?.zone ?? moment.zone);
    if (calendar !== undefined && (await isIntended(db, workspace, `daily:${reader}:${day}`)))
      return { heldUntil: nextSlot(calendar, startOfDay(addDays(day, 1), calendar.zone)) };
    const [members, office] = await Promise.all([
      officeMembers(moment, workspace),
      officeState(moment, workspace),
    ]);
    const isOffice = members.includes(reader);
    const pilots = await pilotsOf(moment, given.success ? given.data.pilots : [], isOffice);
    const gaps = await gapsIn(moment, workspace, pilots, at);
    const due = await toTell(moment, workspace, gaps, todayIn(moment.workspaceZone, at));
    const found = due.filter((one) => isFor(one, reader, isOffice, office));
    // That nobody is named is for those who can mend it; that nobody is there for whoever would wait for them.
    const isTold = office === 'admins' ? isOffice : office === 'nobody' && !isOffice;
    if (found.length === 0 && !(isTold && isOffice)) return { overtaken: 'nothing is in the way any more' };
    const people = found.flatMap(({ facts }) => Object.values(facts.holders));
    return {
      message: preflightMessage(found, {
        id: reader,
        isOffice,
        names: await moment.people.names(workspace, people),
        today: todayIn(moment.zone, at),
        command: moment.command,
        office: isTold ? office : 'named',
        officeName: await moment.people.officeName(workspace),
      }),
    };
  },
};
