/** Which criteria have another word after many values have come in than before, and who is told? */
import type { ValueColumns } from '../core/incoming-columns.ts';
import { pausedDays } from '../core/pause.ts';
import type { PilotFacts } from '../core/pilot-facts.ts';
import { type Standing, standingOf } from '../core/standing.ts';
import type { Database } from '../db/database.ts';
import { valuesToJudge } from '../db/queries/observations.ts';
import { intend } from '../db/queries/outbox.ts';
import type { WorkspaceRow } from '../db/queries/people.ts';
import { pausesOf } from '../db/queries/rhythm.ts';
import { changedWords, wordsOf } from '../views/changed-words.ts';

/** Looks at the pilots of an import before their first value and after their last one. */
export interface WordWatch {
  /** Must be called before these values are written. */
  before(values: Pick<ValueColumns, 'pilot'>): Promise<void>;
  /** Puts a line into the thread of each card whose word has changed. */
  after(): Promise<void>;
}

/** Makes the watch. A pilot without a signature has no word that anybody was promised. */
export function watchWords(parts: {
  readonly db: Database;
  readonly workspace: WorkspaceRow;
  readonly now: () => number;
  readonly newId: () => string;
  readonly facts: (pilot: string) => PilotFacts | undefined;
}): WordWatch {
  const { db, workspace } = parts;
  const earlier = new Map<string, ReadonlyMap<string, string>>();

  async function standing(facts: PilotFacts): Promise<Standing> {
    const [values, pauses] = await Promise.all([
      valuesToJudge(db, workspace.id, facts.pilot.id),
      pausesOf(db, { workspace: workspace.id, pilot: facts.pilot.id }),
    ]);
    const now = parts.now();
    return standingOf(facts, values, workspace.timezone, now, pausedDays(pauses, workspace.timezone, now));
  }

  return {
    async before(values) {
      for (const pilot of new Set(values.pilot)) {
        const facts = parts.facts(pilot);
        if (facts === undefined || facts.signed === null || earlier.has(pilot)) continue;
        earlier.set(pilot, wordsOf(await standing(facts)));
      }
    },
    async after() {
      for (const [pilot, before] of earlier) {
        const facts = parts.facts(pilot);
        if (facts === undefined || facts.signed === null) continue;
        const changed = changedWords(before, await standing(facts));
        if (changed.length === 0) continue;
        const { n } = facts.signed;
        const now = parts.now();
        const id = parts.newId();
        await db.atomically(workspace.id, () => [
          intend(db, workspace.id, id, now, {
            kind: 'word-changed',
            subject: pilot,
            version: n,
            addressee: `pilot-card:${pilot}`,
            details: { criteria: changed.map(({ criterion }) => criterion.id) },
            dedupeKey: `word-changed:${id}`,
            notBefore: now,
          }),
        ]);
      }
    },
  };
}
