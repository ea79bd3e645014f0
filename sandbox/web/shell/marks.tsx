/** What should others know about this person before they talk to them? */
import type { ReactNode } from 'react';
import type { PagePerson } from '../../server/control/page-state.ts';

/** Guest, other company, app, deactivated. */
export function Marks({ person }: { person: PagePerson }): ReactNode {
  return marksOf(person).map((mark) => (
    <span key={mark} className="mark-badge" data-mark={mark}>
      {mark}
    </span>
  ));
}

/** The same as words. */
export function marksOf({ guest, isExternal, isBot, deleted }: PagePerson): string[] {
  return [
    guest !== null && 'guest',
    isExternal && 'other company',
    isBot && 'app',
    deleted && 'deactivated',
  ].filter((mark) => mark !== false);
}
