/** What is said to somebody who types a command that does not exist? */
import { nearest } from '../core/key.ts';
import { quoted } from '../views/quoted-text.ts';
import { commands } from './index.ts';

/**
 * The sentence, or null when the first word is a command or an option. Without this the word would be taken for an
 * argument of `start`, which is what happens when no command is named.
 */
export function unknownCommand(args: readonly string[]): string | null {
  const [first] = args;
  const names = commands.map(({ name }) => name);
  if (first === undefined || first.startsWith('-') || first === 'help' || names.includes(first)) return null;
  return `There is no command ${quoted(first)}; the nearest is ${nearest(first, names, 1).join('')}. Add --help to see all of them.`;
}
