/** What does somebody who imports a file read: each refused row, and the sum at the end? */
import type { RefusedRow } from '../../features/read-values.ts';
import type { FileSink } from '../../features/take-file.ts';
import type { ExitCode, Terminal } from '../command.ts';
import type { InputFile } from '../input-file.ts';
import type { ImportOptions } from './options.ts';

/** Counts what happens to the rows and says it. */
export interface Report extends FileSink {
  /** 1 when a row was refused. */
  exitCode(): ExitCode;
}

/** What a report counts, and what becomes of it. */
export interface ReportWords {
  readonly one: string;
  readonly many: string;
  /** 'recorded' */
  readonly done: string;
  /** How they are kept. */
  readonly note: string | null;
}

const VALUES: ReportWords = { one: 'value', many: 'values', done: 'recorded', note: null };

/** A result that programs read must fit into their memory; the count says how many there were. */
const MOST_LISTED = 10_000;

/** Sentences go to standard error as they come, the sum to standard output; with `json` everything is one line there. */
export function createReport(
  terminal: Terminal,
  parts: {
    readonly file: InputFile;
    readonly options: ImportOptions;
    readonly clear: () => void;
    readonly words?: ReportWords;
  },
): Report {
  const { file, options, words = VALUES } = parts;
  const some = (count: number): string => `${count} ${count === 1 ? words.one : words.many}`;
  const json = options.json === true;
  const listed: RefusedRow[] = [];
  let accepted = 0;
  let repeated = 0;
  let refused = 0;

  function sum(): string {
    const wrong = refused === 0 ? '' : ` ${amount(refused, 'row')} ${refused === 1 ? 'is' : 'are'} wrong.`;
    const nothing = options.atomic === true && refused > 0;
    if (nothing) return `Nothing was ${words.done}, because of --atomic.${wrong}\n`;
    if (accepted + repeated + refused === 0)
      return `There are no rows below the first line. Nothing was ${words.done}.\n`;
    const there =
      repeated === 0 ? '' : ` ${some(repeated)} ${repeated === 1 ? 'was' : 'were'} there already.`;
    const note = words.note === null || accepted === 0 ? '' : `, ${words.note}`;
    return options.dryRun === true
      ? `Dry run: ${some(accepted)} would be ${words.done}${note}.${there}${wrong} Nothing was written.\n`
      : `${some(accepted)} ${words.done}${note}.${there}${wrong}\n`;
  }

  return {
    accept(count) {
      accepted += count;
    },
    repeat(count) {
      repeated += count;
    },
    refuse(row) {
      refused += 1;
      if (json && listed.length < MOST_LISTED) listed.push(row);
      if (json) return;
      parts.clear();
      terminal.err(`${placeOf(row)}: ${row.message}\n`);
    },
    recorded() {
      parts.clear();
      const written = options.dryRun === true || (options.atomic === true && refused > 0) ? 0 : accepted;
      const facts = {
        file: file.name,
        sha256: file.sha256,
        dry_run: options.dryRun === true,
        atomic: options.atomic === true,
        accepted,
        duplicate: repeated,
        [words.done]: written,
        refused,
        rejected: listed,
      };
      terminal.out(json ? `${JSON.stringify(facts)}\n` : sum());
    },
    exitCode: () => (refused === 0 ? 0 : 1),
  };
}

const placeOf = ({ line, column }: RefusedRow): string =>
  column === null ? `Line ${line}` : `Line ${line}, column ${column}`;

const amount = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
