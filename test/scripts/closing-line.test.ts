import { describe, expect, it } from 'vitest';
import { closingLine } from '../../scripts/closing-line.ts';

type State = 'passed' | 'failed' | 'skipped' | 'pending';

/** A test file as vitest reports it: the states of its tests, and the errors that kept it from being read. */
function testFile(states: readonly State[], errors: readonly string[] = []) {
  const tests = states.map((state) => ({ result: () => ({ state }) }));
  const file = { children: { allTests: () => tests }, errors: () => errors };
  return file as unknown as Parameters<typeof closingLine>[0][number];
}

describe('the closing line of a test run', () => {
  it('counts the tests of all files', () => {
    expect(closingLine([testFile(['passed', 'passed']), testFile(['passed'])], 0)).toBe('3 passed, 0 failed');
  });

  it('counts no test that was left out', () => {
    expect(closingLine([testFile(['passed', 'skipped', 'pending', 'failed'])], 0)).toBe('1 passed, 1 failed');
  });

  it('counts a file that broke before its tests, and a fault beside them, as failures', () => {
    expect(closingLine([testFile(['passed']), testFile([], ['SyntaxError'])], 1)).toBe('1 passed, 2 failed');
  });
});
