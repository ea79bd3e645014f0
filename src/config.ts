/** What does the environment say the app should be, and what is wrong with it? */
import { z } from 'zod';

/** How the app is connected and where it keeps its data. */
export interface Config {
  readonly slack: SlackConfig | null;
  readonly databaseUrl: string;
  readonly command: string;
  readonly timezone: string;
  readonly logLevel: LogLevel;
}

/** The connection to one workspace. */
export interface SlackConfig {
  readonly botToken: string;
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };
  readonly apiUrl: string | undefined;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One thing that is wrong: the variable, and what would be right. */
export interface ConfigProblem {
  readonly variable: string;
  readonly sentence: string;
}

/** Every variable the app reads, with its meaning; the documentation's table is compared with it. */
export const VARIABLES: Readonly<Record<string, string>> = {
  SLACK_BOT_TOKEN: 'token of the app in the workspace, starts with xoxb-',
  SLACK_APP_TOKEN: 'app-level token for Socket Mode, starts with xapp-',
  SLACK_SIGNING_SECRET: 'proves that HTTP requests come from Slack',
  SLACK_MODE: 'socket or http; decides when both are set up',
  PORT: 'port for HTTP mode',
  SLACK_API_URL: 'another Web API root, ending in /api/',
  DATABASE_URL: 'file:./data/pilotage.db or postgres://…',
  PILOTAGE_COMMAND: 'the slash command',
  PILOTAGE_TIMEZONE: 'zone of the workspace until settings say otherwise',
  PILOTAGE_LOG_LEVEL: 'how much is logged',
};

const blankAsMissing = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());

const environment = z.object({
  SLACK_BOT_TOKEN: blankAsMissing,
  SLACK_APP_TOKEN: blankAsMissing,
  SLACK_SIGNING_SECRET: blankAsMissing,
  SLACK_MODE: blankAsMissing,
  PORT: blankAsMissing,
  SLACK_API_URL: blankAsMissing,
  DATABASE_URL: blankAsMissing,
  PILOTAGE_COMMAND: blankAsMissing,
  PILOTAGE_TIMEZONE: blankAsMissing,
  PILOTAGE_LOG_LEVEL: blankAsMissing,
});
type Environment = z.infer<typeof environment>;

/**
 * Reads the configuration out of an environment object. All problems are reported at once, each with its variable and
 * its remedy; values of secrets are never repeated.
 *
 * @param need what this command cannot do without: `slack` for one that connects
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  need: 'slack' | 'database',
):
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: ConfigProblem[] } {
  const given = environment.parse(env);
  const problems: ConfigProblem[] = [];
  const problem = (variable: string, sentence: string) => {
    problems.push({ variable, sentence });
  };

  const databaseUrl = given.DATABASE_URL ?? 'file:./data/pilotage.db';
  if (!/^(file:.+|postgres(ql)?:\/\/.+)/.test(databaseUrl)) {
    problem('DATABASE_URL', 'It is neither file:… nor postgres://…; for example file:./data/pilotage.db.');
  }
  const command = given.PILOTAGE_COMMAND ?? '/pilot';
  if (!/^\/[a-z0-9_-]{1,31}$/.test(command)) {
    problem(
      'PILOTAGE_COMMAND',
      `"${shown(command)}" is not a slash command: a slash, then up to 31 small letters, digits, - or _.`,
    );
  }
  const timezone = given.PILOTAGE_TIMEZONE ?? 'UTC';
  if (!knownZone(timezone)) {
    problem('PILOTAGE_TIMEZONE', `"${shown(timezone)}" is not a time zone; write it like Europe/Berlin.`);
  }
  const logLevel = LOG_LEVELS.find((level) => level === (given.PILOTAGE_LOG_LEVEL ?? 'info'));
  if (logLevel === undefined) {
    problem(
      'PILOTAGE_LOG_LEVEL',
      `"${shown(given.PILOTAGE_LOG_LEVEL ?? '')}" is none of ${LOG_LEVELS.join(', ')}.`,
    );
  }
  const slack = need === 'slack' ? readSlack(given, problem) : null;
  if (problems.length > 0 || logLevel === undefined) return { ok: false, problems };
  return { ok: true, config: { slack, databaseUrl, command, timezone, logLevel } };
}

function readSlack(
  given: Environment,
  problem: (variable: string, sentence: string) => void,
): SlackConfig | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = given;
  if (botToken === undefined) {
    problem('SLACK_BOT_TOKEN', 'It is missing. It stands under "OAuth & Permissions" of your Slack app.');
  } else if (!botToken.startsWith('xoxb-')) {
    problem('SLACK_BOT_TOKEN', 'It does not start with xoxb-; copy the "Bot User OAuth Token".');
  }
  const mode =
    given.SLACK_MODE ?? (appToken === undefined && signingSecret !== undefined ? 'http' : 'socket');
  const apiUrl = given.SLACK_API_URL;
  if (apiUrl !== undefined && !/^https?:\/\/.+\/api\/$/.test(apiUrl)) {
    problem('SLACK_API_URL', `"${shown(apiUrl)}" does not end in /api/; for example https://slack.com/api/.`);
  }
  if (mode === 'socket') {
    if (appToken === undefined) {
      problem(
        'SLACK_APP_TOKEN',
        'It is missing. Make an app-level token with connections:write under "Basic Information", or set SLACK_SIGNING_SECRET for HTTP.',
      );
    } else if (!appToken.startsWith('xapp-')) {
      problem(
        'SLACK_APP_TOKEN',
        'It does not start with xapp-; it is the app-level token, not the bot token.',
      );
    }
    if (botToken === undefined || appToken === undefined) return null;
    return { botToken, mode: { kind: 'socket', appToken }, apiUrl };
  }
  if (mode !== 'http') {
    problem('SLACK_MODE', `"${shown(mode)}" is neither socket nor http.`);
    return null;
  }
  if (signingSecret === undefined) {
    problem('SLACK_SIGNING_SECRET', 'It is missing. It stands under "Basic Information" of your Slack app.');
  }
  const port = Number(given.PORT ?? '3000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || (given.PORT ?? '0').trim() === '') {
    problem('PORT', `"${shown(given.PORT ?? '')}" is not a port; a whole number from 0 to 65535 is.`);
  }
  if (botToken === undefined || signingSecret === undefined) return null;
  return { botToken, mode: { kind: 'http', signingSecret, port }, apiUrl };
}

/** A wrong value as it may be repeated: short, and without anything that would disturb a terminal. */
const shown = (value: string): string => JSON.stringify(value.slice(0, 40)).slice(1, -1);

function knownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
