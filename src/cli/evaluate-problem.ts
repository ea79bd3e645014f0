/** Which sentence says what is wrong at a place of a case, and what would be right? */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

// By the last name of the place; `[]` stands for one of a list.
const EXAMPLES: Readonly<Record<string, string>> = {
  '': '{"criterion": {…}, "observations": […], "now": "2026-01-27T09:00:00Z"}',
  criterion: '{"kind": "at_least", "target": 40}',
  kind: '"at_least"',
  baseline: '20, or {"value": 20}',
  unit: '"min"',
  rates: '{"USD": 0.92}',
  milestones: '[{"day": "2026-02-01", "progress": 0.5}]',
  'milestones[]': '{"day": "2026-02-01", "progress": 0.5}',
  day: '"2026-02-01"',
  calendar: '{"start": "2026-01-05", "deadline": "2026-03-29"}',
  start: '"2026-01-05"',
  deadline: '"2026-03-29"',
  first_effect: '"2026-02-02"',
  tz: '"Europe/Berlin"',
  pauses: '[["2026-02-02", "2026-02-09"]]',
  'pauses[]': '["2026-02-02", "2026-02-09"]',
  'pauses[][]': '"2026-02-02"',
  observations: '[{"end": "2026-01-12", "value": 9}]',
  'observations[]': '{"end": "2026-01-12", "value": 9}',
  end: '"2026-01-12"',
  raw: '[3, 5, 8]',
  recorded_at: '"2026-01-27T09:00:00Z"',
  now: '"2026-01-27T09:00:00Z"',
  known_at: '"2026-01-27T09:00:00Z"',
};

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  tuple: 'a pair',
  boolean: 'true or false',
};

/**
 * What is wrong, with the value, and what would be right; without the place.
 *
 * @param known the names that are possible there
 */
export function issueText(issue: Issue, known: readonly string[]): string {
  const such = `such as ${exampleAt(issue.path)}`;
  switch (issue.code) {
    case 'unrecognized_keys': {
      const possible = issue.path.length === 0 ? `; possible are ${known.join(', ')}` : '';
      return `unknown ${issue.keys.map(shown).join(', ')}${possible}`;
    }
    case 'invalid_type': {
      const noun = NOUNS[issue.expected] ?? issue.expected;
      return issue.input === undefined
        ? `it is missing; write ${noun} ${such}`
        : `${shown(issue.input)} is not ${noun} ${such}`;
    }
    case 'invalid_value': {
      const words = issue.values.map(shown).join(', ');
      return issue.input === undefined
        ? `it is missing; write one of ${words}`
        : `${shown(issue.input)} is not one of ${words}`;
    }
    case 'invalid_union':
      return `${shown(issue.input)} is not a number ${such}`;
    case 'too_small':
      return `${shown(issue.input)} is too short; write one ${such}`;
    case 'too_big':
      return `${shown(issue.input)} is too long; write one ${such}`;
    default:
      return issue.message;
  }
}

/**
 * A value as it is quoted in a message: as JSON, cut short.
 *
 * @example
 * shown('12 %') // '"12 %"'
 */
export function shown(value: unknown): string {
  const json = written(value);
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}

function written(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return 'what is nested that deep';
  }
}

function exampleAt(path: Issue['path']): string {
  const at = path.findLastIndex((step) => typeof step === 'string');
  const name = at === -1 ? '' : `${String(path[at])}${'[]'.repeat(path.length - at - 1)}`;
  return Object.hasOwn(EXAMPLES, name) ? (EXAMPLES[name] as string) : '"text"';
}
