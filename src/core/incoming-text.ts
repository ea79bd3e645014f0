/** Which words of a file or a request may be kept? */
import type { IncomingField, IncomingProblem } from './incoming-problem.ts';

/** How many characters may be kept of each field that is words. */
export const LONGEST = { source: 120, evidence: 500, key: 200 } as const;

const DIRECTIONS = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/g;

/**
 * Words as one line that every database takes and that reorders nothing around it: line ends and tabs become blanks,
 * control characters and direction marks go, half a surrogate pair becomes U+FFFD, outer blanks go.
 *
 * @example
 * keptLine(' data\u0000 ware\thouse\r\n') // 'data ware house'
 * keptLine('=HYPERLINK("x") <!channel>') // '=HYPERLINK("x") <!channel>'
 */
export function keptLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(DIRECTIONS, '')
    .trim();
}

/**
 * Words that can be kept, null where there are none, or what is wrong with them.
 *
 * @example
 * incomingWords('source', ' warehouse ') // { words: 'warehouse' }
 * incomingWords('key', '') // { words: null }
 */
export function incomingWords(
  field: IncomingField & keyof typeof LONGEST,
  given: string,
): { readonly words: string | null } | { readonly problem: IncomingProblem } {
  const words = keptLine(given);
  const limit = LONGEST[field];
  if (words.length > limit) return { problem: { field, given, code: 'too_long', limit } };
  return { words: words === '' ? null : words };
}
