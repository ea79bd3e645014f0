import { expect, it } from 'vitest';
import { mayRepeatNames, repeatedNames } from '../../src/metrics/repeated-names.ts';

it.each([
  ['{"a": 1, "b": 2}', []],
  ['{"a": 1, "a": 2}', [{ path: [], name: 'a' }]],
  [String.raw`{"a": 1, "\u0061": 2, "a" : 3}`, ['a', 'a'].map((name) => ({ path: [], name }))],
  ['{"v": [{"a": 1}, {"a": {"b": 1, "b": 2}, "c": []}], "d": 1}', [{ path: ['v', 1, 'a'], name: 'b' }]],
  ['[{"a": [1, {"a": 1}], "b": "a", "c": "b"}, {"a": 1}]', []],
  [String.raw`{"a": "\"a\": 1, {[", "b\\": ":", "c": "\\"}`, []],
  ['[[], {}, [{}, {"x": [], "x": {}}]]', [{ path: [2, 1], name: 'x' }]],
  ['"a"', []],
  ['', []],
])('names that stand twice in %j are found', (json, found) => {
  expect(repeatedNames(json)).toEqual(found);
});

it('a look at the colons is enough where there are no more than names', () => {
  expect(mayRepeatNames('{"a": 1, "b": 2}', 2)).toBe(false);
  expect(mayRepeatNames('{"a": 1, "a": 2}', 1)).toBe(true);
  expect(mayRepeatNames('{"a": "https://example.com"}', 1)).toBe(true);
});
