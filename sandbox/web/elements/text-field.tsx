/** How is text typed into a form? */
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { codePoints, type JsonObject, objectAt, textAt } from '../../server/json.ts';
import { type Placed, useSurface, valueIn } from '../blocks/surface.ts';
import { labelAttributes, useFieldLabels } from './field-context.ts';
import { useDraft } from './use-draft.ts';

/** A plain text, e-mail, URL or number input. */
export function TextField({ placed }: { placed: Placed }): ReactNode {
  const { element } = placed;
  const surface = useSurface();
  const labels = useFieldLabels();
  const [text, setText] = useDraft(textAt(valueIn(surface, placed)));
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const multiline = element['multiline'] === true;
  useEffect(() => {
    if (element['focus_on_load'] === true) input.current?.focus();
  }, [element['focus_on_load']]);

  const tellOn = dispatchesOn(placed);
  const typed = (value: string): void => {
    setText(value);
    if (tellOn.has('on_character_entered')) void surface.use(placed, { value });
    else surface.enter(placed, value);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    if (tellOn.has('on_enter_pressed') && (!multiline || event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      void surface.use(placed, { value: text });
    }
  };
  const common = {
    ref: input,
    value: text,
    placeholder: textAt(objectAt(element['placeholder'])['text']),
    className: 'text-input',
    onKeyDown: pressed,
    onChange: (event: { target: { value: string } }) => typed(event.target.value),
    onBlur: () => void surface.flush(),
    ...labelAttributes(labels),
  };
  return (
    <>
      {multiline ? (
        <textarea rows={3} {...common} />
      ) : (
        <input {...kinds[textAt(element['type'])]} {...common} />
      )}
      <Count element={element} text={text} />
    </>
  );
}

// The sandbox checks as Slack does; the browser only offers the right keyboard.
const kinds: Record<string, { type: string; inputMode?: 'decimal' | 'email' | 'url'; autoComplete: string }> =
  {
    plain_text_input: { type: 'text', autoComplete: 'off' },
    email_text_input: { type: 'text', inputMode: 'email', autoComplete: 'off' },
    url_text_input: { type: 'text', inputMode: 'url', autoComplete: 'off' },
    number_input: { type: 'text', inputMode: 'decimal', autoComplete: 'off' },
  };

/** When an input tells the app of its own accord. */
function dispatchesOn({ block, element }: Placed): ReadonlySet<unknown> {
  if (block['dispatch_action'] !== true) return new Set();
  const wanted = objectAt(element['dispatch_action_config'])['trigger_actions_on'];
  return new Set(Array.isArray(wanted) ? wanted : ['on_enter_pressed']);
}

/** How many characters are left, once that becomes interesting. */
function Count({ element, text }: { element: JsonObject; text: string }): ReactNode {
  const most = Number(element['max_length'] ?? Number.NaN);
  const left = most - codePoints(text);
  if (!(left <= Math.max(20, most / 10))) return null;
  return (
    <p className={left < 0 ? 'field-count over' : 'field-count'} aria-live="polite">
      {left < 0 ? `${-left} too many` : `${left} left`}
    </p>
  );
}
