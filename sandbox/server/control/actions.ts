/** How does a pressed or changed element appear in `block_actions`? */
import type { JsonObject } from '../json.ts';
import { textAt } from '../json.ts';
import type { Pressable } from './find-control.ts';

const carried = [
  'placeholder',
  'confirm',
  'style',
  'url',
  'icon',
  'initial_option',
  'initial_options',
  'initial_user',
];

/**
 * The entry of `actions` for an element.
 * @param entry its value in the shape of `state.values`; nothing for buttons
 */
export function actionOf(
  { block, element, option }: Pressable,
  entry: JsonObject | undefined,
  actionTs: string,
): JsonObject {
  const type = textAt(element['type']);
  const base: JsonObject = {
    type,
    block_id: block['block_id'],
    action_id: element['action_id'],
    action_ts: actionTs,
  };
  for (const field of carried) if (element[field] !== undefined) base[field] = element[field];
  if (type === 'overflow') return { ...base, selected_option: option };
  if (type === 'feedback_buttons') return { ...base, text: option?.['text'], value: option?.['value'] };
  if (entry !== undefined) return { ...base, ...entry };
  const value = element['value'] === undefined ? {} : { value: element['value'] };
  return { ...base, text: element['text'], ...value };
}
