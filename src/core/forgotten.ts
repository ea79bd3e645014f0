/** What stands in place of a person who was forgotten? */
import type { Json } from './logbook.ts';

/** Who a forgotten person is, wherever somebody has to be named. */
export const FORGOTTEN = 'forgotten';

/** What is left of words that were erased, where there must be some. */
export const ERASED = '(erased)';

/**
 * Whether a text can be somebody's id in Slack.
 *
 * @example
 * isPersonId('U0ANA0001') // true
 * isPersonId('@ana') // false
 */
export const isPersonId = (text: string): boolean => /^[UW][A-Z0-9]{1,20}$/.test(text);

/**
 * A text in which another word stands wherever a person's id did. An id that merely begins with it is somebody else's.
 *
 * @example
 * withoutPerson('sign-request:V1:2:U1', 'U1') // 'sign-request:V1:2:forgotten'
 * withoutPerson('user:U12', 'U1') // 'user:U12'
 */
export function withoutPerson(text: string, person: string, instead: string = FORGOTTEN): string {
  const id = person.replaceAll(/[^A-Za-z0-9]/g, '\\$&');
  return text.replaceAll(new RegExp(`(?<![A-Za-z0-9])${id}(?![A-Za-z0-9])`, 'g'), instead);
}

/**
 * Whether a text names a person by their id.
 *
 * @example
 * namesPerson('["user:U1"]', 'U1') // true
 * namesPerson('["user:U12"]', 'U1') // false
 */
export const namesPerson = (text: string, person: string): boolean => withoutPerson(text, person) !== text;

/**
 * The same for everything in a JSON value, names of members included.
 *
 * @example
 * jsonWithoutPerson({ to: 'U1', all: ['U1', 'U2'] }, 'U1') // { to: 'forgotten', all: ['forgotten', 'U2'] }
 */
export function jsonWithoutPerson(value: Json, person: string): Json {
  if (typeof value === 'string') return withoutPerson(value, person);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one: Json) => jsonWithoutPerson(one, person));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      withoutPerson(key, person),
      jsonWithoutPerson(one as Json, person),
    ]),
  );
}
