/** Does Slack know our tokens, what may they do, and what time is it there? */
import { classifyCode, classifyNetwork, type Outcome } from './outcome.ts';

/** What Slack says about a bot token. */
export interface BotFacts {
  readonly workspace: string;
  readonly workspaceName: string;
  /** Null when Slack does not say. */
  readonly scopes: readonly string[] | null;
  /** Slack's clock in epoch ms, to the second; null when it does not say. */
  readonly clock: number | null;
}

/** Whom to ask with which token. */
export interface CheckParts {
  readonly token: string;
  readonly apiUrl?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
}

const SLACK = 'https://slack.com/api/';
const PATIENCE_MS = 10_000;

type Answer = Readonly<Record<string, unknown>>;

/** Asks who we are. The answer's headers say more than its body, so this is a request of its own. */
export function checkBotToken(parts: CheckParts): Promise<Outcome<BotFacts>> {
  return ask(parts, 'auth.test', (answer, headers) => {
    const scopes = headers.get('x-oauth-scopes');
    const clock = Date.parse(headers.get('date') ?? '');
    return {
      workspace: String(answer['team_id'] ?? ''),
      workspaceName: String(answer['team'] ?? ''),
      scopes: scopes === null ? null : scopes.split(',').map((scope) => scope.trim()),
      clock: Number.isNaN(clock) ? null : clock,
    };
  });
}

/** Asks for a Socket Mode connection, and does not use it. */
export function checkAppToken(parts: CheckParts): Promise<Outcome<null>> {
  return ask(parts, 'apps.connections.open', () => null);
}

async function ask<T>(
  parts: CheckParts,
  method: string,
  read: (answer: Answer, headers: Headers) => T,
): Promise<Outcome<T>> {
  try {
    const response = await (parts.fetch ?? fetch)(`${parts.apiUrl ?? SLACK}${method}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${parts.token}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    });
    if (response.status === 429) return classifyCode('ratelimited');
    if (!response.ok) return { kind: 'ambiguous', code: `http_${response.status}` };
    const answer = (await response.json()) as Answer;
    return answer['ok'] === true
      ? { kind: 'done', value: read(answer, response.headers) }
      : classifyCode(String(answer['error'] ?? 'no_answer'));
  } catch (error) {
    return error instanceof SyntaxError ? { kind: 'ambiguous', code: 'not_slack' } : classifyNetwork(error);
  }
}
