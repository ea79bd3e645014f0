/** Which WebSockets are open to which app, and what is waiting for an answer on them? */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Feed } from '../feed.ts';
import { isObject, type JsonObject, parseJson, textAt } from '../json.ts';
import { socketLimits } from '../limits.ts';
import { addressOf } from '../request-address.ts';
import type { InstalledApp, Workspace } from '../world/workspace.ts';
import { type Acknowledgement, type DeliveryKind, failed, type Retry } from './acknowledgement.ts';

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export interface Sockets {
  /** The path of a WebSocket address that may be used once. */
  ticket(app: InstalledApp): string;
  /** Takes over an HTTP connection that asks to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends an envelope to one connection of the app and waits for its acknowledgement. */
  send(app: InstalledApp, kind: DeliveryKind, payload: JsonObject, how: Sending): Promise<Acknowledgement>;
  /** How many connections an app has. */
  connections(appId: string): number;
  /** Tells the app's connections to go, and closes them unless it is only a warning. */
  disconnect(appId: string, reason: DisconnectReason): void;
  /** Cuts the app's connections without a word. */
  cut(appId: string): void;
  /** Ends everything. */
  close(): Promise<void>;
}

export interface Sending {
  timeoutMs: number;
  acceptsPayload: boolean;
  retry: Retry | undefined;
  /** Cuts the connection right after the envelope has left. */
  cutAfterwards: boolean;
}

interface Connection {
  appId: string;
  socket: WebSocket;
  waiting: Map<string, (payload: unknown) => void>;
  closed: Set<() => void>;
}

/** No connections yet; tickets are made with the ids of the workspace. */
export function createSockets(workspace: Workspace, feed: Feed): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Map<string, string>();
  const connections = new Set<Connection>();
  let turn = 0;

  const connectionsOf = (appId: string): Connection[] =>
    [...connections].filter(
      (connection) => connection.appId === appId && connection.socket.readyState === WebSocket.OPEN,
    );

  const accept = (appId: string, socket: WebSocket): void => {
    const others = connectionsOf(appId).length;
    if (others >= socketLimits.connectionsPerApp) {
      sayGoodbye(socket, 'too_many_websockets');
      socket.close(1000);
      return;
    }
    const connection: Connection = { appId, socket, waiting: new Map(), closed: new Set() };
    connections.add(connection);
    const pinging = setInterval(() => socket.ping('ping'), socketLimits.pingEveryMs);
    pinging.unref();
    socket.on('message', (data) => acknowledge(connection, String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(pinging);
      connections.delete(connection);
      for (const tell of connection.closed) tell();
      feed.tell('socket', { detail: { app: appId, connections: connectionsOf(appId).length } });
    });
    socket.send(JSON.stringify(hello(appId, others + 1)));
    feed.tell('socket', { detail: { app: appId, connections: others + 1 } });
  };

  return {
    ticket(app) {
      const ticket = workspace.ids.secret('ticket', 36);
      tickets.set(ticket, app.id);
      return `/link/?ticket=${ticket}&app_id=${app.id}`;
    },
    upgrade(request, socket, head) {
      const ticket = addressOf(request).searchParams.get('ticket') ?? '';
      const appId = tickets.get(ticket);
      tickets.delete(ticket);
      if (appId === undefined) {
        socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (upgraded) => accept(appId, upgraded));
    },
    async send(app, kind, payload, how) {
      const started = performance.now();
      const open = connectionsOf(app.id);
      const connection = open[turn++ % Math.max(open.length, 1)];
      if (connection === undefined) return failed('connection_failed', 0);
      const envelopeId = randomUUID();
      const answer = waitForAnswer(connection, envelopeId, how.timeoutMs);
      connection.socket.send(JSON.stringify(envelope(envelopeId, kind, payload, how)), () => {
        if (how.cutAfterwards) connection.socket.terminate();
      });
      const outcome = await answer;
      const ms = performance.now() - started;
      if (typeof outcome === 'string') return failed(outcome, ms);
      return { ok: true, ms, body: outcome.payload, failure: null, status: null, mayRetry: true };
    },
    connections: (appId) => connectionsOf(appId).length,
    disconnect(appId, reason) {
      for (const { socket } of connectionsOf(appId)) {
        sayGoodbye(socket, reason);
        if (reason !== 'warning') socket.close(1000);
      }
    },
    cut(appId) {
      for (const { socket } of connectionsOf(appId)) socket.terminate();
    },
    async close() {
      const open = [...connections];
      const closing = open.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)));
      for (const { socket } of open) socket.terminate();
      await Promise.all(closing);
      server.close();
    },
  };
}

function acknowledge(connection: Connection, data: string): void {
  const message = parseJson(data);
  if (!isObject(message)) return;
  const id = textAt(message['envelope_id']);
  connection.waiting.get(id)?.(message['payload'] ?? null);
}

function waitForAnswer(
  connection: Connection,
  envelopeId: string,
  timeoutMs: number,
): Promise<{ payload: unknown } | 'timeout' | 'connection_failed'> {
  return new Promise((resolve) => {
    const end = (outcome: { payload: unknown } | 'timeout' | 'connection_failed'): void => {
      clearTimeout(timer);
      connection.waiting.delete(envelopeId);
      connection.closed.delete(onClose);
      resolve(outcome);
    };
    const onClose = (): void => end('connection_failed');
    const timer = setTimeout(() => end('timeout'), timeoutMs);
    connection.closed.add(onClose);
    connection.waiting.set(envelopeId, (payload) => end({ payload }));
  });
}

function envelope(id: string, kind: DeliveryKind, payload: JsonObject, how: Sending): JsonObject {
  const retry =
    kind === 'events_api'
      ? { retry_attempt: how.retry?.attempt ?? 0, retry_reason: how.retry?.reason ?? '' }
      : {};
  return { envelope_id: id, payload, type: kind, accepts_response_payload: how.acceptsPayload, ...retry };
}

function hello(appId: string, connections: number): JsonObject {
  return {
    type: 'hello',
    num_connections: connections,
    debug_info: { host: 'applink-sandbox', build_number: 1, approximate_connection_time: 18_060 },
    connection_info: { app_id: appId },
  };
}

function sayGoodbye(socket: WebSocket, reason: DisconnectReason): void {
  socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-sandbox' } }));
}
