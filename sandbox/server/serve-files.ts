/** How do a file's bytes come in and go out? */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLocalRequest } from './loopback.ts';
import type { Parts } from './parts.ts';
import { readBody } from './web-api/arguments.ts';

/** Takes the bytes posted to an upload address, raw or as a form with one file. */
export async function serveUpload(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const underWay = parts.inFlight.begin();
  response.on('close', underWay);
  const id = (request.url ?? '').split('/').at(-1) ?? '';
  const bytes = await uploadedBytes(request);
  const file = parts.workspace.files.get(id);
  if (file === undefined || file.content !== null) {
    end(response, 404, 'file_not_found');
  } else if (bytes.byteLength === file.declaredLength) {
    file.content = bytes;
    end(response, 200, `OK - ${bytes.byteLength}`);
  } else {
    end(response, 400, `length mismatch: ${file.declaredLength} announced, ${bytes.byteLength} received`);
  }
}

/** Sends a file to whoever has a bot token of the workspace, or to a page on this machine. */
export function serveDownload(parts: Parts, request: IncomingMessage, response: ServerResponse): void {
  const id = /^\/files-pri\/[A-Z0-9]+-(F[A-Z0-9]+)\//.exec(request.url ?? '')?.[1] ?? '';
  const file = parts.workspace.files.get(id);
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const app = [...parts.workspace.apps.values()].find(
    ({ botToken, state }) => botToken === token && state === 'installed',
  );
  const mayRead = token === undefined ? isLocalRequest(request) : app?.scopes.has('files:read') === true;
  if (file === undefined || file.content === null) {
    end(response, 404, 'file_not_found');
    return;
  }
  if (!mayRead) {
    end(response, 403, 'not_allowed');
    return;
  }
  const name = file.name.replaceAll(/[^\w.-]+/g, '_');
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': file.content.byteLength,
    'content-disposition': `inline; filename="${name}"`,
    // An uploaded page must not run as a page of this server.
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  });
  response.end(file.content);
}

async function uploadedBytes(request: IncomingMessage): Promise<Uint8Array> {
  const body = new Uint8Array(await readBody(request));
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  for (const [, value] of form) if (typeof value !== 'string') return value.bytes();
  return new Uint8Array();
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}
