/** How does a list of thousands of rows scroll while only those in sight are drawn? */
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';

export interface VirtualListProps {
  /** Keys of all rows in order; a key means the same row as long as the list is shown. */
  keys: readonly string[];
  draw(index: number): ReactNode;
  /** What a row is called. */
  nameOf(index: number): string;
  /** What the list is called. */
  label: string;
  /** The row to begin at; without it, or when it is not there, the end. */
  startAt?: string | null;
  /** The person has come to the end, or left it. */
  onEnd?(atEnd: boolean): void;
  /** Where to put a function that goes to the end. */
  toEnd?: RefObject<(() => void) | null>;
}

/** A guess, until a row has been measured. */
const guess = 68;
/** Pixels above and below the visible part that are drawn as well. */
const around = 600;
const endWithin = 24;

/** What stays where it is when heights change: the end, or a row and how far it is scrolled away. */
type Anchor = { end: true } | { end: false; key: string; offset: number };

/** A list that begins at its end and stays there while the person does not scroll away. */
export function VirtualList({
  keys,
  draw,
  nameOf,
  label,
  startAt,
  onEnd,
  toEnd,
}: VirtualListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const heights = useRef(new Map<string, number>());
  const anchor = useRef<Anchor>({ end: true });
  const [measured, setMeasured] = useState(0);
  const [view, setView] = useState({ top: 0, height: 0 });
  const [focused, setFocused] = useState<string | null>(null);
  const started = useRef(false);
  // Where the list itself has just scrolled to: that is not the person leaving the end, nor coming to it.
  const ownScroll = useRef<number | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: heights live in a ref; `measured` says that they changed
  const tops = useMemo(() => {
    const sums = new Float64Array(keys.length + 1);
    for (const [index, key] of keys.entries())
      sums[index + 1] = (sums[index] ?? 0) + (heights.current.get(key) ?? guess);
    return sums;
  }, [keys, measured]);
  const total = tops[keys.length] ?? 0;

  const watcher = useMemo(() => {
    return new ResizeObserver((entries) => {
      let changed = false;
      for (const { target, borderBoxSize } of entries) {
        const key = (target as HTMLElement).dataset['key'] ?? '';
        const height = borderBoxSize[0]?.blockSize ?? 0;
        if (!target.isConnected || Math.abs((heights.current.get(key) ?? 0) - height) < 0.5) continue;
        heights.current.set(key, height);
        changed = true;
      }
      if (changed) setMeasured((count) => count + 1);
    });
  }, []);
  useEffect(() => () => watcher.disconnect(), [watcher]);

  const look = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const { scrollTop: top, clientHeight: height } = element;
    setView((before) => (before.top === top && before.height === height ? before : { top, height }));
  }, []);

  const rememberAnchor = (): void => {
    const element = scroller.current;
    if (element === null) return;
    const { scrollTop } = element;
    const own = ownScroll.current;
    ownScroll.current = null;
    if (own !== null && Math.abs(own - scrollTop) < 1) return;
    const atEnd = isAtEnd(element);
    const index = indexAt(tops, scrollTop);
    anchor.current = atEnd
      ? { end: true }
      : { end: false, key: keys[index] ?? '', offset: scrollTop - (tops[index] ?? 0) };
    onEnd?.(atEnd);
  };

  // Before the browser paints: what the person looks at stays where it is.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    if (!started.current && keys.length > 0) {
      started.current = true;
      anchor.current = firstAnchor(element, keys, startAt);
    }
    const before = element.scrollTop;
    element.scrollTop = topFor(anchor.current, element, keys, tops);
    if (element.scrollTop !== before) ownScroll.current = element.scrollTop;
    if (keys.length > 0) onEnd?.(isAtEnd(element));
    look();
  }, [tops, keys, startAt, look, onEnd]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const resized = new ResizeObserver(() => {
      if (anchor.current.end) element.scrollTop = element.scrollHeight;
      look();
    });
    resized.observe(element);
    return () => resized.disconnect();
  }, [look]);

  useEffect(() => {
    if (toEnd === undefined) return;
    toEnd.current = () => {
      anchor.current = { end: true };
      scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
      onEnd?.(true);
    };
  }, [toEnd, onEnd]);

  const first = indexAt(tops, view.top - around);
  const last = indexAt(tops, view.top + view.height + around);
  const shown = range(first, Math.min(last, keys.length - 1));
  const pinned = focused === null ? -1 : keys.indexOf(focused);
  if (pinned !== -1 && (pinned < first || pinned > last)) shown.push(pinned);

  const focusRow = (index: number): void => {
    const key = keys[Math.max(0, Math.min(keys.length - 1, index))];
    if (key === undefined) return;
    setFocused(key);
    requestAnimationFrame(() => {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
    });
  };
  const moved = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const onRow = target.dataset['key'] !== undefined;
    if (target !== scroller.current && !onRow) return;
    const now = onRow ? keys.indexOf(target.dataset['key'] ?? '') : indexAt(tops, view.top + view.height - 1);
    const to = {
      ArrowUp: now - (onRow ? 1 : 0),
      ArrowDown: now + (onRow ? 1 : 0),
      Home: 0,
      End: keys.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    focusRow(to);
  };

  return (
    <div
      ref={scroller}
      className="scroller"
      role="feed"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
      tabIndex={0}
      onScroll={() => {
        rememberAnchor();
        look();
      }}
      onKeyDown={moved}
    >
      <div className="scrolled" style={{ height: total }}>
        {shown.map((index) => {
          const key = keys[index] ?? '';
          return (
            <RowFrame
              key={key}
              rowKey={key}
              top={tops[index] ?? 0}
              watcher={watcher}
              name={nameOf(index)}
              position={index + 1}
              count={keys.length}
            >
              {draw(index)}
            </RowFrame>
          );
        })}
      </div>
    </div>
  );
}

interface RowFrameProps {
  rowKey: string;
  top: number;
  watcher: ResizeObserver;
  name: string;
  position: number;
  count: number;
  children: ReactNode;
}

function RowFrame({ rowKey, top, watcher, name, position, count, children }: RowFrameProps): ReactNode {
  const frame = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    watcher.observe(element);
    return () => watcher.unobserve(element);
  }, [watcher]);
  return (
    <article
      ref={frame}
      className="row"
      data-key={rowKey}
      tabIndex={-1}
      aria-label={name}
      aria-posinset={position}
      aria-setsize={count}
      style={{ transform: `translateY(${top}px)` }}
    >
      {children}
    </article>
  );
}

/** Where the list begins: at a row, a little below the upper edge, or at its end. */
function firstAnchor(element: HTMLElement, keys: readonly string[], startAt?: string | null): Anchor {
  if (startAt === undefined || startAt === null || !keys.includes(startAt)) return { end: true };
  return { end: false, key: startAt, offset: -element.clientHeight / 4 };
}

/** How far down to scroll so that the anchor stays where it is. */
function topFor(anchor: Anchor, element: HTMLElement, keys: readonly string[], tops: Float64Array): number {
  const index = anchor.end ? -1 : keys.indexOf(anchor.key);
  if (anchor.end || index === -1) return element.scrollHeight - element.clientHeight;
  return Math.max(0, Math.round((tops[index] ?? 0) + anchor.offset));
}

function isAtEnd({ scrollTop, clientHeight, scrollHeight }: HTMLElement): boolean {
  return scrollTop + clientHeight >= scrollHeight - endWithin;
}

/** The row that stands at a height. */
function indexAt(tops: Float64Array, height: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= height) low = middle;
    else high = middle - 1;
  }
  return low;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
