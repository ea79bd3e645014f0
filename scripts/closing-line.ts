/** How did the test run end, in one plain line that a program can read? */
import type { Reporter, TestModule } from 'vitest/node';

/** The closing line: every test counted, and a file that broke before its tests as one failure. */
export function closingLine(
  modules: readonly Pick<TestModule, 'children' | 'errors'>[],
  faults: number,
): string {
  let passed = 0;
  let failed = faults;
  for (const module of modules) {
    failed += module.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') passed += 1;
      else if (state === 'failed') failed += 1;
    }
  }
  return `${passed} passed, ${failed} failed`;
}

/** Prints the closing line after everything else; named last in `reporters` of the vitest config. */
export const closingLineReporter: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    process.stdout.write(`${closingLine(modules, unhandledErrors.length)}\n`);
  },
};
