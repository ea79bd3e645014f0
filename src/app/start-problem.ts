/** Why can the app not start, and what is to be done about it? */

/** Why the app cannot start, in one sentence with the remedy. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

/** What people can mend of an error that kept a connection from being opened; null for anything else. */
export function startProblemOf(error: unknown): StartProblem | null {
  if (!(error instanceof Error)) return null;
  const { code, port, data } = error as { code?: unknown; port?: unknown; data?: { error?: unknown } };
  const because = (sentence: string) => new StartProblem(sentence, { cause: error });
  if (code === 'EADDRINUSE')
    return because(
      `Port ${port} is in use. Stop what listens there, or set PORT or PILOTAGE_HTTP_PORT to another.`,
    );
  if (code === 'EACCES' && port !== undefined)
    return because(
      `Port ${port} may not be used by this user. Set PORT or PILOTAGE_HTTP_PORT to one above 1023.`,
    );
  // In HTTP mode Slack is asked nothing while the app starts, so this is the other token.
  if (typeof data?.error === 'string' && /^\w+$/.test(data.error))
    return because(
      `Slack does not accept SLACK_APP_TOKEN (${data.error}). Make an app-level token with connections:write, and switch Socket Mode on in the settings of the app.`,
    );
  return null;
}
