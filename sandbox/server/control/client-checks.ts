/** What does Slack itself refuse in a form, before the app sees it? */
import { valueField } from '../block-kit/state.ts';
import { codePoints, isObject, type JsonObject, textAt } from '../json.ts';
import { elementLimits } from '../limits.ts';
import { blocksOf } from '../world/views.ts';
import type { OpenView } from '../world/workspace.ts';

/** Sentences by block id for every input that cannot be submitted as it is. */
export function incompleteInputs(view: OpenView): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocksOf(view)) {
    const element = block['element'];
    if (block['type'] !== 'input' || !isObject(element)) continue;
    const blockId = textAt(block['block_id']);
    const entry = view.state[blockId]?.[textAt(element['action_id'])] ?? {};
    const value = entry[valueField(textAt(element['type'])) ?? 'value'];
    const required = block['optional'] === true ? undefined : 'Please complete this required field.';
    const error = isEmpty(value) ? required : unfit(element, value);
    if (error !== undefined) errors[blockId] = error;
  }
  return errors;
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function unfit(element: JsonObject, value: unknown): string | undefined {
  switch (element['type']) {
    case 'plain_text_input':
      return unfitText(element, String(value));
    case 'number_input':
      return unfitNumber(element, String(value));
    case 'email_text_input':
      return /^\S+@\S+\.\S+$/.test(String(value)) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(String(value)) ? undefined : 'Please enter a valid URL.';
    default:
      return undefined;
  }
}

function unfitText(element: JsonObject, text: string): string | undefined {
  const most = Number(element['max_length'] ?? elementLimits.plainTextInput.length);
  const least = Number(element['min_length'] ?? 0);
  const length = codePoints(text);
  if (length > most) return `This field can't be longer than ${most} characters.`;
  return length < least ? `This field must be at least ${least} characters long.` : undefined;
}

function unfitNumber(element: JsonObject, text: string): string | undefined {
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(text)) return 'Please enter a valid number.';
  if (element['is_decimal_allowed'] !== true && !/^-?\d+$/.test(text)) return 'Please enter a whole number.';
  const number = Number(text);
  const { min_value: least, max_value: most } = element;
  if (least !== undefined && number < Number(least))
    return `Please enter a number of at least ${String(least)}.`;
  if (most !== undefined && number > Number(most)) return `Please enter a number of at most ${String(most)}.`;
  return undefined;
}
