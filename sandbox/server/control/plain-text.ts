/** How would a person read this message? */
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from '../json.ts';
import type { Parts } from '../parts.ts';
import type { Person } from '../world/workspace.ts';
import { formatDate } from './dates.ts';
import { channelName, nameOf, type Reader } from './reader.ts';
import { richTextLines } from './rich-text.ts';

/** A message, view or list of blocks in plain lines. */
export function messageText(parts: Parts, message: JsonObject, viewer?: Person): string {
  const reader = { parts, tz: viewer?.tz ?? 'Etc/UTC' };
  const blocks = objectsAt(message['blocks']);
  const body =
    blocks.length > 0
      ? blocks.flatMap((block) => blockLines(reader, block))
      : [markedText(reader, textAt(message['text']))];
  const title =
    isObject(message['title']) && message['type'] === 'modal' ? plain(reader, message['title']) : '';
  const attached = objectsAt(message['attachments']).flatMap((attachment) =>
    attachmentLines(reader, attachment),
  );
  const files = objectsAt(message['files']).map((file) => `[file: ${textAt(file['name'])}]`);
  return [title, ...body, ...attached, ...files].filter((line) => line !== '').join('\n');
}

/** mrkdwn as it reads: names instead of ids, dates in the reader's zone, marks and escapes gone. */
function markedText(reader: Reader, text: string): string {
  return text
    .split(/(<[^<>\n]*>)/)
    .map((piece) =>
      /^<.*>$/.test(piece) ? token(reader, piece.slice(1, -1)) : unescapeText(withoutMarks(piece)),
    )
    .join('');
}

/** The text of a text object. */
function plain(reader: Reader, object: unknown): string {
  const text = objectAt(object);
  return text['type'] === 'mrkdwn' ? markedText(reader, textAt(text['text'])) : textAt(text['text']);
}

function blockLines(reader: Reader, block: JsonObject): string[] {
  const elements = objectsAt(block['elements']);
  switch (block['type']) {
    case 'section':
      return [
        plain(reader, block['text']),
        ...objectsAt(block['fields']).map((field) => plain(reader, field).replaceAll('\n', ' ')),
        ...(isObject(block['accessory']) ? [elementText(reader, block['accessory'])] : []),
      ];
    case 'context':
      return [elements.map((element) => elementText(reader, element)).join(' ')];
    case 'actions':
    case 'context_actions':
      return [elements.map((element) => elementText(reader, element)).join(' ')];
    case 'input':
      return [
        `${plain(reader, block['label'])}: ${elementText(reader, objectAt(block['element']))}`,
        plain(reader, block['hint']),
      ];
    case 'divider':
      return ['———'];
    case 'rich_text':
      return richTextLines(reader, elements);
    case 'markdown':
      return [textAt(block['text'])];
    case 'image':
      return [`[image: ${textAt(block['alt_text'])}]`];
    case 'table':
    case 'data_table':
      return [textAt(block['caption']), ...tableLines(reader, block['rows'])];
    case 'card':
      return cardLines(reader, block);
    case 'carousel':
      return elements.flatMap((card) => cardLines(reader, card));
    case 'container':
      return [
        plain(reader, block['title']),
        plain(reader, block['subtitle']),
        ...objectsAt(block['child_blocks']).flatMap((child) => blockLines(reader, child)),
      ];
    case 'plan':
      return [
        textAt(block['title']),
        ...objectsAt(block['tasks']).flatMap((task) => blockLines(reader, task)),
      ];
    case 'task_card':
      return [`${textAt(block['title'])} (${textAt(block['status']).replaceAll('_', ' ')})`];
    case 'data_visualization':
      return [`[chart: ${textAt(block['title'])}]`];
    default:
      return [plain(reader, block['text']) || plain(reader, block['title'])];
  }
}

function cardLines(reader: Reader, card: JsonObject): string[] {
  const texts = ['title', 'subtitle', 'body', 'subtext'].map((part) => plain(reader, card[part]));
  const buttons = objectsAt(card['actions']).map((button) => elementText(reader, button));
  return [...texts, buttons.join(' ')];
}

function tableLines(reader: Reader, rows: unknown): string[] {
  if (!Array.isArray(rows)) return [];
  return rows.map((row) =>
    objectsAt(row)
      .map((cell) =>
        cell['type'] === 'rich_text'
          ? richTextLines(reader, objectsAt(cell['elements'])).join(' ')
          : textAt(cell['text']),
      )
      .join(' | '),
  );
}

function elementText(reader: Reader, element: JsonObject): string {
  switch (element['type']) {
    case 'mrkdwn':
    case 'plain_text':
      return plain(reader, element);
    case 'image':
      return `[image: ${textAt(element['alt_text'])}]`;
    case 'overflow':
      return `[${objectsAt(element['options'])
        .map((option) => plain(reader, option['text']))
        .join(' / ')}]`;
    default: {
      const chosen = objectAt(element['initial_option'])['text'] ?? element['text'] ?? element['placeholder'];
      return `[${textAt(element['initial_value']) || plain(reader, chosen)}]`;
    }
  }
}

function attachmentLines(reader: Reader, attachment: JsonObject): string[] {
  const texts = ['pretext', 'title', 'text'].map((part) => markedText(reader, textAt(attachment[part])));
  return [...texts, ...objectsAt(attachment['blocks']).flatMap((block) => blockLines(reader, block))];
}

function token(reader: Reader, inner: string): string {
  const [target = '', label] = inner.split(/\|(.*)/s);
  if (target.startsWith('@')) return nameOf(reader, target.slice(1));
  if (target.startsWith('#')) return channelName(reader, target.slice(1));
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = ''] = target.split('^');
    return formatDate(Number(seconds), format, reader.tz, reader.parts.clock.now());
  }
  if (target.startsWith('!')) return `@${label ?? target.slice(1).replace(/^subteam\^/, '')}`;
  return unescapeText(label === undefined || label === '' ? target.replace(/^mailto:/, '') : label);
}

function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Marks count only where Slack formats: around whole words, not inside them. */
function withoutMarks(text: string): string {
  let plainText = text.replaceAll(/```\n?([\s\S]*?)\n?```/g, '$1').replaceAll(/`([^`\n]+)`/g, '$1');
  for (const mark of ['\\*', '_', '~']) {
    const marked = new RegExp(
      `(^|[\\s(\\[{"'*_~>])${mark}(?!\\s)([^\\n]*?[^\\s\\n])${mark}(?=$|[\\s)\\]}"'*_~.,:;!?])`,
      'gm',
    );
    plainText = plainText.replaceAll(marked, '$1$2');
  }
  return plainText.replaceAll(/^&gt; ?/gm, '');
}
