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
  /** Epoch ms since when it is watched only, or null: it is looked at in full, and nothing is said about it. */
  readonly watchedSince: number | null;
  /** Epoch ms of its newest release from watching, or null. */
  readonly releasedAt: number | null;
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

/** What is known about a pilot that decides who sees it. */
type Seen = Pick<Pilot, 'visibility'> & Partial<Pick<Pilot, 'watchedSince' | 'releasedAt'>>;

/**
 * Whether a pilot is watched only: nothing is said about it to anybody.
 *
 * @example
 * isWatched({ watchedSince: 1767600000000 }) // true
 * isWatched({ watchedSince: null }) // false
 */
export const isWatched = ({ watchedSince }: Partial<Pick<Pilot, 'watchedSince'>>): boolean =>
  typeof watchedSince === 'number';

/**
 * Whether a pilot is watched only and never was released: outside the programme office nobody knows of it yet.
 *
 * @example
 * isHidden({ watchedSince: 1767600000000, releasedAt: null }) // true
 * isHidden({ watchedSince: 1767600000000, releasedAt: 1767500000000 }) // false
 */
export const isHidden = (pilot: Partial<Pick<Pilot, 'watchedSince' | 'releasedAt'>>): boolean =>
  isWatched(pilot) && typeof pilot.releasedAt !== 'number';

/**
 * Whether somebody may see a pilot. One that is watched only since it was imported is seen by the programme office; one nobody has been asked to sign yet by its owner, its backup and the programme office; a confidential one by people with a role; anything else by every full member.
 *
 * @example
 * canSee({ visibility: 'workspace' }, { owner: 'U1' }, true, { id: 'U2', office: false, person: { isGuest: false, isExternal: false, isBot: false, isDeactivated: false } }) // true
 * canSee({ visibility: 'workspace' }, { owner: 'U1' }, false, { id: 'U2', office: false, person: { isGuest: false, isExternal: false, isBot: false, isDeactivated: false } }) // false
 */
export function canSee(pilot: Seen, holders: Holders, everAsked: boolean, viewer: Viewer): boolean {
  if (viewer.person.isBot || viewer.person.isDeactivated) return false;
  if (viewer.office) return true;
  if (isHidden(pilot)) return false;
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
export function channelCanSee(pilot: Seen, everAsked: boolean): boolean {
  return everAsked && pilot.visibility === 'workspace' && !isHidden(pilot);
}

/** What people do with a pilot, as far as roles decide about it. */
export type Act =
  | 'check-in'
  | 'edit-charter'
  | 'ask-sponsor'
  | 'answer-request'
  | 'record-value'
  | 'delete-draft'
  | 'describe-sponsor';

/**
 * Whether somebody may do something: owners and backups work on the pilot, the programme office may too, the sponsor
 * (or the delegate) answers requests, both sides say how the sponsor stands behind it, a metric's reporter records its values. Nobody answers what they asked for.
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
    case 'describe-sponsor':
      return works || who.office || who.id === holders.sponsor || who.id === holders.delegate;
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
  const works = act === 'describe-sponsor' ? [owner, backup, sponsor] : [owner, backup];
  const candidates = act === 'answer-request' ? [sponsor, delegate] : works;
  return [...new Set(candidates)].filter(
    (id): id is string => id !== undefined && mayDo(act, holders, { id, office: false, asked }),
  );
}
