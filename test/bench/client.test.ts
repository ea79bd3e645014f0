import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openClient, readAnswer, signedRequest } from '../../bench/client.ts';

const read = (text: string) => readAnswer(Buffer.from(text));

describe('an answer', () => {
  it('of a known length is there when its last byte is', () => {
    const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbla\n';
    expect(read(whole)).toEqual({ status: 200, body: 'bla\n' });
    expect(read(whole.slice(0, -1))).toBeNull();
    expect(read('HTTP/1.1 200 OK\r\nContent-Le')).toBeNull();
  });

  it('in chunks is there when the empty one is', () => {
    const whole = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\n\n\r\n0\r\n\r\n';
    expect(read(whole)).toEqual({ status: 200, body: 'abc\n' });
    for (let end = 0; end < whole.length; end += 1) expect(read(whole.slice(0, end))).toBeNull();
  });

  it('may say nothing', () => {
    expect(read('HTTP/1.1 401 Unauthorized\r\nConnection: keep-alive\r\n\r\n')).toEqual({
      status: 401,
      body: '',
    });
  });
});

describe('a client', () => {
  it('keeps its connection, and opens another when the server has closed it', async () => {
    const ports = new Set<number | undefined>();
    const server = createServer((request, response) => {
      ports.add(request.socket.remotePort);
      request.resume().on('end', () => response.end(request.headers['x-slack-signature']));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const client = await openClient((server.address() as AddressInfo).port);
    onTestFinished(() => {
      client.close();
      server.closeAllConnections();
      server.close();
    });
    const request = signedRequest('secret', 1_700_000_000_000, { text: 'show a & b' });
    const first = await client.send(request);
    expect(first).toMatchObject({ status: 200, body: expect.stringMatching(/^v0=[0-9a-f]{64}$/) });
    expect(await client.send(request)).toMatchObject({ body: first.body });
    expect(ports.size).toBe(1);

    const closed = new Promise((resolve) => server.once('drop', resolve).once('connection', resolve));
    server.closeAllConnections();
    expect(await sendAgain(client, request)).toMatchObject({ body: first.body });
    await closed;
    expect(ports.size).toBe(2);
  });
});

/** The first try may meet the connection while it is being closed. */
async function sendAgain(client: Awaited<ReturnType<typeof openClient>>, request: Buffer) {
  return client.send(request).catch(() => client.send(request));
}
