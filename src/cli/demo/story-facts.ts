/** From what does the story tell which of its steps have been done? */
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../db/database.ts';

const ZONE = 'Europe/Berlin';

/** One thing to try. */
interface Step {
  readonly id: string;
  readonly text: string;
  readonly as?: string;
  readonly where?: string;
  readonly command?: string;
  /** True once somebody has done it, by whatever way: read from what the app has kept. */
  readonly done: (facts: StoryFacts) => boolean;
}

/** Steps that belong together. */
export interface Chapter {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** Where the history ended: the newest entry of the logbook, and the instant. */
export interface HistoryEnd {
  readonly entry: number;
  readonly at: number;
}

/** What the ticks are read from: what has happened since the demo began. Pilots are named by their keys. */
export interface StoryFacts {
  readonly entries: readonly {
    readonly kind: string;
    readonly pilot: string | null;
    readonly body: string;
  }[];
  /** Decisions that were not undone. */
  readonly decisions: readonly { readonly pilot: string; readonly decision: string }[];
  /** Pilots that were given a sponsor. */
  readonly sponsored: readonly string[];
  /** Absences for which somebody stands in. */
  readonly standIns: number;
  /** Digests sent. */
  readonly digests: number;
  /** Pilots of which a check-in was not answered in time, once for each. */
  readonly missed: readonly string[];
  /** Check-ins made after one was missed, on the same pilot. */
  readonly late: number;
  /** Messages of the day sent after the clocks changed. */
  readonly afterClockChange: number;
}

/** Whether something was written down, about one pilot or any. */
export const happened = ({ entries }: StoryFacts, kind: string, key?: string): boolean =>
  entries.some((entry) => entry.kind === kind && (key === undefined || entry.pilot === key));

/** Whether a decision about a pilot was taken. */
export const decided = ({ decisions }: StoryFacts, key: string): boolean =>
  decisions.some(({ pilot }) => pilot === key);

/** Whether a pilot was sent into production, with conditions or without. */
export const wentLive = ({ decisions }: StoryFacts, key: string): boolean =>
  decisions.some(({ pilot, decision }) => pilot === key && decision.endsWith('go'));

/** Whether somebody changed a setting, by its name. */
export const hasSet = ({ entries }: StoryFacts, kind: string, name: string): boolean =>
  entries.some((entry) => {
    const { changed } = JSON.parse(entry.body) as { changed?: unknown };
    return entry.kind === kind && Array.isArray(changed) && changed.includes(name);
  });

/** The end of the history, once it has been played. */
export async function historyEnd(db: Database, at: number): Promise<HistoryEnd> {
  const heads = await db.q.select().from(db.tables.logbookHeads);
  return { entry: heads[0]?.n ?? 0, at };
}

/** What the app has kept since the history ended. */
export async function factsSince(db: Database, { entry, at }: HistoryEnd): Promise<StoryFacts> {
  const { logbook, pilots, outbox, checkInLog, checkIns, decisions, roles, preferences } = db.tables;
  const [entries, known, sent, log, answers, taken, holders, settings] = await Promise.all([
    db.q.select({ kind: logbook.kind, pilot: logbook.pilot, body: logbook.body, n: logbook.n }).from(logbook),
    db.q.select({ id: pilots.id, key: pilots.key }).from(pilots),
    db.q.select({ kind: outbox.kind, state: outbox.state, at: outbox.createdAt }).from(outbox),
    db.q.select().from(checkInLog),
    db.q.select().from(checkIns),
    db.q.select().from(decisions),
    db.q.select().from(roles),
    db.q.select().from(preferences),
  ]);
  const keys = new Map(known.map(({ id, key }) => [id, key]));
  const keyOf = (pilot: string): string => keys.get(pilot) ?? '';
  const missed = log.filter((row) => row.what === 'miss' && row.at > at);
  const sentSince = (kind: string, from: number): number =>
    sent.filter((row) => row.kind === kind && row.state === 'sent' && row.at > from).length;
  // The clock stands still until the reader moves it: what is decided first bears the instant at which the history ended.
  return {
    entries: entries
      .filter(({ n }) => n > entry)
      .map((row) => ({ ...row, pilot: row.pilot === null ? null : keyOf(row.pilot) })),
    decisions: taken
      .filter((row) => row.state !== 'undone' && row.at >= at)
      .map(({ pilot, decision }) => ({ pilot: keyOf(pilot), decision })),
    sponsored: holders
      .filter(({ role, since }) => role === 'sponsor' && since >= at)
      .map(({ pilot }) => keyOf(pilot)),
    standIns: settings.flatMap((row) => leaveIn(row.settings)).filter(({ delegate }) => Boolean(delegate))
      .length,
    digests: sentSince('digest', at),
    missed: missed.map(({ pilot }) => keyOf(pilot)),
    late: answers.filter((one) =>
      missed.some((miss) => miss.pilot === one.pilot && one.submittedAt > miss.at),
    ).length,
    afterClockChange: sentSince('daily', nextClockChange(at)),
  };
}

function leaveIn(settings: unknown): readonly { readonly delegate?: string | null }[] {
  const { calendar } = settings as {
    readonly calendar?: { readonly leave?: readonly { delegate?: string }[] };
  };
  return calendar?.leave ?? [];
}

/** When the clocks change in Berlin next, epoch ms. */
function nextClockChange(after: number): number {
  const now = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(ZONE);
  return now.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
}
