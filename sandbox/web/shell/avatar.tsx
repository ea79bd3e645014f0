/** How is a person or app recognised at a glance? */
import type { ReactNode } from 'react';

/** Enough colours to tell people apart, each dark enough for white letters. */
const colours = [
  '#8a3b5c',
  '#2f6480',
  '#6a571d',
  '#47682a',
  '#7d4720',
  '#5a4a9c',
  '#1f6f5c',
  '#963f37',
  '#3d5a80',
  '#70407a',
  '#58595b',
  '#9b3d73',
  '#2a6b8f',
];

/** Initials on a colour of their own; apps are square. */
export function Avatar({
  name,
  isApp = false,
  size = 36,
}: {
  name: string;
  isApp?: boolean;
  size?: number;
}): ReactNode {
  return (
    <span
      className={isApp ? 'avatar app' : 'avatar'}
      style={{ backgroundColor: colourOf(name), width: size, height: size, fontSize: Math.round(size * 0.4) }}
      aria-hidden="true"
      // Drawn by the style sheet: letters for the eye, not part of any name.
      data-initials={initialsOf(name)}
    />
  );
}

function colourOf(name: string): string {
  let sum = 2_166_136_261;
  for (const character of name) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return colours[sum % colours.length] ?? '#3d5a80';
}

/**
 * The first letters of the first and the last name.
 * @example
 * initialsOf('Ana Costa') // "AC"
 */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}
