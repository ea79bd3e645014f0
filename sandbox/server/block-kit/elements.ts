/** Which elements does Slack take, and where? */
import { type JsonObject, objectsAt } from '../json.ts';
import { blockLimits, elementLimits, objectLimits } from '../limits.ts';
import {
  choiceOption,
  confirmation,
  conversationFilter,
  dispatchConfig,
  initialAmongOptions,
  menuOption,
  optionGroup,
  overflowOption,
  plainText,
  slackFile,
} from './objects.ts';
import type { Problem } from './problems.ts';
import { richText } from './rich-text.ts';
import {
  address,
  type Fields,
  flag,
  list,
  note,
  number,
  object,
  oneOf,
  pattern,
  pick,
  type Shape,
  text,
} from './shapes.ts';

const { select } = elementLimits;
const actionable = { action_id: text({ least: 1, most: elementLimits.actionId }) };
const confirmable = { ...actionable, confirm: confirmation };
const focusable = { ...confirmable, focus_on_load: flag };
const menu = { ...focusable, placeholder: plainText(elementLimits.placeholder) };
const several = { ...menu, max_selected_items: number({ least: 1 }) };
const written = {
  ...actionable,
  placeholder: plainText(elementLimits.placeholder),
  dispatch_action_config: dispatchConfig,
  focus_on_load: flag,
};
const initialText = { initial_value: text({ most: elementLimits.plainTextInput.length }) };
const numeric = pattern(/^-?\d+(\.\d+)?$/, 'must be a valid number');
const id = text({ least: 1 });

const options = { options: list(menuOption, { least: 1, most: select.options }) };
const groups = { option_groups: list(optionGroup, { least: 1, most: select.groups }) };

function element(fields: Fields): Shape {
  return object({ ...fields, required: { type: text(), ...fields.required } });
}

/** Options or groups of options, not both, with initial ones among them. */
function staticMenu(base: Record<string, Shape>, initial: Record<string, Shape>): Shape {
  return element({
    optional: { ...base, ...options, ...groups, ...initial },
    also: (menuElement, pointer, found) => {
      const given = ['options', 'option_groups'].filter((name) => menuElement[name] !== undefined);
      if (given.length === 0) note(found, pointer, 'missing required field: options');
      if (given.length === 2) note(found, pointer, 'must provide either options or option_groups, not both');
      initialAmongOptions(menuElement, pointer, found);
    },
  });
}

function choices(most: number, initial: Record<string, Shape>): Shape {
  return element({
    required: { options: list(choiceOption, { least: 1, most }) },
    optional: { ...focusable, ...initial },
    also: initialAmongOptions,
  });
}

const button = (label: number, more: Fields): Shape =>
  element({
    required: { text: plainText(label), ...more.required },
    optional: {
      ...confirmable,
      style: oneOf('primary', 'danger'),
      accessibility_label: text({ most: elementLimits.button.accessibilityLabel }),
      ...more.optional,
    },
  });

const feedbackButton = object({
  required: {
    text: plainText(elementLimits.feedbackButton.text),
    value: text({ least: 1, most: elementLimits.feedbackButton.value }),
  },
  optional: { accessibility_label: text({ most: elementLimits.feedbackButton.accessibilityLabel }) },
});

const conversationMenu = { filter: conversationFilter, default_to_current_conversation: flag };
const answerable = { response_url_enabled: flag };

/** Every element by its type. */
const shapes: Record<string, Shape> = {
  button: button(elementLimits.button.text, {
    optional: {
      value: text({ most: elementLimits.button.value }),
      url: address({ most: elementLimits.button.url }),
    },
  }),
  checkboxes: choices(elementLimits.checkboxes.options, {
    initial_options: list(choiceOption, { least: 1 }),
  }),
  radio_buttons: choices(elementLimits.radioButtons.options, { initial_option: choiceOption }),
  datepicker: element({
    optional: { ...menu, initial_date: pattern(/^\d{4}-\d{2}-\d{2}$/, 'must be a valid date') },
  }),
  timepicker: element({
    optional: {
      ...menu,
      initial_time: pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a valid time'),
      timezone: text({ least: 1 }),
    },
  }),
  datetimepicker: element({
    optional: { ...focusable, initial_date_time: number({ least: 1_000_000_000, most: 9_999_999_999 }) },
  }),
  plain_text_input: element({
    optional: {
      ...written,
      ...initialText,
      multiline: flag,
      min_length: number({ least: 0, most: elementLimits.plainTextInput.length }),
      max_length: number({ least: 1, most: elementLimits.plainTextInput.length }),
    },
    also: lengthsInOrder,
  }),
  email_text_input: element({ optional: { ...written, ...initialText } }),
  url_text_input: element({ optional: { ...written, ...initialText } }),
  number_input: element({
    required: { is_decimal_allowed: flag },
    optional: { ...written, initial_value: numeric, min_value: numeric, max_value: numeric },
    also: numbersInOrder,
  }),
  rich_text_input: element({
    optional: {
      ...written,
      initial_value: richText,
      min_lines: number({ least: 1, most: elementLimits.richTextInput.lines }),
      max_lines: number({ least: 1, most: elementLimits.richTextInput.lines }),
    },
  }),
  file_input: element({
    optional: {
      ...actionable,
      filetypes: list(text({ least: 1 }), { least: 1 }),
      max_files: number({ least: 1, most: elementLimits.fileInput.files }),
    },
  }),
  overflow: element({
    required: { options: list(overflowOption, { least: 1, most: elementLimits.overflow.options }) },
    optional: confirmable,
  }),
  static_select: staticMenu(menu, { initial_option: menuOption }),
  multi_static_select: staticMenu(several, { initial_options: list(menuOption, { least: 1 }) }),
  external_select: element({
    optional: { ...menu, initial_option: menuOption, min_query_length: number({ least: 0 }) },
  }),
  multi_external_select: element({
    optional: {
      ...several,
      initial_options: list(menuOption, { least: 1 }),
      min_query_length: number({ least: 0 }),
    },
  }),
  users_select: element({ optional: { ...menu, initial_user: id } }),
  multi_users_select: element({ optional: { ...several, initial_users: list(id) } }),
  conversations_select: element({
    optional: { ...menu, ...conversationMenu, ...answerable, initial_conversation: id },
  }),
  multi_conversations_select: element({
    optional: { ...several, ...conversationMenu, initial_conversations: list(id) },
  }),
  channels_select: element({ optional: { ...menu, ...answerable, initial_channel: id } }),
  multi_channels_select: element({ optional: { ...several, initial_channels: list(id) } }),
  workflow_button: button(elementLimits.workflowButton.text, {
    required: {
      workflow: object({
        required: {
          trigger: object({
            required: { url: address({ most: 3000 }) },
            optional: {
              customizable_input_parameters: list(object({ required: { name: id, value: text() } })),
            },
          }),
        },
      }),
    },
  }),
  feedback_buttons: element({
    required: { positive_button: feedbackButton, negative_button: feedbackButton },
    optional: actionable,
  }),
  icon_button: element({
    required: { icon: oneOf('trash'), text: plainText(objectLimits.option.text) },
    optional: {
      ...confirmable,
      value: text({ most: elementLimits.button.value }),
      accessibility_label: text({ most: elementLimits.button.accessibilityLabel }),
      visible_to_user_ids: list(id, { most: elementLimits.iconButton.visibleTo }),
    },
  }),
  image: element({
    required: { alt_text: text({ least: 1, most: blockLimits.image.altText }) },
    optional: { image_url: address({ most: blockLimits.image.url }), slack_file: slackFile },
    also: imageSource,
  }),
};

const singleMenus = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
];
const multiMenus = singleMenus.map((name) => `multi_${name}`);
const pickers = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker'];

/** What an actions block takes. */
export const actionsElements = pick(
  shapes,
  'button',
  'workflow_button',
  'overflow',
  'datetimepicker',
  ...pickers,
  ...singleMenus,
);

/** What a section takes beside its text. */
export const accessories = pick(
  shapes,
  'button',
  'workflow_button',
  'overflow',
  'image',
  ...pickers,
  ...singleMenus,
  ...multiMenus,
);

/** What an input block takes. */
export const inputElements = pick(
  shapes,
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
  'datetimepicker',
  ...pickers,
  ...singleMenus,
  ...multiMenus,
);

/** What a context_actions block takes. */
export const contextActionsElements = pick(shapes, 'feedback_buttons', 'icon_button');

/** An image beside text. */
export const imageElement = pick(shapes, 'image');

/** A button of a card. */
export const cardButton = pick(shapes, 'button');

/** Notes an image with no source, or with two. */
export function imageSource(image: JsonObject, pointer: string, found: Problem[]): void {
  const sources = ['image_url', 'slack_file'].filter((name) => image[name] !== undefined);
  if (sources.length === 0) note(found, pointer, 'missing required field: image_url');
  if (sources.length > 1) note(found, pointer, 'must provide either image_url or slack_file, not both');
}

/** Notes a second element with the same action id in a block. */
export function uniqueActionIds(block: JsonObject, pointer: string, found: Problem[]): void {
  const seen = new Set<unknown>();
  for (const [index, { action_id: actionId }] of objectsAt(block['elements']).entries()) {
    if (actionId !== undefined && seen.has(actionId)) {
      note(
        found,
        `${pointer}/elements/${index}/action_id`,
        `\`action_id\` "${String(actionId)}" already exists`,
      );
    }
    seen.add(actionId);
  }
}

function lengthsInOrder(input: JsonObject, pointer: string, found: Problem[]): void {
  const { min_length: least, max_length: most } = input;
  if (typeof least === 'number' && typeof most === 'number' && least > most) {
    note(found, `${pointer}/min_length`, 'must be less than or equal to max_length');
  }
}

function numbersInOrder(input: JsonObject, pointer: string, found: Problem[]): void {
  const { min_value: least, max_value: most } = input;
  if (least !== undefined && most !== undefined && Number(least) > Number(most)) {
    note(found, `${pointer}/min_value`, 'must be less than or equal to max_value');
  }
}
