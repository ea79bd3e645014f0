/** How do pilots come in from a file the programme office drops in Slack? */
import { decodeText } from '../../metrics/decode.ts';
import { type Message, sentence } from '../../slack/blocks.ts';
import { code, type Line } from '../../slack/text.ts';
import type { Moment, Scene } from '../feature.ts';
import type { FileSink } from '../take-file.ts';
import { takePilots } from '../take-pilots.ts';

/** The words for what is in a file. */
export interface FileKind {
  readonly one: string;
  readonly many: string;
  readonly done: string;
  readonly press: string;
  /** How it is kept. */
  readonly note: string | null;
}

export const PILOT_WORDS: FileKind = {
  one: 'pilot',
  many: 'pilots',
  done: 'imported',
  press: 'Import',
  note: 'Imported pilots are in watch only: everything is computed, and nothing is sent until you release them.',
};

/** Which columns a file of pilots has, shown to whoever may bring one. */
export const PILOT_COLUMNS: readonly Line[] = [
  [
    'Or pilots, a row per criterion: ',
    code('name, key, owner, sponsor, start, decision, metric, kind, unit, target'),
  ],
  'They start in watch only. docs/import.md has all columns; pilotage import pilots --template prints a file to fill in.',
];

/** In bytes: what is read in some milliseconds. */
const PIECE = 64_000;
/** More than the first line of a file ever has. */
const BEGINNING = 100_000;

/** Whether a file names owners and not the pilots of values: then it is about pilots. */
export async function isOfPilots(bytes: Uint8Array): Promise<boolean> {
  async function* beginning() {
    yield bytes;
  }
  let text = '';
  for await (const piece of decodeText(beginning())) {
    text += piece;
    if (text.trimStart().length > BEGINNING) break;
  }
  const [first = ''] = text.trimStart().split(/\r?\n|\r/, 1);
  const names = namesIn(first);
  return names.includes('owner') && !names.includes('pilot');
}

function namesIn(line: string): string[] {
  if (!line.startsWith('{'))
    return line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"|"$/g, '').trim().toLowerCase());
  try {
    return Object.keys(JSON.parse(line) as object).map((name) => name.toLowerCase());
  } catch {
    return [];
  }
}

/** Who may bring pilots in, for somebody who may not. */
export const notForPilots = (name: string, office: string): Message =>
  sentence(
    `${name} is a file of pilots, and only ${office} brings those in. Nothing was imported. To start one pilot, register it.`,
  );

/** Takes the file in as the command line does; Slack is asked who somebody is. */
export async function takePilotsHere(
  moment: Moment | Scene,
  given: { readonly by: string; readonly name: string; readonly dryRun: boolean },
  bytes: Uint8Array,
  sink: FileSink,
): Promise<void> {
  async function* inPieces() {
    for (let from = 0; from < bytes.length; from += PIECE) {
      yield bytes.subarray(from, from + PIECE);
      // Whoever presses something meanwhile is answered between two pieces.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const { workspace, people } = moment;
  const task = {
    workspace,
    actor: `user:${given.by}`,
    file: given.name.slice(0, 120),
    dryRun: given.dryRun,
    atomic: false,
    ask: (id: string) => people.person(workspace, id),
  };
  await takePilots(moment, task, inPieces(), sink);
}
