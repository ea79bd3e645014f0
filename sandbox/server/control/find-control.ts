/** Which button, menu or input does a label mean? */

import { optionsOf, type Placed, placedElements } from '../block-kit/walk.ts';
import { type JsonObject, objectAt, objectsAt, textAt } from '../json.ts';

/** How a person points at something to press. */
export interface Pointing {
  /** The words on it: a button, a choice of an overflow menu, or what stands beside a menu. */
  label?: string;
  actionId?: string;
  blockId?: string;
}

/** Something that can be pressed: an element, and the choice of it when it is an overflow menu. */
export interface Pressable extends Placed {
  option?: JsonObject;
}

const pressedAsWhole = new Set(['button', 'workflow_button', 'icon_button']);

/** The words on an element, or beside it when it shows none. */
export function labelsOf({ block, element }: Placed): string[] {
  const own = [element['text'], element['placeholder']].map((text) => textAt(objectAt(text)['text']));
  const beside = block['type'] === 'input' ? block['label'] : block['text'];
  const words =
    block['type'] === 'actions' || pressedAsWhole.has(textAt(element['type']))
      ? own
      : [...own, textAt(objectAt(beside)['text'])];
  return [...words, textAt(element['accessibility_label'])].filter((label) => label !== '');
}

/** Everything in the blocks that fits. */
export function findPressables(blocks: readonly JsonObject[], pointing: Pointing): Pressable[] {
  return placedElements(blocks).flatMap((placed) => {
    const { block, element } = placed;
    if (pointing.blockId !== undefined && block['block_id'] !== pointing.blockId) return [];
    if (pointing.actionId !== undefined && element['action_id'] !== pointing.actionId) return [];
    if (element['type'] === 'overflow') return overflowHits(placed, pointing);
    if (element['type'] === 'feedback_buttons') return feedbackHits(placed, pointing);
    return pointing.label === undefined || labelsOf(placed).some((label) => same(label, pointing.label))
      ? [placed]
      : [];
  });
}

/** The labels of everything pressable, for messages that say what is there. */
export function pressableLabels(blocks: readonly JsonObject[]): string[] {
  return placedElements(blocks).flatMap((placed) => {
    const options = placed.element['type'] === 'overflow' ? optionsOf(placed.element) : [];
    if (options.length > 0) return options.map((option) => textAt(objectAt(option['text'])['text']));
    return labelsOf(placed).slice(0, 1);
  });
}

/**
 * The one thing that fits.
 * @throws Error that says what is there, or how to tell several apart
 */
export function onePressable(blocks: readonly JsonObject[], pointing: Pointing, where: string): Pressable {
  const hits = findPressables(blocks, pointing);
  const [hit] = hits;
  const named = pointing.label ?? pointing.actionId ?? pointing.blockId ?? '';
  if (hit === undefined) {
    const labels = pressableLabels(blocks);
    const there = labels.length === 0 ? 'There is nothing to press' : `There are: ${labels.join(' · ')}`;
    throw new Error(`No "${named}" in ${where}. ${there}.`);
  }
  if (hits.length > 1) {
    const ids = hits.map(
      ({ block, element }) => `${textAt(block['block_id'])}/${textAt(element['action_id'])}`,
    );
    throw new Error(
      `${hits.length} times "${named}" in ${where}; say blockId or actionId: ${ids.join(' · ')}.`,
    );
  }
  return hit;
}

function overflowHits(placed: Placed, pointing: Pointing): Pressable[] {
  return optionsOf(placed.element)
    .filter((option) => same(textAt(objectAt(option['text'])['text']), pointing.label))
    .map((option) => ({ ...placed, option }));
}

function feedbackHits(placed: Placed, pointing: Pointing): Pressable[] {
  return objectsAt([placed.element['positive_button'], placed.element['negative_button']])
    .filter((button) => same(textAt(objectAt(button['text'])['text']), pointing.label))
    .map((option) => ({ ...placed, option }));
}

/** Labels are compared without surrounding space; a person does not see it. */
function same(label: string, wanted: string | undefined): boolean {
  return wanted !== undefined && label.trim() === wanted.trim();
}
