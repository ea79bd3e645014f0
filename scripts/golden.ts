/** Keeps what the evaluation engine says of every vector, once for each of its versions. */
import { existsSync, writeFileSync } from 'node:fs';
import { ENGINE_VERSION } from '../src/core/evaluate/index.ts';
import { engineAnswers, goldenFile } from '../test/support/engine-answers.ts';

const file = goldenFile(ENGINE_VERSION);
if (existsSync(file)) {
  process.stderr.write(
    `The answers of version ${ENGINE_VERSION} are kept and stay as they are. An engine that answers otherwise needs a new ENGINE_VERSION.\n`,
  );
  process.exitCode = 1;
} else {
  writeFileSync(file, engineAnswers());
  process.stdout.write(`test/golden/engine-${ENGINE_VERSION}.jsonl\n`);
}
