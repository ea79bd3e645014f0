/** What is remembered of the workspace and the people in it? */
import type { Person } from '../../core/person.ts';
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, eq, inArray, or, sql } from '../sql.ts';

export type WorkspaceRow = Tables['workspaces']['$inferSelect'];

/** When Slack holds messages back from somebody, epoch ms. */
export interface Quiet {
  readonly from: number;
  readonly until: number;
}

/** A person and when Slack was last asked about them. */
export interface KnownPerson extends Person {
  readonly refreshedAt: number;
  /** The do-not-disturb Slack told of last, from = until for none; null while it has told nothing. */
  readonly quiet: Quiet | null;
}

/** The workspace's own row, or null. */
export async function workspaceById(db: Database, id: string): Promise<WorkspaceRow | null> {
  const { workspaces } = db.tables;
  const rows = await db.prepared<{ id: string }, WorkspaceRow>('workspace by id', (q) =>
    q
      .select()
      .from(workspaces)
      .where(eq(workspaces.id, sql.placeholder('id'))),
  )({ id });
  return rows[0] ?? null;
}

/** Every workspace the app knows. */
export const allWorkspaces = (db: Database): Promise<WorkspaceRow[]> =>
  Promise.resolve(db.q.select().from(db.tables.workspaces));

/** Writes the workspace down when the app connects; what people have set stays. */
export async function rememberWorkspace(
  db: Database,
  workspace: {
    readonly id: string;
    readonly name: string;
    readonly timezone: string;
    readonly botUser: string;
    readonly now: number;
  },
): Promise<void> {
  const { workspaces } = db.tables;
  await db.q
    .insert(workspaces)
    .values({
      id: workspace.id,
      name: workspace.name,
      timezone: workspace.timezone,
      botUser: workspace.botUser,
      installedAt: workspace.now,
      settings: {},
    })
    .onConflictDoUpdate({
      target: workspaces.id,
      set: { name: workspace.name, botUser: workspace.botUser, uninstalledAt: null },
    });
}

/** The app was removed from the workspace: what is kept stays, nothing is sent; what people change meanwhile is not heard. */
export async function markUninstalled(db: Database, id: string, now: number): Promise<void> {
  const { workspaces, people } = db.tables;
  await db.q.update(workspaces).set({ uninstalledAt: now }).where(eq(workspaces.id, id));
  await db.q.update(people).set({ quiet: null }).where(eq(people.workspace, id));
}

/** One person as last heard of, or null. */
export async function personById(db: Database, workspace: string, id: string): Promise<KnownPerson | null> {
  const { people } = db.tables;
  const rows = await db.prepared<{ workspace: string; id: string }, KnownPerson>('person by id', (q) =>
    q
      .select()
      .from(people)
      .where(and(eq(people.workspace, sql.placeholder('workspace')), eq(people.id, sql.placeholder('id')))),
  )({ workspace, id });
  return rows[0] ?? null;
}

/** The people with an id, or with a name or handle in any case; at most two, which is one too many. */
export async function peopleCalled(
  db: Database,
  workspace: string,
  called: { readonly id: string } | { readonly name: string },
): Promise<KnownPerson[]> {
  const { people } = db.tables;
  const name = 'name' in called ? called.name.toLowerCase() : '';
  return db.q
    .select()
    .from(people)
    .where(
      and(
        eq(people.workspace, workspace),
        'id' in called
          ? eq(people.id, called.id)
          : or(
              eq(people.name, called.name),
              sql`lower(${people.name}) = ${name}`,
              sql`lower(${people.realName}) = ${name}`,
            ),
      ),
    )
    .limit(2);
}

/** So many people are asked for by a statement that is kept: a list has another text for each length. */
const PLACES = ['id0', 'id1', 'id2', 'id3', 'id4', 'id5'] as const;

/** What some people are called; who is not known is absent. */
export async function namesByIds(
  db: Database,
  workspace: string,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly name: string }[]> {
  if (ids.length === 0) return [];
  const { people } = db.tables;
  const selected = { id: people.id, name: people.name };
  if (ids.length > PLACES.length)
    return db.q
      .select(selected)
      .from(people)
      .where(and(eq(people.workspace, workspace), inArray(people.id, [...ids])));
  const [id0 = '', id1 = id0, id2 = id0, id3 = id0, id4 = id0, id5 = id0] = ids;
  return db.prepared<Record<string, unknown>, { id: string; name: string }>('names of a few people', (q) =>
    q
      .select(selected)
      .from(people)
      .where(
        and(
          eq(people.workspace, sql.placeholder('workspace')),
          inArray(
            people.id,
            PLACES.map((place) => sql.placeholder(place)),
          ),
        ),
      ),
  )({ workspace, id0, id1, id2, id3, id4, id5 });
}

/** The id of somebody the app knows who is no bot and not gone, or null. */
export async function somebody(db: Database, workspace: string): Promise<string | null> {
  const { people } = db.tables;
  const rows = await db.q
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.workspace, workspace), eq(people.isBot, false), eq(people.isDeactivated, false)))
    .limit(1);
  return rows[0]?.id ?? null;
}

/** The admins of a workspace, as last heard of. */
export async function adminsOf(db: Database, workspace: string): Promise<KnownPerson[]> {
  const { people } = db.tables;
  return db.q
    .select()
    .from(people)
    .where(and(eq(people.workspace, workspace), eq(people.isAdmin, true)));
}

/** Remembers what Slack just said about a person. */
export async function rememberPerson(
  db: Database,
  workspace: string,
  person: Person,
  now: number,
): Promise<void> {
  await Promise.resolve(personHeardOf(db, workspace, person, now));
}

/** The same, as part of a batch. */
export function personHeardOf(db: Database, workspace: string, person: Person, now: number): Statement {
  const { people } = db.tables;
  const facts = {
    name: person.name,
    realName: person.name,
    timezone: person.timezone,
    isBot: person.isBot,
    isDeactivated: person.isDeactivated,
    isGuest: person.isGuest,
    isExternal: person.isExternal,
    isAdmin: person.isAdmin,
    refreshedAt: now,
  };
  return db.q
    .insert(people)
    .values({ workspace, id: person.id, ...facts })
    .onConflictDoUpdate({ target: [people.workspace, people.id], set: facts });
}
