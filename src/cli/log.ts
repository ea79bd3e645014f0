/** Where does the app write what it does, and what must never stand there? */
import { createRequire } from 'node:module';
import type { Log } from '../app.ts';
import type { LogLevel } from '../config.ts';

const require = createRequire(import.meta.url);

/** Slack's tokens in any text. */
const TOKEN = /\b(xox[a-z]|xapp)-[\w-]+/g;

/** A log of JSON lines on standard output. Secrets are blanked by name and by shape. */
export function createLog(level: LogLevel): Log {
  const pino = require('pino') as typeof import('pino').default;
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'token',
        '*.token',
        '*.secret',
        'authorization',
        '*.authorization',
        'response_url',
        '*.response_url',
        'trigger_id',
        '*.trigger_id',
      ],
      censor: '[hidden]',
    },
    serializers: { err: errorFacts },
    hooks: {
      streamWrite: (line) => line.replace(TOKEN, '$1-[hidden]'),
    },
  });
}

/** What is worth knowing of an error. A database driver's own message repeats the values of the statement: its cause does not. */
function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const told = error.name === 'DrizzleQueryError' && error.cause instanceof Error ? error.cause : error;
  return { name: told.name, message: told.message, stack: told.stack };
}
