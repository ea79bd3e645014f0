/** Which workspace is meant, when a command works on one? */
import type { Database } from '../../db/database.ts';
import { allWorkspaces, type WorkspaceRow } from '../../db/queries/people.ts';
import { quoted } from '../../views/quoted-text.ts';
import { CliProblem } from '../command.ts';

/**
 * The workspace with that id, or the only one there is.
 *
 * @throws {CliProblem} when there is none, or none with that id, or several and no id
 */
export async function chooseWorkspace(db: Database, id: string | undefined): Promise<WorkspaceRow> {
  const all = await allWorkspaces(db);
  const named = all.map((workspace) => `${workspace.id} (${quoted(workspace.name).slice(1, -1)})`).join(', ');
  if (all.length === 0) {
    throw new CliProblem(
      'No workspace is known yet: start Pilotage once, register a pilot, and run this again.',
      1,
    );
  }
  const found = id === undefined && all.length === 1 ? all[0] : all.find((workspace) => workspace.id === id);
  if (found !== undefined) return found;
  throw new CliProblem(
    id === undefined
      ? `There are several workspaces; add --workspace with one of: ${named}.`
      : `There is no workspace ${quoted(id)}; there is: ${named}.`,
    2,
  );
}
