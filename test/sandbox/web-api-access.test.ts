import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { callApi, postJson } from './call-api.ts';
import { createClient, errorOf } from './web-client.ts';

const amara = 'U0AMARA0001';

let slack: Sandbox;
let client: WebClient;
beforeEach(async () => {
  slack = await startSandbox();
  client = createClient(slack);
});
afterEach(() => slack.close());

describe('tokens and scopes', () => {
  it('tells an app who it is', async () => {
    expect(await client.auth.test()).toMatchObject({
      ok: true,
      team: 'Harbour Insurance',
      team_id: 'T0SANDBOX01',
      user: 'test-app',
    });
  });

  it.each([
    ['not_authed', ''],
    ['invalid_auth', 'xoxb-unknown'],
  ])('answers %s', async (error, token) => {
    const response = await fetch(`${slack.apiUrl}auth.test`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
    });
    expect(await response.json()).toEqual({ ok: false, error });
  });

  it('takes the token from the form too', async () => {
    const body = new URLSearchParams({ token: 'xoxb-sandbox' });
    const response = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ ok: true });
  });

  it('names the scope that is missing', async () => {
    await slack.control.apps.removeScope('users:read');
    expect(await callApi(slack, 'users.info')).toMatchObject({
      error: 'missing_scope',
      needed: 'users:read',
    });
    expect(await callApi(slack, 'users.info')).not.toMatchObject({
      provided: expect.stringContaining('users:read,'),
    });
  });

  it('answers token_revoked and account_inactive', async () => {
    await slack.control.apps.revokeToken();
    expect(await errorOf(client.auth.test())).toBe('token_revoked');
    await slack.control.apps.uninstall();
    expect(await errorOf(client.auth.test())).toBe('account_inactive');
    await slack.control.apps.reinstall('xoxb-new');
    expect(await errorOf(client.auth.test())).toBe('invalid_auth');
    expect(await callApi(slack, 'auth.test', {}, 'xoxb-new')).toMatchObject({ ok: true });
  });

  it('answers unknown_method', async () => {
    expect(await errorOf(client.apiCall('pilots.launch'))).toBe('unknown_method');
  });

  it('names required arguments that are missing', async () => {
    expect(await callApi(slack, 'chat.postMessage', { text: 'x' })).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel'] },
    });
  });

  it('reads JSON only where Slack does, and warns of a missing charset', async () => {
    expect(await callApi(slack, 'users.info', { user: amara })).toMatchObject({ error: 'invalid_arguments' });
    const headers = { 'content-type': 'application/json', authorization: 'Bearer xoxb-sandbox' };
    const response = await postJson(`${slack.apiUrl}auth.test`, {}, headers);
    expect(await response.json()).toMatchObject({ ok: true, warning: 'missing_charset' });
  });
});
