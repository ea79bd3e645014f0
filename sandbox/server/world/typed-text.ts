/** What does Slack make of the text a person types? */
import type { JsonObject } from '../json.ts';
import { canSee } from './channels.ts';
import { findChannel, findPerson } from './names.ts';
import type { Person, Workspace } from './workspace.ts';

type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'user'; id: string; name: string }
  | { kind: 'channel'; id: string; name: string }
  | { kind: 'broadcast'; range: string }
  | { kind: 'link'; url: string };

const special =
  /(?<link>https?:\/\/[^\s<>]+)|(?<![\w@])@(?<handle>[\w.-]+)|(?<![\w#&])#(?<channel>[\p{L}\p{N}_-]+)/gu;

/** Text with the three characters escaped that Slack escapes. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Typed text as Slack writes it: mentions and links in angle brackets, the rest escaped.
 * @param withNames true puts names beside the ids of people, as slash commands carry them
 */
export function typedText(workspace: Workspace, author: Person, typed: string, withNames: boolean): string {
  const written = (piece: Piece): string => {
    switch (piece.kind) {
      case 'user':
        return withNames ? `<@${piece.id}|${piece.name}>` : `<@${piece.id}>`;
      case 'channel':
        return `<#${piece.id}|${piece.name}>`;
      case 'broadcast':
        return `<!${piece.range}>`;
      case 'link':
        return `<${piece.url}>`;
      case 'text':
        return escapeText(piece.text);
    }
  };
  return pieces(workspace, author, typed).map(written).join('');
}

/** The `rich_text` block that a typed message carries. */
export function typedRichText(workspace: Workspace, author: Person, typed: string): JsonObject {
  const element = (piece: Piece): JsonObject => {
    switch (piece.kind) {
      case 'user':
        return { type: 'user', user_id: piece.id };
      case 'channel':
        return { type: 'channel', channel_id: piece.id };
      case 'broadcast':
        return { type: 'broadcast', range: piece.range };
      case 'link':
        return { type: 'link', url: piece.url };
      case 'text':
        return { type: 'text', text: piece.text };
    }
  };
  const elements = pieces(workspace, author, typed).map(element);
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function pieces(workspace: Workspace, author: Person, typed: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  const text = (upTo: number): void => {
    if (upTo > end) found.push({ kind: 'text', text: typed.slice(end, upTo) });
  };
  for (const match of typed.matchAll(special)) {
    const piece = pieceOf(workspace, author, match.groups ?? {});
    if (piece === undefined) continue;
    text(match.index);
    found.push(piece.piece);
    end = match.index + piece.length;
  }
  text(typed.length);
  return found;
}

function pieceOf(
  workspace: Workspace,
  author: Person,
  groups: Record<string, string | undefined>,
): { piece: Piece; length: number } | undefined {
  if (groups['link'] !== undefined) {
    const url = groups['link'].replace(/[.,;:!?)]+$/, '');
    return { piece: { kind: 'link', url }, length: url.length };
  }
  if (groups['handle'] !== undefined) return mention(workspace, groups['handle']);
  const channel = findChannel(workspace, groups['channel'] ?? '');
  if (channel === undefined || channel.kind !== 'channel' || !canSee(workspace, author, channel))
    return undefined;
  return { piece: { kind: 'channel', id: channel.id, name: channel.name }, length: channel.name.length + 1 };
}

function mention(workspace: Workspace, written: string): { piece: Piece; length: number } | undefined {
  for (const handle of [written, written.replace(/[.-]+$/, '')]) {
    if (['here', 'channel', 'everyone'].includes(handle)) {
      return { piece: { kind: 'broadcast', range: handle }, length: handle.length + 1 };
    }
    const person = findPerson(workspace, `@${handle}`);
    if (person !== undefined && person.name.toLowerCase() === handle.toLowerCase()) {
      return { piece: { kind: 'user', id: person.id, name: person.name }, length: handle.length + 1 };
    }
  }
  return undefined;
}
