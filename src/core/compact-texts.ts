/** How are a million short texts remembered in little room? As bytes side by side instead of an object each. */

/** Texts by number, in the order in which they came. */
export interface CompactTexts {
  /** Remembers a text and gives its number, counted from 0. */
  add(text: string): number;
  /** Whether this is the text with that number. */
  is(number: number, text: string): boolean;
}

/** Whole numbers, one after the other. */
export interface CompactNumbers {
  readonly length: number;
  add(number: number): void;
  /** The number at a place; 0 where there is none. */
  at(place: number): number;
}

/** Texts, each once, that can be looked up. */
export interface TextIndex {
  /** The number that was set for a text, or -1. */
  get(text: string): number;
  /** Sets the number of a text that has none yet. */
  add(text: string, number: number): void;
}

const CHUNK_BITS = 20;
const CHUNK = 1 << CHUNK_BITS;
const PIECE_BITS = 14;
const PIECE = 1 << PIECE_BITS;
const SLOTS = 1024;

/**
 * Makes an empty list of texts. Any text can be remembered, half surrogate pairs too.
 *
 * @example
 * compactTexts().add('12.5') // 0
 */
export function compactTexts(): CompactTexts {
  const chunks: Uint8Array[] = [];
  const ends = compactNumbers();
  let end = 0;

  function put(byte: number): void {
    const offset = end & (CHUNK - 1);
    if (offset === 0) chunks.push(new Uint8Array(CHUNK));
    const chunk = chunks[end >>> CHUNK_BITS] as Uint8Array;
    chunk[offset] = byte;
    end += 1;
  }
  const byteAt = (place: number): number | undefined => chunks[place >>> CHUNK_BITS]?.[place & (CHUNK - 1)];

  /** How many bytes at a place are this unit of a text; 0 when they are another one. */
  function matched(place: number, unit: number): number {
    if (unit < 0x80) return byteAt(place) === unit ? 1 : 0;
    const same =
      byteAt(place) === (0x80 | (unit >>> 14)) &&
      byteAt(place + 1) === ((unit >>> 7) & 0x7f) &&
      byteAt(place + 2) === (unit & 0x7f);
    return same ? 3 : 0;
  }

  return {
    add(text) {
      for (let at = 0; at < text.length; at += 1) {
        const unit = text.charCodeAt(at);
        if (unit < 0x80) put(unit);
        else {
          put(0x80 | (unit >>> 14));
          put((unit >>> 7) & 0x7f);
          put(unit & 0x7f);
        }
      }
      ends.add(end);
      return ends.length - 1;
    },
    is(number, text) {
      const last = number < ends.length ? ends.at(number) : -1;
      let place = number === 0 ? 0 : ends.at(number - 1);
      for (let at = 0; at < text.length; at += 1) {
        if (place >= last) return false;
        const read = matched(place, text.charCodeAt(at));
        if (read === 0) return false;
        place += read;
      }
      return place === last;
    },
  };
}

/**
 * Makes an empty list of whole numbers of 32 bits.
 *
 * @example
 * compactNumbers().at(3) // 0
 */
export function compactNumbers(): CompactNumbers {
  // In pieces: what grows by being copied needs three times the room while it is.
  const pieces: Int32Array[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(number) {
      const offset = length & (PIECE - 1);
      if (offset === 0) pieces.push(new Int32Array(PIECE));
      const piece = pieces.at(-1);
      if (piece !== undefined) piece[offset] = number;
      length += 1;
    },
    at: (place) => pieces[place >>> PIECE_BITS]?.[place & (PIECE - 1)] ?? 0,
  };
}

/**
 * Makes an empty index of texts.
 *
 * @param seed any whole number that whoever writes the texts cannot choose: with a known one, texts could be made up that
 *   take ever longer to look up
 * @example
 * textIndex(7).get('wh-1') // -1
 */
export function textIndex(seed: number): TextIndex {
  const texts = compactTexts();
  const hashes = compactNumbers();
  const numbers = compactNumbers();
  let slots = new Int32Array(SLOTS).fill(-1);

  function slotOf(text: string, hash: number): number {
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const there = slots[slot] ?? -1;
      if (there === -1 || (hashes.at(there) === hash && texts.is(there, text))) return slot;
    }
  }

  function grow(): void {
    slots = new Int32Array(slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let there = 0; there < hashes.length; there += 1) {
      let slot = hashes.at(there) & mask;
      while (slots[slot] !== -1) slot = (slot + 1) & mask;
      slots[slot] = there;
    }
  }

  return {
    get(text) {
      const there = slots[slotOf(text, hashOf(text, seed))] ?? -1;
      return there === -1 ? -1 : numbers.at(there);
    },
    add(text, number) {
      const hash = hashOf(text, seed);
      const there = texts.add(text);
      hashes.add(hash);
      numbers.add(number);
      slots[slotOf(text, hash)] = there;
      if (hashes.length * 2 > slots.length) grow();
    },
  };
}

/** FNV-1a over the text's units, begun from the seed and stirred at the end, so that low bits depend on all of it. */
function hashOf(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) | 0;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
