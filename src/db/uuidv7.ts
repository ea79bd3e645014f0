/** Which id does a new row get? */

const RANDOM_BITS = 74n;

/**
 * Makes version 7 UUIDs (RFC 9562) of which every later one sorts after every earlier one, also within one millisecond
 * and when the clock goes back.
 *
 * @param now epoch milliseconds
 * @param random ten fresh random bytes at every call
 */
export function idMaker(now: () => number, random: () => Uint8Array): () => string {
  let time = 0n;
  let tail = 0n;
  return () => {
    const at = BigInt(now());
    if (at > time) {
      time = at;
      // The highest bit stays free, so that counting up within a millisecond cannot run over.
      tail = fromBytes(random()) & ((1n << (RANDOM_BITS - 1n)) - 1n);
    } else {
      tail += 1n + (fromBytes(random()) & 0xffffn);
    }
    return text(time, tail);
  };
}

function text(time: bigint, tail: bigint): string {
  const high = (time << 16n) | (0x7n << 12n) | (tail >> 62n);
  const low = (0x2n << 62n) | (tail & ((1n << 62n) - 1n));
  const hex = ((high << 64n) | low).toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const fromBytes = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
