import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { casesOf, evaluateCase } from '../../../src/cli/evaluate-input.ts';

interface Vector {
  readonly id: string;
  readonly title: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

// The shared vectors are rounded to four places.
const CLOSE = 5e-4;

function fileOf(name: string) {
  const url = new URL(`../../vectors/${name}`, import.meta.url);
  return casesOf(JSON.parse(readFileSync(url, 'utf8')));
}

/** What was found under each name that is expected; a number close enough counts as the expected one. */
function found(output: Record<string, unknown>, expected: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.entries(expected).map(([path, wanted]) => {
      if (path === 'reason') {
        return [path, (output['reasons'] as unknown[]).includes(wanted) ? wanted : output['reasons']];
      }
      const got = path
        .split('.')
        .reduce<unknown>((part, key) => (part as Record<string, unknown> | null)?.[key], output);
      const isClose =
        typeof got === 'number' && typeof wanted === 'number' && Math.abs(got - wanted) <= CLOSE;
      return [path, isClose ? wanted : got];
    }),
  );
}

describe.each(['evaluation.json', 'evaluation-own.json'])('%s', (name) => {
  const { defaults, cases } = fileOf(name);

  it.each(
    (cases as Vector[]).map((vector) => [vector.id, vector.title, vector] as const),
  )('%s %s', (_id, _title, vector) => {
    expect(found(evaluateCase(vector, defaults), vector.expected)).toEqual(vector.expected);
  });

  it('gives every verdict a sentence without the words nobody shall read', () => {
    for (const vector of cases) {
      const { sentence, error } = evaluateCase(vector, defaults);
      expect(error === undefined ? sentence : 'refused').toMatch(/^\S.{5,160}$/);
      expect(sentence ?? '').not.toMatch(
        /\b(?:ramp|sustain|min n|failed|score|lapsed|NaN|undefined|null)\b|!/i,
      );
    }
  });
});

it('the shared vectors are all there', () => {
  expect(fileOf('evaluation.json').cases).toHaveLength(73);
});

it('the defaults of the shared vectors hold without their block', () => {
  const { defaults, cases } = fileOf('evaluation.json');
  for (const vector of cases) expect(evaluateCase(vector)).toEqual(evaluateCase(vector, defaults));
});
