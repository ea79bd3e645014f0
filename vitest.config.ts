/** How are the tests run? */
import { defineConfig } from 'vitest/config';
import { closingLineReporter } from './scripts/closing-line.ts';

// As in bin/pilotage.js: the process lives in UTC before anything is loaded.
process.env.TZ = 'UTC';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['test/support/one-postgres.ts'],
    // Most of a test's time is waiting: for a disk, a server, a browser.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Who waited in vain for a browser on a busy machine waits once more. Nothing else is tried twice.
    retry: { count: 1, condition: /Timeout \d+ms exceeded|waited in vain/ },
    reporters: ['default', closingLineReporter],
  },
});
