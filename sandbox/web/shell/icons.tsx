/** Which small drawings stand for things and actions? */
import type { ReactNode } from 'react';

const paths = {
  bin: 'M5 7h14M9 7V5h6v2M7 7l1 12h8l1-12M10 11v5M14 11v5',
  calendar: 'M5 6h14v14H5zM5 10h14M9 3v4M15 3v4',
  chat: 'M5 5h14v10H11l-4 4v-4H5z',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4l3 2',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M7 10l5 5 5-5',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  forward: 'M5 6l7 6-7 6zM13 6l7 6-7 6z',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h16M4 15h16',
  home: 'M4 11l8-7 8 7M6 10v10h12V10',
  left: 'M15 5l-7 7 7 7',
  lock: 'M7 11h10v9H7zM9 11V8a3 3 0 0 1 6 0v3',
  moon: 'M19 14.5A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  people:
    'M9 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M3 20c0-4 2.5-6 6-6s6 2 6 6M16 11a3 3 0 1 0-1-5.8M17 14c2.6.4 4 2.4 4 6',
  plus: 'M12 5v14M5 12h14',
  reply: 'M10 6l-5 5 5 5M5 11h9a5 5 0 0 1 5 5v2',
  right: 'M9 5l7 7-7 7',
  send: 'M4 12l16-8-6 16-3-7z',
  shared: 'M8 12a3 3 0 1 0-3-3M16 12a3 3 0 1 1 3-3M4 19c0-3 1.5-5 4-5s4 2 4 5M12 19c0-3 1.5-5 4-5s4 2 4 5',
  smile: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M9 10h.01M15 10h.01M8.5 14c1.8 2.5 5.2 2.5 7 0',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M19 5l-1.4 1.4M6.4 17.600L5 19',
  thread: 'M5 5h14v9H12l-4 4v-4H5zM9 8.5h6M9 11h4',
  tick: 'M5 12.5l4.5 4.5L19 7.5',
  trace: 'M4 12h4l2-6 4 12 2-6h4',
  warning: 'M12 4l9 16H3zM12 10v5M12 17.5h.01',
  compass: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M15 9l-2 4-4 2 2-4z',
} as const;

/** A drawing beside words or inside a button that has a name. */
export function Icon({ name }: { name: keyof typeof paths }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
