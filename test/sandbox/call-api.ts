/** How do sandbox tests call the Web API without a client in between? */
import type { Sandbox } from '../../sandbox/server/index.ts';

export type Answer = Record<string, unknown> & {
  ok: boolean;
  error?: string;
  response_metadata?: { messages?: string[]; warnings?: string[]; next_cursor?: string };
};

/** Calls a method with a JSON body and the default app's bot token. */
export async function callApi(
  slack: Sandbox,
  method: string,
  args: Record<string, unknown> = {},
  token = 'xoxb-sandbox',
): Promise<Answer> {
  const response = await postJson(`${slack.apiUrl}${method}`, args, { authorization: `Bearer ${token}` });
  return (await response.json()) as Answer;
}

/** Posts JSON. */
export function postJson(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  });
}

/** The error and the messages of a refusal. */
export function refusalOf(answer: Answer): { error: string | undefined; messages: string[] } {
  return { error: answer.error, messages: answer.response_metadata?.messages ?? [] };
}

/** Runs an API call as somebody with a fresh trigger: the app's global shortcut gives one. */
export async function freshTrigger(slack: Sandbox, user = 'amara'): Promise<string> {
  const before = slack.control.read.log().length;
  await slack.control.shortcut(user, 'start');
  const delivery = slack.control.read
    .log()
    .slice(before)
    .find(({ name }) => name === 'shortcut');
  return String((delivery?.request as Record<string, unknown>)['trigger_id']);
}
