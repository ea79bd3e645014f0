import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, freeKey, isKey, KEY_LENGTH, keyOf, nearest } from '../../src/core/key.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 80 });

// cspell:ignore STRAẞE strasse København kobenhavn Łódź Æther Œuvre Işık isik

describe('a key made of a name', () => {
  it.each([
    ['Claims triage', 'claims-triage'],
    ['  Claims -- triage!  ', 'claims-triage'],
    ['Coût / dossier (€)', 'cout-dossier'],
    ['STRAẞE', 'strasse'],
    ['København', 'kobenhavn'],
    ['Łódź', 'lodz'],
    ['Æther & Œuvre', 'aether-oeuvre'],
    ['Işık', 'isik'],
    ['½ price', '1-2-price'],
    ['請求', ''],
    ['<!channel>', 'channel'],
    ['=HYPERLINK("x")', 'hyperlink-x'],
    ['\u202eevil', 'evil'],
    ['', ''],
    ['a'.repeat(90), 'a'.repeat(KEY_LENGTH)],
    [`${'a'.repeat(KEY_LENGTH - 1)} b`, 'a'.repeat(KEY_LENGTH - 1)],
  ])('is for %j %j', (name, key) => {
    expect(keyOf(name)).toBe(key);
  });

  it('is a key or nothing, and is its own key', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const key = keyOf(name);
        expect(key === '' || isKey(key)).toBe(true);
        expect(keyOf(key)).toBe(key);
      }),
    );
  });
});

describe('a typed key', () => {
  it.each([
    ['claims-triage', true],
    ['Claims-Triage', true],
    ['a', true],
    ['2026', true],
    ['claims triage', false],
    ['claims--triage', false],
    ['-claims', false],
    ['claims-', false],
    ['coût', false],
    ['', false],
    ['a\n', false],
    ['a'.repeat(KEY_LENGTH), true],
    ['a'.repeat(KEY_LENGTH + 1), false],
  ])('%j is one: %s', (text, expected) => {
    expect(isKey(text)).toBe(expected);
  });
});

describe('a free key', () => {
  it.each([
    ['churn', [], 'churn'],
    ['churn', ['churn'], 'churn-2'],
    ['churn', ['churn', 'churn-2', 'churn-3'], 'churn-4'],
    ['', [], 'pilot'],
    ['', ['pilot'], 'pilot-2'],
    ['a'.repeat(KEY_LENGTH), ['a'.repeat(KEY_LENGTH)], `${'a'.repeat(KEY_LENGTH - 2)}-2`],
    [`${'a'.repeat(37)}-bc`, [`${'a'.repeat(37)}-bc`], `${'a'.repeat(37)}-2`],
  ])('for %j beside %j is %j', (base, taken, expected) => {
    expect(freeKey(base, taken)).toBe(expected);
  });

  it('is a key nobody has', () => {
    const names = fc.array(fc.constantFrom('a', 'a-2', 'a-3', 'pilot', 'pilot-2'), { maxLength: 6 });
    fc.assert(
      fc.property(fc.oneof(anyText.map(keyOf), fc.constantFrom('a', '')), names, (base, taken) => {
        const key = freeKey(base, taken);
        expect(isKey(key)).toBe(true);
        expect(taken).not.toContain(key);
      }),
    );
  });
});

describe('nearness', () => {
  it('counts the letters that differ', () => {
    expect(editDistance('', '')).toBe(0);
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('abc', '')).toBe(3);
  });

  it('is a distance', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });

  it('offers the nearest names, in any case, alphabetically where they are equally near', () => {
    expect(nearest('CLAIMS', ['churn', 'claims-triage', 'claim'], 2)).toEqual(['claim', 'churn']);
    expect(nearest('x', ['b', 'a', 'c'], 2)).toEqual(['a', 'b']);
    expect(nearest('x', [], 2)).toEqual([]);
    expect(nearest('x'.repeat(40_000), ['a'], 2)).toEqual(['a']);
  });
});
