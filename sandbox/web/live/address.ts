/** Who is looking at what? Said in the page's address, so that a reload and a second tab know it too. */

/** The person, and where they are; everything by names a person can read. */
export interface Address {
  /** Handle of the acting person; empty until one is chosen. */
  as: string;
  /** `claims` for a channel, `@omar` for a direct message; empty for nothing. */
  at: string;
  /** Name of the app whose Home is open; empty for none. */
  home: string;
  /** Timestamp of the root of the open thread; empty for none. */
  thread: string;
}

/**
 * The address in a query.
 * @example
 * readAddress('?as=ana&in=claims') // { "as": "ana", "at": "claims", "home": "", "thread": "" }
 */
export function readAddress(query: string): Address {
  const given = new URLSearchParams(query);
  const part = (name: string): string => given.get(name) ?? '';
  return { as: part('as'), at: part('in'), home: part('home'), thread: part('thread') };
}

/**
 * The query of an address.
 * @example
 * writeAddress({ as: 'ana', at: '@omar', home: '', thread: '' }) // "?as=ana&in=@omar"
 */
export function writeAddress({ as, at, home, thread }: Address): string {
  const parts: [string, string][] = [
    ['as', as],
    ['in', at],
    ['home', home],
    ['thread', thread],
  ];
  const query = parts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%40', '@')}`)
    .join('&');
  return query === '' ? '' : `?${query}`;
}
