/** An app without a framework: what it is sent can be looked at, and it answers as a test says. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { Sandbox } from '../../sandbox/server/index.ts';
import { callApi } from './call-api.ts';

export type Received = Record<string, unknown>;

/** A WebSocket client of Socket Mode. */
export interface RawSocket {
  /** Everything but acknowledged envelopes it was sent, oldest first. */
  received: Received[];
  /** Resolves with the next message of a type. */
  next(type: string): Promise<Received>;
  acknowledge(envelope: Received, payload?: unknown): void;
  closed: Promise<void>;
  close(): Promise<void>;
}

/** Connects to the sandbox; with `answer` every envelope is acknowledged at once with what it gives. */
export async function connectSocket(
  slack: Sandbox,
  answer?: (envelope: Received) => unknown,
): Promise<RawSocket> {
  const { url } = await callApi(slack, 'apps.connections.open', {}, 'xapp-sandbox');
  const socket = new WebSocket(String(url));
  const received: Received[] = [];
  const waiting = new Set<(message: Received) => void>();
  const acknowledge = (envelope: Received, payload?: unknown): void =>
    socket.send(JSON.stringify({ envelope_id: envelope['envelope_id'], payload }));
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Received;
    received.push(message);
    for (const tell of [...waiting]) tell(message);
    if (answer !== undefined && message['envelope_id'] !== undefined) acknowledge(message, answer(message));
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const next = (type: string): Promise<Received> =>
    new Promise((resolve) => {
      const tell = (message: Received): void => {
        if (message['type'] !== type) return;
        waiting.delete(tell);
        resolve(message);
      };
      waiting.add(tell);
    });
  const first = new Promise<void>((resolve) => socket.once('message', () => resolve()));
  await first;
  return {
    received,
    next,
    acknowledge,
    closed,
    close: async () => {
      socket.close();
      await closed;
    },
  };
}

/** One HTTP delivery as it arrived. */
export interface Delivered {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface RawServer {
  url: string;
  delivered: Delivered[];
  close(): Promise<void>;
}

/** What the server answers: a status, a body and headers; `null` answers nothing at all. */
export type ServerAnswer = { status: number; body?: string; headers?: Record<string, string> } | null;

/** Listens for deliveries and switches the sandbox's app to HTTP. */
export async function listenForDeliveries(
  slack: Sandbox,
  answer: (delivery: Delivered) => ServerAnswer,
): Promise<RawServer> {
  const delivered: Delivered[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const delivery = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      delivered.push(delivery);
      const given = answer(delivery);
      if (given === null) return;
      response.writeHead(given.status, given.headers ?? {});
      response.end(given.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  await slack.control.apps.setMode('http', url);
  return {
    url,
    delivered,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
