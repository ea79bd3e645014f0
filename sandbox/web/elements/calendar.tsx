/** Which day of which month? */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../shell/icons.tsx';
import { addDays, addMonths, dayWords, monthWords, weeksOf } from './day.ts';

export interface CalendarProps {
  /** The day that is chosen, or empty. */
  day: string;
  today: string;
  onDay(day: string): void;
}

/** A month of days: arrow keys, Page Up and Page Down, Home and End, Enter. */
export function Calendar({ day, today, onDay }: CalendarProps): ReactNode {
  const [focused, setFocused] = useState(day === '' ? today : day);
  const grid = useRef<HTMLTableElement>(null);
  const title = useId();
  useEffect(() => {
    grid.current?.querySelector<HTMLElement>(`[data-day="${focused}"]`)?.focus();
  }, [focused]);

  const pressed = (event: KeyboardEvent): void => {
    const wanted = movedTo(event.key, focused);
    if (wanted === undefined) return;
    event.preventDefault();
    setFocused(wanted);
  };
  return (
    <div className="calendar">
      <div className="calendar-head">
        <button
          type="button"
          className="icon-button"
          aria-label="Month before"
          onClick={() => setFocused(addMonths(focused, -1))}
        >
          <Icon name="left" />
        </button>
        <p id={title} aria-live="polite">
          {monthWords(focused)}
        </p>
        <button
          type="button"
          className="icon-button"
          aria-label="Next month"
          onClick={() => setFocused(addMonths(focused, 1))}
        >
          <Icon name="right" />
        </button>
      </div>
      <table ref={grid} aria-labelledby={title} onKeyDown={pressed}>
        <thead>
          <tr>
            {['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(focused).map((week) => (
            <tr key={week[0]}>
              {week.map((each) => (
                <td key={each}>
                  <button
                    type="button"
                    data-day={each}
                    className={each.slice(0, 7) === focused.slice(0, 7) ? 'day' : 'day other-month'}
                    tabIndex={each === focused ? 0 : -1}
                    aria-label={dayWords(each)}
                    aria-pressed={each === day}
                    aria-current={each === today ? 'date' : undefined}
                    onClick={() => onDay(each)}
                  >
                    {Number(each.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" className="link-button" onClick={() => onDay(today)}>
        Today
      </button>
    </div>
  );
}

function movedTo(key: string, day: string): string | undefined {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'PageUp':
      return addMonths(day, -1);
    case 'PageDown':
      return addMonths(day, 1);
    case 'Home':
      return addDays(day, -((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7));
    case 'End':
      return addDays(day, 6 - ((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7));
    default:
      return undefined;
  }
}
