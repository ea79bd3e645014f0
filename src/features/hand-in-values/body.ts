/** Which rows does the body of a request hold? */
import type { GivenValue, SourceProblem } from '../../core/incoming-problem.ts';
import { HttpProblem, type HttpRequest } from '../../http/route.ts';
import { asWritten, givenByField, namesRepeatedIn } from '../../metrics/ndjson.ts';
import { mayRepeatNames, repeatedNames } from '../../metrics/repeated-names.ts';

const MOST_BYTES = 5 * 1_048_576;
const MOST_ROWS = 10_000;

/** One row: what it gives, or why it could not be read. */
export type Row = { readonly given: GivenValue } | { readonly problem: SourceProblem };

/** The body of a request, before anybody has looked at it. */
export interface Body {
  readonly contentType: string;
  readonly text: string;
}

/**
 * Reads the body of a request.
 *
 * @throws {HttpProblem} 415 or 413
 */
export async function readBody(request: HttpRequest): Promise<Body> {
  const { contentType } = request;
  if (contentType !== 'application/json' && contentType !== 'application/x-ndjson') {
    throw new HttpProblem(
      415,
      'content_type',
      'Send application/json with {"observations": […]}, or application/x-ndjson with one object per line.',
    );
  }
  return { contentType, text: await request.text(MOST_BYTES) };
}

/**
 * The rows of a body.
 *
 * @throws {HttpProblem} 413 or 400 when the body as a whole cannot be taken
 */
export function rowsOfBody(contentType: string, text: string): Row[] {
  const rows = contentType === 'application/json' ? jsonRows(text) : lineRows(text);
  if (rows.length > MOST_ROWS) {
    throw new HttpProblem(
      413,
      'too_many_rows',
      `There are ${rows.length} rows; ${MOST_ROWS} can be sent at once. Split them.`,
    );
  }
  return rows;
}

function jsonRows(text: string): Row[] {
  let body: unknown;
  try {
    body = JSON.parse(text, asWritten);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new HttpProblem(
      400,
      'not_json',
      `The body is not JSON: ${why}. Nothing was taken.`,
      {},
      { cause: error },
    );
  }
  const list =
    typeof body === 'object' && body !== null ? (body as { observations?: unknown }).observations : undefined;
  if (!Array.isArray(list)) {
    throw new HttpProblem(
      400,
      'no_observations',
      'Send an object with a list: {"observations": [ … ]}. Nothing was taken.',
    );
  }
  const strangers = Object.keys(body as object).filter((name) => name !== 'observations');
  if (strangers.length > 0) {
    throw new HttpProblem(
      400,
      'unknown_fields',
      `I do not know ${strangers.map((name) => JSON.stringify(name)).join(', ')} beside "observations". Nothing was taken.`,
    );
  }
  const twice = namesTwice(text, list);
  if (twice.outside) {
    throw new HttpProblem(
      400,
      'repeated_fields',
      '"observations" stands there twice. Put all rows into one list. Nothing was taken.',
    );
  }
  return list.map((row, at) => {
    const names = twice.inRow.get(at);
    return names === undefined ? readObject(row) : { problem: { code: 'repeated_columns', names } };
  });
}

/** What stands twice, of which a parser would silently keep the last. */
function namesTwice(
  text: string,
  list: readonly unknown[],
): { readonly outside: boolean; readonly inRow: ReadonlyMap<number, string[]> } {
  const inRow = new Map<number, string[]>();
  const known = list.reduce<number>((sum, row) => sum + (isObject(row) ? Object.keys(row).length : 0), 1);
  if (!mayRepeatNames(text, known)) return { outside: false, inRow };
  let outside = false;
  for (const { path, name } of repeatedNames(text)) {
    const [, row] = path;
    if (path.length === 0) outside = true;
    else if (path.length === 2 && typeof row === 'number') inRow.set(row, [...(inRow.get(row) ?? []), name]);
  }
  return { outside, inRow };
}

const isObject = (row: unknown): row is Record<string, unknown> =>
  typeof row === 'object' && row !== null && !Array.isArray(row);

const lineRows = (text: string): Row[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      try {
        const row: unknown = JSON.parse(line, asWritten);
        const names = isObject(row) ? namesRepeatedIn(line, row) : [];
        return names.length > 0 ? { problem: { code: 'repeated_columns' as const, names } } : readObject(row);
      } catch (error) {
        return {
          problem: { code: 'not_json' as const, why: error instanceof Error ? error.message : String(error) },
        };
      }
    });

const readObject = (row: unknown): Row =>
  isObject(row)
    ? givenByField(row)
    : { problem: { code: 'not_an_object', given: JSON.stringify(row) ?? String(row) } };
