/** Which characters may be kept, whatever engine or screen they go to? */

/**
 * Text as both databases take it and every screen shows it: U+0000 is removed, lone surrogates become U+FFFD.
 *
 * @example
 * keepable('a\u0000b') // 'ab'
 */
export function keepable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}
