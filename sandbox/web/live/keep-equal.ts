/** Which parts of fresh data are the same as before, so that nothing that shows them is drawn again? */
import { isObject, type JsonObject } from '../../server/json.ts';

/**
 * Fresh data in which everything that did not change is the very object of before.
 * @param before what was shown until now
 * @param now what has just come in; plain JSON
 */
export function keepEqual<Data>(before: unknown, now: Data): Data {
  if (Object.is(before, now)) return now;
  if (Array.isArray(before) && Array.isArray(now)) return keptList(before, now) as Data;
  if (isObject(before) && isObject(now)) return keptObject(before, now) as Data;
  return now;
}

function keptList(before: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
  const kept = now.map((item, index) => keepEqual(before[index], item));
  const same = before.length === kept.length && kept.every((item, index) => Object.is(item, before[index]));
  return same ? before : kept;
}

function keptObject(before: JsonObject, now: JsonObject): JsonObject {
  const names = Object.keys(now);
  const kept: JsonObject = {};
  let same = names.length === Object.keys(before).length;
  for (const name of names) {
    kept[name] = keepEqual(before[name], now[name]);
    same &&= name in before && Object.is(kept[name], before[name]);
  }
  return same ? before : kept;
}
