/** Which elements of a list of blocks can a person use? */
import { isObject, type JsonObject, objectsAt, textAt } from '../json.ts';

/** An element and the block it stands in. */
export interface Placed {
  block: JsonObject;
  element: JsonObject;
}

/** Every block, those inside containers and carousels included. */
export function everyBlock(blocks: readonly JsonObject[]): JsonObject[] {
  return blocks.flatMap((block) => [
    block,
    ...everyBlock(objectsAt(block['child_blocks'])),
    ...(block['type'] === 'carousel' ? everyBlock(objectsAt(block['elements'])) : []),
  ]);
}

/** Every element with a type and an action id, in reading order. */
export function placedElements(blocks: readonly JsonObject[]): Placed[] {
  return everyBlock(blocks).flatMap((block) => elementsIn(block).map((element) => ({ block, element })));
}

/** The element with these ids. */
export function findElement(
  blocks: readonly JsonObject[],
  blockId: string,
  actionId: string,
): Placed | undefined {
  return placedElements(blocks).find(
    ({ block, element }) => block['block_id'] === blockId && element['action_id'] === actionId,
  );
}

/** The options of an element, those inside groups included. */
export function optionsOf(element: JsonObject): JsonObject[] {
  return [
    ...objectsAt(element['options']),
    ...objectsAt(element['option_groups']).flatMap((group) => objectsAt(group['options'])),
  ];
}

function elementsIn(block: JsonObject): JsonObject[] {
  switch (block['type']) {
    case 'input':
      return isObject(block['element']) ? [block['element']] : [];
    case 'section':
      return isObject(block['accessory']) && textAt(block['accessory']['type']) !== 'image'
        ? [block['accessory']]
        : [];
    case 'actions':
    case 'context_actions':
      return objectsAt(block['elements']);
    case 'card':
      return objectsAt(block['actions']);
    default:
      return [];
  }
}
