/** Whose token is this, and what does it allow? */
import type { InstalledApp, Workspace } from '../world/workspace.ts';
import { refuse } from './answer.ts';
import type { Method } from './method.ts';

/**
 * The app a token belongs to.
 * @throws Refusal not_authed, invalid_auth, account_inactive, token_revoked, not_allowed_token_type, missing_scope
 */
export function authenticate(workspace: Workspace, method: Method, token: string | null): InstalledApp {
  if (token === null) refuse('not_authed');
  const app = [...workspace.apps.values()].find(
    (candidate) => candidate.botToken === token || candidate.appToken === token,
  );
  if (app === undefined) refuse('invalid_auth');
  const given = app.appToken === token ? 'app' : 'bot';
  if (given === 'bot' && app.state === 'token_revoked') refuse('token_revoked');
  if (given === 'bot' && app.state === 'uninstalled') refuse('account_inactive');
  if (given !== (method.token ?? 'bot')) refuse('not_allowed_token_type');
  if (method.scopes !== undefined) requireScope(app, method.scopes);
  return app;
}

/**
 * Checks that an app has one of several scopes.
 * @throws Refusal missing_scope, with what is needed and what the app has
 */
export function requireScope(app: InstalledApp, scopes: readonly string[]): void {
  if (scopes.some((scope) => app.scopes.has(scope))) return;
  refuse('missing_scope', { needed: scopes.join(','), provided: [...app.scopes].join(',') });
}
