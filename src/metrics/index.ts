/** Which sources of numbers are there? Adding one is a line here; the first that recognises a text reads it. */
import type { IncomingField } from '../core/incoming-problem.ts';
import { csvOf } from './csv.ts';
import { decodeText } from './decode.ts';
import { ndjsonOf } from './ndjson.ts';
import { type MetricSource, type RowShape, type SourceRow, VALUE_ROWS } from './source.ts';

const sourcesOf = <Field extends string>(shape: RowShape<Field>): readonly MetricSource<Field>[] => [
  ndjsonOf(shape),
  csvOf(shape),
];

export const sources: readonly MetricSource[] = sourcesOf(VALUE_ROWS);

/**
 * The rows of a file of values, whatever it is written in.
 *
 * @throws {Undecodable} when the bytes are no text
 */
export const rowsOf = (
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly SourceRow<IncomingField>[]> => rowsAmong(bytes, sources);

/**
 * The rows of a file of some other shape.
 *
 * @throws {Undecodable} when the bytes are no text
 */
export const rowsShaped = <Field extends string>(
  bytes: AsyncIterable<Uint8Array>,
  shape: RowShape<Field>,
): AsyncGenerator<readonly SourceRow<Field>[]> => rowsAmong(bytes, sourcesOf(shape));

async function* rowsAmong<Field extends string>(
  bytes: AsyncIterable<Uint8Array>,
  among: readonly MetricSource<Field>[],
): AsyncGenerator<readonly SourceRow<Field>[]> {
  const text = decodeText(bytes);
  try {
    let beginning = '';
    // Blanks do not tell what a file is.
    while (beginning.trim() === '') {
      const next = await text.next();
      if (next.done === true) break;
      beginning += next.value;
    }
    const source = among.find((candidate) => candidate.recognises(beginning));
    if (source !== undefined) yield* source.rows(resumed(beginning, text));
  } finally {
    // Who stops early, or is stopped before the rest was asked for, lets go of the file as well.
    await text.return(undefined);
  }
}

async function* resumed(beginning: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (beginning !== '') yield beginning;
  yield* rest;
}
