/** Whom does a file mean by a name, a handle or an id? */
import { type Person, unfitFor } from '../core/person.ts';
import type { NamedPerson } from '../core/pilot-columns.ts';
import type { Database } from '../db/database.ts';
import { peopleCalled } from '../db/queries/people.ts';

/** Asks who somebody is; null where nobody can be asked. */
export type AskPerson = (id: string) => Promise<Person>;

const ID = /^[UW][A-Z0-9]{2,20}$/;

const named = (person: Person): NamedPerson => ({
  id: person.id,
  name: person.name,
  unfit: unfitFor(person),
});

/**
 * Finds the people some words stand for: the id of a member (also as Slack writes a mention), or the name or handle of
 * somebody the app has met, in any case. Somebody nobody has heard of is taken by the id where Slack cannot be asked.
 */
export async function peopleNamed(
  db: Database,
  workspace: string,
  words: readonly string[],
  ask: AskPerson | null,
): Promise<(word: string) => NamedPerson> {
  const found = new Map<string, NamedPerson>();
  for (const word of new Set(words)) {
    const id = /^<@([^|>]+)(?:\|[^>]*)?>$/.exec(word)?.[1] ?? word;
    found.set(word, ID.test(id) ? await byId(id) : await byName(word));
  }

  async function byId(id: string): Promise<NamedPerson> {
    if (ask !== null) return named(await ask(id));
    const [known] = await peopleCalled(db, workspace, { id });
    return known === undefined ? { id, name: id, unfit: null } : named(known);
  }

  async function byName(word: string): Promise<NamedPerson> {
    const called = word.replace(/^@/, '');
    const known = await peopleCalled(db, workspace, { name: called });
    const [only] = known;
    if (only !== undefined) return known.length === 1 ? named(only) : { none: 'several' };
    return { none: /^[^@\s]+@[^@\s]+$/.test(called) ? 'email' : 'unknown' };
  }

  return (word) => found.get(word) ?? { none: 'unknown' };
}
