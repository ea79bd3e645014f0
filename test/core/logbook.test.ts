/** Does the same entry always read the same, byte for byte? */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalText,
  commitmentText,
  type EntryFacts,
  entryText,
  type Json,
  lastingActor,
} from '../../src/core/logbook.ts';

const shuffled = (value: Json): Json => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(shuffled);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
};

const facts: EntryFacts = {
  workspace: 'T1',
  n: 3,
  prev: 'ab',
  at: 1,
  kind: 'noted',
  pilot: 'P1',
  actor: 'user:U1',
  body: '{"a":1}',
  commitment: 'cd',
};

describe('the canonical text', () => {
  it('holds the value and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalText(value as Json);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalText(shuffled(value as Json))).toBe(text);
      }),
    );
  });

  it('sorts keys by UTF-16 code units, as RFC 8785 does', () => {
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1F600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalText(keys)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1F600}":5,"\ufb33":3}',
    );
  });

  it('writes a key named __proto__ like any other and leaves out undefined members', () => {
    expect(canonicalText(JSON.parse('{"__proto__":1,"a":2}'))).toBe('{"__proto__":1,"a":2}');
    expect(canonicalText({ a: undefined } as never)).toBe('{}');
  });

  it('refuses what JSON cannot hold, however deep it lies', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined, () => 1, 1n, Symbol('s')]) {
      expect(() => canonicalText({ a: [value] } as never)).toThrow(TypeError);
    }
  });
});

describe('the text of an entry', () => {
  it('is itself canonical and names a person only as a user', () => {
    const text = entryText(facts);
    expect(canonicalText(JSON.parse(text))).toBe(text);
    expect(text).not.toContain('U1');
    expect(JSON.parse(text)).toMatchObject({ by: 'user', body: { a: 1 } });
  });

  it('changes with every fact except which person it was', () => {
    const changes: Partial<EntryFacts>[] = [
      { workspace: 'T2' },
      { n: 4 },
      { prev: 'ac' },
      { at: 2 },
      { kind: 'x' },
      { pilot: null },
      { actor: 'system:digest' },
      { body: '{"a": 1}' },
      { commitment: 'ce' },
    ];
    const texts = changes.map((change) => entryText({ ...facts, ...change }));
    expect(new Set([entryText(facts), ...texts]).size).toBe(changes.length + 1);
    expect(entryText({ ...facts, actor: 'user:U2' })).toBe(entryText(facts));
    expect(entryText({ ...facts, actor: lastingActor(facts.actor) })).toBe(entryText(facts));
  });

  it('ties the person and the words together with the salt, without ambiguity', () => {
    const texts = [
      commitmentText('s', 'user:U1', null),
      commitmentText('s', 'user:U1', 'null'),
      commitmentText('su', 'ser:U1', null),
      commitmentText('s', 'user:U2', null),
    ];
    expect(new Set(texts).size).toBe(texts.length);
  });
});
