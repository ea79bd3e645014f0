/** What is the short word people type for a pilot or a metric? */

// cspell:ignore Łódź Straße strasse ßæœøłđðþı

/** Longest key, in characters. */
export const KEY_LENGTH = 40;

/** Latin letters that are not a plain letter with an accent. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/**
 * Makes a key out of a name: lower-case Latin letters and digits, joined by hyphens. Accents are dropped, other
 * scripts leave nothing. At most {@link KEY_LENGTH} characters.
 *
 * @example
 * keyOf('Claims triage') // 'claims-triage'
 * keyOf('Coût / dossier (€)') // 'cout-dossier'
 * keyOf('Łódź Straße') // 'lodz-strasse'
 * keyOf('請求') // ''
 */
export function keyOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => SPELLED[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, KEY_LENGTH)
    .replace(/^-+|-+$/g, '');
}

/**
 * True for a key as people may type it: letters, digits and single hyphens inside, in any case.
 *
 * @example
 * isKey('claims-triage') // true
 * isKey('claims triage') // false
 * isKey('-x') // false
 */
export function isKey(text: string): boolean {
  return text.length <= KEY_LENGTH && /^[a-z0-9]+(-[a-z0-9]+)*$/i.test(text);
}

/**
 * The first key of the form `base`, `base-2`, `base-3` … that is not taken. An empty base counts as `pilot`.
 *
 * @example
 * freeKey('churn', ['churn', 'churn-2']) // 'churn-3'
 * freeKey('', []) // 'pilot'
 */
export function freeKey(base: string, taken: readonly string[]): string {
  const used = new Set(taken);
  const root = base === '' ? 'pilot' : base;
  if (!used.has(root)) return root;
  for (let n = 2; ; n += 1) {
    const tail = `-${n}`;
    const candidate = `${root.slice(0, KEY_LENGTH - tail.length).replace(/-+$/, '')}${tail}`;
    if (!used.has(candidate)) return candidate;
  }
}

/**
 * How many single-letter changes lie between two words (Levenshtein distance).
 *
 * @example
 * editDistance('claims', 'claim') // 1
 * editDistance('', 'abc') // 3
 */
export function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/**
 * The names nearest to a word that was not found, nearest first; equally near ones in alphabetical order.
 *
 * @example
 * nearest('clams-triage', ['churn', 'claims-triage', 'invoice'], 2) // ['claims-triage', 'churn']
 */
export function nearest(word: string, names: readonly string[], count: number): string[] {
  const wanted = word.slice(0, 200).toLowerCase();
  return names
    .map((name) => ({ name, far: editDistance(wanted, name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}
