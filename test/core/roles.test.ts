import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayPause, whoMayPause } from '../../src/core/pause.ts';
import { type Holders, ROLES } from '../../src/core/pilot.ts';
import { actingRole, clashIn, handedOver, mayHandOver, whoHandsOver } from '../../src/core/roles.ts';

const someone = fc.constantFrom('U1', 'U2', 'U3', 'U4', 'U5');
const someHolders: fc.Arbitrary<Holders> = fc.record(
  { owner: someone, backup: someone, sponsor: someone, delegate: someone, production_owner: someone },
  { requiredKeys: [] },
);
const without = (holders: Holders, role: keyof Holders) => {
  const { [role]: _gone, ...rest } = holders;
  return rest;
};

describe('passing a role on', () => {
  const holders: Holders = {
    owner: 'U1',
    backup: 'U2',
    sponsor: 'U3',
    delegate: 'U4',
    production_owner: 'U5',
  };

  it.each([
    ['owner', ['U1', 'U2']],
    ['backup', ['U1', 'U2']],
    ['production_owner', ['U1', 'U2']],
    ['sponsor', ['U3']],
    ['delegate', ['U3']],
  ] as const)('of %s is for %j and the programme office', (role, able) => {
    expect(whoHandsOver(role, holders)).toEqual(able);
    for (const id of Object.values(holders)) {
      expect(mayHandOver(role, holders, { id, office: false }), id).toBe(
        (able as readonly string[]).includes(id),
      );
      expect(mayHandOver(role, holders, { id, office: true })).toBe(true);
    }
  });

  it('gives the role to one person, and takes no other away but stand-ins that no longer fit', () => {
    fc.assert(
      fc.property(someHolders, fc.constantFrom(...ROLES), fc.option(someone), (before, role, to) => {
        const after = handedOver(before, role, to);
        expect(after[role] ?? null).toBe(to);
        for (const other of ROLES.filter((name) => name !== role)) {
          const mayGo =
            (role === 'owner' && other === 'backup' && before.backup === to) ||
            (role === 'sponsor' && other === 'delegate' && before.sponsor !== to);
          expect(after[other]).toBe(mayGo ? undefined : before[other]);
        }
      }),
    );
  });

  it('sees whoever would stand on both sides, and nobody else', () => {
    expect(clashIn(holders)).toBeNull();
    expect(clashIn({ ...holders, sponsor: 'U1' })).toEqual({ person: 'U1', roles: ['owner', 'sponsor'] });
    expect(clashIn({ ...holders, delegate: 'U1' })).toEqual({ person: 'U1', roles: ['owner', 'delegate'] });
    expect(clashIn({ ...holders, backup: 'U3' })).toEqual({ person: 'U3', roles: ['backup', 'sponsor'] });
    expect(clashIn({ ...holders, backup: 'U1' })).toEqual({ person: 'U1', roles: ['owner', 'backup'] });
    expect(clashIn({ ...holders, delegate: 'U3' })).toEqual({ person: 'U3', roles: ['sponsor', 'delegate'] });
    expect(clashIn({ ...holders, production_owner: 'U3' })).toBeNull();
  });

  it('has no clash more after somebody has lost a role', () => {
    fc.assert(
      fc.property(someHolders, fc.constantFrom(...ROLES), (before, role) => {
        fc.pre(clashIn(before) === null);
        expect(clashIn(without(before, role))).toBeNull();
      }),
    );
  });
});

describe('acting', () => {
  it('happens in the weightiest role somebody holds', () => {
    const holders: Holders = { owner: 'U1', sponsor: 'U2', delegate: 'U3', production_owner: 'U1' };
    expect(actingRole(holders, { id: 'U1', office: true })).toBe('owner');
    expect(actingRole(holders, { id: 'U3', office: false })).toBe('delegate');
    expect(actingRole(holders, { id: 'U9', office: true })).toBe('office');
    expect(actingRole(holders, { id: 'U9', office: false })).toBe('none');
  });

  it('lets both sides and the programme office pause', () => {
    fc.assert(
      fc.property(someHolders, someone, (holders, id) => {
        const named = whoMayPause(holders);
        expect(mayPause(holders, { id, office: false })).toBe(named.includes(id));
        expect(mayPause(holders, { id, office: true })).toBe(true);
        expect(new Set(named).size).toBe(named.length);
      }),
    );
  });
});
