/** Who can be acted as, in one click? */
import { memo, type ReactNode } from 'react';
import type { PagePerson } from '../../server/control/page-state.ts';
import { go } from './address-bar.ts';
import { Avatar } from './avatar.tsx';
import { marksOf } from './marks.tsx';

/** Everyone, with what waits for them. */
export const PeopleRail = memo(function PeopleRail({
  people,
  me,
}: {
  people: readonly PagePerson[];
  me: string;
}): ReactNode {
  return (
    <nav className="rail" aria-label="Be anyone">
      <p className="rail-title" aria-hidden="true">
        Be
      </p>
      <ul>
        {people
          .filter(({ isBot, deleted }) => !isBot && !deleted)
          .map((person) => (
            <li key={person.id}>
              <button
                type="button"
                className="rail-person"
                aria-pressed={person.id === me}
                title={[person.realName, ...marksOf(person)].join(', ')}
                aria-label={spoken(person)}
                onClick={() => be(person)}
              >
                <span className="rail-picture">
                  <Avatar name={person.realName} size={32} />
                  {(person.guest !== null || person.isExternal) && (
                    <span className="rail-mark" data-mark={person.isExternal ? 'external' : 'guest'} />
                  )}
                </span>
                <span className="rail-name">{person.realName.split(' ')[0]}</span>
                {person.mentions > 0 && (
                  <span className="badge" data-count={person.mentions > 99 ? '99+' : person.mentions} />
                )}
              </button>
            </li>
          ))}
      </ul>
    </nav>
  );
});

/** Becomes somebody; where they cannot see what is open, the page finds them a place. */
function be(person: PagePerson): void {
  go({ as: person.name, thread: '' });
}

function spoken(person: PagePerson): string {
  const waiting = person.mentions > 0 ? [`${person.mentions} unread`] : [];
  return [`Be ${person.realName}`, ...marksOf(person), ...waiting].join(', ');
}
