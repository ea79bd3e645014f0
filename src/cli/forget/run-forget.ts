/** What is asked and said before and after a person is forgotten? */
import { isPersonId } from '../../core/forgotten.ts';
import type { Database } from '../../db/database.ts';
import {
  forget,
  nameLeftIn,
  type StillHolds,
  stillHolds,
  type Traces,
  tracesOf,
  type Whom,
} from '../../db/forget.ts';
import { requireMigrated } from '../../db/migrate.ts';
import { personById } from '../../db/queries/people.ts';
import { quoted } from '../../views/quoted-text.ts';
import { CliProblem, type ExitCode, type Terminal, withDatabase } from '../command.ts';
import { amount } from '../copy.ts';
import { chooseWorkspace } from '../import/choose-workspace.ts';

/** How forgetting can be asked for. */
export interface ForgetOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly workspace?: string;
  readonly json?: boolean;
}

/** A shorter name stands in too many words by chance. */
const SHORTEST_NAME = 3;

/**
 * Forgets a person, once it is clear who is meant and that it is meant.
 *
 * @throws {CliProblem} when nothing is erased
 */
export async function runForget(
  terminal: Terminal,
  person: string,
  options: ForgetOptions,
): Promise<ExitCode> {
  if (!isPersonId(person))
    throw new CliProblem(
      `${quoted(person)} is no member ID; it looks like U0123ABCD, and "Copy member ID" in the person's Slack profile gives it.`,
      2,
    );
  return withDatabase(terminal, 'tool', async (db) => {
    await requireMigrated(db);
    const workspace = await chooseWorkspace(db, options.workspace);
    if (workspace.botUser === person) throw new CliProblem(`${person} is Pilotage itself, not a person.`, 2);
    const names = namesOf(await personById(db, workspace.id, person));
    const whom: Whom = { workspace: workspace.id, person, names };
    const traces = await tracesOf(db, whom);
    if (traces.size === 0)
      throw new CliProblem(`There is nothing about ${person}; check the ID. Nothing was erased.`, 1);
    const held = await stillHolds(db, whom);
    const who = names[0] === undefined ? person : `${person} (${quoted(names[0]).slice(1, -1)})`;
    if (options.dryRun === true)
      return tell(terminal, options, { who, traces, held, left: new Map(), erased: false });
    if (held.length > 0) throw new CliProblem(`${heldText(who, held)} Nothing was erased.`, 1);
    if (options.yes !== true) await confirm(terminal, person, who, traces);
    await forget(db, whom, terminal.now());
    const left = await namesLeft(db, whom);
    return tell(terminal, options, { who, traces, held, left, erased: true });
  });
}

interface Result {
  readonly who: string;
  readonly traces: Traces;
  readonly held: readonly StillHolds[];
  readonly left: Traces;
  readonly erased: boolean;
}

function tell(terminal: Terminal, options: ForgetOptions, result: Result): ExitCode {
  const { who, traces, held, left, erased } = result;
  if (options.json === true) {
    const holds = held.map((one) =>
      one.what === 'role' ? { role: one.role, pilot: one.key } : { role: 'office' },
    );
    terminal.out(
      `${JSON.stringify({ erased, rows: Object.fromEntries(traces), holds, name_left_in: Object.fromEntries(left) })}\n`,
    );
    return 0;
  }
  terminal.out(`${erased ? 'Forgotten' : 'Would be forgotten'}: ${who}.\n${linesOf(traces)}`);
  if (!erased && held.length > 0) terminal.out(`${heldText(who, held)}\n`);
  if (!erased) terminal.out('Dry run: nothing was erased.\n');
  else if (left.size > 0)
    terminal.out(
      `The name still stands in words that others wrote or that were agreed:\n${linesOf(left)}Change them in Slack where that is right.\n`,
    );
  if (erased) terminal.out('Backups and exports made before still hold this person.\n');
  return 0;
}

const linesOf = (traces: Traces): string =>
  [...traces].map(([table, n]) => `  ${table}: ${amount(n, 'row', 'rows')}\n`).join('');

function heldText(who: string, held: readonly StillHolds[]): string {
  const list = held.map((one) =>
    one.what === 'role' ? `${one.role.replace('_', ' ')} of ${one.key}` : 'a member of the programme office',
  );
  const remedy = held.some(({ what }) => what === 'role')
    ? 'pass that on first with /pilot hand-over'
    : 'take them out with /pilot settings workspace first';
  return `${who} still is ${list.join(', ')}; ${remedy}.`;
}

/** Asks whoever sits at the terminal to type the ID; without one, --yes says it. */
async function confirm(terminal: Terminal, person: string, who: string, traces: Traces): Promise<void> {
  if (!terminal.interactive)
    throw new CliProblem(
      'This cannot be undone. Add --yes to erase, or --dry-run to see what would be; nothing was erased.',
      2,
    );
  terminal.err(
    `To be forgotten: ${who}.\n${linesOf(traces)}This cannot be undone. Type ${person} to erase, anything else to stop: `,
  );
  if ((await firstLine(terminal)) !== person)
    throw new CliProblem('That is not the ID; nothing was erased.', 1);
}

async function firstLine(terminal: Terminal): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of terminal.stdin()) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes('\n') || text.length > 100) break;
  }
  return (text.split('\n')[0] ?? '').trim();
}

function namesOf(person: { readonly name: string; readonly realName?: string } | null): string[] {
  const names = person === null ? [] : [person.realName ?? person.name, person.name];
  return [...new Set(names)].filter((name) => name.length >= SHORTEST_NAME);
}

async function namesLeft(db: Database, { workspace, person, names }: Whom): Promise<Traces> {
  const left = new Map<string, number>();
  for (const name of names.filter((one) => one !== person)) {
    for (const [place, n] of await nameLeftIn(db, workspace, name))
      left.set(place, Math.max(n, left.get(place) ?? 0));
  }
  return left;
}
