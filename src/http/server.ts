/** How do requests reach the routes, and how are answers and faults sent? */
import {
  createServer,
  type IncomingHttpHeaders as Headers,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bucket } from './bucket.ts';
import { type HttpAnswer, HttpProblem, type HttpRequest, type HttpRoute, matchPath } from './route.ts';

/** What the server needs. */
export interface HttpParts {
  readonly routes: readonly HttpRoute[];
  readonly bucket: Bucket;
  readonly newId: () => string;
  readonly failed: (fault: string, error: unknown) => void;
}

/** A server that listens. */
export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** How long a client may take to send its request. */
const PATIENCE_MS = 30_000;

/** Answers requests; false when no route has the path, so that somebody else may. */
export function requestHandler(
  parts: HttpParts,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const url = urlOf(request);
    const matches = parts.routes.flatMap((route) => {
      const params = matchPath(route.path, url.pathname);
      return params === null ? [] : [{ route, params }];
    });
    if (matches.length === 0) return false;
    void answer(parts, request, url, matches).then((result) => send(response, result));
    return true;
  };
}

/** Listens on a port of its own. */
export async function listenHttp(parts: HttpParts, port: number): Promise<HttpServer> {
  const handle = requestHandler(parts);
  const server: Server = createServer(
    { requestTimeout: PATIENCE_MS, headersTimeout: PATIENCE_MS },
    (request, response) => {
      if (!handle(request, response)) {
        send(response, problem(404, 'not_found', `There is nothing at ${urlOf(request).pathname}.`));
      }
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

// Whoever reaches the port may ask for anything, also for what is no address: that must not end the app.
function urlOf({ url = '/' }: IncomingMessage): URL {
  const home = 'http://localhost/';
  return URL.parse(url.startsWith('/') ? `http://localhost${url}` : url, home) ?? new URL(home);
}

async function answer(
  parts: HttpParts,
  request: IncomingMessage,
  url: URL,
  matches: readonly { readonly route: HttpRoute; readonly params: Record<string, string> }[],
): Promise<HttpAnswer> {
  const match = matches.find(({ route }) => route.method === request.method);
  if (match === undefined) {
    const allowed = matches.map(({ route }) => route.method).join(', ');
    return { ...problem(405, 'method_not_allowed', `Use ${allowed} here.`), headers: { allow: allowed } };
  }
  try {
    const read = readRequest(request, url, match.params);
    if (match.route.limited === true) limit(parts.bucket, request, read.bearer);
    return await match.route.run(read);
  } catch (error) {
    if (error instanceof HttpProblem) {
      return { ...problem(error.status, error.code, error.message), headers: error.headers };
    }
    const fault = parts.newId().slice(-8);
    parts.failed(fault, error);
    return problem(500, 'fault', `Something went wrong here and nothing was kept. Its number is ${fault}.`);
  }
}

function limit(bucket: Bucket, request: IncomingMessage, bearer: string | null): void {
  // Of a token only its id counts callers; guessing secrets must not make new ones.
  const callers = [
    `address ${request.socket.remoteAddress ?? ''}`,
    ...(bearer === null ? [] : [`token ${bearer.slice(0, 40)}`]),
  ];
  const wait = Math.max(...callers.map((who) => bucket.take(who)));
  if (wait > 0) {
    throw new HttpProblem(429, 'rate_limited', `Too many requests; come again in ${wait} s.`, {
      'retry-after': String(wait),
    });
  }
}

function readRequest(request: IncomingMessage, url: URL, params: Record<string, string>): HttpRequest {
  const authorization = request.headers.authorization ?? '';
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    params,
    query: url.searchParams,
    contentType: (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
    bearer: /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? null,
    text: (most) => readText(request, most),
  };
}

async function readText(request: IncomingMessage, most: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  requirePlain(request.headers);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) throw tooLarge(most);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    throw new HttpProblem(
      400,
      'cut_off',
      'The body ended in the middle. Nothing was kept; send it again.',
      {},
      { cause: error },
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    throw new HttpProblem(
      400,
      'not_utf8',
      'The body is not UTF-8 text. Nothing was kept; send it as UTF-8.',
      {},
      { cause: error },
    );
  }
}

// What names another alphabet would be read as other letters without anybody noticing.
function requirePlain({
  'content-type': type = '',
  'content-encoding': encoding = 'identity',
}: Headers): void {
  if (encoding.trim().toLowerCase() !== 'identity') {
    throw new HttpProblem(415, 'encoded_body', 'Compressed bodies are not taken. Send the text as it is.');
  }
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^(?:utf-?8|us-ascii)$/i.test(charset)) {
    throw new HttpProblem(
      415,
      'charset',
      `Bodies in ${JSON.stringify(charset)} are not taken. Send the text as UTF-8.`,
    );
  }
}

const tooLarge = (most: number): HttpProblem =>
  new HttpProblem(
    413,
    'too_large',
    `The body is larger than ${Math.floor(most / 1_048_576)} MiB. Split it.`,
    { connection: 'close' },
  );

const problem = (status: number, code: string, message: string): HttpAnswer => ({
  status,
  body: { error: { code, message } },
});

function send(response: ServerResponse, { status, body, headers }: HttpAnswer): void {
  if (response.headersSent || response.destroyed) return;
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}
