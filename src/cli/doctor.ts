/** What is wrong with this installation, and what is the remedy? */
import { type Config, readConfig } from '../config.ts';
import type { CliCommand, ExitCode, Terminal } from './command.ts';
import { type Finding, findingsOf } from './doctor/finding.ts';

const HELP = `
Changes nothing, and never prints a token. What is fine, what was found and what could not be looked at is one line each,
with the remedy.

Example:
  pilotage doctor

Exit codes: 0 all is fine, 1 something was found, 3 the database or Slack does not answer.`;

export const doctor: CliCommand = {
  name: 'doctor',
  declare(program, terminal, run) {
    program
      .command('doctor')
      .description('check configuration, database, clock, Slack and channels; each finding with its remedy')
      .option('--json', 'print the findings as one line of JSON')
      .addHelpText('after', HELP)
      .action((options: { json?: boolean }) =>
        run(async () => {
          const findings = await examine(terminal);
          const code = exitCodeOf(findings);
          if (options.json === true) {
            terminal.out(`${JSON.stringify({ ok: code === 0, findings })}\n`);
          } else {
            for (const found of findings) terminal.out(`${lineOf(found)}\n`);
          }
          return code;
        }),
      );
  },
};

async function examine(terminal: Terminal): Promise<Finding[]> {
  const settings = configurationFindings(terminal);
  const [{ checkDatabase }, { checkSlack }, { checkChannels }, { checkDoNotDisturb }] = await Promise.all([
    import('./doctor/check-database.ts'),
    import('./doctor/check-slack.ts'),
    import('./doctor/check-channels.ts'),
    import('./doctor/check-do-not-disturb.ts'),
  ]);
  const findings = [findingsOf('node').fine(`Node ${process.versions.node}.`), ...settings.findings];
  const database = settings.databaseUrl === null ? null : await checkDatabase(terminal, settings.databaseUrl);
  findings.push(
    ...(database?.findings ?? [findingsOf('database').skipped('The database was not looked at.')]),
  );
  try {
    if (settings.slack === null) {
      return [
        ...findings,
        findingsOf('slack').skipped('Slack was not asked: its configuration is not complete.'),
      ];
    }
    const slack = await checkSlack(settings.slack, terminal.now);
    findings.push(...slack.findings);
    if (slack.workspace === null || !database?.db) return findings;
    const { createCourier } = await import('../slack/courier-web.ts');
    const { botToken: token, apiUrl } = settings.slack;
    const courier = createCourier({ token, ...(apiUrl === undefined ? {} : { apiUrl }) });
    findings.push(await checkDoNotDisturb(database.db, slack.workspace.id, (id) => courier.quiet(id)));
    findings.push(...(await checkChannels(database.db, slack.workspace.id, (id) => courier.channel(id))));
    return findings;
  } finally {
    await database?.db?.close();
  }
}

function configurationFindings(terminal: Terminal): {
  readonly findings: Finding[];
  readonly databaseUrl: string | null;
  readonly slack: Config['slack'];
} {
  const { fine, finding } = findingsOf('configuration');
  const all = readConfig(terminal.env, 'slack');
  if (all.ok) {
    const { slack, databaseUrl } = all.config;
    const mode = slack?.mode.kind === 'http' ? 'HTTP' : 'Socket Mode';
    return { findings: [fine(`The configuration is complete, for ${mode}.`)], databaseUrl, slack };
  }
  const wrong = new Set(all.problems.map(({ variable }) => variable));
  const database = readConfig({ DATABASE_URL: terminal.env['DATABASE_URL'] }, 'database');
  return {
    findings: all.problems.map(({ variable, sentence }) => finding(`${variable}: ${sentence}`)),
    databaseUrl: database.ok && !wrong.has('DATABASE_URL') ? database.config.databaseUrl : null,
    slack: null,
  };
}

function exitCodeOf(findings: readonly Finding[]): ExitCode {
  if (findings.some(({ state }) => state === 'failed')) return 3;
  return findings.some(({ state }) => state === 'finding') ? 1 : 0;
}

function lineOf({ check, state, sentence, remedy }: Finding): string {
  return `${state.padEnd(8)} ${check.padEnd(14)} ${sentence}${remedy === null ? '' : ` ${remedy}`}`;
}
