/** Who is acting, and may they? */
import type { Parts } from '../parts.ts';
import { personNamed } from '../world/names.ts';
import type { Person } from '../world/workspace.ts';

/**
 * The person who acts.
 * @param user an id, @handle, e-mail or full name
 * @throws Error for someone unknown, deactivated, or a bot
 */
export function actor(parts: Parts, user: string): Person {
  const person = personNamed(parts.workspace, user);
  if (person.deleted) throw new Error(`@${person.name} is deactivated.`);
  if (person.isBot) throw new Error(`@${person.name} is a bot; people act, apps answer.`);
  return person;
}
