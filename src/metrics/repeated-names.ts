/** Which names stand twice in one object of a JSON text? A parser keeps the last of them and says nothing. */

/** A name that stands twice. `path` leads to its object, from the outside in: names, and places in lists from 0. */
export interface RepeatedName {
  readonly path: readonly (string | number)[];
  readonly name: string;
}

/** An object or a list that is open: the names it has had, null in a list, and where in it the reading is. */
interface Level {
  readonly names: Set<string> | null;
  at: string | number;
}

const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44] as const;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125] as const;

/** The names that stand twice in one object, each time but the first. The text must be JSON. */
export function repeatedNames(json: string): RepeatedName[] {
  const found: RepeatedName[] = [];
  const levels: Level[] = [];
  let isName = false;
  for (let at = 0; at < json.length; at += 1) {
    const level = levels.at(-1);
    switch (json.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfText(json, at);
        if (isName && level?.names) enter(level, level.names, textOf(json, at, end), levels, found);
        isName = false;
        at = end;
        break;
      }
      case OPEN_OBJECT:
        levels.push({ names: new Set(), at: '' });
        isName = true;
        break;
      case OPEN_LIST:
        levels.push({ names: null, at: 0 });
        isName = false;
        break;
      case COMMA:
        isName = level?.names !== null;
        if (level !== undefined && typeof level.at === 'number') level.at += 1;
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        levels.pop();
        break;
    }
  }
  return found;
}

/**
 * Whether a JSON text may have a name that stands twice, given how many its parsed objects have: quick, and never wrong when
 * it says no.
 */
export function mayRepeatNames(json: string, names: number): boolean {
  let colons = 0;
  for (let at = json.indexOf(':'); at !== -1; at = json.indexOf(':', at + 1)) colons += 1;
  return colons > names;
}

function enter(
  level: Level,
  names: Set<string>,
  name: string,
  levels: readonly Level[],
  found: RepeatedName[],
): void {
  if (names.has(name)) found.push({ path: levels.slice(0, -1).map((outer) => outer.at), name });
  names.add(name);
  level.at = name;
}

/** Where the text ends that begins with the quotation mark at `from`. */
function endOfText(json: string, from: number): number {
  for (let at = from + 1; at < json.length; at += 1) {
    const unit = json.charCodeAt(at);
    if (unit === BACKSLASH) at += 1;
    else if (unit === QUOTE) return at;
  }
  return json.length;
}

function textOf(json: string, from: number, end: number): string {
  const inner = json.slice(from + 1, end);
  return inner.includes('\\') ? (JSON.parse(json.slice(from, end + 1)) as string) : inner;
}
