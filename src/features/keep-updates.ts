/** Who has asked for an update of a pilot, and how is it told to them? */
import { z } from 'zod';
import type { PilotFacts } from '../core/pilot-facts.ts';
import type { Database, Statement } from '../db/database.ts';
import { intend, type OutboxRow, setDetails } from '../db/queries/outbox.ts';
import { and, desc, eq } from '../db/sql.ts';
import type { Scene } from './feature.ts';

export const UPDATE_ASKED = 'update-asked';
export const UPDATE_TOLD = 'update-told';

const shape = z.object({
  askers: z.array(z.string()),
  /** The answer, once there is one. */
  told: z.object({ by: z.string(), words: z.string(), at: z.number() }).nullable(),
});

/** A request for an update: the row of the outbox, and what has become of it. */
export interface UpdateAsked extends z.infer<typeof shape> {
  readonly row: OutboxRow;
}

/** The newest request for an update of a pilot, or null. */
export async function newestUpdateAsked(
  db: Database,
  workspace: string,
  pilot: string,
): Promise<UpdateAsked | null> {
  const { outbox } = db.tables;
  const [row] = await db.q
    .select()
    .from(outbox)
    .where(and(eq(outbox.workspace, workspace), eq(outbox.kind, UPDATE_ASKED), eq(outbox.subject, pilot)))
    .orderBy(desc(outbox.createdAt), desc(outbox.id))
    .limit(1);
  return row === undefined ? null : readUpdate(row);
}

/** A row as the request it is; null for any other. */
export function readUpdate(row: OutboxRow | null): UpdateAsked | null {
  const read = shape.safeParse(row?.kind === UPDATE_ASKED ? row.details : null);
  return row === null || !read.success ? null : { ...read.data, row };
}

/** The answer is kept, and goes to everybody who asked. Stale when somebody was first. */
export function tellUpdate(
  scene: Scene,
  { pilot }: PilotFacts,
  { row, askers }: UpdateAsked,
  words: string,
  hours: ReadonlyMap<string, number>,
): { readonly claim: Statement; readonly letters: readonly Statement[] } {
  const { db, workspace, at } = scene;
  const told = { by: scene.actor.id, words, at };
  return {
    claim: setDetails(db, row, { askers, told }),
    letters: askers
      .filter((person) => person !== scene.actor.id)
      .map((person) =>
        intend(db, workspace, scene.newId(), at, {
          kind: UPDATE_TOLD,
          subject: pilot.id,
          version: 1,
          addressee: `user:${person}`,
          details: told,
          dedupeKey: `${UPDATE_TOLD}:${row.id}:${person}`,
          notBefore: hours.get(person) ?? at,
        }),
      ),
  };
}
