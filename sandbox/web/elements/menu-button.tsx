/** How does a button open a list of things to do? */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Popup } from './popup.tsx';

export interface MenuEntry {
  key: string;
  words: ReactNode;
  /** What stands below the words. */
  hint?: ReactNode;
  /** What is read out where the words are a picture. */
  name?: string;
  run(): void;
}

export interface MenuButtonProps {
  /** What the button is called where its content does not say it. */
  label: string;
  children: ReactNode;
  entries: readonly MenuEntry[];
  className?: string;
  busy?: boolean;
  disabled?: boolean;
  /** Said where there is nothing to choose. */
  empty?: string;
}

/** A button with a menu: arrow keys, Home, End, first letters, Escape. */
export function MenuButton(props: MenuButtonProps): ReactNode {
  const {
    label,
    children,
    entries,
    className = 'icon-button',
    busy = false,
    disabled = false,
    empty,
  } = props;
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-busy={busy}
        disabled={disabled}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      {open && (
        <Popup anchor={button} onClose={close}>
          <Entries label={label} entries={entries} empty={empty} close={close} />
        </Popup>
      )}
    </>
  );
}

interface EntriesProps {
  label: string;
  entries: readonly MenuEntry[];
  empty: string | undefined;
  close(): void;
}

function Entries({ label, entries, empty, close }: EntriesProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => itemsIn(list.current)[0]?.focus(), []);
  if (entries.length === 0) return <p className="popup-empty">{empty ?? 'Nothing here.'}</p>;
  return (
    <div
      ref={list}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => moveFocus(event, list.current)}
    >
      {entries.map((entry) => (
        <button
          key={entry.key}
          type="button"
          role="menuitem"
          tabIndex={-1}
          aria-label={entry.name}
          className={entry.name === undefined ? 'menu-entry' : 'menu-entry picture-entry'}
          onClick={() => {
            close();
            entry.run();
          }}
        >
          <span>{entry.words}</span>
          {entry.hint !== undefined && <small>{entry.hint}</small>}
        </button>
      ))}
    </div>
  );
}

function itemsIn(list: HTMLElement | null): HTMLElement[] {
  return list === null ? [] : [...list.querySelectorAll<HTMLElement>('[role=menuitem]')];
}

function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const items = itemsIn(list);
  const now = items.indexOf(document.activeElement as HTMLElement);
  const wanted = nextIndex(event.key, now, items);
  if (wanted === undefined) return;
  event.preventDefault();
  items[(wanted + items.length) % items.length]?.focus();
}

function nextIndex(key: string, now: number, items: readonly HTMLElement[]): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return now + 1;
    case 'ArrowUp':
    case 'ArrowLeft':
      return now - 1;
    case 'Home':
      return 0;
    case 'End':
      return items.length - 1;
    case 'Tab':
      return now + 1;
    default: {
      if (key.length !== 1) return undefined;
      const starts = (item: HTMLElement): boolean =>
        (item.textContent ?? '').trim().toLowerCase().startsWith(key.toLowerCase());
      const later = items.findIndex((item, index) => index > now && starts(item));
      return later === -1 ? items.findIndex(starts) : later;
    }
  }
}
