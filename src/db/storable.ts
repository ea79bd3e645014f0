/** Which values mean the same on both engines? Only those may reach a driver. */

/**
 * Refuses parameters, and lists of them, that one engine would store and the other refuse or change.
 *
 * @throws {TypeError} for U+0000 and lone surrogates in text, numbers that are not finite, and missing values
 */
export function refuseUnstorable(params: readonly unknown[]): void {
  for (const value of params) {
    if (typeof value === 'string') {
      if (value.includes('\u0000')) throw new TypeError('Text with U+0000 cannot be stored');
      if (!value.isWellFormed()) throw new TypeError('Text with half a surrogate pair cannot be stored');
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw new TypeError(`The number ${value} cannot be stored`);
    } else if (value === undefined) {
      throw new TypeError('A value is missing: say null where nothing is meant');
    } else if (Array.isArray(value)) refuseUnstorable(value);
  }
}

/**
 * The codes of an error and of what caused it, outermost first. Drizzle wraps what the PostgreSQL driver throws.
 */
export function errorCodes(error: unknown): string[] {
  const codes: string[] = [];
  let next = error;
  while (next instanceof Error) {
    if ('code' in next && typeof next.code === 'string') codes.push(next.code);
    next = next.cause;
  }
  return codes;
}
