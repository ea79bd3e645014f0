/** How does a sentence become something Slack shows exactly as it was written? */
import { LIMITS, shorten } from './limits.ts';

/** A piece of a line: plain words, bold words, an instant in the reader's own zone, or a link. */
export type Piece =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  | { readonly instant: number; readonly format: string; readonly fallback: string }
  | { readonly url: string; readonly words: string };

/** One line of a message. People's text stands in it as it is: rich text is never parsed as markup. */
export type Line = Piece | readonly Piece[];

/** Bold words, for the label that opens a line. */
export const bold = (words: string): Piece => ({ bold: words });

/** Words in fixed width, for keys and commands people type. */
export const code = (words: string): Piece => ({ code: words });

/** A link with its words. */
export const link = (url: string, words: string): Piece => ({ url, words });

/** An instant (epoch ms) that every reader sees in their own zone; `fallback` is read where that fails. */
export const at = (instant: number, fallback: string, format = '{date_short_pretty} at {time}'): Piece => ({
  instant,
  format,
  fallback,
});

const pieces = (line: Line): readonly Piece[] => (Array.isArray(line) ? line : [line as Piece]);

/** A line in plain words, as notifications and screen readers get it. */
export function plainLine(line: Line): string {
  return pieces(line)
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('bold' in piece) return piece.bold;
      if ('code' in piece) return piece.code;
      if ('instant' in piece) return piece.fallback;
      return `${piece.words} (${piece.url})`;
    })
    .join('');
}

/** The elements of a rich text section for one line. Empty strings are left out: Slack refuses them. */
export function richElements(line: Line): object[] {
  const elements: object[] = [];
  for (const piece of pieces(line)) {
    if (typeof piece === 'string') {
      if (piece !== '') elements.push({ type: 'text', text: piece });
    } else if ('bold' in piece) {
      if (piece.bold !== '') elements.push({ type: 'text', text: piece.bold, style: { bold: true } });
    } else if ('code' in piece) {
      if (piece.code !== '') elements.push({ type: 'text', text: piece.code, style: { code: true } });
    } else if ('instant' in piece) {
      elements.push({
        type: 'date',
        timestamp: Math.floor(piece.instant / 1000),
        format: piece.format,
        fallback: piece.fallback,
      });
    } else {
      elements.push({ type: 'link', url: piece.url, text: piece.words });
    }
  }
  return elements;
}

/** Escapes the three characters that have a meaning in the `text` of a message, so that nobody can be pinged by it. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The `text` of a message: everything it says in plain words, escaped, within what an edit may carry. */
export function messageText(lines: readonly string[]): string {
  const text = lines.filter((line) => line !== '').join('\n');
  // Escaping grows a text by up to five times per character, so shorten until the escaped one fits.
  let limit: number = LIMITS.message.text;
  let escaped = escapeText(shorten(text, limit));
  while ([...escaped].length > LIMITS.message.text) {
    limit = Math.floor(limit * 0.8);
    escaped = escapeText(shorten(text, limit));
  }
  return escaped;
}

const INVISIBLE = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;

/**
 * What a person typed, made safe to keep: lone surrogates become U+FFFD, control characters go,
 * direction overrides go (they would reorder our own words around it), line ends become `\n`, outer blanks go.
 */
export function cleanTyped(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(CONTROL, '').replace(INVISIBLE, '').trim();
}

/** Undoes the escaping Slack applies to the words of a slash command. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The person meant by a mention such as `<@U123|ana>`, or null. */
export function mentionedPerson(text: string): string | null {
  return /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(text.trim())?.[1] ?? null;
}
