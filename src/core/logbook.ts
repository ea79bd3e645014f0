/** What exactly does an entry of the logbook say, byte for byte, so that a change would show? */

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a caller wants written down. */
export interface LogbookDraft {
  /** Epoch milliseconds. */
  readonly at: number;
  /** What happened, as a word: `charter_signed`. */
  readonly kind: string;
  /** The pilot's id. */
  readonly pilot: string | null;
  /** Who did it: a person, `user:U1`, or a part of the app, `system:digest`. */
  readonly actor: string;
  /** What was decided, without names, ids or words of people; never erased. */
  readonly body: Json;
  /** Who else, and in which words; erased when a person is forgotten. */
  readonly personal?: Json;
}

/** The part of an entry that its hash covers. `body` is canonical text, as stored. */
export interface EntryFacts {
  readonly workspace: string;
  readonly n: number;
  readonly prev: string;
  readonly at: number;
  readonly kind: string;
  readonly pilot: string | null;
  readonly actor: string;
  readonly body: string;
  readonly commitment: string;
}

/** What the first entry of a workspace names as the hash before it. */
export const firstLink = '0'.repeat(64);

/**
 * One text per JSON value, whatever order its keys were put in: keys by UTF-16 code units, no spaces, numbers and
 * strings as JSON writes them (the rules of RFC 8785). Keys whose value is undefined are left out.
 *
 * @throws {TypeError} for what JSON cannot hold: NaN, infinities, undefined in a list, functions, bigints
 * @example
 * canonicalText({ b: [1, null], a: 'x' }) // "{\"a\":\"x\",\"b\":[1,null]}"
 */
export function canonicalText(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`${value} is not a JSON number`);
  if (value === null || typeof value !== 'object') {
    const text: string | undefined = typeof value === 'bigint' ? undefined : JSON.stringify(value);
    if (text === undefined) throw new TypeError(`${typeof value} is not a JSON value`);
    return text;
  }
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key];
      return member === undefined ? [] : [`${JSON.stringify(key)}:${canonicalText(member)}`];
    });
  return `{${members.join(',')}}`;
}

/**
 * What the record keeps of an actor for ever: that it was a person, or which part of the app it was.
 *
 * @example
 * lastingActor('user:U1') // "user"
 * lastingActor('system:digest') // "system:digest"
 */
export function lastingActor(actor: string): string {
  return actor.startsWith('user:') ? 'user' : actor;
}

/**
 * The text whose SHA-256 is an entry's `commitment`: it ties the entry to the acting person and to the personal part
 * without showing either. Once the salt is gone nobody can guess them from a list of names.
 *
 * @param personal canonical text, as stored
 * @example
 * commitmentText('s1', 'user:U1', '{"reason":"too early"}') // "[\"s1\",\"user:U1\",\"{\\\"reason\\\":\\\"too early\\\"}\"]"
 */
export function commitmentText(salt: string, actor: string, personal: string | null): string {
  return canonicalText([salt, actor, personal]);
}

/**
 * The text whose SHA-256 is an entry's `hash`: canonical JSON that holds everything but the personal part. The body
 * stands in it exactly as stored, so not even its spelling can be changed unseen.
 *
 * @example
 * entryText({ workspace: 'T1', n: 1, prev: '00', at: 5, kind: 'k', pilot: null, actor: 'user:U1', body: '{}', commitment: 'c' }) // "{\"at\":5,\"body\":{},\"by\":\"user\",\"commitment\":\"c\",\"kind\":\"k\",\"n\":1,\"pilot\":null,\"prev\":\"00\",\"workspace\":\"T1\"}"
 */
export function entryText(entry: EntryFacts): string {
  const members: [string, string][] = [
    ['at', canonicalText(entry.at)],
    ['body', entry.body],
    ['by', canonicalText(lastingActor(entry.actor))],
    ['commitment', canonicalText(entry.commitment)],
    ['kind', canonicalText(entry.kind)],
    ['n', canonicalText(entry.n)],
    ['pilot', canonicalText(entry.pilot)],
    ['prev', canonicalText(entry.prev)],
    ['workspace', canonicalText(entry.workspace)],
  ];
  return `{${members.map(([key, text]) => `"${key}":${text}`).join(',')}}`;
}

function isList(value: readonly Json[] | { readonly [key: string]: Json }): value is readonly Json[] {
  return Array.isArray(value);
}
