/** Who may pass a role on, to whom, and in which role does somebody act? */
import { type Holders, ROLES, type Role } from './pilot.ts';

/** Whoever asks, and whoever answers: nobody stands on both sides of a pilot. */
const ASKING: readonly Role[] = ['owner', 'backup'];
const ANSWERING: readonly Role[] = ['sponsor', 'delegate'];

/** Which role somebody acts in; `office` where the programme office acts for others. */
export type ActingRole = Role | 'office' | 'none';

/**
 * The role in which somebody acts on a pilot: the first they hold, else the programme office's.
 *
 * @example
 * actingRole({ owner: 'U1', sponsor: 'U2' }, { id: 'U2', office: true }) // 'sponsor'
 * actingRole({ owner: 'U1' }, { id: 'U3', office: true }) // 'office'
 * actingRole({ owner: 'U1' }, { id: 'U3', office: false }) // 'none'
 */
export function actingRole(
  holders: Holders,
  who: { readonly id: string; readonly office: boolean },
): ActingRole {
  const order: readonly Role[] = ['owner', 'sponsor', 'backup', 'delegate', 'production_owner'];
  const held = order.find((role) => holders[role] === who.id);
  if (held !== undefined) return held;
  return who.office ? 'office' : 'none';
}

/**
 * Whether somebody may pass a role on: the owner's side is passed on by owner and backup, sponsorship and its delegate by
 * the sponsor alone; the programme office may do both.
 *
 * @example
 * mayHandOver('backup', { owner: 'U1', sponsor: 'U2' }, { id: 'U1', office: false }) // true
 * mayHandOver('sponsor', { owner: 'U1', sponsor: 'U2' }, { id: 'U1', office: false }) // false
 * mayHandOver('delegate', { owner: 'U1', sponsor: 'U2', delegate: 'U3' }, { id: 'U3', office: false }) // false
 */
export function mayHandOver(
  role: Role,
  holders: Holders,
  who: { readonly id: string; readonly office: boolean },
): boolean {
  if (who.office) return true;
  return ANSWERING.includes(role)
    ? who.id === holders.sponsor
    : who.id === holders.owner || who.id === holders.backup;
}

/**
 * Who may pass a role on, most likely first, the programme office left aside.
 *
 * @example
 * whoHandsOver('owner', { owner: 'U1', backup: 'U4', sponsor: 'U2' }) // ['U1', 'U4']
 * whoHandsOver('delegate', { owner: 'U1', sponsor: 'U2' }) // ['U2']
 */
export function whoHandsOver(role: Role, holders: Holders): string[] {
  const able = ANSWERING.includes(role) ? [holders.sponsor] : [holders.owner, holders.backup];
  return [...new Set(able)].filter((id) => id !== undefined);
}

/**
 * The holders once somebody has a role (null: nobody). Whoever becomes owner or sponsor gives up standing in for it, and a
 * delegate goes with the sponsor who named them.
 *
 * @example
 * handedOver({ owner: 'U1', backup: 'U4' }, 'owner', 'U4') // { owner: 'U4' }
 * handedOver({ sponsor: 'U2', delegate: 'U3' }, 'sponsor', 'U5') // { sponsor: 'U5' }
 * handedOver({ sponsor: 'U2', delegate: 'U3' }, 'delegate', null) // { sponsor: 'U2' }
 */
export function handedOver(holders: Holders, role: Role, to: string | null): Holders {
  const { [role]: _before, ...rest } = holders;
  const after: Holders = to === null ? rest : { ...rest, [role]: to };
  const { backup: _backup, ...withoutBackup } = after;
  if (role === 'owner' && after.backup === to) return withoutBackup;
  const { delegate: _delegate, ...withoutDelegate } = after;
  return role === 'sponsor' && to !== holders.sponsor ? withoutDelegate : after;
}

/**
 * Who answers for a role now: its holder, else whoever stands in for it, and nobody (null) where neither is there.
 *
 * @example
 * answersFor('owner', { owner: 'U1', backup: 'U2' }, (id) => id !== 'U1') // 'U2'
 * answersFor('sponsor', { sponsor: 'U3' }, () => false) // null
 */
export function answersFor(
  role: 'owner' | 'sponsor',
  holders: Holders,
  isThere: (person: string) => boolean,
): string | null {
  const standIn = role === 'owner' ? holders.backup : holders.delegate;
  return [holders[role], standIn].find((id) => id !== undefined && isThere(id)) ?? null;
}

/** Two roles that one person cannot hold at once. */
export interface Clash {
  readonly person: string;
  readonly roles: readonly [Role, Role];
}

/**
 * The first two roles that one person holds and cannot: on the owner's and on the sponsor's side, or as a stand-in for
 * themselves. Null when there are none.
 *
 * @example
 * clashIn({ owner: 'U1', sponsor: 'U1' }) // { person: 'U1', roles: ['owner', 'sponsor'] }
 * clashIn({ owner: 'U1', backup: 'U2', sponsor: 'U3', delegate: 'U2' }) // { person: 'U2', roles: ['backup', 'delegate'] }
 * clashIn({ owner: 'U1', sponsor: 'U2', production_owner: 'U1' }) // null
 */
export function clashIn(holders: Holders): Clash | null {
  const apart: readonly (readonly [Role, Role])[] = [
    ...ASKING.flatMap((one) => ANSWERING.map((other) => [one, other] as const)),
    ['owner', 'backup'],
    ['sponsor', 'delegate'],
  ];
  for (const [one, other] of apart) {
    const person = holders[one];
    if (person !== undefined && person === holders[other]) return { person, roles: [one, other] };
  }
  return null;
}

/**
 * The roles whose holder is another one afterwards, with who it is then (null: nobody).
 *
 * @example
 * changedRoles({ owner: 'U1', backup: 'U4' }, { owner: 'U4' }) // { owner: 'U4', backup: null }
 */
export function changedRoles(before: Holders, after: Holders): Partial<Record<Role, string | null>> {
  const changed: Partial<Record<Role, string | null>> = {};
  for (const role of ROLES) if (before[role] !== after[role]) changed[role] = after[role] ?? null;
  return changed;
}

/** What becomes of one person's roles when another takes them over. */
export interface PassedOn {
  readonly after: Holders;
  /** The roles that change hands. */
  readonly given: readonly Role[];
  /** The roles that stay, because the other person holds one that does not go with it; null where it is not theirs to give. */
  readonly kept: readonly { readonly role: Role; readonly because: Role | null }[];
}

/**
 * Every role of one person passed on to another, as far as it goes together with what the other holds. A delegate does not
 * pass on standing in for somebody; the programme office may.
 *
 * @example
 * passOn({ owner: 'U1', sponsor: 'U2' }, 'U1', 'U3', false) // { after: { sponsor: 'U2', owner: 'U3' }, given: ['owner'], kept: [] }
 * passOn({ owner: 'U1', sponsor: 'U2' }, 'U1', 'U2', false) // { after: { owner: 'U1', sponsor: 'U2' }, given: [], kept: [{ role: 'owner', because: 'sponsor' }] }
 */
export function passOn(holders: Holders, from: string, to: string, office: boolean): PassedOn {
  let after = holders;
  const given: Role[] = [];
  const kept: PassedOn['kept'][number][] = [];
  for (const role of ROLES.filter((name) => holders[name] === from)) {
    const next = handedOver(after, role, to);
    const clash = clashIn(next);
    if (role === 'delegate' && !office) kept.push({ role, because: null });
    else if (clash === null || clash.person !== to) {
      after = next;
      given.push(role);
    } else kept.push({ role, because: clash.roles.find((name) => name !== role) ?? null });
  }
  return { after, given, kept };
}

/**
 * The places in which somebody can stand in for a person who is away: as delegate of the sponsor, as backup of the owner,
 * where nobody does already and where they hold nothing that does not go with it.
 *
 * @example
 * standInPlaces({ owner: 'U1', sponsor: 'U2' }, 'U2', 'U3') // ['delegate']
 * standInPlaces({ owner: 'U1', sponsor: 'U2', backup: 'U4' }, 'U1', 'U3') // []
 * standInPlaces({ owner: 'U1', sponsor: 'U2' }, 'U1', 'U2') // []
 */
export function standInPlaces(holders: Holders, away: string, delegate: string): Role[] {
  const places = [
    ['sponsor', 'delegate'],
    ['owner', 'backup'],
  ] as const;
  return places
    .filter(([of, place]) => holders[of] === away && holders[place] === undefined)
    .map(([, place]) => place)
    .filter((place) => clashIn({ ...holders, [place]: delegate }) === null);
}
