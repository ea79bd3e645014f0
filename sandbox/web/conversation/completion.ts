/** What could the word be that is being typed: a command, a person, a channel? */
import type { PageState } from '../../server/control/page-state.ts';

export interface Completion {
  key: string;
  label: string;
  usage: string;
  hint: string;
  /** What is put in the place of what was typed. */
  insert: string;
  /** True when it is already there in full. */
  isTyped: boolean;
}

export interface Completions {
  /** Where the word begins. */
  from: number;
  list: Completion[];
}

const most = 8;

/**
 * What fits the word before the caret.
 * @param inThread commands cannot be used there
 */
export function completionsFor(
  text: string,
  caret: number,
  state: PageState,
  inThread: boolean,
): Completions {
  const before = text.slice(0, caret);
  const nothing = { from: caret, list: [] };
  const command = /^\/\S*$/.exec(before);
  if (command !== null && !inThread) return { from: 0, list: commands(before, state) };
  const word = /(?:^|\s)([@#][\p{L}\p{N}._-]*)$/u.exec(before)?.[1];
  if (word === undefined) return nothing;
  const list = word.startsWith('@') ? people(word.slice(1), state) : channels(word.slice(1), state);
  return { from: caret - word.length, list: list.slice(0, most) };
}

/** The text with the word completed, and where the caret is then. */
export function completeWith(
  text: string,
  from: number,
  caret: number,
  { insert }: Completion,
): { text: string; caret: number } {
  const after = text.slice(caret);
  const gap = after.startsWith(' ') ? '' : ' ';
  return { text: `${text.slice(0, from)}${insert}${gap}${after}`, caret: from + insert.length + 1 };
}

function commands(typed: string, { apps }: PageState): Completion[] {
  return apps
    .filter(({ state }) => state === 'installed')
    .flatMap((app) =>
      app.commands
        .filter(({ command }) => command.startsWith(typed.toLowerCase()))
        .map(({ command, description, usageHint }) => ({
          key: `${app.id}${command.replace('/', '-')}`,
          label: command,
          usage: usageHint,
          hint: `${description} · ${app.name}`,
          insert: command,
          isTyped: command === typed,
        })),
    );
}

function people(typed: string, state: PageState): Completion[] {
  const wanted = typed.toLowerCase();
  return state.people
    .filter(({ deleted }) => !deleted)
    .filter(({ name, realName }) => name.toLowerCase().startsWith(wanted) || wordsStart(realName, wanted))
    .map(({ id, name, realName }) => ({
      key: id,
      label: realName,
      usage: `@${name}`,
      hint: '',
      insert: `@${name}`,
      isTyped: name === typed,
    }));
}

function channels(typed: string, state: PageState): Completion[] {
  return state.channels
    .filter(
      ({ kind, name, isArchived }) =>
        kind === 'channel' && !isArchived && name.startsWith(typed.toLowerCase()),
    )
    .map(({ id, name }) => ({
      key: id,
      label: `#${name}`,
      usage: '',
      hint: '',
      insert: `#${name}`,
      isTyped: name === typed,
    }));
}

function wordsStart(name: string, wanted: string): boolean {
  return name
    .toLowerCase()
    .split(/\s+/)
    .some((word) => word.startsWith(wanted));
}
