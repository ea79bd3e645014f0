/** How are tokens for the HTTP endpoint made, listed and ended? */
import { randomBytes } from 'node:crypto';
import { guard, Stale } from '../db/database.ts';
import { requireMigrated } from '../db/migrate.ts';
import { pilotByKey } from '../db/queries/pilots.ts';
import { insertToken, revokeToken, tokensOf } from '../db/queries/tokens.ts';
import { newToken } from '../db/token-secret.ts';
import { type CliCommand, CliProblem, type ExitCode, type Terminal, withDatabase } from './command.ts';
import { chooseWorkspace } from './import/choose-workspace.ts';

const DAY = 24 * 60 * 60 * 1000;

interface CreateOptions {
  readonly name: string;
  readonly pilot?: string;
  readonly days?: string;
  readonly workspace?: string;
  readonly json?: boolean;
}

async function create(terminal: Terminal, options: CreateOptions): Promise<ExitCode> {
  const days = options.days === undefined ? null : Number(options.days);
  if (days !== null && (!Number.isInteger(days) || days < 1 || days > 3660)) {
    throw new CliProblem(`--days: "${options.days}" is not a number of days from 1 to 3660.`, 2);
  }
  const name = options.name.trim();
  if (name === '' || name.length > 80)
    throw new CliProblem('--name needs 1 to 80 characters: what the token is for.', 2);
  return withDatabase(terminal, 'tool', async (db) => {
    await requireMigrated(db);
    const workspace = await chooseWorkspace(db, options.workspace);
    const pilot = options.pilot === undefined ? null : await pilotByKey(db, workspace.id, options.pilot);
    if (options.pilot !== undefined && pilot === null) {
      throw new CliProblem(
        `There is no pilot "${options.pilot}"; pilotage export or /pilot list shows the keys.`,
        2,
      );
    }
    const at = terminal.now();
    const token = newToken(randomBytes(8), randomBytes(32));
    const expiresAt = days === null ? null : at + days * DAY;
    await db.atomically(workspace.id, (log) => [
      insertToken(db, {
        workspace: workspace.id,
        id: token.id,
        name,
        digest: token.digest,
        pilot: pilot?.pilot.id ?? null,
        createdAt: at,
        expiresAt,
      }),
      log({
        at,
        kind: 'token_created',
        pilot: pilot?.pilot.id ?? null,
        actor: 'system:cli',
        body: { token: token.id, name, expires: expiresAt },
      }),
    ]);
    terminal.out(
      options.json === true
        ? `${JSON.stringify({ id: token.id, name, token: token.text })}\n`
        : `${token.text}\nKeep it now: it is not shown again. Its id is ${token.id}.\n`,
    );
    return 0 as const;
  });
}

async function list(terminal: Terminal, options: { workspace?: string; json?: boolean }): Promise<ExitCode> {
  return withDatabase(terminal, 'tool', async (db) => {
    await requireMigrated(db);
    const workspace = await chooseWorkspace(db, options.workspace);
    const day = (at: number | null) => (at === null ? null : new Date(at).toISOString().slice(0, 10));
    const tokens = (await tokensOf(db, workspace.id)).map((token) => ({
      id: token.id,
      name: token.name,
      created: day(token.createdAt),
      expires: day(token.expiresAt),
      last_used: day(token.lastUsedAt),
      revoked: day(token.revokedAt),
    }));
    if (options.json === true) terminal.out(`${JSON.stringify(tokens)}\n`);
    else if (tokens.length === 0)
      terminal.out('There are no tokens. pilotage token create --name "what for" makes one.\n');
    else {
      for (const token of tokens) {
        const state =
          token.revoked === null ? `expires ${token.expires ?? 'never'}` : `revoked ${token.revoked}`;
        terminal.out(
          `${token.id}  ${token.name}  created ${token.created}, last used ${token.last_used ?? 'never'}, ${state}\n`,
        );
      }
    }
    return 0 as const;
  });
}

async function revoke(terminal: Terminal, id: string, options: { workspace?: string }): Promise<ExitCode> {
  return withDatabase(terminal, 'tool', async (db) => {
    await requireMigrated(db);
    const workspace = await chooseWorkspace(db, options.workspace);
    const at = terminal.now();
    try {
      await db.atomically(workspace.id, (log) => [
        guard(revokeToken(db, workspace.id, id, at), 'token'),
        log({ at, kind: 'token_revoked', pilot: null, actor: 'system:cli', body: { token: id } }),
      ]);
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      throw new CliProblem(
        `There is no token ${id} that could be ended; pilotage token list shows them.`,
        1,
        {
          cause: error,
        },
      );
    }
    terminal.out(`The token ${id} is ended.\n`);
    return 0 as const;
  });
}

export const token: CliCommand = {
  name: 'token',
  declare(program, terminal, run) {
    const group = program
      .command('token')
      .description('tokens for the HTTP endpoint')
      .addHelpText(
        'after',
        '\nExample:\n  pilotage token create --name warehouse --pilot claims-triage --days 365',
      );
    group
      .command('create')
      .description('make a token; it is shown once')
      .requiredOption('--name <text>', 'what the token is for; values without a source of their own carry it')
      .option('--pilot <key>', 'only for values of this pilot')
      .option('--days <number>', 'ends by itself after so many days')
      .option('--workspace <id>', 'the workspace, where there are several')
      .option('--json', 'one line for programs')
      .action((options: CreateOptions) => run(() => create(terminal, options)));
    group
      .command('list')
      .description('the tokens, without their secrets')
      .option('--workspace <id>', 'the workspace, where there are several')
      .option('--json', 'one line for programs')
      .action((options: { workspace?: string; json?: boolean }) => run(() => list(terminal, options)));
    group
      .command('revoke <id>')
      .description('end a token')
      .option('--workspace <id>', 'the workspace, where there are several')
      .action((id: string, options: { workspace?: string }) => run(() => revoke(terminal, id, options)));
  },
};
