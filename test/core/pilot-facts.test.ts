import { describe, expect, it } from 'vitest';
import { criteriaOfVersion, versionInForce } from '../../src/core/pilot-facts.ts';
import { aCriterion, aVersion, signedVersion, someFacts } from '../support/facts.ts';

describe('the facts of a pilot', () => {
  const signed = signedVersion();
  const next = aVersion({ n: 2 });
  const facts = someFacts({
    signed,
    charter: next,
    criteria: [
      aCriterion({ id: 'a', version: 1, position: 1 }),
      aCriterion({ id: 'b', version: 1, position: 2 }),
      aCriterion({ id: 'c', version: 2, position: 1 }),
    ],
  });

  it('give each version its own criteria, in their order', () => {
    expect(criteriaOfVersion(facts, 1).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(criteriaOfVersion(facts, 2).map(({ id }) => id)).toEqual(['c']);
    expect(criteriaOfVersion(facts, 3)).toEqual([]);
  });

  it('hold the signed version in force while the next one is agreed', () => {
    expect(versionInForce(facts)).toBe(signed);
    expect(versionInForce(someFacts({ charter: next, signed: null }))).toBe(next);
  });
});
