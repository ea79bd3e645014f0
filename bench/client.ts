/** How does a client knock as Slack does, over one connection that stays open, with as little of its own time as possible? */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { signatureHeaders } from '../sandbox/server/delivery/signature.ts';

/** A request, signed and ready to be written. Bolt takes a signature for five minutes. */
export type SignedRequest = Buffer;

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** From the first byte written to the last byte read, in milliseconds. */
  readonly ms: number;
}

/** One connection; one request at a time. */
export interface Client {
  send(request: SignedRequest): Promise<Answer>;
  close(): void;
}

/** Makes a signed request with a body of form fields, as commands, presses and submissions come. */
export const signedRequest = (
  secret: string,
  now: number,
  fields: Readonly<Record<string, string>>,
): SignedRequest =>
  signed(secret, now, 'application/x-www-form-urlencoded', new URLSearchParams(fields).toString());

/** Makes a signed request with a body of JSON, as events come. */
export const signedEvent = (secret: string, now: number, payload: object): SignedRequest =>
  signed(secret, now, 'application/json', JSON.stringify(payload));

function signed(secret: string, now: number, contentType: string, body: string): SignedRequest {
  const headers = {
    host: '127.0.0.1',
    'content-type': contentType,
    'content-length': String(Buffer.byteLength(body)),
    ...signatureHeaders(secret, body, now),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST /slack/events HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

/** Opens a connection to a port of this machine; when the server has closed it in a pause, the next request opens another. */
export async function openClient(port: number): Promise<Client> {
  let socket = await connected(port);
  return {
    async send(request) {
      if (socket.destroyed || socket.readableEnded) socket = await connected(port);
      return exchange(socket, request);
    },
    close: () => void socket.destroy(),
  };
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  await once(socket, 'connect');
  // Without a listener an error between two requests would end the process; the next request finds the socket closed.
  return socket.on('error', () => {}).resume();
}

function exchange(socket: Socket, request: SignedRequest): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const take = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const answer = readAnswer(received);
      if (answer !== null) done(() => resolve({ ...answer, ms: performance.now() - started }));
    };
    const lose = () => done(() => reject(new Error('the server closed the connection before it answered')));
    const done = (end: () => void) => {
      socket.off('data', take).off('close', lose);
      end();
    };
    socket.on('data', take).on('close', lose);
    socket.write(request);
  });
}

const HEAD_END = '\r\n\r\n';

/** Reads an answer with a known length or in chunks; null while some of it is missing. */
export function readAnswer(received: Buffer): Omit<Answer, 'ms'> | null {
  const end = received.indexOf(HEAD_END);
  if (end === -1) return null;
  const head = received.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const rest = received.subarray(end + HEAD_END.length);
  const length = /^content-length: *(\d+)$/im.exec(head)?.[1];
  if (length !== undefined) {
    return rest.length < Number(length) ? null : { status, body: rest.toString('utf8', 0, Number(length)) };
  }
  const body = /^transfer-encoding: *chunked$/im.test(head) ? joinChunks(rest) : '';
  return body === null ? null : { status, body };
}

function joinChunks(rest: Buffer): string | null {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd === -1) return null;
    const size = Number.parseInt(rest.toString('latin1', at, lineEnd), 16);
    const start = lineEnd + 2;
    // Two more bytes end the chunk; after the last, empty one they end the answer.
    if (rest.length < start + size + 2) return null;
    if (size === 0) return Buffer.concat(chunks).toString('utf8');
    chunks.push(rest.subarray(start, start + size));
    at = start + size + 2;
  }
}
