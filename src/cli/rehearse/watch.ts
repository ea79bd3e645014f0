/** What has come of it since the last look: messages, changes of state, decisions? */
import { dayOf } from '../../core/day.ts';
import { pausedDays } from '../../core/pause.ts';
import { standingOf } from '../../core/standing.ts';
import { observationsByPilot } from '../../db/queries/observations.ts';
import { pausesByPilot } from '../../db/queries/pauses.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { sql } from '../../db/sql.ts';
import { verdictWord } from '../../views/criterion-text.ts';
import type { Seed, Stage } from '../demo/stage.ts';
import type { Happened } from './line.ts';
import { createPostWatch } from './watch-posts.ts';

/** Entries of the logbook that are somebody's choice about a pilot. */
const DECISION =
  /^(?:charter_signed|charter_declined|changes_requested|decided|decision_.*|gate_(?:approved|sent_back))$/;

/** Looks at what has changed. */
export interface Watch {
  /**
   * Everything since the last look, unsorted.
   *
   * @param cause what is said to have led to it
   * @param actor who acted, when somebody did
   */
  look(cause: string, actor: string | null): Promise<Happened[]>;
}

/** Begins to watch: what happened before is not told. */
export async function createWatch(stage: Stage, seed: Seed, zone: string): Promise<Watch> {
  const { db, clock } = stage;
  const { tables } = db;
  const posts = createPostWatch(stage, seed, zone);
  let seen = await newestEntry();
  let since = clock.now();
  let statuses = await statusesNow();
  let looked = dayOf(clock.now(), zone);
  const logged = new Set<string>();

  async function newestEntry(): Promise<number> {
    const [row] = await db.q.select({ n: sql<number>`max(${tables.logbook.n})` }).from(tables.logbook);
    return row?.n ?? 0;
  }

  async function entries(cause: string): Promise<Happened[]> {
    const rows = await db.q
      .select()
      .from(tables.logbook)
      .where(sql`${tables.logbook.n} > ${seen}`)
      .orderBy(tables.logbook.n);
    const keys = await posts.keys();
    seen = rows.at(-1)?.n ?? seen;
    return rows.map((row) => ({
      at: row.at,
      type: DECISION.test(row.kind) ? 'decision' : 'state',
      to: null,
      pilot: keys.get(row.pilot ?? '') ?? null,
      kind: row.kind,
      text: bodyText(row.body, posts.placeOf),
      cause,
    }));
  }

  async function checkIns(cause: string): Promise<Happened[]> {
    const log = tables.checkInLog;
    const rows = await db.q
      .select()
      .from(log)
      .where(sql`${log.at} >= ${since}`)
      .orderBy(log.at, log.pilot, log.what);
    const keys = await posts.keys();
    return rows.flatMap((row): Happened[] => {
      const mark = [row.pilot, row.due, row.what, row.person].join(' ');
      if (logged.has(mark)) return [];
      logged.add(mark);
      const kind = { ask: 'check_in_asked', remind: 'check_in_reminded', miss: 'check_in_missed' }[row.what];
      const to = row.person === '' ? null : posts.placeOf(row.person);
      return [
        {
          at: row.at,
          type: 'state',
          to,
          pilot: keys.get(row.pilot) ?? null,
          kind,
          text: `due ${row.due}`,
          cause,
        },
      ];
    });
  }

  /** The word for each criterion of each pilot, by both. */
  async function statusesNow(): Promise<Map<string, { key: string; name: string; word: string }>> {
    const [workspace] = await db.q.select().from(tables.workspaces);
    if (workspace === undefined) return new Map();
    const [pilots, values, pauses] = await Promise.all([
      allPilots(db, workspace.id),
      observationsByPilot(db, workspace.id),
      pausesByPilot(db, workspace.id),
    ]);
    const now = clock.now();
    const words = new Map<string, { key: string; name: string; word: string }>();
    for (const facts of pilots.toSorted((one, other) => (one.pilot.key < other.pilot.key ? -1 : 1))) {
      if (facts.signed === null) continue;
      const { id, key } = facts.pilot;
      const rests = pausedDays(pauses.get(id) ?? [], workspace.timezone, now);
      const standing = standingOf(facts, values.get(id) ?? [], workspace.timezone, now, rests);
      for (const { criterion, metric, evaluation } of standing.criteria)
        words.set(`${id} ${criterion.lineage}`, {
          key,
          name: metric.name,
          word: verdictWord(evaluation, criterion.role),
        });
    }
    return words;
  }

  /** A word changes with a value, a charter, or the day. */
  async function changedStatuses(cause: string): Promise<Happened[]> {
    const before = statuses;
    statuses = await statusesNow();
    return [...statuses].flatMap(([mark, { key, name, word }]): Happened[] => {
      const was = before.get(mark)?.word;
      if (was === word) return [];
      const text = was === undefined ? `${name}: ${word}` : `${name}: ${was}, now ${word}`;
      return [{ at: clock.now(), type: 'state', to: null, pilot: key, kind: 'status', text, cause }];
    });
  }

  return {
    async look(cause, actor) {
      const written = await entries(cause);
      const today = dayOf(clock.now(), zone);
      const mayDiffer = written.length > 0 || today !== looked;
      looked = today;
      const lines = [
        ...written,
        ...(await checkIns(cause)),
        ...(mayDiffer ? await changedStatuses(cause) : []),
        ...(await posts.look(cause, actor)),
      ];
      since = clock.now();
      return lines;
    },
  };
}

const ROW_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7/;

/** The body of an entry in words, without the ids of rows: `view amber; numbers 1`. */
function bodyText(body: string, placeOf: (id: string) => string): string | null {
  const fields = Object.entries(JSON.parse(body) as Record<string, unknown>).filter(
    ([, value]) => typeof value !== 'string' || !ROW_ID.test(value),
  );
  if (fields.length === 0) return null;
  return fields
    .map(([name, value]) => `${name} ${typeof value === 'string' ? placeOf(value) : JSON.stringify(value)}`)
    .join('; ');
}
