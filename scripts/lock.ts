/** Which facts does npm leave out of the lockfile, or put into it, that `npm ci` elsewhere stumbles over? */
import { readFileSync, writeFileSync } from 'node:fs';

/** One entry of `packages` in package-lock.json; only the fields looked at are named. */
export interface LockedPackage {
  version?: string;
  gypfile?: boolean;
  hasInstallScript?: boolean;
  resolved?: string;
}

/** The part of package-lock.json that is read and written here. */
export interface Lockfile {
  packages: Record<string, LockedPackage>;
}

/**
 * The lockfile as it is committed: better-sqlite3 marked as not to be compiled, no address of a registry.
 *
 * better-sqlite3 ships its binaries and says `gypfile: false`, which npm does not write down. An npm older than
 * 11.16 then compiles it, and fails where there is no Python.
 */
export function mendLockfile(lockfile: Lockfile): Lockfile {
  const packages: Record<string, LockedPackage> = {};
  for (const [path, { resolved: _address, ...entry }] of Object.entries(lockfile.packages)) {
    packages[path] = path === 'node_modules/better-sqlite3' ? { ...entry, gypfile: false } : entry;
  }
  return { ...lockfile, packages };
}

if (import.meta.main) {
  const file = new URL('../package-lock.json', import.meta.url);
  const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
  writeFileSync(file, `${JSON.stringify(mendLockfile(lockfile), null, 2)}\n`);
}
