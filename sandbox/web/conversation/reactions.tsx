/** Who reacted how? */
import type { ReactNode } from 'react';
import type { PageMessage } from '../../server/control/page-state.ts';
import { objectsAt, textAt } from '../../server/json.ts';
import { ask } from '../live/ask.ts';
import { say } from '../shell/notices.ts';
import { emojiCharacter } from '../text/emoji.ts';
import { useReader } from '../text/reader.ts';

/** The reactions below a message; a press adds or takes back one's own. */
export function Reactions({ message }: { message: PageMessage }): ReactNode {
  const { me, people } = useReader();
  const reactions = objectsAt(message['reactions']);
  if (reactions.length === 0) return null;
  return (
    <div className="reactions">
      {reactions.map((reaction) => {
        const name = textAt(reaction['name']);
        const users = Array.isArray(reaction['users']) ? reaction['users'].map(String) : [];
        const mine = users.includes(me);
        const names = users.map((id) => (id === me ? 'you' : (people.get(id)?.realName ?? id))).join(', ');
        return (
          <button
            key={name}
            type="button"
            className="reaction"
            aria-pressed={mine}
            title={names}
            onClick={() => reactTo(message, me, name, mine)}
          >
            <span className="visually-hidden">
              {name.replaceAll('_', ' ')}: {names},{' '}
            </span>
            <span aria-hidden="true">{emojiCharacter(name)}</span> {users.length}
          </button>
        );
      })}
    </div>
  );
}

/** Adds a reaction, or takes it back. */
export function reactTo(message: PageMessage, user: string, name: string, remove: boolean): void {
  ask('react', { user, channel: message.channel, ts: message.ts, name, remove }).catch((error: unknown) =>
    say(String(error), 'trouble'),
  );
}
