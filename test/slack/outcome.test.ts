import { describe, expect, it } from 'vitest';
import { classifyCode, classifyNetwork } from '../../src/slack/outcome.ts';

// cspell:ignore threadable

// What Slack's error codes mean, class by class.
const CLASSES = {
  later: `ratelimited rate_limited message_limit_exceeded team_added_to_org org_login_required
    external_channel_migrating streaming_state_conflict hash_conflict`,
  ambiguous: 'internal_error fatal_error service_unavailable request_timeout',
  unreachable: `not_in_channel channel_not_found is_archived is_inactive restricted_action
    restricted_action_read_only_channel restricted_action_thread_only_channel
    restricted_action_non_threadable_channel restricted_action_thread_locked no_permission ekm_access_denied
    posting_to_channel_denied messages_tab_disabled cannot_dm_bot user_disabled user_not_found users_not_found
    user_not_visible user_is_restricted user_is_restricted_x user_not_in_channel invalid_user_combination
    team_access_not_granted message_not_found cant_update_message edit_window_closed block_mismatch
    channel_is_limited_access`,
  disconnected: 'account_inactive token_revoked invalid_auth not_authed token_expired app_access_restricted',
  refused: `missing_scope not_allowed_token_type invalid_blocks invalid_blocks_format invalid_attachments
    msg_too_long msg_blocks_too_long view_too_large no_text markdown_text_conflict invalid_arguments
    invalid_array_arg metadata_too_large invalid_metadata_format expired_trigger_id exchanged_trigger_id
    push_limit_reached duplicate_external_id not_enabled not_found unknown_method something_new`,
};

describe('an answer of Slack', () => {
  it.each(
    Object.entries(CLASSES).flatMap(([kind, codes]) =>
      codes.split(/\s+/).map((code) => [code, kind] as const),
    ),
  )('%s means %s', (code, kind) => {
    expect(classifyCode(code)).toMatchObject({ kind, code });
  });

  it('that was refused keeps what Slack says about it', () => {
    expect(classifyCode('invalid_blocks', ['[ERROR] x [json-pointer:/blocks/0]'])).toEqual({
      kind: 'refused',
      code: 'invalid_blocks',
      details: ['[ERROR] x [json-pointer:/blocks/0]'],
    });
  });

  it('that asks to wait says how long', () => {
    expect(classifyCode('ratelimited')).toEqual({ kind: 'later', code: 'ratelimited', afterMs: 60_000 });
  });
});

describe('a connection that failed', () => {
  const failed = (code: string, cause?: unknown) => Object.assign(new Error('x', { cause }), { code });

  it.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'UND_ERR_CONNECT_TIMEOUT',
  ])('with %s never came about, so nothing has happened', (code) => {
    expect(classifyNetwork(failed(code))).toEqual({ kind: 'later', code, afterMs: 5000 });
    expect(classifyNetwork(new Error('fetch failed', { cause: failed(code) }))).toMatchObject({ code });
    const wrapped = Object.assign(new Error('x'), { original: new Error('y', { cause: failed(code) }) });
    expect(classifyNetwork(wrapped)).toMatchObject({ code });
  });

  it.each([
    ['a reset', failed('ECONNRESET')],
    ['a time limit', failed('UND_ERR_HEADERS_TIMEOUT')],
    ['an abort', new DOMException('timed out', 'TimeoutError')],
    ['something that is no error', 'x'],
    ['nothing', undefined],
  ])('with %s may have happened', (_name, error) => {
    expect(classifyNetwork(error)).toEqual({ kind: 'ambiguous', code: 'connection_lost' });
  });

  it('that is its own cause is not followed for ever', () => {
    const loop = failed('EPIPE');
    loop.cause = loop;
    expect(classifyNetwork(loop)).toMatchObject({ kind: 'ambiguous' });
  });
});
