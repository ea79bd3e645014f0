/** What does an input hold after a person has entered something? */
import { fillIn } from '../block-kit/fill-in.ts';
import { optionsOf } from '../block-kit/walk.ts';
import { isObject, type JsonObject, objectAt, textAt } from '../json.ts';
import type { Parts } from '../parts.ts';
import { canSee, offersConversation } from '../world/channels.ts';
import { describeFile, storeFile } from '../world/files.ts';
import { findChannel, personNamed } from '../world/names.ts';
import { typedRichText } from '../world/typed-text.ts';
import type { Person } from '../world/workspace.ts';
import { exactValue } from './exact-values.ts';

/** Who enters something, and how choices of an external menu are asked for. */
export interface Entering {
  parts: Parts;
  person: Person;
  suggest(query: string): Promise<JsonObject[]>;
}

/**
 * The value an element holds after a person has entered something.
 * @param given a text, number, date, or list of them; null empties the element
 * @throws Error when the element cannot hold that
 */
export async function enteredValue(
  entering: Entering,
  element: JsonObject,
  given: unknown,
): Promise<unknown> {
  const type = textAt(element['type']);
  const many = type.startsWith('multi_') || type === 'checkboxes' || type === 'file_input';
  if (many) {
    const list: unknown[] = Array.isArray(given)
      ? given
      : [given].filter((item) => item !== null && item !== undefined);
    const values: unknown[] = [];
    for (const item of list) values.push(await oneValue(entering, element, type.replace('multi_', ''), item));
    return values;
  }
  if (given === null || given === undefined || given === '') return null;
  return oneValue(entering, element, type, given);
}

async function oneValue(
  entering: Entering,
  element: JsonObject,
  type: string,
  given: unknown,
): Promise<unknown> {
  const { parts, person } = entering;
  const exact = isObject(given) ? exactValue(parts, person, element, type, given) : undefined;
  if (exact !== undefined) return exact;
  const words = String(given);
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return words;
    case 'rich_text_input':
      return fillIn([typedRichText(parts.workspace, person, words)], parts.workspace.ids)[0];
    case 'datepicker':
      if (!isDate(words)) throw new Error(`A date picker takes YYYY-MM-DD, not "${words}".`);
      return words;
    case 'timepicker':
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(words))
        throw new Error(`A time picker takes HH:MM, not "${words}".`);
      return words;
    case 'datetimepicker':
      return instantIn(given, words);
    case 'static_select':
    case 'radio_buttons':
    case 'checkboxes':
      return choice(optionsOf(element), words);
    case 'external_select':
      return externalChoice(entering, element, words);
    case 'users_select':
      return personNamed(parts.workspace, words).id;
    case 'channels_select':
    case 'conversations_select':
      return conversation(entering, element, words);
    case 'file_input':
      return file(entering, given);
    default:
      throw new Error(`Nothing can be entered into a ${type}.`);
  }
}

function isDate(words: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(words)) return false;
  const instant = Date.parse(`${words}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(words);
}

function instantIn(given: unknown, words: string): number {
  const written = typeof given === 'number' || /^\d{10}$/.test(words);
  const seconds = written ? Number(words) : Date.parse(words) / 1000;
  if (!Number.isInteger(seconds))
    throw new Error(`A date and time is an ISO instant or epoch seconds, not "${words}".`);
  return seconds;
}

function choice(options: readonly JsonObject[], words: string): JsonObject {
  const texts = options.map((option) => textAt(objectAt(option['text'])['text']));
  const found = options.find((option, index) => texts[index] === words || option['value'] === words);
  if (found === undefined) throw new Error(`No choice "${words}". There are: ${texts.join(' · ')}.`);
  return found;
}

async function externalChoice(entering: Entering, element: JsonObject, words: string): Promise<JsonObject> {
  const least = typeof element['min_query_length'] === 'number' ? element['min_query_length'] : 3;
  if ([...words].length < least)
    throw new Error(`This menu asks after ${least} characters, not for "${words}".`);
  const options = await entering.suggest(words);
  const [only] = options;
  return options.length === 1 && only !== undefined ? only : choice(options, words);
}

function conversation(entering: Entering, element: JsonObject, words: string): string {
  const { workspace } = entering.parts;
  const channel = findChannel(workspace, words);
  if (channel === undefined || !canSee(workspace, entering.person, channel)) {
    throw new Error(`@${entering.person.name} sees no conversation "${words}".`);
  }
  if (!offersConversation(element, channel)) throw new Error(`This menu does not offer "${words}".`);
  return channel.id;
}

function file({ parts, person }: Entering, given: unknown): JsonObject {
  if (!isObject(given) || textAt(given['name']) === '') throw new Error('A file is { name, content }.');
  const stored = storeFile(
    parts.workspace,
    person.id,
    textAt(given['name']),
    Buffer.from(textAt(given['content'])),
  );
  return describeFile(parts, stored);
}
