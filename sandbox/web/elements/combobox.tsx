/** How is one or more of many things picked by typing, pointing or arrow keys? */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../shell/icons.tsx';
import { emojiText } from '../text/emoji.ts';
import { labelAttributes, useFieldLabels } from './field-context.ts';
import type { Option } from './options.ts';
import { Popup } from './popup.tsx';

/** What can be picked right now, and what is said about it. */
export interface Offer {
  options: readonly Option[];
  said: string;
}

export interface ComboboxProps {
  chosen: readonly Option[];
  several: boolean;
  offer: Offer;
  query: string;
  onQuery(query: string): void;
  onPick(option: Option): void;
  /** Takes one back; left out where there must be one. */
  onDrop?(option: Option): void;
  placeholder: string;
  busy: boolean;
  focusOnLoad: boolean;
}

/** So many are drawn; typing finds the others. */
const drawn = 200;

/** A field with a list that opens below it. */
export function Combobox(props: ComboboxProps): ReactNode {
  const { chosen, several, offer, query, onQuery, onPick, onDrop, placeholder, busy, focusOnLoad } = props;
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const labels = useFieldLabels();
  const options = offer.options.slice(0, drawn);
  const single = several ? undefined : chosen[0];

  useEffect(() => {
    if (focusOnLoad) input.current?.focus();
  }, [focusOnLoad]);

  const show = (): void => {
    setOpen(true);
    setActive(
      Math.max(
        0,
        options.findIndex(({ key }) => key === single?.key),
      ),
    );
  };
  const hide = (): void => {
    setOpen(false);
    onQuery('');
  };
  const pick = (option: Option | undefined): void => {
    if (option === undefined) return;
    onPick(option);
    if (several) onQuery('');
    else hide();
    input.current?.focus();
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Backspace' && query === '' && several) {
      const last = chosen.at(-1);
      if (last !== undefined) onDrop?.(last);
      return;
    }
    if (!open) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp' && event.key !== 'Enter') return;
      event.preventDefault();
      show();
      return;
    }
    const moved = movedTo(event.key, active, options.length);
    if (moved !== undefined) {
      event.preventDefault();
      setActive(moved);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      pick(options[active]);
    } else if (event.key === 'Tab') hide();
  };

  const placeholderNow = chosen.length > 0 && !(open && !several) ? '' : placeholder;
  const shown = open || several ? query : emojiText(single?.label ?? '');
  return (
    <div ref={box} className="combobox" data-open={open} aria-busy={busy}>
      {several &&
        chosen.map((option) => (
          <span key={option.key} className="chip">
            {emojiText(option.label)}
            <button type="button" aria-label={`Remove ${option.label}`} onClick={() => onDrop?.(option)}>
              <Icon name="close" />
            </button>
          </span>
        ))}
      <input
        ref={input}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && options[active] !== undefined ? `${listId}-${active}` : undefined}
        {...(labels.id === undefined && labels.labelledBy === undefined ? { 'aria-label': placeholder } : {})}
        {...labelAttributes(labels)}
        placeholder={placeholderNow}
        value={shown}
        onFocus={(event) => event.target.select()}
        onClick={() => (open && !several ? hide() : show())}
        onChange={(event) => {
          onQuery(open ? event.target.value : afterName(event.target.value, shown));
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={pressed}
      />
      {single !== undefined && onDrop !== undefined && !open ? (
        <button
          type="button"
          className="combobox-clear"
          aria-label={`Clear ${single.label}`}
          onClick={() => onDrop(single)}
        >
          <Icon name="close" />
        </button>
      ) : (
        <Icon name="down" />
      )}
      {open && (
        <Popup anchor={box} onClose={hide} wide className="listbox-popup">
          <Listbox id={listId} options={options} active={active} picked={single?.key} onPick={pick} />
          {offer.said !== '' && (
            <p className="popup-empty" role="status">
              {offer.said}
            </p>
          )}
          {offer.options.length > drawn && <p className="popup-empty">Type to find more.</p>}
        </Popup>
      )}
    </div>
  );
}

interface ListboxProps {
  id: string;
  options: readonly Option[];
  active: number;
  picked: string | undefined;
  onPick(option: Option): void;
}

function Listbox({ id, options, active, picked, onPick }: ListboxProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${id}-${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  return (
    <div ref={list} role="listbox" id={id} aria-label="Choices" className="listbox">
      {options.map((option, index) => (
        <div key={option.key}>
          {option.group !== '' && option.group !== options[index - 1]?.group && (
            <p className="listbox-group" aria-hidden="true">
              {option.group}
            </p>
          )}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are pressed in the field above, which says which entry is meant */}
          <div
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={option.key === picked}
            className={index === active ? 'option active' : 'option'}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(option)}
          >
            <span>{emojiText(option.label)}</span>
            {option.hint !== '' && <small>{option.hint}</small>}
          </div>
        </div>
      ))}
    </div>
  );
}

function movedTo(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (active + 1) % count;
    case 'ArrowUp':
      return (active - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** What is typed while a chosen name stands in the field begins a search; it does not lengthen the name. */
function afterName(typed: string, name: string): string {
  return name !== '' && typed.startsWith(name) ? typed.slice(name.length) : typed;
}
