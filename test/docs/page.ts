/** What does a page of the docs link to, name and list? */

/** The targets of the links and pictures of a page, outside of code. */
export function linksOf(page: string): string[] {
  return [...withoutCode(page).matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, target]) => target ?? '');
}

/** The anchors of a page, made from its headings as GitHub makes them. */
export function anchorsOf(page: string): string[] {
  return [...page.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

/** The part of a page under one heading, up to the next of the same or a higher level; empty when there is none. */
export function sectionOf(page: string, heading: string): string {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ +/, '').trim() === heading);
  if (start < 0) return '';
  const level = /^#+/.exec(lines[start] ?? '')?.[0].length ?? 1;
  const end = lines.findIndex((line, at) => at > start && /^#+ /.test(line) && line.indexOf(' ') <= level);
  return lines.slice(start + 1, end < 0 ? undefined : end).join('\n');
}

/** What stands in backticks in the first cell of each row of the tables in a piece of text. */
export function firstColumn(text: string): string[] {
  return [...text.matchAll(/^\| *`([^`]+)`/gm)].map(([, cell]) => cell ?? '');
}

/** The paths of files that a piece of text names in backticks or links. */
export function pathsNamedIn(text: string): string[] {
  return [...text.matchAll(/`((?:\.?[\w-]+\/)*\.?[\w-]+(?:\.[\w-]+)+|(?:\.?[\w-]+\/)+[\w.-]*)`/g)].map(
    ([, path]) => path ?? '',
  );
}

function withoutCode(page: string): string {
  return page.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
}
