/** Which part of a long list comes next? */
import type { JsonObject } from '../json.ts';
import { refuse } from './answer.ts';
import { countArgument, textArgument } from './arguments.ts';
import type { Call } from './method.ts';

/**
 * One page of a list, and `response_metadata` with the cursor of the next.
 * @param most the largest `limit` the method takes
 * @throws Refusal invalid_cursor
 */
export function page<T>(
  call: Call,
  list: readonly T[],
  fallback: number,
  most = 1000,
): { items: T[]; hasMore: boolean; metadata: JsonObject } {
  const cursor = textArgument(call.args, 'cursor') ?? '';
  const start = cursor === '' ? 0 : Number(/^next:(\d+)$/.exec(decode(cursor))?.[1]);
  if (!Number.isInteger(start)) refuse('invalid_cursor');
  const end = start + countArgument(call.args, 'limit', fallback, most);
  const hasMore = end < list.length;
  return {
    items: list.slice(start, end),
    hasMore,
    metadata: { next_cursor: hasMore ? Buffer.from(`next:${end}`).toString('base64') : '' },
  };
}

function decode(cursor: string): string {
  return Buffer.from(cursor, 'base64').toString('utf8');
}
