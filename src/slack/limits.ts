/** How large may each piece of a Slack message or view be? Counted in Unicode code points unless said otherwise. */

/** Slack's published limits, and some of our own that keep messages readable (marked "ours"). */
export const LIMITS = {
  message: {
    blocks: 50,
    text: 4000,
    line: 2000 /* ours */,
    lines: 9000 /* ours: with title and buttons Slack refuses somewhere above 13,000 */,
    rows: 40 /* ours: each is a block of its own */,
  },
  view: { blocks: 100, title: 24, submit: 24, close: 24, privateMetadata: 3000, bytes: 250_000 },
  header: 150,
  section: 3000,
  actions: 25,
  context: 10,
  button: { text: 75, value: 2000 },
  option: { text: 75, value: 150, description: 75 },
  overflow: 5,
  select: 100,
  radio: 10,
  input: { label: 2000, hint: 2000, placeholder: 150, text: 3000 },
  confirm: { title: 100, text: 300, button: 30 },
  actionId: 255,
  blockId: 255,
} as const;

/**
 * Counts code points, as Slack does.
 *
 * @example
 * lengthOf('ab') // 2
 */
export function lengthOf(text: string): number {
  let count = text.length;
  for (let at = 1; at < text.length; at += 1)
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800)
      count -= 1;
  return count;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Shortens a text to `limit` code points and says so with an ellipsis; never cuts inside a character people see as one.
 * For places where the whole text can be read elsewhere; a form refuses what is too long instead.
 *
 * @example
 * shorten('Claims triage', 8) // 'Claims…'
 */
export function shorten(text: string, limit: number): string {
  // No text has more code points than code units.
  if (text.length <= limit || lengthOf(text) <= limit) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const size = lengthOf(segment);
    if (used + size > limit - 1) break;
    kept += segment;
    used += size;
  }
  return `${kept.trimEnd()}…`;
}
