/** What did Slack's answer mean, and what may be done next? */

/** What became of one call. Only `later` may simply be tried again; `ambiguous` may have happened. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** Slack or the network asked us to wait; nothing happened. */
  | { readonly kind: 'later'; readonly code: string; readonly afterMs: number }
  /** The call may or may not have happened. */
  | { readonly kind: 'ambiguous'; readonly code: string }
  /** This person, channel or message cannot be reached; the remedy is a person's. */
  | { readonly kind: 'unreachable'; readonly code: string }
  /** The app has no access to the workspace any more. */
  | { readonly kind: 'disconnected'; readonly code: string }
  /** Slack does not accept what we sent, or does not know the method. */
  | { readonly kind: 'refused'; readonly code: string; readonly details: readonly string[] };

const HOUR_MS = 60 * 60_000;
const LATER = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'team_added_to_org',
  'org_login_required',
  'external_channel_migrating',
  'streaming_state_conflict',
  'hash_conflict',
]);
/** What takes longer than a minute to pass: a free workspace that is full, a move from one organisation to another. */
const MUCH_LATER = new Set([
  'message_limit_exceeded',
  'team_added_to_org',
  'org_login_required',
  'external_channel_migrating',
]);
const AMBIGUOUS = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);
const DISCONNECTED = new Set([
  'account_inactive',
  'token_revoked',
  'invalid_auth',
  'not_authed',
  'token_expired',
  'app_access_restricted',
]);
const UNREACHABLE = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'no_permission',
  'ekm_access_denied',
  'posting_to_channel_denied',
  'messages_tab_disabled',
  'cannot_dm_bot',
  'user_disabled',
  'user_not_found',
  'users_not_found',
  'user_not_visible',
  'user_not_in_channel',
  'invalid_user_combination',
  'team_access_not_granted',
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'block_mismatch',
  'channel_is_limited_access',
]);

/** Sorts an error code of Slack's into what it means for us (research: slack-platform §1.10). */
export function classifyCode(code: string, details: readonly string[] = []): Outcome<never> {
  if (LATER.has(code)) return { kind: 'later', code, afterMs: MUCH_LATER.has(code) ? HOUR_MS : 60_000 };
  if (AMBIGUOUS.has(code)) return { kind: 'ambiguous', code };
  if (DISCONNECTED.has(code)) return { kind: 'disconnected', code };
  if (
    UNREACHABLE.has(code) ||
    code.startsWith('restricted_action') ||
    code.startsWith('user_is_restricted')
  ) {
    return { kind: 'unreachable', code };
  }
  return { kind: 'refused', code, details };
}

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What a failure of the connection means: only a connection that never came about is surely harmless. */
export function classifyNetwork(error: unknown): Outcome<never> {
  let current: unknown = error;
  for (let depth = 0; depth < 6 && current instanceof Error; depth += 1) {
    const code = (current as NodeJS.ErrnoException).code ?? '';
    if (NEVER_SENT.has(code)) return { kind: 'later', code, afterMs: 5_000 };
    current = (current as { original?: unknown }).original ?? current.cause;
  }
  return { kind: 'ambiguous', code: 'connection_lost' };
}
