/** How does something open beside a control, above everything else, and close again? */
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

export interface PopupProps {
  /** What it opens beside. */
  anchor: RefObject<HTMLElement | null>;
  onClose(): void;
  children: ReactNode;
  className?: string;
  /** Whether it is at least as wide as what it opens beside. */
  wide?: boolean;
}

const gap = 4;

/** Children in the browser's top layer, below the anchor or, where there is no room, above it. */
export function Popup({ anchor, onClose, children, className = '', wide = false }: PopupProps): ReactNode {
  const popup = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const element = popup.current;
    if (element === null) return;
    element.showPopover();
    const place = (): void => placeBeside(element, anchor.current, wide);
    place();
    const watcher = new ResizeObserver(place);
    watcher.observe(element);
    window.addEventListener('resize', place);
    document.addEventListener('scroll', place, true);
    return () => {
      watcher.disconnect();
      window.removeEventListener('resize', place);
      document.removeEventListener('scroll', place, true);
    };
  }, [anchor, wide]);

  useEffect(() => {
    const pressed = (event: PointerEvent): void => {
      const target = event.target as Node;
      if (popup.current?.contains(target) === true || anchor.current?.contains(target) === true) return;
      close.current();
    };
    // A modal would take Escape for itself: whatever is open in front of it comes first.
    const escaped = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close.current();
    };
    document.addEventListener('pointerdown', pressed, true);
    document.addEventListener('keydown', escaped, true);
    return () => {
      document.removeEventListener('pointerdown', pressed, true);
      document.removeEventListener('keydown', escaped, true);
    };
  }, [anchor]);

  return (
    <div ref={popup} popover="manual" className={`popup ${className}`}>
      {children}
    </div>
  );
}

function placeBeside(element: HTMLElement, anchor: HTMLElement | null, wide: boolean): void {
  if (anchor === null) return;
  const at = anchor.getBoundingClientRect();
  if (wide) element.style.minWidth = `${at.width}px`;
  const below = window.innerHeight - at.bottom - 2 * gap;
  const above = at.top - 2 * gap;
  element.style.maxHeight = `${Math.max(below, above)}px`;
  const { width, height } = element.getBoundingClientRect();
  const up = height > below && above > below;
  element.style.top = `${up ? Math.max(gap, at.top - gap - height) : at.bottom + gap}px`;
  element.style.left = `${Math.max(gap, Math.min(at.left, window.innerWidth - width - gap))}px`;
}
