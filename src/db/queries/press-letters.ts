/** Which messages about a pilot ask somebody for a press, and which answer one? */
import type { PressLetter } from '../../core/escalation/press.ts';
import type { Database } from '../database.ts';
import { and, asc, eq, inArray } from '../sql.ts';

const KINDS = ['sign-request', 'question', 'question-answered'] as const;

/** The requests to sign, the questions and the answers about one pilot, oldest first; what was thrown away is no request. */
export async function pressLettersOf(
  db: Database,
  of: { readonly workspace: string; readonly pilot: string },
): Promise<PressLetter[]> {
  const { outbox: t } = db.tables;
  const rows = await db.q
    .select({
      id: t.id,
      kind: t.kind,
      version: t.version,
      addressee: t.addressee,
      dedupeKey: t.dedupeKey,
      createdAt: t.createdAt,
      details: t.details,
      state: t.state,
    })
    .from(t)
    .where(and(eq(t.workspace, of.workspace), eq(t.subject, of.pilot), inArray(t.kind, [...KINDS])))
    .orderBy(asc(t.createdAt), asc(t.id));
  return rows
    .filter(({ state }) => state !== 'dropped')
    .map(({ addressee, details, state: _state, ...row }) => {
      const said = details as { readonly words?: unknown; readonly by?: unknown } | null;
      return {
        ...row,
        person: addressee.startsWith('user:') ? addressee.slice('user:'.length) : null,
        words: typeof said?.words === 'string' ? said.words : null,
        by: typeof said?.by === 'string' ? said.by : null,
      };
    });
}
