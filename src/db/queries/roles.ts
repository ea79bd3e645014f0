/** How do roles change hands, and who else has to be drawn again then? */
import type { Role } from '../../core/pilot.ts';
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, eq, inArray, isNull, sql } from '../sql.ts';
import { giveRole } from './charters.ts';

type RoleRow = Tables['roles']['$inferSelect'];

/** A guard that a pilot is as it was read: whoever changed it since has raised its revision. */
export function unchangedPilot(
  db: Database,
  pilot: { readonly workspace: string; readonly id: string; readonly revision: number },
): Statement {
  const { pilots: t } = db.tables;
  return db.q
    .select({ id: t.id })
    .from(t)
    .where(
      and(
        eq(t.workspace, pilot.workspace),
        eq(t.id, pilot.id),
        eq(t.revision, pilot.revision),
        isNull(t.deletedAt),
      ),
    );
}

/** Gives roles to other people (null: to nobody) from `now` on. */
export function giveRoles(
  db: Database,
  where: { readonly workspace: string; readonly pilot: string; readonly now: number },
  changed: Partial<Record<Role, string | null>>,
  newId: () => string,
): Statement[] {
  return (Object.entries(changed) as [Role, string | null][]).flatMap(([role, person]) =>
    giveRole(db, { ...where, id: newId() }, role, person),
  );
}

/** The roles somebody has been given since an instant and still holds. */
export function rolesSince(
  db: Database,
  workspace: string,
  person: string,
  since: number,
): Promise<RoleRow[]> {
  const { roles: t } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(t)
      .where(
        and(eq(t.workspace, workspace), eq(t.person, person), isNull(t.until), sql`${t.since} >= ${since}`),
      ),
  );
}

/** Makes the Home of people be drawn again, whether they still have a role or have just lost it. */
export function drawHomes(db: Database, workspace: string, people: readonly string[]): Statement {
  const { messages: t } = db.tables;
  return db.q
    .update(t)
    .set({ wanted: sql`${t.wanted} + 1` })
    .where(
      and(
        eq(t.workspace, workspace),
        inArray(
          t.subject,
          people.map((person) => `home:${person}`),
        ),
      ),
    );
}

/** The pilots in which somebody has a role now, by their ids. */
export async function pilotsHeldBy(db: Database, workspace: string, person: string): Promise<string[]> {
  const { roles: t } = db.tables;
  const rows = await db.q
    .select({ pilot: t.pilot })
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.person, person), isNull(t.until)));
  return [...new Set(rows.map(({ pilot }) => pilot))];
}

/** Who of these people sponsors a pilot now. */
export async function sponsorsAmong(
  db: Database,
  workspace: string,
  people: readonly string[],
): Promise<ReadonlySet<string>> {
  const { roles: t } = db.tables;
  const rows = await db.q
    .select({ person: t.person })
    .from(t)
    .where(
      and(eq(t.workspace, workspace), eq(t.role, 'sponsor'), inArray(t.person, [...people]), isNull(t.until)),
    );
  return new Set(rows.map(({ person }) => person));
}

/** The roles that run now and whose ids begin with some text. */
export function heldBy(db: Database, workspace: string, idPrefix: string): Promise<RoleRow[]> {
  const { roles: t } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(t)
      .where(
        and(
          eq(t.workspace, workspace),
          isNull(t.until),
          sql`substr(${t.id}, 1, ${idPrefix.length}) = ${idPrefix}`,
        ),
      ),
  );
}

/** Gives somebody a role that nobody holds. */
export const beginRole = (db: Database, row: Omit<Tables['roles']['$inferInsert'], 'until'>): Statement =>
  db.q.insert(db.tables.roles).values(row);

/** Ends one holding of a role; one that has ended stays as it is. */
export function endRole(db: Database, workspace: string, id: string, at: number): Statement {
  const { roles: t } = db.tables;
  return db.q
    .update(t)
    .set({ until: at })
    .where(and(eq(t.workspace, workspace), eq(t.id, id), isNull(t.until)));
}

/** Who sponsored a pilot at an instant: two, where it was the instant of a hand-over. */
export async function sponsorsAt(
  db: Database,
  workspace: string,
  pilot: string,
  at: number,
): Promise<string[]> {
  const { roles: t } = db.tables;
  const rows = await db.q
    .select({ person: t.person })
    .from(t)
    .where(
      and(
        eq(t.workspace, workspace),
        eq(t.pilot, pilot),
        eq(t.role, 'sponsor'),
        sql`${t.since} <= ${at}`,
        sql`(${t.until} is null or ${t.until} >= ${at})`,
      ),
    );
  return rows.map(({ person }) => person);
}
