/** How is loosely typed JSON read without trusting it? */

/** Any JSON object, before its shape is known. */
export type JsonObject = { [key: string]: unknown };

/**
 * True for a plain JSON object (not null, not a list).
 * @param value anything that came out of JSON.parse
 */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is something else. */
export function objectAt(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as text; an empty text when it is something else. */
export function textAt(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The objects of a list, in order; anything that is not an object is left out. */
export function objectsAt(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Parses JSON, or answers undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The number of Unicode code points in a text, which is what Slack's limits count. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
