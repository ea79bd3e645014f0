/** Does a version of the evaluation engine say for ever what it said when it was kept? */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ENGINE_VERSION } from '../../../src/core/evaluate/index.ts';
import { engineAnswers, goldenFile } from '../../support/engine-answers.ts';

/** Every version that has ever judged a pilot. Its answers stay, so that an old verdict can be held against them. */
const VERSIONS = ['1.0.0'];

it('every version has its answers kept', () => {
  expect(VERSIONS.at(-1), 'npm run golden keeps the answers of a new version').toBe(ENGINE_VERSION);
  const kept = readdirSync(new URL('../../golden/', import.meta.url)).filter((name) =>
    name.endsWith('.jsonl'),
  );
  expect(kept.toSorted()).toEqual(VERSIONS.map((version) => `engine-${version}.jsonl`).toSorted());
});

it('the engine says of every vector what its version has always said', () => {
  const file = goldenFile(ENGINE_VERSION);
  const kept = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  expect(engineAnswers().split('\n')).toEqual(kept);
});
