/** What does the evaluation engine say of every vector today, as it is kept for each of its versions? */
import { readFileSync } from 'node:fs';
import { casesOf, evaluateCase } from '../../src/cli/evaluate-input.ts';

const VECTORS = ['evaluation.json', 'evaluation-own.json'] as const;

/** The file that keeps the answers of a version. */
export const goldenFile = (version: string): URL =>
  new URL(`../golden/engine-${version}.jsonl`, import.meta.url);

/** One line of JSON for each vector. Its sentence is left out: words may become better under the same rules. */
export function engineAnswers(): string {
  const lines = VECTORS.flatMap((name) => {
    const text = readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8');
    const { defaults, cases } = casesOf(JSON.parse(text));
    return cases.map((one) => {
      const { sentence: _, display: __, ...answer } = evaluateCase(one, defaults);
      return JSON.stringify(answer);
    });
  });
  return `${lines.join('\n')}\n`;
}
