/** Which id does a new row get? */

// The 74 bits of an id that are not time and version, in two parts that doubles hold exactly.
const LOW_SIZE = 2 ** 48;
const HIGH_MASK = 2 ** 25 - 1;

/**
 * Makes version 7 UUIDs (RFC 9562) of which every later one sorts after every earlier one, also within one millisecond
 * and when the clock goes back.
 *
 * @param now epoch milliseconds
 * @param random ten fresh random bytes at every call
 */
export function idMaker(now: () => number, random: () => Uint8Array): () => string {
  let time = 0;
  let high = 0;
  let low = 0;
  let beginning = '';

  function begin(): void {
    const at = time.toString(16).padStart(12, '0');
    const version = (0x7000 | (high >>> 14)).toString(16);
    const variant = (0x8000 | (high & 0x3fff)).toString(16);
    beginning = `${at.slice(0, 8)}-${at.slice(8)}-${version}-${variant}-`;
  }

  return () => {
    const at = now();
    const bytes = random();
    if (at > time) {
      time = at;
      // The highest bit stays free, so that counting up within a millisecond cannot run over.
      high = numberFrom(bytes, 0, 4) & HIGH_MASK;
      low = numberFrom(bytes, 4, 10);
      begin();
    } else {
      low += 1 + numberFrom(bytes, 8, 10);
      if (low >= LOW_SIZE) {
        low -= LOW_SIZE;
        high += 1;
        begin();
      }
    }
    return beginning + low.toString(16).padStart(12, '0');
  };
}

/**
 * Fresh random bytes ten at a time, asked for in large portions: asking costs more than the bytes.
 *
 * @param fill fills an array with random bytes
 */
export function randomBytesFrom(fill: (bytes: Uint8Array) => unknown): () => Uint8Array {
  const pool = new Uint8Array(PORTION);
  let next = PORTION;
  return () => {
    if (next === PORTION) {
      fill(pool);
      next = 0;
    }
    next += SIZE;
    return pool.subarray(next - SIZE, next);
  };
}

const SIZE = 10;
const PORTION = 1000 * SIZE;

function numberFrom(bytes: Uint8Array, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) number = number * 256 + (bytes[at] ?? 0);
  return number;
}
