/** How is a section drawn: text, fields, and one element beside them? */
import { type ReactNode, useId, useMemo } from 'react';
import { isObject, type JsonObject, objectsAt } from '../../server/json.ts';
import { Element } from '../elements/element.tsx';
import { FieldContext } from '../elements/field-context.ts';
import { Each } from '../text/each.tsx';
import { TextObject } from '../text/words.tsx';

/** A `section` block. */
export function SectionBlock({ block }: { block: JsonObject }): ReactNode {
  const textId = useId();
  const fields = objectsAt(block['fields']);
  const accessory = isObject(block['accessory']) ? block['accessory'] : undefined;
  const labels = useMemo(() => (block['text'] === undefined ? {} : { labelledBy: textId }), [block, textId]);
  return (
    <div className="block-section">
      <div className="section-words">
        {block['text'] !== undefined && (
          <div id={textId} className="section-text">
            <TextObject text={block['text']} />
          </div>
        )}
        {fields.length > 0 && (
          <div className="section-fields">
            <Each of={fields}>
              {(field) => (
                <div>
                  <TextObject text={field} />
                </div>
              )}
            </Each>
          </div>
        )}
      </div>
      {accessory !== undefined && (
        <div className="section-accessory">
          <FieldContext value={labels}>
            <Element placed={{ block, element: accessory }} />
          </FieldContext>
        </div>
      )}
    </div>
  );
}
