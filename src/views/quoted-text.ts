/** How is a text that somebody else wrote shown in one of our sentences, so that it is seen as what it is? */

/** Long enough to be recognised. */
const MOST = 60;

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

/**
 * The text in quotation marks, on one line: characters nobody sees, that would act on a terminal or turn the direction of
 * what follows are written as `\u202e`, and what is too long ends with an ellipsis.
 */
export function quoted(text: string, most = MOST): string {
  const start = [...text.slice(0, 4 * most)];
  const shown = start.slice(0, most).join('').replace(UNSEEN, escaped);
  return start.length > most || text.length > 4 * most ? `"${shown}…"` : `"${shown}"`;
}

function escaped(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
