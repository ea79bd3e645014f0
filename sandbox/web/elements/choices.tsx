/** How are checkboxes and radio buttons drawn and set? */
import { type ReactNode, useId } from 'react';
import { type JsonObject, objectsAt, textAt } from '../../server/json.ts';
import type { Placed } from '../blocks/surface.ts';
import { TextObject } from '../text/words.tsx';
import { useConfirm } from './confirm.tsx';
import { labelAttributes, useFieldLabels } from './field-context.ts';
import { useField } from './use-draft.ts';

/** A `checkboxes` element. */
export function Checkboxes({ placed }: { placed: Placed }): ReactNode {
  const { value, choose, surface } = useField<JsonObject[]>(placed);
  const chosen = objectsAt(value);
  const confirm = useConfirm();
  const set = (option: JsonObject, on: boolean): void => {
    const without = chosen.filter((other) => other['value'] !== option['value']);
    confirm.ask(placed.element, () => void choose(on ? [...without, option] : without));
  };
  return (
    <Group placed={placed} role="group" busy={surface.isBusy(placed)}>
      {(option) => ({
        type: 'checkbox',
        checked: chosen.some((other) => other['value'] === option['value']),
        onChange: (on) => set(option, on),
      })}
      {confirm.dialog}
    </Group>
  );
}

/** A `radio_buttons` element. */
export function RadioButtons({ placed }: { placed: Placed }): ReactNode {
  const { value, choose, surface } = useField<JsonObject>(placed);
  const confirm = useConfirm();
  return (
    <Group placed={placed} role="radiogroup" busy={surface.isBusy(placed)}>
      {(option) => ({
        type: 'radio',
        checked: value?.['value'] === option['value'],
        onChange: () => confirm.ask(placed.element, () => void choose(option)),
      })}
      {confirm.dialog}
    </Group>
  );
}

interface Choice {
  type: 'checkbox' | 'radio';
  checked: boolean;
  onChange(on: boolean): void;
}

interface GroupProps {
  placed: Placed;
  role: 'group' | 'radiogroup';
  busy: boolean;
  children: [(option: JsonObject) => Choice, ReactNode];
}

function Group({ placed, role, busy, children: [choiceOf, dialog] }: GroupProps): ReactNode {
  const { id: _, ...labels } = labelAttributes(useFieldLabels());
  const name = useId();
  return (
    <div role={role} className="choices" aria-busy={busy} {...labels}>
      {objectsAt(placed.element['options']).map((option) => {
        const { type, checked, onChange } = choiceOf(option);
        return (
          <label key={textAt(option['value'])} className="choice">
            <input
              type={type}
              name={name}
              checked={checked}
              onChange={(event) => onChange(event.target.checked)}
            />
            <span>
              <TextObject text={option['text']} />
              {option['description'] !== undefined && (
                <small>
                  <TextObject text={option['description']} />
                </small>
              )}
            </span>
          </label>
        );
      })}
      {dialog}
    </div>
  );
}
