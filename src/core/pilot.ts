/** What is a pilot, who holds which role in it, and who may see it and do what? */
import type { Person } from './person.ts';

/** Where a pilot stands in its life. */
export const STAGES = ['select', 'build', 'measure', 'deploy', 'expand', 'stopped'] as const;
export type Stage = (typeof STAGES)[number];

/** Roles that are held by one person at a time. */
export const ROLES = ['owner', 'backup', 'sponsor', 'delegate', 'production_owner'] as const;
export type Role = (typeof ROLES)[number];

/** Everyone in the workspace, or only people with a role (and the programme office). */
export type Visibility = 'workspace' | 'people';

/** The facts about a pilot that do not change with its charter. */
export interface Pilot {
  readonly id: string;
  readonly workspace: string;
  readonly key: string;
  readonly name: string;
  readonly stage: Stage;
  /** Epoch ms since when it is paused, or null. */
  readonly pausedSince: number | null;
  readonly visibility: Visibility;
  readonly channel: string | null;
  readonly unit: string | null;
  readonly revision: number;
  readonly createdAt: number;
  readonly createdBy: string;
}

/** Who holds which role now; a role nobody holds is absent. */
export type Holders = Partial<Record<Role, string>>;

/** Somebody who looks or acts. */
export interface Viewer {
  readonly id: string;
  /** Member of the programme office. */
  readonly office: boolean;
  readonly person: Pick<Person, 'isGuest' | 'isExternal' | 'isBot' | 'isDeactivated'>;
}

/**
 * Whether somebody may see a pilot. A pilot nobody has been asked to sign yet is seen by its owner, its backup and the
 * programme office only; a confidential one by people with a role; anything else by every full member.
 *
 * @example
 * canSee({ visibility: 'workspace' }, { owner: 'U1' }, true, { id: 'U2', office: false, person: { isGuest: false, isExternal: false, isBot: false, isDeactivated: false } }) // true
 * canSee({ visibility: 'workspace' }, { owner: 'U1' }, false, { id: 'U2', office: false, person: { isGuest: false, isExternal: false, isBot: false, isDeactivated: false } }) // false
 */
export function canSee(
  pilot: Pick<Pilot, 'visibility'>,
  holders: Holders,
  everAsked: boolean,
  viewer: Viewer,
): boolean {
  if (viewer.person.isBot || viewer.person.isDeactivated) return false;
  if (viewer.office) return true;
  if (!everAsked) return viewer.id === holders.owner || viewer.id === holders.backup;
  if (Object.values(holders).includes(viewer.id)) return true;
  if (viewer.person.isGuest || viewer.person.isExternal) return false;
  return pilot.visibility === 'workspace';
}

/**
 * Whether a channel's readers may see a pilot: only what every full member of the workspace may see is shown there.
 *
 * @example
 * channelCanSee({ visibility: 'workspace' }, true) // true
 * channelCanSee({ visibility: 'people' }, true) // false
 */
export function channelCanSee(pilot: Pick<Pilot, 'visibility'>, everAsked: boolean): boolean {
  return everAsked && pilot.visibility === 'workspace';
}

/** What people do with a pilot, as far as roles decide about it. */
export type Act =
  | 'check-in'
  | 'edit-charter'
  | 'ask-sponsor'
  | 'answer-request'
  | 'record-value'
  | 'delete-draft';

/**
 * Whether somebody may do something: owners and backups work on the pilot, the programme office may too, the sponsor
 * (or the delegate) answers requests, a metric's reporter records its values. Nobody answers what they asked for.
 *
 * @example
 * mayDo('answer-request', { owner: 'U1', sponsor: 'U2' }, { id: 'U2', office: false }) // true
 * mayDo('answer-request', { owner: 'U1', sponsor: 'U2' }, { id: 'U2', office: false, asked: 'U2' }) // false
 * mayDo('record-value', { owner: 'U1' }, { id: 'U3', office: false, reporter: true }) // true
 */
export function mayDo(
  act: Act,
  holders: Holders,
  who: {
    readonly id: string;
    readonly office: boolean;
    /** Who asked for what is now to be answered. */
    readonly asked?: string | null;
    /** Named as reporter of the metric. */
    readonly reporter?: boolean;
  },
): boolean {
  const works = who.id === holders.owner || who.id === holders.backup;
  switch (act) {
    case 'answer-request':
      return (
        (who.id === holders.sponsor || who.id === holders.delegate) &&
        who.id !== who.asked &&
        who.id !== holders.owner
      );
    case 'record-value':
      return works || who.office || who.reporter === true;
    case 'check-in':
    case 'edit-charter':
    case 'ask-sponsor':
    case 'delete-draft':
      return works || who.office;
  }
}

/**
 * Who could do what somebody else may not, for the sentence that refuses: person ids, most likely first. `asked` is who
 * asked for what is now to be answered.
 *
 * @example
 * whoCould('answer-request', { owner: 'U1', sponsor: 'U2', delegate: 'U3' }, 'U1') // ['U2', 'U3']
 * whoCould('answer-request', { owner: 'U1', sponsor: 'U2' }, 'U2') // []
 * whoCould('record-value', { owner: 'U1' }) // ['U1']
 */
export function whoCould(act: Act, holders: Holders, asked: string | null = null): string[] {
  const { owner, backup, sponsor, delegate } = holders;
  const candidates = act === 'answer-request' ? [sponsor, delegate] : [owner, backup];
  return [...new Set(candidates)].filter(
    (id): id is string => id !== undefined && mayDo(act, holders, { id, office: false, asked }),
  );
}
