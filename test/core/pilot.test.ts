import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Act,
  canSee,
  channelCanSee,
  type Holders,
  mayDo,
  ROLES,
  type Viewer,
  whoCould,
} from '../../src/core/pilot.ts';

const HELD: Holders = {
  owner: 'owner',
  backup: 'backup',
  sponsor: 'sponsor',
  delegate: 'delegate',
  production_owner: 'production_owner',
};
const MEMBER = { isGuest: false, isExternal: false, isBot: false, isDeactivated: false };
const someone = (id: string, over: Partial<Viewer> = {}): Viewer => ({
  id,
  office: false,
  person: MEMBER,
  ...over,
});

// Who sees what: a draft, a pilot that was asked about, a confidential one that was asked about.
const SIGHT: Record<string, string> = {
  owner: 'draft shown confidential',
  backup: 'draft shown confidential',
  sponsor: '- shown confidential',
  delegate: '- shown confidential',
  production_owner: '- shown confidential',
  stranger: '- shown -',
};

describe('a pilot in watch only', () => {
  const sees = (pilot: { watchedSince: number | null; releasedAt: number | null }, viewer: Viewer) =>
    canSee({ visibility: 'workspace', ...pilot }, HELD, true, viewer);

  it.each([
    ['never released', { watchedSince: 1, releasedAt: null }, false],
    ['put back after a release', { watchedSince: 2, releasedAt: 1 }, true],
    ['released', { watchedSince: null, releasedAt: 1 }, true],
  ])('that was %s is seen by the programme office, and by others only once it was released', (_, pilot, others) => {
    expect(sees(pilot, someone('o', { office: true }))).toBe(true);
    for (const id of [...ROLES, 'stranger']) expect(sees(pilot, someone(id))).toBe(others);
    expect(channelCanSee({ visibility: 'workspace', ...pilot }, true)).toBe(others);
  });
});

describe('seeing a pilot', () => {
  const looks = (viewer: Viewer) =>
    [
      canSee({ visibility: 'workspace' }, HELD, false, viewer) ? 'draft' : '-',
      canSee({ visibility: 'workspace' }, HELD, true, viewer) ? 'shown' : '-',
      canSee({ visibility: 'people' }, HELD, true, viewer) ? 'confidential' : '-',
    ].join(' ');

  it.each(Object.entries(SIGHT))('as %s: %s', (who, expected) => {
    expect(looks(someone(who))).toBe(expected);
  });

  it('is for the programme office always, and for guests only with a role', () => {
    expect(looks(someone('stranger', { office: true }))).toBe('draft shown confidential');
    const guest = { ...MEMBER, isGuest: true };
    expect(looks(someone('stranger', { person: guest }))).toBe('- - -');
    expect(looks(someone('sponsor', { person: guest }))).toBe('- shown confidential');
    expect(looks(someone('stranger', { person: { ...MEMBER, isExternal: true } }))).toBe('- - -');
  });

  it.each(['isBot', 'isDeactivated'] as const)('is for nobody of whom %s is true', (flag) => {
    for (const id of [...ROLES, 'stranger']) {
      const viewer = someone(id, { office: true, person: { ...MEMBER, [flag]: true } });
      expect(looks(viewer)).toBe('- - -');
    }
  });

  it('of a draft or a confidential pilot is for nobody without a role', () => {
    const ids = fc.constantFrom('U1', 'U2', 'U3', 'U4', 'U5', 'U6');
    const held = fc.record(Object.fromEntries(ROLES.map((role) => [role, ids])), { requiredKeys: [] });
    const person = fc.record({
      isGuest: fc.boolean(),
      isExternal: fc.boolean(),
      isBot: fc.boolean(),
      isDeactivated: fc.boolean(),
    });
    fc.assert(
      fc.property(held, ids, person, fc.boolean(), fc.boolean(), (holders, id, who, hidden, asked) => {
        const visibility = hidden ? 'people' : 'workspace';
        const outsider = !Object.values(holders).includes(id);
        const seen = canSee({ visibility }, holders, asked, { id, office: false, person: who });
        expect(seen && outsider && (hidden || !asked)).toBe(false);
        // What a channel shows, every full member of the workspace may see.
        const plain = canSee({ visibility }, holders, asked, { id, office: false, person: MEMBER });
        expect(!channelCanSee({ visibility }, asked) || plain).toBe(true);
      }),
    );
  });

  it('is for a channel once the sponsor was asked, unless the pilot is confidential', () => {
    expect(channelCanSee({ visibility: 'workspace' }, true)).toBe(true);
    expect(channelCanSee({ visibility: 'workspace' }, false)).toBe(false);
    expect(channelCanSee({ visibility: 'people' }, true)).toBe(false);
    expect(channelCanSee({ visibility: 'people' }, false)).toBe(false);
  });
});

// Who may do what; `reporter` is named by the metric, `office` belongs to the programme office.
const MAY: Record<Act, readonly string[]> = {
  'check-in': ['owner', 'backup', 'office'],
  'edit-charter': ['owner', 'backup', 'office'],
  'ask-sponsor': ['owner', 'backup', 'office'],
  'delete-draft': ['owner', 'backup', 'office'],
  'record-value': ['owner', 'backup', 'office', 'reporter'],
  'answer-request': ['sponsor', 'delegate'],
  'describe-sponsor': ['owner', 'backup', 'office', 'sponsor', 'delegate'],
};

describe('acting on a pilot', () => {
  const everybody = [...ROLES, 'office', 'reporter', 'stranger'];
  it.each(Object.entries(MAY) as [Act, string[]][])('%s is for %j', (act, allowed) => {
    const may = everybody.filter((id) =>
      mayDo(act, HELD, { id, office: id === 'office', reporter: id === 'reporter', asked: 'owner' }),
    );
    expect(may.toSorted()).toEqual(allowed.toSorted());
  });

  it('is nobody’s where nobody holds the role', () => {
    for (const act of Object.keys(MAY) as Act[]) {
      expect(mayDo(act, {}, { id: 'stranger', office: false })).toBe(false);
      expect(whoCould(act, {})).toEqual([]);
    }
  });

  it('never lets somebody answer what they asked for, nor as the owner through another role', () => {
    expect(mayDo('answer-request', HELD, { id: 'sponsor', office: false, asked: 'sponsor' })).toBe(false);
    expect(mayDo('answer-request', HELD, { id: 'delegate', office: true, asked: 'delegate' })).toBe(false);
    const both = { owner: 'U1', sponsor: 'U2', delegate: 'U1' };
    expect(mayDo('answer-request', both, { id: 'U1', office: false, asked: 'U9' })).toBe(false);
    expect(mayDo('answer-request', both, { id: 'U2', office: false, asked: null })).toBe(true);
  });

  it('names as those who could only people who may', () => {
    expect(whoCould('answer-request', HELD, 'owner')).toEqual(['sponsor', 'delegate']);
    expect(whoCould('answer-request', { owner: 'U1', sponsor: 'U2', delegate: 'U1' }, 'U9')).toEqual(['U2']);
    expect(whoCould('answer-request', { owner: 'U1', sponsor: 'U2', delegate: 'U2' })).toEqual(['U2']);
    expect(whoCould('answer-request', { owner: 'U1', sponsor: 'U2' }, 'U2')).toEqual([]);
    expect(whoCould('edit-charter', HELD)).toEqual(['owner', 'backup']);
    expect(whoCould('record-value', HELD)).toEqual(['owner', 'backup']);
  });
});
