/** What does Slack add to blocks before it stores them? */
import type { Ids } from '../ids.ts';
import { isObject, type JsonObject } from '../json.ts';
import { everyBlock, placedElements } from './walk.ts';

/**
 * A copy of the blocks with the ids and defaults that Slack fills in: `block_id`, `action_id`, `emoji` of plain
 * text and `verbatim` of mrkdwn.
 */
export function fillIn(blocks: readonly JsonObject[], ids: Ids): JsonObject[] {
  const copy = structuredClone(blocks) as JsonObject[];
  for (const block of everyBlock(copy)) {
    block['block_id'] ??= ids.secret('block', 5);
    if (block['type'] === 'input') {
      block['optional'] ??= false;
      block['dispatch_action'] ??= false;
    }
  }
  for (const { element } of placedElements(copy)) element['action_id'] ??= ids.secret('action', 5);
  for (const block of copy) completeTexts(block);
  return copy;
}

function completeTexts(value: unknown): void {
  if (Array.isArray(value)) for (const item of value) completeTexts(item);
  if (!isObject(value)) return;
  if (value['type'] === 'plain_text') value['emoji'] ??= true;
  if (value['type'] === 'mrkdwn') value['verbatim'] ??= false;
  for (const inner of Object.values(value)) completeTexts(inner);
}
