/** Which composition objects does Slack take? */
import { isObject, type JsonObject, objectAt, objectsAt } from '../json.ts';
import { elementLimits, objectLimits } from '../limits.ts';
import type { Problem } from './problems.ts';
import { address, byType, flag, list, note, object, oneOf, type Shape, text } from './shapes.ts';

const type = { type: text() };

/** A `plain_text` object. */
export function plainText(most: number, least = 1): Shape {
  return byType({ plain_text: plainTextFields(most, least) });
}

/** A `plain_text` or `mrkdwn` object. */
export function eitherText(most: number, least = 1): Shape {
  return byType({ plain_text: plainTextFields(most, least), mrkdwn: markdownFields(most, least) });
}

/** A `mrkdwn` object. */
export function markdownText(most: number, least = 1): Shape {
  return byType({ mrkdwn: markdownFields(most, least) });
}

/** Both kinds of text, by type, for places that take other things too. */
export function textShapes(most: number): Record<string, Shape> {
  return { plain_text: plainTextFields(most, 1), mrkdwn: markdownFields(most, 1) };
}

/** A confirmation dialog. */
export const confirmation: Shape = object({
  required: { text: eitherText(objectLimits.confirm.text) },
  optional: {
    title: plainText(objectLimits.confirm.title),
    confirm: plainText(objectLimits.confirm.button),
    deny: plainText(objectLimits.confirm.button),
    style: oneOf('primary', 'danger'),
  },
});

/** An option of a menu: plain text. */
export const menuOption: Shape = option(plainText(objectLimits.option.text));

/** An option of an overflow menu: plain text, perhaps with an address. */
export const overflowOption: Shape = option(plainText(objectLimits.option.text), {
  url: address({ most: objectLimits.option.url }),
});

/** An option of checkboxes or radio buttons: text may be formatted. */
export const choiceOption: Shape = option(
  eitherText(objectLimits.option.text),
  {},
  eitherText(objectLimits.option.description),
);

/** A group of options in a menu. */
export const optionGroup: Shape = object({
  required: {
    label: plainText(objectLimits.optionGroup.label),
    options: list(menuOption, { least: 1, most: elementLimits.select.groupOptions }),
  },
});

/** Which conversations a menu offers. */
export const conversationFilter: Shape = object({
  optional: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { least: 1 }),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
  also: (filter, pointer, found) => {
    if (Object.keys(filter).length === 0) note(found, pointer, 'must provide at least 1 items');
  },
});

/** When an input tells the app of changes. */
export const dispatchConfig: Shape = object({
  optional: {
    trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { least: 1 }),
  },
});

/** A file that was uploaded to Slack, by id or by address. */
export const slackFile: Shape = object({
  optional: { id: text({ least: 1 }), url: address({ most: 3000 }) },
  also: (file, pointer, found) => {
    if ((file['id'] === undefined) === (file['url'] === undefined)) {
      note(found, pointer, 'must provide either id or url');
    }
  },
});

/** Notes initial options that are not among the options. */
export function initialAmongOptions(element: JsonObject, pointer: string, found: Problem[]): void {
  const offered = [
    ...objectsAt(element['options']),
    ...objectsAt(element['option_groups']).flatMap((group) => objectsAt(group['options'])),
  ];
  const check = (initial: unknown, at: string): void => {
    const same = (candidate: JsonObject): boolean =>
      isObject(initial) &&
      candidate['value'] === initial['value'] &&
      objectAt(candidate['text'])['text'] === objectAt(initial['text'])['text'];
    if (!offered.some(same)) note(found, at, 'must match one of the provided options');
  };
  if (element['initial_option'] !== undefined) check(element['initial_option'], `${pointer}/initial_option`);
  const several = Array.isArray(element['initial_options']) ? element['initial_options'] : [];
  for (const [index, initial] of several.entries()) check(initial, `${pointer}/initial_options/${index}`);
}

function plainTextFields(most: number, least: number): Shape {
  return object({ required: { ...type, text: text({ least, most }) }, optional: { emoji: flag } });
}

function markdownFields(most: number, least: number): Shape {
  return object({ required: { ...type, text: text({ least, most }) }, optional: { verbatim: flag } });
}

function option(
  words: Shape,
  more: Record<string, Shape> = {},
  description: Shape = plainText(objectLimits.option.description),
): Shape {
  return object({
    required: { text: words, value: text({ least: 1, most: objectLimits.option.value }) },
    optional: { description, ...more },
  });
}
