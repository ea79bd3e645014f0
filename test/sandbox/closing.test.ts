import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/server/index.ts';
import { callApi } from './call-api.ts';
import { connectSocket, listenForDeliveries } from './raw-app.ts';
import { createClient, failureOf } from './web-client.ts';

describe('closing', () => {
  it('waits for no app that has not answered over HTTP', async () => {
    const slack = await startSandbox({ ackTimeoutMs: 600_000 });
    const server = await listenForDeliveries(slack, () => null);
    const acted = slack.control.openHome('amara');
    await slack.close();
    expect(await acted).toMatchObject({ ok: false });
    expect(slack.nextDue()).toBeNull();
    await server.close();
  });

  it('waits for no app that has not answered over a socket', async () => {
    const slack = await startSandbox({ ackTimeoutMs: 600_000 });
    const socket = await connectSocket(slack);
    const acted = slack.control.command('amara', '#project', '/test');
    await slack.close();
    await socket.closed;
    expect(await acted).toMatchObject({ ok: false });
  });

  it('ends calls that are held back and pages that listen', async () => {
    const slack = await startSandbox();
    const held = slack.control.next(({ detail }) => detail?.['what'] === 'held');
    slack.failures.call('auth.test', { kind: 'slow' });
    const call = failureOf(createClient(slack).auth.test());
    const page = await fetch(`${slack.url}/control/events`);
    await held;
    await slack.close();
    await call;
    await expect(page.text()).rejects.toThrow();
    await expect(callApi(slack, 'auth.test')).rejects.toThrow();
  });

  it('leaves the port free', async () => {
    const first = await startSandbox();
    const port = Number(new URL(first.url).port);
    await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
    await first.close();
    const second = await startSandbox({ port });
    expect(second.url).toBe(first.url);
    await second.close();
  });
});
