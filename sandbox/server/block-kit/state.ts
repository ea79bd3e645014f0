/** What has a person entered into the inputs of a view or message? */
import type { JsonObject } from '../json.ts';
import { textAt } from '../json.ts';
import { placedElements } from './walk.ts';

/** Entered values: block id → action id → value, in the shape of `state.values`. */
export type EnteredState = Record<string, Record<string, JsonObject>>;

/** Which field of a `state.values` entry holds the value of an element type, and which field presets it. */
const valueFields: Record<string, { field: string; preset: string; empty: unknown }> = {
  plain_text_input: { field: 'value', preset: 'initial_value', empty: null },
  email_text_input: { field: 'value', preset: 'initial_value', empty: null },
  url_text_input: { field: 'value', preset: 'initial_value', empty: null },
  number_input: { field: 'value', preset: 'initial_value', empty: null },
  rich_text_input: { field: 'rich_text_value', preset: 'initial_value', empty: null },
  datepicker: { field: 'selected_date', preset: 'initial_date', empty: null },
  timepicker: { field: 'selected_time', preset: 'initial_time', empty: null },
  datetimepicker: { field: 'selected_date_time', preset: 'initial_date_time', empty: null },
  static_select: { field: 'selected_option', preset: 'initial_option', empty: null },
  external_select: { field: 'selected_option', preset: 'initial_option', empty: null },
  radio_buttons: { field: 'selected_option', preset: 'initial_option', empty: null },
  checkboxes: { field: 'selected_options', preset: 'initial_options', empty: [] },
  multi_static_select: { field: 'selected_options', preset: 'initial_options', empty: [] },
  multi_external_select: { field: 'selected_options', preset: 'initial_options', empty: [] },
  users_select: { field: 'selected_user', preset: 'initial_user', empty: null },
  multi_users_select: { field: 'selected_users', preset: 'initial_users', empty: [] },
  conversations_select: { field: 'selected_conversation', preset: 'initial_conversation', empty: null },
  multi_conversations_select: { field: 'selected_conversations', preset: 'initial_conversations', empty: [] },
  channels_select: { field: 'selected_channel', preset: 'initial_channel', empty: null },
  multi_channels_select: { field: 'selected_channels', preset: 'initial_channels', empty: [] },
  file_input: { field: 'files', preset: '', empty: [] },
};

/** The field of a `state.values` entry that holds the value, or undefined for elements without one. */
export function valueField(elementType: string): string | undefined {
  return valueFields[elementType]?.field;
}

/** A `state.values` entry of an element with a value. */
export function stateEntry(element: JsonObject, value: unknown): JsonObject {
  const type = textAt(element['type']);
  const zone =
    type === 'timepicker' && element['timezone'] !== undefined ? { timezone: element['timezone'] } : {};
  return { type, [valueField(type) ?? 'value']: value, ...zone };
}

/** The state of blocks nobody has touched. */
export function initialState(blocks: readonly JsonObject[]): EnteredState {
  const state: EnteredState = {};
  for (const { block, element } of placedElements(blocks)) {
    const fields = valueFields[textAt(element['type'])];
    if (fields === undefined) continue;
    const blockId = textAt(block['block_id']);
    state[blockId] ??= {};
    const preset = fields.preset === '' ? undefined : element[fields.preset];
    state[blockId][textAt(element['action_id'])] = stateEntry(element, preset ?? fields.empty);
  }
  return state;
}

/**
 * The state after the blocks were replaced: what was entered stays only where block id, action id and element
 * type are the same as before.
 */
export function carryState(before: EnteredState, blocks: readonly JsonObject[]): EnteredState {
  const after = initialState(blocks);
  for (const [blockId, actions] of Object.entries(after)) {
    for (const [actionId, entry] of Object.entries(actions)) {
      const kept = before[blockId]?.[actionId];
      if (kept !== undefined && kept['type'] === entry['type']) actions[actionId] = kept;
    }
  }
  return after;
}
