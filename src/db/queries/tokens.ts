/** Which tokens are there, and whose is the one that was shown? */
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, eq, isNull } from '../sql.ts';

export type TokenRow = Tables['tokens']['$inferSelect'];

/** One token by its id, of whatever workspace, or null. */
export async function tokenById(db: Database, id: string): Promise<TokenRow | null> {
  const { tokens } = db.tables;
  const rows = await db.q.select().from(tokens).where(eq(tokens.id, id));
  return rows[0] ?? null;
}

/** The tokens of a workspace, oldest first. */
export const tokensOf = (db: Database, workspace: string): Promise<TokenRow[]> => {
  const { tokens } = db.tables;
  return Promise.resolve(
    db.q
      .select()
      .from(tokens)
      .where(eq(tokens.workspace, workspace))
      .orderBy(asc(tokens.createdAt), asc(tokens.id)),
  );
};

/** Adds a token. */
export const insertToken = (db: Database, row: Tables['tokens']['$inferInsert']): Statement =>
  db.q.insert(db.tables.tokens).values(row);

/** Ends a token; touches no row when it was ended before. */
export function revokeToken(db: Database, workspace: string, id: string, now: number): Statement {
  const { tokens } = db.tables;
  return db.q
    .update(tokens)
    .set({ revokedAt: now })
    .where(and(eq(tokens.workspace, workspace), eq(tokens.id, id), isNull(tokens.revokedAt)))
    .returning({ id: tokens.id });
}

/** Remembers when a token was last used. */
export async function touchToken(db: Database, token: TokenRow, now: number): Promise<void> {
  const { tokens } = db.tables;
  await db.q
    .update(tokens)
    .set({ lastUsedAt: now })
    .where(and(eq(tokens.workspace, token.workspace), eq(tokens.id, token.id)));
}
