/** The real Web API client, as an app would use it. */
import { createRequire } from 'node:module';
import type { WebClient as Client } from '@slack/web-api';
import type { Sandbox } from '../../sandbox/server/index.ts';
import { quietLogger } from './story-app.ts';

const { WebClient } = createRequire(import.meta.url)('@slack/web-api') as typeof import('@slack/web-api');

/** A client with the bot token of the default app that never tries again. */
export function createClient(slack: Sandbox): Client {
  return new WebClient('xoxb-sandbox', {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    timeout: 5000,
    rejectRateLimitedCalls: true,
    logger: quietLogger as never,
  });
}

/** The error a call ends with, or undefined. */
export function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

/** The error code a call is refused with, or undefined. */
export async function errorOf(call: Promise<unknown>): Promise<string | undefined> {
  const error = (await failureOf(call)) as { data?: { error?: string } } | undefined;
  return error?.data?.error;
}
