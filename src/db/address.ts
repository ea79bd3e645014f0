/** Which engine does an address name, and where is its data? */

import { fileURLToPath } from 'node:url';
import { DatabaseProblem } from './database.ts';

/** A database's address, taken apart. */
export type Address =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'postgres'; readonly url: string };

/**
 * Takes `DATABASE_URL` apart: `file:./data/pilotage.db`, `file:/var/lib/pilotage.db`, `file::memory:`, `postgres://…`.
 *
 * @throws {DatabaseProblem} for anything else; the address is not repeated, it may hold a password
 */
export function parseAddress(url: string): Address {
  if (/^postgres(ql)?:\/\/./.test(url)) return { engine: 'postgres', url };
  if (url.startsWith('file://')) {
    if (!URL.canParse(url) || new URL(url).host !== '') throw unreadable();
    return { engine: 'sqlite', file: fileURLToPath(url) };
  }
  const file = url.startsWith('file:') ? url.slice('file:'.length) : '';
  if (file === '' || file.includes('\u0000')) throw unreadable();
  return { engine: 'sqlite', file };
}

function unreadable(): DatabaseProblem {
  return new DatabaseProblem(
    'DATABASE_URL is neither a file nor a PostgreSQL address; write file:./data/pilotage.db or postgres://user:password@host/database.',
  );
}
