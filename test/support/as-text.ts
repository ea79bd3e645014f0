/** How would somebody read what a view makes: words, blocks, buttons? */
import type { Block, Message } from '../../src/slack/blocks.ts';
import { type Line, plainLine } from '../../src/slack/text.ts';

/** Anything a view gives: a message, a row of blocks, lines, or one sentence. */
export type Shown = Message | readonly Block[] | readonly Line[] | string;

const isMessage = (shown: Shown): shown is Message => typeof shown === 'object' && 'blocks' in shown;
const isBlocks = (shown: Shown): shown is readonly Block[] =>
  Array.isArray(shown) && shown.every((one) => typeof one === 'object' && one !== null && 'type' in one);

/** The blocks in it, if it has any. */
export function blocksOf(shown: Shown): readonly Block[] {
  if (isMessage(shown)) return shown.blocks;
  if (!isBlocks(shown)) return [];
  const elements = shown.filter(({ type }) => type === 'button');
  return elements.length === 0 ? shown : [{ type: 'actions', elements }];
}

/** Every word in it that somebody can read or hear. */
export function wordsOf(shown: Shown): string[] {
  if (typeof shown === 'string') return [shown];
  if (isMessage(shown)) return [shown.text, ...textsIn(shown.blocks)];
  return isBlocks(shown) ? textsIn(shown) : shown.map((line) => plainLine(line as Line));
}

/** What a reader sees, and below it the same as JSON, a line per block. */
export function asText(shown: Shown): string {
  if (typeof shown === 'string') return shown;
  if (!isMessage(shown) && !isBlocks(shown)) return shown.map((line) => plainLine(line as Line)).join('\n');
  const blocks = blocksOf(shown);
  return [
    ...(isMessage(shown) ? [`» ${shown.text.replaceAll('\n', '\n» ')}`, ''] : []),
    ...blocks.flatMap(blockLines),
    '',
    ...blocks.map((block) => JSON.stringify(block)),
  ].join('\n');
}

function blockLines(block: Block): string[] {
  const elements = (block['elements'] ?? []) as readonly Block[];
  switch (block.type) {
    case 'header':
      return [`# ${textsIn(block['text']).join('')}`];
    case 'rich_text':
      return elements
        .map((section) => textsIn(section['elements']).join(''))
        .join('\n')
        .split('\n');
    case 'actions':
      return [elements.map(elementText).join(' ')];
    case 'context':
      return elements.map((element) => `(${textsIn(element).join('')})`);
    default:
      return textsIn(block);
  }
}

/** A button by its words, a menu by those of its choices. */
function elementText(element: Block): string {
  const options = (element['options'] ?? []) as readonly Block[];
  return element.type === 'overflow'
    ? `[⋯ ${options.map((option) => textsIn(option['text']).join('')).join(' · ')}]`
    : `[${textsIn(element['text']).join('')}]`;
}

/** Texts of objects of text, of rich text, of dialogs, and what screen readers say. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner === 'string') {
      return ['text', 'fallback', 'accessibility_label'].includes(name) ? [inner] : [];
    }
    return textsIn(inner);
  });
}
