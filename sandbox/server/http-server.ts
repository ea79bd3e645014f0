/** Who answers which request on the sandbox's one port? */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Served, serveControl } from './control/serve.ts';
import { serveResponseUrl } from './delivery/serve-response-url.ts';
import type { Parts } from './parts.ts';
import { serveDownload, serveUpload } from './serve-files.ts';
import { serveApi } from './web-api/serve.ts';

/** Answers a request itself and says so, or leaves it alone. */
export type ServeHook = (request: IncomingMessage, response: ServerResponse) => boolean;

/** @param serve is asked for everything that is not Slack's: a page can live on the same port */
export function createHttpServer(parts: Parts, served: Served, serve: ServeHook | undefined): Server {
  const server = createServer((request, response) => {
    route(parts, served, serve, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(String(error));
    });
  });
  server.on('upgrade', (request, socket, head) => parts.sockets.upgrade(request, socket, head));
  return server;
}

/** Listens, and answers the root address. */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: actual } = server.address() as AddressInfo;
  return `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${actual}`;
}

/** Ends every connection and stops listening. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function route(
  parts: Parts,
  served: Served,
  serve: ServeHook | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url ?? '/';
  if (path.startsWith('/api/')) return serveApi(parts, request, response);
  if (path.startsWith('/actions/')) return serveResponseUrl(parts, request, response);
  if (path.startsWith('/control/')) return serveControl(parts, served, request, response);
  if (path.startsWith('/upload/')) return serveUpload(parts, request, response);
  if (path.startsWith('/files-pri/')) return serveDownload(parts, request, response);
  if (serve?.(request, response) === true) return;
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
  response.end('Nothing here. The Web API is under /api/, the control under /control/.');
}
