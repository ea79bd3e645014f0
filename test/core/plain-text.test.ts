import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepable } from '../../src/core/plain-text.ts';

describe('text that can be kept', () => {
  it.each([
    ['plain', 'plain'],
    ['a\u0000b\u0000', 'ab'],
    ['\ud83d', '\ufffd'],
    ['\ude00 and 😀', '\ufffd and 😀'],
    ['\u202ertl and \u0007 stay', '\u202ertl and \u0007 stay'],
  ])('of %j is %j', (text, expected) => {
    expect(keepable(text)).toBe(expected);
  });

  it('can be written by both databases, whatever was typed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }), (units) => {
        const kept = keepable(String.fromCharCode(...units));
        expect(kept.isWellFormed()).toBe(true);
        expect(kept).not.toContain('\u0000');
        expect(keepable(kept)).toBe(kept);
      }),
    );
  });
});
