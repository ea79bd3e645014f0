/** Which sources of numbers are there? Adding one is a line here; the first that recognises a text reads it. */
import { csv } from './csv.ts';
import { decodeText } from './decode.ts';
import { ndjson } from './ndjson.ts';
import type { MetricSource, SourceRow } from './source.ts';

export const sources: readonly MetricSource[] = [ndjson, csv];

/**
 * The rows of a file, whatever it is written in.
 *
 * @throws {Undecodable} when the bytes are no text
 */
export async function* rowsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly SourceRow[]> {
  const text = decodeText(bytes);
  try {
    let beginning = '';
    // Blanks do not tell what a file is.
    while (beginning.trim() === '') {
      const next = await text.next();
      if (next.done === true) break;
      beginning += next.value;
    }
    const source = sources.find((candidate) => candidate.recognises(beginning)) ?? csv;
    yield* source.rows(resumed(beginning, text));
  } finally {
    // Who stops early, or is stopped before the rest was asked for, lets go of the file as well.
    await text.return(undefined);
  }
}

async function* resumed(beginning: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (beginning !== '') yield beginning;
  yield* rest;
}
