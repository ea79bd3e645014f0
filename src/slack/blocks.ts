/** Which blocks is a message or view made of? Small functions from our data to Block Kit. */
import { LIMITS, lengthOf, shorten } from './limits.ts';
import { type Line, messageText, plainLine, readable, richElements, shortLine } from './text.ts';

/** A block or element as JSON, the way Slack takes it. */
export interface Block {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A message: `text` says everything in plain words (phones and screen readers), `blocks` show it. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** A modal or a Home tab. */
export interface View {
  readonly type: 'modal' | 'home';
  readonly blocks: readonly Block[];
  readonly [key: string]: unknown;
}

/** Plain text composition object, shortened to `limit` code points. Slack refuses an empty one. */
export function plainText(text: string, limit: number) {
  const words = readable(text);
  return {
    type: 'plain_text' as const,
    text: shorten(words === '' ? ' ' : words, limit),
    emoji: false,
  };
}

/** A header. Its words are plain text, so nothing in it is parsed. */
export const header = (text: string): Block => ({ type: 'header', text: plainText(text, LIMITS.header) });

/** A line between parts. */
export const divider = (): Block => ({ type: 'divider' });

/** Small grey words. */
export const context = (text: string): Block => ({
  type: 'context',
  elements: [plainText(text, LIMITS.input.hint)],
});

/** Lines of text, each on its own line; people's words stand in them unparsed. */
export function paragraph(lines: readonly Line[]): Block {
  const elements = lines.flatMap((line, index) => {
    const own = richElements(line);
    return index === 0 ? own : [{ type: 'text', text: '\n' }, ...own];
  });
  const filled = elements.length === 0 ? [{ type: 'text', text: ' ' }] : elements;
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: filled }] };
}

/** A row of at most 25 buttons and menus; none gives no block at all. */
export function actions(elements: readonly Block[]): Block[] {
  return elements.length === 0 ? [] : [{ type: 'actions', elements: elements.slice(0, LIMITS.actions) }];
}

/** Plain words with one button beside them. */
export const beside = (text: string, accessory: Block): Block => ({
  type: 'section',
  text: plainText(text, LIMITS.section),
  accessory,
});

/** A line with a button or menu of its own beside it. Its words stand there plainly: bold and links are not shown. */
export interface Row {
  readonly line: Line;
  readonly beside: Block;
}

const isRow = (line: Line | Row): line is Row => typeof line === 'object' && 'beside' in line;

/** What a message says, in the order people read it. */
export interface Said {
  /** The notification: one or two sentences that say everything that matters. */
  readonly notice: string;
  /** The first block; the ask stands in it. Left out for short private lines. */
  readonly title?: string;
  readonly lines: readonly (Line | Row)[];
  /** Rows of buttons; the first row is what most people press. */
  readonly buttons?: readonly (readonly Block[])[];
  readonly small?: string;
}

/** A line as it is shown, and in plain words. */
interface FittingLine {
  readonly line: Line;
  readonly plain: string;
  readonly beside: Block | null;
}

/** The lines as far as one message carries them; how many are left out is said in their place. */
function fitting(lines: readonly (Line | Row)[]): readonly FittingLine[] {
  let left: number = LIMITS.message.lines;
  let rows: number = LIMITS.message.rows;
  const kept: FittingLine[] = [];
  for (const whole of lines) {
    const line = shortLine(isRow(whole) ? whole.line : whole, LIMITS.message.line);
    const plain = plainLine(line);
    const beside = isRow(whole) && rows > 0 ? whole.beside : null;
    if (beside !== null) rows -= 1;
    left -= lengthOf(plain) + (beside === null ? 0 : wordsOn(beside));
    if (left < 0) {
      const rest = `and ${lines.length - kept.length} more lines than fit here`;
      return [...kept, { line: rest, plain: rest, beside: null }];
    }
    kept.push({ line, plain, beside });
  }
  return kept;
}

/** How many characters of the message the words on a button or in a menu take. */
function wordsOn(element: Block): number {
  const options = (element['options'] ?? [element]) as readonly {
    readonly text?: { readonly text?: string };
  }[];
  return options.reduce((sum, { text }) => sum + lengthOf(text?.text ?? ''), 0);
}

/** Lines as blocks: those that follow each other as one, a row by itself. */
function lineBlocks(lines: readonly FittingLine[]): Block[] {
  const blocks: Block[] = [];
  let open: Line[] = [];
  const close = (): void => {
    if (open.length > 0) blocks.push(paragraph(open));
    open = [];
  };
  for (const { line, plain, beside: element } of lines) {
    if (element === null) open.push(line);
    else {
      close();
      blocks.push(beside(plain, element));
    }
  }
  close();
  return blocks;
}

/** Makes a message: title, lines, buttons, and a `text` that carries the same words for phones. */
export function message(said: Said): Message {
  const blocks: Block[] = [];
  const lines = fitting(said.lines);
  if (said.title !== undefined) blocks.push(header(said.title));
  blocks.push(...lineBlocks(lines));
  for (const row of said.buttons ?? []) blocks.push(...actions(row));
  if (said.small !== undefined) blocks.push(context(said.small));
  if (blocks.length === 0) blocks.push(paragraph([said.notice]));
  const notice = readable(said.notice);
  const body = lines.map(({ plain }) => plain).filter((line) => !notice.includes(line));
  return { text: messageText([said.notice, ...body, said.small ?? '']), blocks };
}

/** A private line of plain words. */
export const sentence = (...lines: readonly string[]): Message =>
  message({ notice: lines[0] ?? '', lines: [...lines] });
