/** Would Slack take these blocks, this view? */
import { codePoints, isObject, type JsonObject, objectAt, objectsAt, textAt } from '../json.ts';
import { blockLimits, messageLimits, viewLimits } from '../limits.ts';
import { blockShapes, type Surface } from './blocks.ts';
import { plainText } from './objects.ts';
import type { Problem } from './problems.ts';
import { type Fields, flag, list, note, object, type Shape, text } from './shapes.ts';
import { everyBlock, placedElements } from './walk.ts';

/**
 * What is wrong with a list of blocks.
 * @param surface where they are to be shown
 * @param at JSON pointer of the list in the request
 */
export function checkBlocks(blocks: unknown, surface: Surface, at = '/blocks'): Problem[] {
  const found: Problem[] = [];
  const most = surface === 'message' ? messageLimits.blocks : viewLimits.blocks;
  list(blockShapes[surface], { most })(blocks, at, found);
  const all = objectsAt(blocks);
  uniqueBlockIds(all, at, found);
  if (surface === 'message') messageTotals(all, at, found);
  return found;
}

/** What is wrong with the blocks of attachments. */
export function checkAttachments(attachments: unknown): Problem[] {
  const found: Problem[] = [];
  const each: Shape = (attachment, pointer, problems) => {
    if (!isObject(attachment)) return note(problems, pointer, 'must provide an object');
    if (attachment['blocks'] !== undefined) {
      problems.push(...checkBlocks(attachment['blocks'], 'message', `${pointer}/blocks`));
    }
  };
  list(each, { most: messageLimits.attachments })(attachments, '/attachments', found);
  return found;
}

/**
 * What is wrong with a view.
 * @param types the types of view that are taken here
 * @param at JSON pointer of the view in the request
 */
export function checkView(view: JsonObject, types: readonly string[], at = '/view'): Problem[] {
  const found: Problem[] = [];
  const { type } = view;
  if (type === undefined) {
    note(found, at, 'missing required field: type');
    return found;
  }
  if (!types.includes(textAt(type))) {
    note(found, `${at}/type`, 'must be a valid enum value', { type: 'enum', expected: types });
    return found;
  }
  const surface = type === 'home' ? 'home' : 'modal';
  object(surface === 'home' ? homeFields : modalFields)(view, at, found);
  if (view['blocks'] !== undefined) found.push(...checkBlocks(view['blocks'], surface, `${at}/blocks`));
  const blocks = objectsAt(view['blocks']);
  if (surface === 'modal' && view['submit'] === undefined) inputsWithoutSubmit(blocks, at, found);
  oneFocus(blocks, at, found);
  return found;
}

/** The characters of all texts in blocks together. */
export function textInBlocks(blocks: readonly JsonObject[]): number {
  let count = 0;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isObject(value)) return;
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner === 'string') count += name === 'text' ? codePoints(inner) : 0;
      else visit(inner);
    }
  };
  visit(blocks);
  return count;
}

const commonFields: Record<string, Shape> = {
  private_metadata: text({ most: viewLimits.privateMetadata }),
  callback_id: text({ most: viewLimits.callbackId }),
  external_id: text({ most: viewLimits.externalId }),
};
// The blocks of a view are checked apart, for they know where they are shown.
const blocksField: Shape = () => undefined;

const homeFields: Fields = { required: { type: text(), blocks: blocksField }, optional: commonFields };

const modalFields: Fields = {
  required: { type: text(), title: plainText(viewLimits.title), blocks: blocksField },
  optional: {
    ...commonFields,
    submit: plainText(viewLimits.submit),
    close: plainText(viewLimits.close),
    clear_on_close: flag,
    notify_on_close: flag,
  },
};

function uniqueBlockIds(blocks: readonly JsonObject[], at: string, found: Problem[]): void {
  const seen = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    const id = block['block_id'];
    if (id !== undefined && seen.has(id)) {
      note(found, `${at}/${index}/block_id`, `\`block_id\` "${String(id)}" already exists`);
    }
    seen.add(id);
  }
}

/** What Slack says of a second table; it has an error code of its own for that. */
export const onlyOneTable = 'only_one_table_allowed';

/** Limits over all blocks of a message. */
function messageTotals(blocks: readonly JsonObject[], at: string, found: Problem[]): void {
  const markdown = blocks.filter((block) => block['type'] === 'markdown');
  const characters = markdown.reduce((sum, block) => sum + codePoints(textAt(block['text'])), 0);
  if (markdown.length > 1 && characters > messageLimits.markdownBlocks) {
    note(
      found,
      at,
      `must be less than ${messageLimits.markdownBlocks + 1} characters in all markdown blocks`,
    );
  }
  const charts = blocks.filter((block) => block['type'] === 'data_visualization');
  if (charts.length > blockLimits.dataVisualization.perMessage) {
    note(
      found,
      at,
      `no more than ${blockLimits.dataVisualization.perMessage} data_visualization blocks allowed`,
    );
  }
  const tables = everyBlock(blocks).filter(({ type }) => type === 'table' || type === 'data_table');
  if (tables.length > 1) note(found, at, onlyOneTable);
}

function inputsWithoutSubmit(blocks: readonly JsonObject[], at: string, found: Problem[]): void {
  for (const [index, block] of blocks.entries()) {
    if (block['type'] === 'input') {
      note(found, `${at}/blocks/${index}/input`, 'must define `submit` to use an `input` block in modals');
    }
  }
}

function oneFocus(blocks: readonly JsonObject[], at: string, found: Problem[]): void {
  const focused = placedElements(blocks).filter(({ element }) => objectAt(element)['focus_on_load'] === true);
  if (focused.length > 1) note(found, `${at}/blocks`, 'only one element can have `focus_on_load`');
}
