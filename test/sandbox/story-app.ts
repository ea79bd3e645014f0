/** A small Bolt app that uses what Slack offers: command, modal, message, button, response URL, Home. */

import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { AppOptions, App as BoltApp } from '@slack/bolt';
import type { Sandbox } from '../../sandbox/server/index.ts';
import * as p from './payloads.ts';

const { App } = createRequire(import.meta.url)('@slack/bolt') as typeof import('@slack/bolt');

const silent = () => undefined;
export const quietLogger = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  setLevel: silent,
  setName: silent,
  getLevel: () => 'error',
} as unknown as NonNullable<AppOptions['logger']>;

export interface RunningApp {
  app: BoltApp;
  /** The names of the listeners that ran. */
  heard: string[];
  stop(): Promise<void>;
}

export type Mode = 'socket' | 'http';

/** Starts a Bolt app that talks to the sandbox in one of the two ways. */
export async function startApp(
  slack: Sandbox,
  mode: Mode,
  listen: (app: BoltApp, heard: string[]) => void,
): Promise<RunningApp> {
  const heard: string[] = [];
  const options = {
    token: 'xoxb-sandbox',
    logger: quietLogger,
    clientOptions: { slackApiUrl: slack.apiUrl },
  };
  if (mode === 'socket') {
    const app = new App({ ...options, appToken: 'xapp-sandbox', socketMode: true });
    listen(app, heard);
    await app.start();
    return { app, heard, stop: () => stopSocket(app) };
  }
  const app = new App({ ...options, signingSecret: 'sandbox-signing-secret' });
  listen(app, heard);
  const server = (await app.start(0)) as Server;
  const { port } = server.address() as AddressInfo;
  await slack.control.apps.setMode('http', `http://127.0.0.1:${port}/slack/events`);
  return {
    app,
    heard,
    stop: async () => {
      server.closeAllConnections();
      await app.stop();
    },
  };
}

async function stopSocket(app: BoltApp): Promise<void> {
  const { client } = (
    app as unknown as { receiver: { client: { once(event: string, run: () => void): void } } }
  ).receiver;
  const gone = new Promise<void>((resolve) => client.once('disconnected', resolve));
  await app.stop();
  await gone;
}

const form = (step: string): p.Payload =>
  p.modal({
    callback_id: 'form',
    private_metadata: step,
    notify_on_close: true,
    blocks: [
      p.input({ type: 'plain_text_input', action_id: 'value' }, { block_id: 'name', label: p.plain('Name') }),
      p.input(
        { type: 'external_select', action_id: 'value', min_query_length: 1 },
        { block_id: 'team', label: p.plain('Team'), optional: true },
      ),
      p.input(
        { type: 'users_select', action_id: 'value' },
        { block_id: 'owner', label: p.plain('Owner'), optional: true, dispatch_action: true },
      ),
    ],
  });

const cardBlocks = (name: string, by: string): p.Payload[] => [
  p.section({ text: p.marked(`*${name}* saved by <@${by}>`) }),
  p.actions(
    p.button({
      action_id: 'approve',
      text: p.plain('Approve'),
      value: name,
      confirm: { text: p.plain('Sure?') },
    }),
    {
      type: 'overflow',
      action_id: 'more',
      options: [
        { text: p.plain('Hide'), value: 'hide' },
        { text: p.plain('Copy'), value: 'copy' },
      ],
    },
  ),
];

/** The listeners of the story. */
export function story(app: BoltApp, heard: string[]): void {
  // Payloads are written as plain JSON here; Bolt's types are not what is under test.
  const on = app as unknown as Record<string, (id: string, run: (args: StoryArgs) => Promise<void>) => void>;
  const listen = (kind: string, id: string, run: (args: StoryArgs) => Promise<unknown>): void => {
    on[kind]?.call(app, id, async (args) => {
      heard.push(`${kind} ${id}`);
      await run(args);
    });
  };
  listen('command', '/test', async ({ ack, command, client }) => {
    if (command['text'] === 'help') return ack({ text: `Help for <@${command['user_id']}>` });
    await ack();
    return client.views.open({ trigger_id: command['trigger_id'], view: form('first') });
  });
  listen('options', 'value', ({ ack, payload }) =>
    ack({ options: [{ text: p.plain(`Team ${payload['value']}`), value: 't1' }] }),
  );
  listen('action', 'value', async ({ ack, body, client }) => {
    await ack();
    const view = body['view'] as p.Payload;
    return client.views.update({ view_id: view['id'], hash: view['hash'], view: form('owner chosen') });
  });
  app.view('form', async (args) => {
    const { ack, body, view, client } = args as unknown as StoryArgs;
    heard.push('view view_submission');
    const values = (view['state'] as { values: Record<string, Record<string, p.Payload>> }).values;
    const name = String(values['name']?.['value']?.['value']);
    if (name === 'taken') return ack({ response_action: 'errors', errors: { name: 'That name is taken.' } });
    await ack();
    await client.chat.postMessage({
      channel: 'C0PROJECT01',
      text: `${name} saved`,
      blocks: cardBlocks(name, String((body['user'] as p.Payload)['id'])),
    });
  });
  app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack }) => {
    heard.push('view view_closed');
    await ack();
  });
  listen('action', 'approve', async ({ ack, body, client, respond, action }) => {
    await ack();
    const message = body['message'] as p.Payload;
    const channel = (body['channel'] as p.Payload)['id'];
    await client.chat.update({ channel, ts: message['ts'], text: `${action['value']} approved`, blocks: [] });
    return respond({ text: 'Thank you.', response_type: 'ephemeral', replace_original: false });
  });
  listen('action', 'more', async ({ ack, respond }) => {
    await ack();
    return respond({ delete_original: true });
  });
  listen('event', 'app_home_opened', ({ event, client }) =>
    client.views.publish({
      user_id: event['user'],
      view: {
        type: 'home',
        blocks: [
          p.section({ text: p.marked(`Home of <@${event['user']}>`) }),
          p.actions(p.button({ action_id: 'again', text: p.plain('Refresh') })),
        ],
      },
    }),
  );
  listen('action', 'again', async ({ ack, body, client }) => {
    await ack();
    const user = (body['user'] as p.Payload)['id'];
    return client.views.publish({
      user_id: user,
      view: { type: 'home', blocks: [p.section({ text: p.plain('Fresh') })] },
    });
  });
  listen('shortcut', 'start', async ({ ack, body, client }) => {
    await ack();
    return client.views.open({ trigger_id: body['trigger_id'], view: form('shortcut') });
  });
}

interface StoryArgs {
  ack(body?: unknown): Promise<void>;
  respond(body: unknown): Promise<unknown>;
  body: p.Payload;
  payload: p.Payload;
  command: p.Payload;
  action: p.Payload;
  event: p.Payload;
  view: p.Payload;
  client: Record<string, Record<string, (args: p.Payload) => Promise<p.Payload>>> & {
    views: Record<'open' | 'update' | 'publish', (args: p.Payload) => Promise<p.Payload>>;
    chat: Record<'postMessage' | 'update', (args: p.Payload) => Promise<p.Payload>>;
  };
}
