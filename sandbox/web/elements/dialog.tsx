/** How does something stand in front of the page until it is answered? */
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';

export interface DialogProps {
  /** Id of its heading. */
  labelledBy: string;
  describedBy?: string;
  className?: string;
  role?: 'dialog' | 'alertdialog';
  /** Escape was pressed. */
  onEscape(): void;
  children: ReactNode;
}

/** A modal dialog: the browser keeps the focus inside, and it goes back to where it was when the dialog is gone. */
export function Dialog({
  labelledBy,
  describedBy,
  className = '',
  role = 'dialog',
  onEscape,
  children,
}: DialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const leave = useRef(onEscape);
  leave.current = onEscape;

  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const before = document.activeElement;
    element.showModal();
    return () => {
      element.close();
      giveFocusBack(before);
    };
  }, []);

  useEffect(() => {
    const element = dialog.current;
    const escaped = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      leave.current();
    };
    // A phone's way back, and what the browser does when it thinks a page holds on to somebody.
    const cancelled = (event: Event): void => {
      if (event.target !== element) return;
      event.preventDefault();
      leave.current();
    };
    element?.addEventListener('keydown', escaped);
    element?.addEventListener('cancel', cancelled);
    return () => {
      element?.removeEventListener('keydown', escaped);
      element?.removeEventListener('cancel', cancelled);
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      role={role}
      className={`dialog ${className}`}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
    >
      {children}
    </dialog>
  );
}

/** The element that had the focus may be gone, replaced by what the app did. */
function giveFocusBack(before: Element | null): void {
  const gone = !(before instanceof HTMLElement) || !before.isConnected || before === document.body;
  const to = gone ? document.querySelector<HTMLElement>('[data-focus-home]') : before;
  to?.focus();
}
