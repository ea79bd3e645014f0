/** How does a Web API method say no? */
import type { JsonObject } from '../json.ts';

/** A refusal on its way out of a method. */
export class Refusal extends Error {
  /** The whole answer: `ok: false`, `error`, and what explains it. */
  readonly answer: JsonObject;

  constructor(error: string, details: JsonObject = {}) {
    super(error);
    this.answer = { ok: false, error, ...details };
  }
}

/**
 * Ends a method with an error code.
 * @param error one of Slack's codes, such as `channel_not_found`
 * @param details what Slack adds to the answer, such as `needed` and `provided`
 * @throws Refusal always
 */
export function refuse(error: string, details: JsonObject = {}): never {
  throw new Refusal(error, details);
}

/**
 * Ends a method because of its arguments.
 * @param messages sentences without `[ERROR]`
 * @throws Refusal always
 */
export function refuseArguments(...messages: string[]): never {
  refuse('invalid_arguments', {
    response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
  });
}
