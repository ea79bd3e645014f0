/** What does an input hold when the very thing that was chosen is given, not the words on it? */
import { fillIn } from '../block-kit/fill-in.ts';
import { optionsOf } from '../block-kit/walk.ts';
import { type JsonObject, objectAt, textAt } from '../json.ts';
import type { Parts } from '../parts.ts';
import { describeFile, storeFile } from '../world/files.ts';
import type { Person } from '../world/workspace.ts';

/**
 * The value an element takes over from an object: an option of a menu, a `rich_text` block, a file that is stored
 * already (`{ id }`) or comes along (`{ name, base64 }`).
 * @param type the element's type without `multi_`
 * @returns undefined when the object is none of these
 */
export function exactValue(
  parts: Parts,
  person: Person,
  element: JsonObject,
  type: string,
  given: JsonObject,
): JsonObject | undefined {
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
    case 'checkboxes':
      return optionsOf(element).find((option) => sameOption(option, given));
    case 'external_select':
      return textAt(objectAt(given['text'])['text']) === '' ? undefined : given;
    case 'rich_text_input':
      return given['type'] === 'rich_text' ? fillIn([given], parts.workspace.ids)[0] : undefined;
    case 'file_input':
      return exactFile(parts, person, given);
    default:
      return undefined;
  }
}

function sameOption(one: JsonObject, other: JsonObject): boolean {
  return one['value'] === other['value'] && objectAt(one['text'])['text'] === objectAt(other['text'])['text'];
}

function exactFile(parts: Parts, person: Person, given: JsonObject): JsonObject | undefined {
  const stored = parts.workspace.files.get(textAt(given['id']));
  if (stored !== undefined && stored.owner === person.id) return describeFile(parts, stored);
  const name = textAt(given['name']);
  if (name === '' || typeof given['base64'] !== 'string') return undefined;
  const content = Buffer.from(given['base64'], 'base64');
  return describeFile(parts, storeFile(parts.workspace, person.id, name, content));
}
