/** What does the environment say the app should be, and what is wrong with it? */
import { z } from 'zod';
import { isZone } from './core/schedule.ts';

/** How the app is connected and where it keeps its data. */
export interface Config {
  readonly slack: SlackConfig | null;
  readonly databaseUrl: string;
  readonly command: string;
  readonly timezone: string;
  readonly logLevel: LogLevel;
  /** Port of the app's own endpoints; null leaves them off in Socket Mode and on Slack's port in HTTP mode. */
  readonly httpPort: number | null;
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
  PILOTAGE_HTTP_PORT: 'port of health, metrics and the endpoint for values',
  PILOTAGE_LOG_LEVEL: 'how much is logged',
};

/** Blanks around a value come from files and forms and are never meant; a blank value is none. */
const value = z.preprocess(
  (given) => (typeof given === 'string' ? given.trim() || undefined : given),
  z.string().optional(),
);

const environment = z.object({
  SLACK_BOT_TOKEN: value,
  SLACK_APP_TOKEN: value,
  SLACK_SIGNING_SECRET: value,
  SLACK_MODE: value,
  PORT: value,
  SLACK_API_URL: value,
  DATABASE_URL: value,
  PILOTAGE_COMMAND: value,
  PILOTAGE_TIMEZONE: value,
  PILOTAGE_HTTP_PORT: value,
  PILOTAGE_LOG_LEVEL: value,
});
type Environment = z.infer<typeof environment>;
type Problem = (variable: keyof Environment, sentence: string) => void;

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
  const problem: Problem = (variable, sentence) => {
    problems.push({ variable, sentence });
  };

  const databaseUrl = given.DATABASE_URL ?? 'file:./data/pilotage.db';
  if (!isDatabaseUrl(databaseUrl)) {
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
  if (!isZone(timezone)) {
    problem('PILOTAGE_TIMEZONE', `"${shown(timezone)}" is not a time zone; write it like Europe/Berlin.`);
  }
  const logLevel = LOG_LEVELS.find((level) => level === (given.PILOTAGE_LOG_LEVEL ?? 'info'));
  if (logLevel === undefined) {
    problem(
      'PILOTAGE_LOG_LEVEL',
      `"${shown(given.PILOTAGE_LOG_LEVEL ?? '')}" is none of ${LOG_LEVELS.join(', ')}.`,
    );
  }
  const httpPort = readPort('PILOTAGE_HTTP_PORT', given, problem);
  const slack = need === 'slack' ? readSlack(given, problem) : null;
  if (problems.length > 0 || logLevel === undefined) return { ok: false, problems };
  return { ok: true, config: { slack, databaseUrl, command, timezone, logLevel, httpPort } };
}

function isDatabaseUrl(url: string): boolean {
  if (hasControl(url)) return false;
  return /^file:./.test(url) || (/^postgres(ql)?:\/\/./.test(url) && URL.canParse(url));
}

function readSlack(given: Environment, problem: Problem): SlackConfig | null {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_API_URL: apiUrl } = given;
  const botToken = readBotToken(given.SLACK_BOT_TOKEN, problem);
  if (apiUrl !== undefined && !isApiUrl(apiUrl)) {
    const value = shown(apiUrl.replace(/\/\/[^/]*@/, '//'));
    problem('SLACK_API_URL', `"${value}" is no address that ends in /api/, like https://slack.com/api/.`);
  }
  const mode =
    given.SLACK_MODE ?? (appToken === undefined && signingSecret !== undefined ? 'http' : 'socket');
  const connection = readMode(mode, given, problem);
  return botToken === null || connection === null ? null : { botToken, mode: connection, apiUrl };
}

const TOKEN = /^[\w.-]{6,500}$/;

function readBotToken(token: string | undefined, problem: Problem): string | null {
  if (token === undefined) {
    problem('SLACK_BOT_TOKEN', 'It is missing. It stands under "OAuth & Permissions" of your Slack app.');
  } else if (!token.startsWith('xoxb-')) {
    problem('SLACK_BOT_TOKEN', 'It does not start with xoxb-; copy the "Bot User OAuth Token".');
  } else if (TOKEN.test(token)) return token;
  else {
    problem('SLACK_BOT_TOKEN', 'It is not a whole token; copy the "Bot User OAuth Token" once more.');
  }
  return null;
}

function readMode(mode: string, given: Environment, problem: Problem): SlackConfig['mode'] | null {
  if (mode === 'socket') return readSocket(given.SLACK_APP_TOKEN, problem);
  if (mode === 'http') return readHttp(given, problem);
  problem('SLACK_MODE', `"${shown(mode)}" is neither socket nor http.`);
  return null;
}

function readSocket(appToken: string | undefined, problem: Problem): SlackConfig['mode'] | null {
  if (appToken === undefined) {
    problem(
      'SLACK_APP_TOKEN',
      'It is missing. Make an app-level token with connections:write under "Basic Information", or set SLACK_SIGNING_SECRET for HTTP.',
    );
  } else if (!appToken.startsWith('xapp-')) {
    problem('SLACK_APP_TOKEN', 'It does not start with xapp-; it is the app-level token, not the bot token.');
  } else if (TOKEN.test(appToken)) return { kind: 'socket', appToken };
  else {
    problem('SLACK_APP_TOKEN', 'It is not a whole token; copy the app-level token once more.');
  }
  return null;
}

function readHttp(given: Environment, problem: Problem): SlackConfig['mode'] | null {
  const { SLACK_SIGNING_SECRET: signingSecret } = given;
  const port = readPort('PORT', given, problem) ?? 3000;
  if (signingSecret === undefined) {
    problem('SLACK_SIGNING_SECRET', 'It is missing. It stands under "Basic Information" of your Slack app.');
  } else if (/^[\w-]{6,500}$/.test(signingSecret)) return { kind: 'http', signingSecret, port };
  else {
    problem(
      'SLACK_SIGNING_SECRET',
      'It is not a secret of Slack; copy it from "Basic Information" once more.',
    );
  }
  return null;
}

function isApiUrl(text: string): boolean {
  if (!URL.canParse(text) || hasControl(text)) return false;
  const { protocol, pathname, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && pathname.endsWith('/api/') && search === '' && hash === '';
}

const hasControl = (text: string): boolean => /[\p{Cc}\p{Cf}\p{Cs}]/u.test(text);

/** A port, or null where none is set; one that is not a port is a problem. */
function readPort(
  variable: 'PORT' | 'PILOTAGE_HTTP_PORT',
  given: Environment,
  problem: Problem,
): number | null {
  const typed = given[variable];
  if (typed === undefined) return null;
  if (/^\d{1,5}$/.test(typed) && Number(typed) <= 65_535) return Number(typed);
  problem(variable, `"${shown(typed)}" is not a port; a whole number from 0 to 65535 is.`);
  return null;
}

/** A wrong value as it may be repeated: short, and without anything that would disturb a terminal. */
const shown = (text: string): string =>
  [...text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '�')].slice(0, 40).join('');
