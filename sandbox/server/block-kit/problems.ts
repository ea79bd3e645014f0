/** What is wrong with a payload, and where? */
import type { JsonObject } from '../json.ts';

/** One thing Slack would refuse. */
export interface Problem {
  /** A JSON pointer such as `/blocks/0/text/text`. */
  pointer: string;
  /** What would have been right, in Slack's words. */
  message: string;
  /** The rule that was broken, where it has a number or a list. */
  constraint?: JsonObject;
}

/** The lines of `response_metadata.messages`. */
export function refusalMessages(problems: readonly Problem[]): string[] {
  return problems.map(({ message, pointer }) =>
    pointer === '' ? `[ERROR] ${message}` : `[ERROR] ${message} [json-pointer:${pointer}]`,
  );
}

/** A problem as `blocks.validate` reports it. */
export function refusalDetails({ pointer, message, constraint }: Problem): JsonObject {
  return { code: 'failed_constraint', message, pointer, ...(constraint === undefined ? {} : { constraint }) };
}
