#!/usr/bin/env node
/** What has to be true before the first line of Pilotage is loaded? Plain JavaScript, valid on Node 18. */
import module from 'node:module';
import { nodeTooOld } from './node-version.js';

// On a machine whose clocks change, node-cron falls silent for an hour in autumn unless the process lives in UTC.
process.env.TZ = 'UTC';

const refusal = nodeTooOld(process.versions.node);
if (refusal === null) {
  module.enableCompileCache();
  await import('../src/main.ts');
} else {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = 3;
}
