/** Which id does the next thing get? */
import { createHash } from 'node:crypto';

/** Makes ids that look like Slack's and are the same on every run. */
export interface Ids {
  /** The next id with a prefix, such as `U` or `C`; never one that was reserved. */
  next(prefix: string): string;
  /** Keeps an id given from outside from being handed out again. */
  reserve(id: string): void;
  /** A short hexadecimal text that no one guesses by counting. */
  secret(purpose: string, length?: number): string;
}

/** @param salt text that makes the secrets of two workspaces differ */
export function createIds(salt: string): Ids {
  const counters = new Map<string, number>();
  const reserved = new Set<string>();
  const count = (prefix: string): number => {
    const n = (counters.get(prefix) ?? 0) + 1;
    counters.set(prefix, n);
    return n;
  };
  const next = (prefix: string): string => {
    const id = `${prefix}0${count(prefix).toString(36).toUpperCase().padStart(9, '0')}`;
    return reserved.has(id) ? next(prefix) : id;
  };
  return {
    next,
    reserve: (id) => void reserved.add(id),
    secret: (purpose, length = 24) =>
      createHash('sha256')
        .update(`${salt}:${purpose}:${count(`secret:${purpose}`)}`)
        .digest('hex')
        .slice(0, length),
  };
}
