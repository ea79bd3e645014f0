import { describe, expect, it } from 'vitest';
import { type Person, unfitFor } from '../../src/core/person.ts';

const somebody: Person = {
  id: 'U1',
  name: 'Ana',
  timezone: null,
  isBot: false,
  isDeactivated: false,
  isGuest: false,
  isExternal: false,
  isAdmin: false,
};

describe('a person', () => {
  it.each([
    [{}, null],
    [{ isAdmin: true }, null],
    [{ isBot: true }, 'bot'],
    [{ isDeactivated: true }, 'deactivated'],
    [{ isGuest: true }, 'guest'],
    [{ isExternal: true }, 'external'],
    [{ isBot: true, isDeactivated: true }, 'bot'],
    [{ isDeactivated: true, isGuest: true }, 'deactivated'],
    [{ isExternal: true, isGuest: true }, 'external'],
    [{ isAdmin: true, isDeactivated: true }, 'deactivated'],
  ])('with %o cannot hold a role because of: %s', (over, why) => {
    expect(unfitFor({ ...somebody, ...over })).toBe(why);
  });
});
