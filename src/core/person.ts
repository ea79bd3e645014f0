/** Who may hold a role that decides? */

/** What is known about a person of the workspace. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** IANA zone, or null when Slack does not tell it. */
  readonly timezone: string | null;
  readonly isBot: boolean;
  readonly isDeactivated: boolean;
  readonly isGuest: boolean;
  /** From another company. */
  readonly isExternal: boolean;
  /** Workspace admin or owner: programme office until the settings name members. */
  readonly isAdmin: boolean;
}

/** Why somebody cannot hold a role. */
export type Unfit = 'bot' | 'deactivated' | 'guest' | 'external';

/**
 * Why a person cannot own, sponsor or run a pilot, or null when nothing stands against it.
 *
 * @example
 * unfitFor({ id: 'U1', name: 'Ana', timezone: null, isBot: false, isDeactivated: false, isGuest: true, isExternal: false, isAdmin: false }) // 'guest'
 */
export function unfitFor(person: Person): Unfit | null {
  if (person.isBot) return 'bot';
  if (person.isDeactivated) return 'deactivated';
  if (person.isExternal) return 'external';
  if (person.isGuest) return 'guest';
  return null;
}

/**
 * What somebody is called among colleagues.
 *
 * @example
 * firstName('Ana Costa') // 'Ana'
 * firstName('Plato') // 'Plato'
 */
export const firstName = (name: string): string => name.trim().split(/\s/u, 1)[0] ?? name;
