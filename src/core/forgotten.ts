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

/** Members that say whose an object is, and those that then hold what they wrote. */
const AUTHORS = ['by', 'setBy', 'from'];
const WRITTEN = ['words', 'next', 'reason', 'note', 'answer'];
/** What stands under `answer` without being anybody's words. */
const CHOICES = ['sign', 'request-changes', 'decline'];

/**
 * A JSON value without the words of a person: in every object that says it is theirs, what they wrote is erased.
 *
 * @example
 * withoutWordsOf({ view: { words: 'Too slow', by: 'U1' }, plan: { next: 'Ask', by: 'U2' } }, 'U1') // { view: { words: '(erased)', by: 'U1' }, plan: { next: 'Ask', by: 'U2' } }
 */
export function withoutWordsOf(value: Json, person: string): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one: Json) => withoutWordsOf(one, person));
  const members = Object.entries(value) as [string, Json][];
  const isTheirs = members.some(([key, one]) => AUTHORS.includes(key) && one === person);
  const rest = Object.fromEntries(members.map(([key, one]) => [key, withoutWordsOf(one, person)]));
  return isTheirs ? withoutMembers(rest, WRITTEN) : rest;
}

/**
 * A JSON value in which the texts under some names are erased, at every depth.
 *
 * @example
 * withoutMembers({ words: 'Ask', conditions: [{ words: 'A load test', due: '2026-02-02' }] }, ['words']) // { words: '(erased)', conditions: [{ words: '(erased)', due: '2026-02-02' }] }
 */
export function withoutMembers(value: Json, names: readonly string[]): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one: Json) => withoutMembers(one, names));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const isWords = names.includes(key) && typeof one === 'string' && !CHOICES.includes(one);
      return [key, isWords ? ERASED : withoutMembers(one as Json, names)];
    }),
  );
}

/**
 * Whether a text, plain or as JSON writes it, says a full name, as words of their own. A single word is not looked for: it
 * stands in too many others.
 *
 * @example
 * saysName('Ana Costa, owner, asks', 'Ana Costa') // true
 * saysName('"Measured: 5\\\\nAna Costa asks"', 'Ana Costa') // true
 * saysName('Juana Costa', 'Ana Costa') // false
 * saysName('asks Anna-Lena O. (legal)', 'Anna-Lena O. (legal)') // true
 * saysName('ana', 'ana') // false
 */
export function saysName(text: string, name: string): boolean {
  if (!/\S\s\S/.test(name)) return false;
  const letters = name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${letters}(?![\\p{L}\\p{N}])`, 'u').test(
    text.replaceAll(/\\[nrt]/g, ' '),
  );
}

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
