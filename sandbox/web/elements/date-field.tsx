/** How is a day picked, on the calendar of the workspace's own time? */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { objectAt, textAt } from '../../server/json.ts';
import { type Placed, useSurface } from '../blocks/surface.ts';
import { dayOf } from '../live/zone.ts';
import { Icon } from '../shell/icons.tsx';
import { useReader } from '../text/reader.ts';
import { Calendar } from './calendar.tsx';
import { useConfirm } from './confirm.tsx';
import { dayWords, parseDay } from './day.ts';
import { labelAttributes, useFieldLabels } from './field-context.ts';
import { Popup } from './popup.tsx';
import { useField } from './use-draft.ts';

/** A `datepicker`. */
export function DateField({ placed }: { placed: Placed }): ReactNode {
  const { value, choose } = useField<string>(placed);
  const confirm = useConfirm();
  return (
    <>
      <DayInput
        day={value ?? ''}
        placeholder={textAt(objectAt(placed.element['placeholder'])['text']) || 'Choose a day'}
        busy={useSurface().isBusy(placed)}
        onDay={(day) => confirm.ask(placed.element, () => void choose(day === '' ? null : day))}
        focusOnLoad={placed.element['focus_on_load'] === true}
      />
      {confirm.dialog}
    </>
  );
}

export interface DayInputProps {
  /** `YYYY-MM-DD`, or empty. */
  day: string;
  placeholder: string;
  busy: boolean;
  onDay(day: string): void;
  focusOnLoad?: boolean;
}

/** A field that takes a typed day, with a calendar beside it. */
export function DayInput({ day, placeholder, busy, onDay, focusOnLoad = false }: DayInputProps): ReactNode {
  const { now, tz } = useReader();
  const labels = useFieldLabels();
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const today = dayOf(now, tz);
  useEffect(() => {
    if (focusOnLoad) input.current?.focus();
  }, [focusOnLoad]);

  const type = (words: string): void => {
    setTyped(words);
    const parsed = parseDay(words, today);
    if (parsed !== undefined && parsed !== day) onDay(parsed);
  };
  return (
    <div ref={box} className="combobox day-input" aria-busy={busy}>
      <input
        ref={input}
        type="text"
        autoComplete="off"
        className="day-words"
        placeholder={placeholder}
        value={typed ?? dayWords(day)}
        {...(labels.id === undefined && labels.labelledBy === undefined ? { 'aria-label': placeholder } : {})}
        {...labelAttributes(labels)}
        onChange={(event) => type(event.target.value)}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      />
      <button
        type="button"
        className="combobox-clear"
        aria-label="Open the calendar"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="calendar" />
      </button>
      {open && (
        <Popup anchor={box} onClose={() => setOpen(false)}>
          <Calendar
            day={day}
            today={today}
            onDay={(picked) => {
              setOpen(false);
              setTyped(null);
              input.current?.focus();
              if (picked !== day) onDay(picked);
            }}
          />
        </Popup>
      )}
    </div>
  );
}
