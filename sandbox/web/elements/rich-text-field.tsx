/** How is text with bold words, lists and links typed into a form? */
import { type ReactNode, useRef } from 'react';
import { type JsonObject, objectAt, textAt } from '../../server/json.ts';
import { type Placed, useSurface, valueIn } from '../blocks/surface.ts';
import { labelAttributes, useFieldLabels } from './field-context.ts';
import { richTextOf, typedTextOf } from './typed-rich-text.ts';
import { useDraft } from './use-draft.ts';

const marks: readonly { name: string; around: string }[] = [
  { name: 'Bold', around: '*' },
  { name: 'Italic', around: '_' },
  { name: 'Strike', around: '~' },
  { name: 'Code', around: '`' },
];

/** A `rich_text_input`: text with Slack's marks, sent as rich text. */
export function RichTextField({ placed }: { placed: Placed }): ReactNode {
  const surface = useSurface();
  const labels = useFieldLabels();
  const known = objectAt(valueIn(surface, placed)) as JsonObject;
  const [text, setText] = useDraft(typedTextOf(known));
  const area = useRef<HTMLTextAreaElement>(null);
  const set = (words: string): void => {
    setText(words);
    surface.enter(placed, words.trim() === '' ? null : richTextOf(words));
  };
  const wrap = (around: string): void => {
    const field = area.current;
    if (field === null) return;
    const { selectionStart: from, selectionEnd: to } = field;
    set(`${text.slice(0, from)}${around}${text.slice(from, to)}${around}${text.slice(to)}`);
    field.focus();
  };
  return (
    <div className="rich-text-field">
      <div className="rich-text-marks">
        {marks.map(({ name, around }) => (
          <button
            key={name}
            type="button"
            className="mark-button"
            aria-label={name}
            title={name}
            onClick={() => wrap(around)}
          >
            {name[0]}
          </button>
        ))}
      </div>
      <textarea
        ref={area}
        rows={Number(placed.element['min_lines'] ?? 4)}
        className="text-input"
        placeholder={textAt(objectAt(placed.element['placeholder'])['text'])}
        value={text}
        onChange={(event) => set(event.target.value)}
        onBlur={() => void surface.flush()}
        {...labelAttributes(labels)}
      />
    </div>
  );
}
