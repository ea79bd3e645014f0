/** How does a sentence become something Slack shows exactly as it was written? */
import { LIMITS, lengthOf, shorten } from './limits.ts';

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

const INVISIBLE = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
// Nearly every text has nothing of the kind, and one look is cheaper than three passes.
const SUSPECT =
  /[^\t\n\x20-\x7E\u00A0-\u061B\u061D-\u200D\u2010-\u2029\u202F-\u2065\u206A-\uD7FF\uE000-\uFFFF]/;

/**
 * A text as it may stand among our own words: lone surrogates become U+FFFD, control characters and direction marks go,
 * because they would reorder or hide what stands around them.
 */
export const readable = (text: string): string =>
  SUSPECT.test(text) ? text.toWellFormed().replace(CONTROL, '').replace(INVISIBLE, '') : text;

/** A line in plain words, as notifications and screen readers get it. */
export function plainLine(line: Line): string {
  return pieces(line)
    .map((piece) => {
      if (typeof piece === 'string') return readable(piece);
      if ('bold' in piece) return readable(piece.bold);
      if ('code' in piece) return readable(piece.code);
      if ('instant' in piece) return readable(piece.fallback);
      return `${readable(piece.words)} (${piece.url})`;
    })
    .join('');
}

/** A line of at most `limit` code points: what is too long is cut with an ellipsis, pieces behind it are left out. */
export function shortLine(line: Line, limit: number): Line {
  if (lengthOf(plainLine(line)) <= limit) return line;
  const kept: Piece[] = [];
  let left = limit;
  for (const piece of pieces(line)) {
    const size = lengthOf(plainLine(piece));
    // What fits leaves room for the ellipsis, because something behind it does not.
    if (size < left) {
      kept.push(piece);
      left -= size;
      continue;
    }
    if (typeof piece === 'string') kept.push(shorten(`${piece}…`, left));
    else if ('bold' in piece) kept.push({ bold: shorten(`${piece.bold}…`, left) });
    else kept.push('…');
    break;
  }
  return kept;
}

/** The elements of a rich text section for one line. Empty strings are left out: Slack refuses them. */
export function richElements(line: Line): object[] {
  return pieces(line).flatMap((piece) => {
    if (typeof piece === 'string') return textElement(piece, {});
    if ('bold' in piece) return textElement(piece.bold, { style: { bold: true } });
    if ('code' in piece) return textElement(piece.code, { style: { code: true } });
    if ('url' in piece) return [{ type: 'link', url: piece.url, text: readable(piece.words) }];
    const { instant, format, fallback } = piece;
    return [{ type: 'date', timestamp: Math.floor(instant / 1000), format, fallback: readable(fallback) }];
  });
}

function textElement(words: string, style: object): object[] {
  const text = readable(words);
  return text === '' ? [] : [{ type: 'text', text, ...style }];
}

/** Escapes the three characters that have a meaning in the `text` of a message, so that nobody can be pinged by it. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The `text` of a message: everything it says in plain words, escaped, within what an edit may carry. */
export function messageText(lines: readonly string[]): string {
  const text = readable(lines.filter((line) => line !== '').join('\n'));
  // Escaping grows a text by up to five times per character, so shorten until the escaped one fits.
  let limit: number = LIMITS.message.text;
  let escaped = escapeText(shorten(text, limit));
  while (lengthOf(escaped) > LIMITS.message.text) {
    limit = Math.floor(limit * 0.8);
    escaped = escapeText(shorten(text, limit));
  }
  return escaped;
}

/**
 * What a person typed, made safe to keep: {@link readable}, line ends become `\n`, outer blanks go. Text without any
 * character that can be seen is empty.
 */
export function cleanTyped(text: string): string {
  const clean = readable(text.replace(/\r\n?|[\u2028\u2029]/g, '\n')).trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(clean) ? clean : '';
}

/** Undoes the escaping Slack applies to the words of a slash command. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The person meant by a mention such as `<@U123|ana>`, or null. */
export function mentionedPerson(text: string): string | null {
  return /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(text.trim())?.[1] ?? null;
}
