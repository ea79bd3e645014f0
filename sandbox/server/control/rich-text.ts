/** How does a rich text block read in plain lines? */
import { type JsonObject, objectsAt, textAt } from '../json.ts';
import { formatDate } from './dates.ts';
import { channelName, nameOf, type Reader } from './reader.ts';

/** The lines of the elements of a `rich_text` block. */
export function richTextLines(reader: Reader, elements: readonly JsonObject[]): string[] {
  return elements.flatMap((element) => {
    const inner = objectsAt(element['elements']);
    if (element['type'] !== 'rich_text_list') return inline(reader, inner).split('\n');
    const indent = '  '.repeat(Number(element['indent'] ?? 0));
    return inner.map((item, index) => {
      const mark = element['style'] === 'ordered' ? `${index + 1}.` : '•';
      return `${indent}${mark} ${inline(reader, objectsAt(item['elements']))}`;
    });
  });
}

function inline(reader: Reader, elements: readonly JsonObject[]): string {
  return elements
    .map((element) => {
      switch (element['type']) {
        case 'text':
          return textAt(element['text']);
        case 'link':
          return textAt(element['text']) || textAt(element['url']);
        case 'user':
          return nameOf(reader, textAt(element['user_id']));
        case 'channel':
          return channelName(reader, textAt(element['channel_id']));
        case 'broadcast':
          return `@${textAt(element['range'])}`;
        case 'emoji':
          return `:${textAt(element['name'])}:`;
        case 'date':
          return formatDate(
            Number(element['timestamp']),
            textAt(element['format']),
            reader.tz,
            reader.parts.clock.now(),
          );
        default:
          return textAt(element['text']);
      }
    })
    .join('');
}
