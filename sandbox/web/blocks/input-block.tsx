/** How are label, hint and error put around an input? */
import { type ReactNode, useId, useMemo } from 'react';
import { type JsonObject, objectAt, textAt } from '../../server/json.ts';
import { Element } from '../elements/element.tsx';
import { FieldContext } from '../elements/field-context.ts';
import { PlainText } from '../text/words.tsx';
import { useSurface } from './surface.ts';

const grouped = new Set(['checkboxes', 'radio_buttons']);

/** An `input` block. */
export function InputBlock({ block }: { block: JsonObject }): ReactNode {
  const base = useId();
  const element = objectAt(block['element']);
  const error = useSurface().errorOf(textAt(block['block_id']));
  const label = textAt(objectAt(block['label'])['text']);
  const hint = textAt(objectAt(block['hint'])['text']);
  const optional = block['optional'] === true;
  const isGroup = grouped.has(textAt(element['type']));
  const hasHint = hint !== '';
  const hasError = error !== undefined;
  const labels = useMemo(() => {
    const described = [hasError && `${base}-error`, hasHint && `${base}-hint`].filter((id) => id !== false);
    return {
      ...(isGroup ? { labelledBy: `${base}-label` } : { id: `${base}-field` }),
      ...(described.length > 0 ? { describedBy: described.join(' ') } : {}),
      invalid: hasError,
      required: !optional && !isGroup,
      optional,
    };
  }, [base, isGroup, hasError, hasHint, optional]);
  const words = (
    <>
      <PlainText text={label} />
      {optional && <span className="optional"> (optional)</span>}
    </>
  );
  return (
    <div
      className={hasError ? 'block-input has-error' : 'block-input'}
      data-block={textAt(block['block_id'])}
    >
      {isGroup ? (
        <p className="input-label" id={`${base}-label`}>
          {words}
        </p>
      ) : (
        <label className="input-label" htmlFor={`${base}-field`}>
          {words}
        </label>
      )}
      <FieldContext value={labels}>
        <Element placed={{ block, element }} />
      </FieldContext>
      {hasError && (
        <p className="field-error" id={`${base}-error`} role="alert">
          {error}
        </p>
      )}
      {hasHint && (
        <p className="field-hint" id={`${base}-hint`}>
          <PlainText text={hint} />
        </p>
      )}
    </div>
  );
}
