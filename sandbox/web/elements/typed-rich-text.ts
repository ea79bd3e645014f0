/** What rich text does somebody mean who types Slack's marks, and how would they have typed what is there? */
import { type JsonObject, objectAt, objectsAt, textAt } from '../../server/json.ts';
import { type Inline, parseMrkdwn } from '../text/mrkdwn.ts';

type Style = Partial<Record<'bold' | 'italic' | 'strike' | 'code', true>>;

const bullet = /^\s*(?:[-•*]\s+)(.*)$/;
const number = /^\s*\d+[.)]\s+(.*)$/;

/**
 * The `rich_text` block of typed text: lines, lists that begin with `-` or `1.`, and the marks of mrkdwn.
 * @example
 * richTextOf('a *b*') // { "type": "rich_text", "elements": [{ "type": "rich_text_section", "elements": [{ "type": "text", "text": "a " }, { "type": "text", "text": "b", "style": { "bold": true } }] }] }
 */
export function richTextOf(typed: string): JsonObject {
  const elements: JsonObject[] = [];
  let lines: string[] = [];
  const endLines = (): void => {
    if (lines.length > 0)
      elements.push({ type: 'rich_text_section', elements: inlineElements(lines.join('\n')) });
    lines = [];
  };
  for (const line of typed.split('\n')) {
    const item = bullet.exec(line) ?? number.exec(line);
    if (item === null) {
      lines.push(line);
      continue;
    }
    endLines();
    addItem(elements, bullet.test(line) ? 'bullet' : 'ordered', item[1] ?? '');
  }
  endLines();
  return { type: 'rich_text', elements };
}

/** How somebody would have typed a `rich_text` block. */
export function typedTextOf(block: JsonObject): string {
  return objectsAt(block['elements'])
    .map((element) => {
      const inner = objectsAt(element['elements']);
      if (element['type'] !== 'rich_text_list') return inner.map(typedPiece).join('');
      const mark = (index: number): string => (element['style'] === 'ordered' ? `${index + 1}.` : '-');
      return inner
        .map((item, index) => `${mark(index)} ${objectsAt(item['elements']).map(typedPiece).join('')}`)
        .join('\n');
    })
    .join('\n');
}

function addItem(elements: JsonObject[], style: 'bullet' | 'ordered', words: string): void {
  const section = { type: 'rich_text_section', elements: inlineElements(words) };
  const last = elements.at(-1);
  if (last?.['type'] === 'rich_text_list' && last['style'] === style && Array.isArray(last['elements']))
    last['elements'].push(section);
  else elements.push({ type: 'rich_text_list', style, elements: [section] });
}

function inlineElements(text: string): JsonObject[] {
  return parseMrkdwn(text).flatMap((part) => {
    if (part.kind === 'preformatted') return [styledText(part.text, { code: true })];
    return part.inner.flatMap((piece) => elementsOf(piece, {}));
  });
}

function elementsOf(piece: Inline, style: Style): JsonObject[] {
  switch (piece.kind) {
    case 'bold':
    case 'italic':
    case 'strike':
      return piece.inner.flatMap((inner) => elementsOf(inner, { ...style, [piece.kind]: true }));
    case 'code':
      return [styledText(piece.text, { ...style, code: true })];
    case 'link':
      return [{ type: 'link', url: piece.url, ...(hasStyle(style) ? { style } : {}) }];
    case 'emoji':
      return [{ type: 'emoji', name: piece.name }];
    case 'break':
      return [styledText('\n', style)];
    case 'text':
      return [styledText(piece.text, style)];
    default:
      return [];
  }
}

function styledText(text: string, style: Style): JsonObject {
  return { type: 'text', text, ...(hasStyle(style) ? { style } : {}) };
}

function hasStyle(style: Style): boolean {
  return Object.keys(style).length > 0;
}

function typedPiece(piece: JsonObject): string {
  const style = objectAt(piece['style']);
  const words =
    textAt(piece['text']) ||
    textAt(piece['url']) ||
    (piece['type'] === 'emoji' ? `:${textAt(piece['name'])}:` : '');
  const around = (['code', 'strike', 'italic', 'bold'] as const).filter((name) => style[name] === true);
  return around.reduce((text, name) => `${typedMarks[name]}${text}${typedMarks[name]}`, words);
}

const typedMarks = { bold: '*', italic: '_', strike: '~', code: '`' } as const;
