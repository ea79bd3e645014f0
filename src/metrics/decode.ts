/** Which text do these bytes hold? UTF-8, or UTF-16 that says so; anything else is refused with the place. */
import type { EncodingProblem } from '../core/incoming-problem.ts';

/** Bytes are not text that can be read. */
export class Undecodable extends Error {
  override readonly name = 'Undecodable';
  readonly problem: EncodingProblem;

  constructor(problem: EncodingProblem, options?: ErrorOptions) {
    super(`The bytes cannot be read as text: ${problem.code}`, options);
    this.problem = problem;
  }
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Where in the text the next piece begins; both count from 1. */
interface Place {
  line: number;
  column: number;
}

/**
 * Turns bytes into text, piece by piece. A byte order mark decides, and is dropped; without one the bytes are UTF-8.
 *
 * @throws {Undecodable} with line and column of the first character that cannot be read
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Uint8Array = new Uint8Array();
  let encoding: Encoding | null = null;
  const place: Place = { line: 1, column: 1 };
  for await (const chunk of bytes) {
    rest = joined(rest, chunk);
    if (encoding === null) {
      if (rest.length < 4) {
        rest = rest.slice();
        continue;
      }
      const start = startOf(rest);
      encoding = start.encoding;
      rest = rest.subarray(start.skip);
    }
    const whole = rest.length - unfinished(rest, encoding);
    const text = decoded(rest.subarray(0, whole), encoding, place);
    // A copy of a few bytes: a chunk is only good until the next one is asked for.
    rest = rest.slice(whole);
    if (text !== '') yield text;
  }
  const start = encoding === null ? startOf(rest) : { encoding, skip: 0 };
  const text = decoded(rest.subarray(start.skip), start.encoding, place);
  if (text !== '') yield text;
}

function startOf(bytes: Uint8Array): { readonly encoding: Encoding; readonly skip: number } {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) throw new Undecodable({ code: 'utf32' });
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) throw new Undecodable({ code: 'utf32' });
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', skip: 2 };
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) throw new Undecodable({ code: 'workbook' });
  if (bytes.length >= 2 && (a === 0) !== (b === 0)) throw new Undecodable({ code: 'no_byte_order_mark' });
  return { encoding: 'utf-8', skip: 0 };
}

/** How many bytes at the end belong to a character that goes on in the next piece. */
function unfinished(bytes: Uint8Array, encoding: Encoding): number {
  if (encoding !== 'utf-8') {
    const odd = bytes.length % 2;
    const high = bytes.at(-odd - (encoding === 'utf-16le' ? 1 : 2));
    return high !== undefined && high >= 0xd8 && high <= 0xdb ? odd + 2 : odd;
  }
  for (let back = 1; back <= 3; back += 1) {
    const byte = bytes.at(-back);
    if (byte === undefined || byte < 0x80) return 0;
    if (byte >= 0xc0) return lengthSaidBy(byte) > back ? back : 0;
  }
  return 0;
}

function lengthSaidBy(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

function decoded(bytes: Uint8Array, encoding: Encoding, place: Place): string {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    advance(place, text);
    return text;
  } catch (error) {
    advance(place, readableStart(bytes, encoding));
    throw new Undecodable(
      { code: encoding === 'utf-8' ? 'not_utf8' : 'not_utf16', ...place },
      { cause: error },
    );
  }
}

/** The text before the first character that cannot be read. */
function readableStart(bytes: Uint8Array, encoding: Encoding): string {
  const start = (length: number): string | null => {
    try {
      // Streaming leaves an unfinished last character out instead of refusing it.
      const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
      return decoder.decode(bytes.subarray(0, length), { stream: true });
    } catch {
      return null;
    }
  };
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (start(middle) === null) bad = middle;
    else good = middle;
  }
  return start(good) ?? '';
}

function advance(place: Place, text: string): void {
  let last = -1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    place.line += 1;
    last = at;
  }
  place.column = last === -1 ? place.column + text.length : text.length - last;
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array {
  if (before.length === 0) return after;
  const both = new Uint8Array(before.length + after.length);
  both.set(before);
  both.set(after, before.length);
  return both;
}
