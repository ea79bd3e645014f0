/** What is a Web API method made of? */
import type { JsonObject } from '../json.ts';
import type { Tier } from '../limits.ts';
import type { Parts } from '../parts.ts';
import type { InstalledApp } from '../world/workspace.ts';
import type { Arguments } from './arguments.ts';

/** One call of a method, after token, scopes, limits and required arguments were checked. */
export interface Call {
  parts: Parts;
  app: InstalledApp;
  args: Arguments;
  /** Notes something Slack accepts but a reader would regret. */
  warn(text: string): void;
  /** Runs after the answer has been sent, still counted as under way. */
  afterwards(run: () => unknown): void;
}

export interface Method {
  /** Which token it takes; default bot. */
  token?: 'bot' | 'app' | 'none';
  /** Scopes of which one is needed; methods that depend on the conversation check for themselves. */
  scopes?: readonly string[];
  tier: Tier;
  /** False when it does not read JSON bodies; default true. */
  json?: boolean;
  required?: readonly string[];
  optional?: readonly string[];
  /** What it answers beside `ok: true`. */
  handle(call: Call): JsonObject | Promise<JsonObject>;
}

export type Methods = Record<string, Method>;
