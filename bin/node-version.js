/** Is this Node new enough? Plain JavaScript that an old Node can read, because it is read before that is known. */

/** The oldest Node that runs TypeScript without a flag and loads better-sqlite3 without crashing. */
export const OLDEST_NODE = '22.18.0';

/**
 * Why this version of Node cannot run Pilotage and what to do, in one sentence; null when it can.
 *
 * @param {string} version as in `process.versions.node`
 * @returns {string | null}
 */
export function nodeTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  const newEnough = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  if (newEnough) return null;
  return (
    `Pilotage needs Node ${oldestMajor}.${oldestMinor} or newer and this is ${version}: ` +
    'install Node 24, or run "npm ci" and then "npm run pilotage", which brings its own.'
  );
}
