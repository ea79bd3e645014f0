/** What do the marks in Slack's text mean? Text in, a tree of what to draw out. */
import { isEmojiName } from './emoji.ts';

/** A piece within a line. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'code'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; inner: Inline[] }
  | { kind: 'link'; url: string; inner: Inline[] }
  | { kind: 'person' | 'channel' | 'group'; id: string; label: string }
  | { kind: 'broadcast'; range: string }
  | { kind: 'date'; seconds: number; format: string; url: string; fallback: string }
  | { kind: 'emoji'; name: string };

/** A paragraph, a quotation, or text as it was typed. */
export type Marked = { kind: 'lines' | 'quote'; inner: Inline[] } | { kind: 'preformatted'; text: string };

const fence = /```\n?([\s\S]*?)\n?```/;
// Pieces that are understood already stand in the text as one character each, from a range nobody types.
const first = 0xe000;
const last = 0xf8ff;
const held = /[\ue000-\uf8ff]/;
const markKinds = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
const styled =
  /(^|[\s([{"'*_~>\ue000-\uf8ff-])([*_~])(?![\s*_~])([^\n]*?[^\s\n])\2(?=$|[\s)\]}"'*_~.,:;!?\ue000-\uf8ff-])/mu;
const special =
  /`([^`\n]+)`|<([^<>\n]+)>|:([\w+'-]+(?:::skin-tone-[2-6])?):|(https?:\/\/[^\s<>|]+[^\s<>|.,:;!?)\]}'"*_~])/g;

/**
 * The tree of a text in mrkdwn.
 * @example
 * parseMrkdwn('*Cost* per claim') // [{ "kind": "lines", "inner": [{ "kind": "bold", "inner": [{ "kind": "text", "text": "Cost" }] }, { "kind": "text", "text": " per claim" }] }]
 */
export function parseMrkdwn(text: string): Marked[] {
  const clean = text.replaceAll(/[\ue000-\uf8ff]/g, '\ufffd');
  const found = fence.exec(clean);
  if (found === null) return paragraphs(clean);
  const before = clean.slice(0, found.index);
  const after = clean.slice(found.index + found[0].length).replace(/^\n/, '');
  return [
    ...(before.trim() === '' ? [] : paragraphs(before.replace(/\n$/, ''))),
    { kind: 'preformatted', text: unescapeText(found[1] ?? '') },
    ...(after.trim() === '' ? [] : parseMrkdwn(after)),
  ];
}

/** The three characters Slack escapes, as they were meant. */
function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function paragraphs(text: string): Marked[] {
  const parts: Marked[] = [];
  let lines: string[] = [];
  let quoting = false;
  const end = (): void => {
    if (lines.length > 0)
      parts.push({ kind: quoting ? 'quote' : 'lines', inner: parseInline(lines.join('\n')) });
    lines = [];
  };
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if ((quoted !== null) !== quoting) {
      end();
      quoting = quoted !== null;
    }
    lines.push(quoted?.[1] ?? line);
  }
  end();
  return parts;
}

/** The pieces of text without paragraphs. */
function parseInline(text: string): Inline[] {
  const pieces: Inline[] = [];
  const hold = (piece: Inline): string => {
    pieces.push(piece);
    return String.fromCharCode(first + pieces.length - 1);
  };
  const plain = text.replaceAll(
    special,
    (all, code?: string, token?: string, emoji?: string, url?: string) => {
      if (pieces.length > last - first) return all;
      if (code !== undefined) return hold({ kind: 'code', text: unescapeText(code) });
      if (token !== undefined) return hold(tokenPiece(token));
      if (emoji !== undefined) return isEmojiName(emoji) ? hold({ kind: 'emoji', name: emoji }) : all;
      return hold({
        kind: 'link',
        url: unescapeText(url ?? ''),
        inner: [{ kind: 'text', text: unescapeText(url ?? '') }],
      });
    },
  );
  return withStyles(plain, pieces);
}

function withStyles(text: string, pieces: readonly Inline[]): Inline[] {
  const read: Inline[] = [];
  let rest = text;
  for (let found = styled.exec(rest); found !== null; found = styled.exec(rest)) {
    const [all, lead = '', mark = '*', inner = ''] = found;
    read.push(...withoutStyles(rest.slice(0, found.index) + lead, pieces));
    read.push({ kind: markKinds[mark as keyof typeof markKinds], inner: withStyles(inner, pieces) });
    rest = rest.slice(found.index + all.length);
  }
  return [...read, ...withoutStyles(rest, pieces)];
}

function withoutStyles(text: string, pieces: readonly Inline[]): Inline[] {
  return text
    .split(/([\ue000-\uf8ff]|\n)/)
    .filter((part) => part !== '')
    .map((part): Inline => {
      if (part === '\n') return { kind: 'break' };
      if (held.test(part)) return pieces[part.charCodeAt(0) - first] ?? { kind: 'text', text: '' };
      return { kind: 'text', text: unescapeText(part) };
    });
}

function tokenPiece(token: string): Inline {
  const [target = '', label = ''] = token.split(/\|(.*)/s);
  if (target.startsWith('@')) return { kind: 'person', id: target.slice(1), label };
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), label };
  if (target.startsWith('!subteam^')) return { kind: 'group', id: target.slice('!subteam^'.length), label };
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = '', url = ''] = target.split('^');
    return { kind: 'date', seconds: Number(seconds), format, url, fallback: unescapeText(label) };
  }
  if (target.startsWith('!')) return { kind: 'broadcast', range: target.slice(1) };
  const url = unescapeText(target);
  const words = label === '' ? url.replace(/^mailto:/, '') : unescapeText(label);
  return { kind: 'link', url, inner: [{ kind: 'text', text: words }] };
}
