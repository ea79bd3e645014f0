/** What does the logbook say, and how is a person taken out of it? */

import { namesPerson, saysName } from '../../core/forgotten.ts';
import type { Json } from '../../core/logbook.ts';
import type { Database, Statement } from '../database.ts';
import { and, asc, desc, eq, gt, inArray, lt, or, sql } from '../sql.ts';

/** Entries one statement names: far below what either engine takes as parameters. */
const TOGETHER = 1000;

/** An entry as people read it. `personal` is null when there was none or when it was erased. */
export interface LogbookEntry {
  readonly n: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind: string;
  readonly pilot: string | null;
  /** `user:U1`, `system:digest`, or `user` for a person who was forgotten. */
  readonly actor: string;
  readonly body: Json;
  readonly personal: Json;
}

/** The newest entries about a pilot, newest first; `before` an entry's number pages on. */
export async function pilotEntries(
  db: Database,
  wanted: { workspace: string; pilot: string; limit: number; before?: number },
): Promise<LogbookEntry[]> {
  const { logbook } = db.tables;
  const rows = await db.q
    .select()
    .from(logbook)
    .where(
      and(
        eq(logbook.workspace, wanted.workspace),
        eq(logbook.pilot, wanted.pilot),
        wanted.before === undefined ? undefined : lt(logbook.n, wanted.before),
      ),
    )
    .orderBy(desc(logbook.n))
    .limit(wanted.limit);
  return rows.map(readEntry);
}

/** The public part of a pilot's entries, oldest first, from the one after `after` (0 for the first). */
export async function publicEntries(
  db: Database,
  wanted: { workspace: string; pilot: string; after: number; limit: number },
): Promise<{ n: number; at: number; kind: string; body: string; hash: string }[]> {
  const { logbook } = db.tables;
  return db.q
    .select({ n: logbook.n, at: logbook.at, kind: logbook.kind, body: logbook.body, hash: logbook.hash })
    .from(logbook)
    .where(
      and(
        eq(logbook.workspace, wanted.workspace),
        eq(logbook.pilot, wanted.pilot),
        gt(logbook.n, wanted.after),
      ),
    )
    .orderBy(asc(logbook.n))
    .limit(wanted.limit);
}

/** When something was last written down about any pilot of a workspace, epoch ms; null when nothing ever was. */
export async function newestPilotEntryAt(db: Database, workspace: string): Promise<number | null> {
  const { logbook } = db.tables;
  const rows = await db.q
    .select({ at: logbook.at })
    .from(logbook)
    .where(and(eq(logbook.workspace, workspace), sql`${logbook.pilot} is not null`))
    .orderBy(desc(logbook.n))
    .limit(1);
  return rows[0]?.at ?? null;
}

/** A workspace's entries in order, from the one after `after` (0 for the first). */
export async function workspaceEntries(
  db: Database,
  wanted: { workspace: string; after: number; limit: number },
): Promise<LogbookEntry[]> {
  const { logbook } = db.tables;
  const rows = await db.q
    .select()
    .from(logbook)
    .where(and(eq(logbook.workspace, wanted.workspace), gt(logbook.n, wanted.after)))
    .orderBy(asc(logbook.n))
    .limit(wanted.limit);
  return rows.map(readEntry);
}

/** The numbers of the entries that somebody made or is named in: by their id, in whatever way it is written, or by a full name. */
export async function entriesNaming(
  db: Database,
  workspace: string,
  person: string,
  names: readonly string[] = [],
): Promise<number[]> {
  const { logbook } = db.tables;
  const rows = await db.q
    .select({ n: logbook.n, actor: logbook.actor, personal: logbook.personal })
    .from(logbook)
    .where(
      and(
        eq(logbook.workspace, workspace),
        or(
          eq(logbook.actor, `user:${person}`),
          // `replace` compares exactly on both engines; `like` knows wildcards, and on SQLite no case.
          ...[person, ...names].map(
            (words) => sql`replace(${logbook.personal}, ${words}, '') <> ${logbook.personal}`,
          ),
        ),
      ),
    )
    .orderBy(asc(logbook.n));
  return rows
    .filter(
      ({ actor, personal }) =>
        actor === `user:${person}` ||
        namesPerson(personal ?? '', person) ||
        names.some((name) => saysName(personal ?? '', name)),
    )
    .map(({ n }) => n);
}

/**
 * Takes the personal part out of entries of a workspace's logbook, and with it all words in that part, whoever wrote them.
 * What was decided, when and in which role, stays, and so does the chain.
 *
 * The statements belong into a batch, beside an entry that says an erasure happened.
 */
export function erasure(db: Database, workspace: string, entries: readonly number[]): Statement[] {
  const { logbook } = db.tables;
  const portions = Array.from({ length: Math.ceil(entries.length / TOGETHER) }, (_, at) =>
    entries.slice(at * TOGETHER, (at + 1) * TOGETHER),
  );
  return portions.map((portion) =>
    db.q
      .update(logbook)
      .set({
        personal: null,
        salt: null,
        actor: sql`case when substr(${logbook.actor}, 1, 5) = 'user:' then 'user' else ${logbook.actor} end`,
      })
      .where(and(eq(logbook.workspace, workspace), inArray(logbook.n, portion))),
  );
}

function readEntry(row: Database['tables']['logbook']['$inferSelect']): LogbookEntry {
  const { n, at, kind, pilot, actor, body, personal } = row;
  return {
    n,
    at,
    kind,
    pilot,
    actor,
    body: JSON.parse(body),
    personal: personal === null ? null : JSON.parse(personal),
  };
}
