/** Which id does a new row get? */

// The 74 bits of an id that are not time and version, in three parts that are small integers.
const HIGH_MASK = 2 ** 25 - 1;
const PART = 2 ** 24;

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
  let middle = 0;
  let low = 0;
  let beginning = '';
  let bytes: Uint8Array = new Uint8Array();
  let used = 0;

  function begin(): void {
    const at = time.toString(16).padStart(12, '0');
    const version = (0x7000 | (high >>> 14)).toString(16);
    const variant = (0x8000 | (high & 0x3fff)).toString(16);
    beginning = `${at.slice(0, 8)}-${at.slice(8)}-${version}-${variant}-${hexOf(middle)}`;
  }

  /** Two random bytes that were not used before. */
  function step(): number {
    if (used + 2 > bytes.length) {
      bytes = random();
      used = 0;
    }
    used += 2;
    return numberFrom(bytes, used - 2, used);
  }

  function carry(): void {
    low -= PART;
    middle += 1;
    if (middle === PART) {
      middle = 0;
      high += 1;
    }
    begin();
  }

  return () => {
    const at = now();
    if (at > time) {
      time = at;
      bytes = random();
      used = bytes.length;
      // The highest bit stays free, so that counting up within a millisecond cannot run over.
      high = numberFrom(bytes, 0, 4) & HIGH_MASK;
      middle = numberFrom(bytes, 4, 7);
      low = numberFrom(bytes, 7, 10);
      begin();
    } else {
      low += 1 + step();
      if (low >= PART) carry();
    }
    return beginning + hexOf(low);
  };
}

// Writing a number to the base of 16 is slow, looking three digits up is not.
const THREE_DIGITS = Array.from({ length: 4096 }, (_, number) => number.toString(16).padStart(3, '0'));

/** The six digits of a number of 24 bits. */
const hexOf = (number: number): string =>
  (THREE_DIGITS[number >>> 12] ?? '') + (THREE_DIGITS[number & 0xfff] ?? '');

/**
 * Fresh random bytes a few at a time, asked for in large portions: asking costs more than the bytes.
 *
 * @param fill fills an array with random bytes
 * @param size how many bytes each call gives; an id needs ten
 */
export function randomBytesFrom(fill: (bytes: Uint8Array) => unknown, size = 10): () => Uint8Array {
  const pool = new Uint8Array(TOGETHER * size);
  let next = pool.length;
  return () => {
    if (next === pool.length) {
      fill(pool);
      next = 0;
    }
    next += size;
    return pool.subarray(next - size, next);
  };
}

const TOGETHER = 1000;

function numberFrom(bytes: Uint8Array, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) number = number * 256 + (bytes[at] ?? 0);
  return number;
}
