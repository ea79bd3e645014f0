import { describe, expect, it } from 'vitest';
import { placeOf, readIncoming, readPressed } from '../../src/slack/incoming.ts';

const NOTHING = {
  workspace: 'T0',
  user: '',
  userTeam: null,
  channel: null,
  message: null,
  trigger: null,
  responseUrl: null,
  view: null,
};
const metadata = JSON.stringify({ m: {}, c: 'C9', r: 'https://hooks/9' });

// The shapes in which Slack says who did what where, cut down to what is read.
const PAYLOADS = {
  'a command': {
    body: {
      team_id: 'T1',
      user_id: 'U1',
      channel_id: 'C1',
      trigger_id: '1.2',
      response_url: 'https://hooks/1',
      text: 'help',
    },
    read: {
      workspace: 'T1',
      user: 'U1',
      channel: 'C1',
      trigger: '1.2',
      responseUrl: 'https://hooks/1',
    },
  },
  'a press in a message': {
    body: {
      type: 'block_actions',
      team: { id: 'T1', domain: 'x' },
      user: { id: 'U1', team_id: 'T2' },
      channel: { id: 'C1', name: 'x' },
      container: { type: 'message', channel_id: 'C1', message_ts: '5.6' },
      message: { ts: '5.6' },
      trigger_id: '1.2',
      response_url: 'https://hooks/1',
    },
    read: {
      workspace: 'T1',
      user: 'U1',
      userTeam: 'T2',
      channel: 'C1',
      message: '5.6',
      trigger: '1.2',
      responseUrl: 'https://hooks/1',
    },
  },
  'a press in a message only its reader sees': {
    body: {
      type: 'block_actions',
      team: { id: 'T1' },
      user: { id: 'U1', team_id: 'T1' },
      container: { type: 'message', channel_id: 'C1', message_ts: '5.6', is_ephemeral: true },
      view: null,
    },
    read: { workspace: 'T1', user: 'U1', userTeam: 'T1', channel: 'C1', message: '5.6' },
  },
  'a press in a form': {
    body: {
      type: 'block_actions',
      team: { id: 'T1' },
      user: { id: 'U1', team_id: 'T1' },
      container: { type: 'view', view_id: 'V1' },
      view: { id: 'V1', type: 'modal', private_metadata: metadata },
      trigger_id: '1.2',
    },
    read: {
      workspace: 'T1',
      user: 'U1',
      userTeam: 'T1',
      channel: 'C9',
      trigger: '1.2',
      responseUrl: 'https://hooks/9',
      view: { id: 'V1', type: 'modal', private_metadata: metadata },
    },
  },
  'a press on the Home tab': {
    body: {
      type: 'block_actions',
      team: { id: 'T1' },
      user: { id: 'U1', team_id: 'T1' },
      container: { type: 'view', view_id: 'V1' },
      view: { id: 'V1', type: 'home', private_metadata: '' },
      trigger_id: '1.2',
    },
    read: {
      workspace: 'T1',
      user: 'U1',
      userTeam: 'T1',
      trigger: '1.2',
      view: { id: 'V1', type: 'home', private_metadata: '' },
    },
  },
  'a submitted form': {
    body: {
      type: 'view_submission',
      team: { id: 'T1' },
      user: { id: 'U1', team_id: 'T1' },
      view: { id: 'V1', callback_id: 'f', private_metadata: metadata },
      response_urls: [],
    },
    read: {
      workspace: 'T1',
      user: 'U1',
      userTeam: 'T1',
      channel: 'C9',
      responseUrl: 'https://hooks/9',
      view: { id: 'V1', callback_id: 'f', private_metadata: metadata },
    },
  },
  'a shortcut': {
    body: {
      type: 'shortcut',
      team: { id: 'T1' },
      user: { id: 'U1', team_id: 'T1' },
      trigger_id: '1.2',
    },
    read: { workspace: 'T1', user: 'U1', userTeam: 'T1', trigger: '1.2' },
  },
  'an event': {
    body: {
      type: 'event_callback',
      team_id: 'T1',
      event: { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' },
    },
    read: { workspace: 'T1', user: 'U1' },
  },
  'an event about a person': {
    body: { type: 'event_callback', team_id: 'T1', event: { type: 'user_change', user: { id: 'U1' } } },
    read: { workspace: 'T1' },
  },
  'an event about nobody': {
    body: { type: 'event_callback', team_id: 'T1', event: { type: 'app_uninstalled' } },
    read: { workspace: 'T1' },
  },
  'a shortcut of an app that is installed for a whole organisation': {
    body: { type: 'shortcut', team: null, enterprise: { id: 'E1' }, user: { id: 'U1', team_id: 'T2' } },
    read: { user: 'U1', userTeam: 'T2' },
  },
  'nothing that is known': { body: { user: 'U1', team: 7, view: 'x', channel: [] }, read: {} },
} as const;

describe('who did something, and where', () => {
  it.each(Object.entries(PAYLOADS))('is read from %s', (_name, { body, read }) => {
    expect(readIncoming(body, 'T0')).toEqual({ ...NOTHING, ...read });
  });

  it.each(['', 'x', '7', 'null', '[]', '{"c":7,"r":""}'])('is nowhere in a view with metadata %j', (text) => {
    expect(placeOf({ private_metadata: text })).toEqual({ channel: null, responseUrl: null });
    expect(placeOf({})).toEqual({ channel: null, responseUrl: null });
  });
});

describe('what was pressed', () => {
  it.each([
    [
      { type: 'button', action_id: 'sign', value: '{}' },
      { actionId: 'sign', value: '{}' },
    ],
    [
      { type: 'static_select', action_id: 'kind', selected_option: { value: 'at_most' } },
      { actionId: 'kind', value: 'at_most' },
    ],
    [
      { type: 'overflow', action_id: 'more', selected_option: { value: 'x' } },
      { actionId: 'more', value: 'x' },
    ],
    [
      { type: 'overflow', action_id: 'more', selected_option: { value: 'hand-over {"pilot":"P1"}' } },
      { actionId: 'hand-over', value: '{"pilot":"P1"}' },
    ],
    [
      { type: 'overflow', action_id: 'more', selected_option: { value: 'hand-over \u0000' } },
      { actionId: 'more', value: undefined },
    ],
    [
      { type: 'button', action_id: 'more', value: 'hand-over {"pilot":"P1"}' },
      { actionId: 'more', value: 'hand-over {"pilot":"P1"}' },
    ],
    [
      { type: 'static_select', action_id: 'kind', selected_option: null },
      { actionId: 'kind', value: undefined },
    ],
    [
      { type: 'users_select', action_id: 'who', selected_user: 'U1' },
      { actionId: 'who', value: undefined },
    ],
    [{}, { actionId: '', value: undefined }],
  ])('is read from %j', (action, read) => {
    expect(readPressed(action)).toEqual(read);
  });
});
