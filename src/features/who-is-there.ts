/** Who can be written to: which of these people still may hold a role, and who is the programme office? */
import { unfitFor } from '../core/person.ts';
import { isOfficeMember } from '../core/workspace-settings.ts';
import { adminsOf, workspaceById } from '../db/queries/people.ts';
import { workspaceSettings } from '../db/queries/settings.ts';
import type { Parts } from './feature.ts';

/** Those of these people who may hold a role: not deactivated, no guest, no app. */
export async function whoIsThere(
  parts: Parts,
  workspace: string,
  people: readonly (string | undefined)[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(people)].filter((id) => id !== undefined);
  const known = await Promise.all(ids.map((id) => parts.people.person(workspace, id)));
  return new Set(known.filter((person) => unfitFor(person) === null).map(({ id }) => id));
}

/** The members of the programme office who are there: by name, else the admins of the workspace. */
export async function officeMembers(parts: Parts, workspace: string): Promise<string[]> {
  const row = await workspaceById(parts.db, workspace);
  const members = row === null ? [] : workspaceSettings(row).members;
  if (members.length > 0) return [...(await whoIsThere(parts, workspace, members))];
  const admins = await adminsOf(parts.db, workspace);
  return admins.filter((person) => isOfficeMember({ members: [] }, person)).map(({ id }) => id);
}
