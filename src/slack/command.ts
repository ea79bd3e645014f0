/** Which words does the slash command understand, and what does its help say? */
import type { Line } from './text.ts';
import { code } from './text.ts';

/** One subcommand as people see it: its name, what may follow, and what it does. */
export interface CommandEntry {
  readonly name: string;
  readonly usage: string;
  readonly does: string;
  /** Shown in the short answer to the bare command. */
  readonly common?: boolean;
}

/** The first word of what was typed, in lower case, and the rest as it was. */
export function splitCommand(text: string): { readonly name: string; readonly rest: string } {
  const trimmed = text.trim();
  const end = trimmed.search(/\s/);
  if (end === -1) return { name: trimmed.toLowerCase(), rest: '' };
  return { name: trimmed.slice(0, end).toLowerCase(), rest: trimmed.slice(end + 1).trim() };
}

/** The words of a line; quotes of any kind hold several words together. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  const pattern = /["“”]([^"“”]*)["“”]|(\S+)/g;
  for (const match of text.matchAll(pattern)) words.push(match[1] ?? match[2] ?? '');
  return words;
}

/** One line per command, for help. */
export function helpLines(command: string, entries: readonly CommandEntry[]): Line[] {
  return entries.map((entry) => [
    code(`${command} ${entry.name}${entry.usage === '' ? '' : ` ${entry.usage}`}`),
    `  ${entry.does}`,
  ]);
}
