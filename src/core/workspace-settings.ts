/** What may a programme office set for its workspace, and who belongs to it? */
import type { Day } from './day.ts';
import { type Person, unfitFor } from './person.ts';
import { type Rhythm, WEEKLY } from './rhythm.ts';

/** The settings of a workspace; what nobody has set is what {@link UNSET} says. */
export interface WorkspaceSettings {
  /** What people call the programme office here, or null. */
  readonly officeName: string | null;
  /** Ids of its members; nobody means: the workspace's admins. */
  readonly members: readonly string[];
  /** When owners are asked where a pilot has no rhythm of its own. */
  readonly rhythm: Rhythm;
  /** Days on which nobody works here. */
  readonly holidays: readonly Day[];
  /** Where holidays are suggested for: a country, `DE`, or a part of it, `DE-BY`. */
  readonly place: string | null;
}

/** What counts where nobody has set anything. */
export const UNSET: WorkspaceSettings = {
  officeName: null,
  members: [],
  rhythm: WEEKLY,
  holidays: [],
  place: null,
};

/**
 * Whether somebody belongs to the programme office: a member by name, or an admin as long as no members are named.
 * Whoever cannot hold a role cannot belong to it.
 *
 * @example
 * isOfficeMember({ members: [] }, { id: 'U1', isAdmin: true }) // true
 * isOfficeMember({ members: ['U2'] }, { id: 'U1', isAdmin: true }) // false
 * isOfficeMember({ members: ['U2'] }, { id: 'U2', isAdmin: false }) // true
 * isOfficeMember({ members: ['U2'] }, { id: 'U2', isAdmin: false, isDeactivated: true }) // false
 */
export function isOfficeMember(settings: Pick<WorkspaceSettings, 'members'>, person: Person): boolean {
  if (unfitFor(person) !== null) return false;
  return settings.members.length === 0 ? person.isAdmin : settings.members.includes(person.id);
}

/**
 * Whether somebody may change the settings of the workspace: the programme office, and the workspace's admins, so that a
 * list of members from which everybody has left can be mended.
 *
 * @example
 * maySetWorkspace({ members: ['U2'] }, { id: 'U1', isAdmin: true }) // true
 * maySetWorkspace({ members: ['U2'] }, { id: 'U3', isAdmin: false }) // false
 */
export const maySetWorkspace = (settings: Pick<WorkspaceSettings, 'members'>, person: Person): boolean =>
  isOfficeMember(settings, person) || (person.isAdmin && unfitFor(person) === null);
