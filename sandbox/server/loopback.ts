/** Is this request from this machine, and meant for it? */
import type { IncomingMessage } from 'node:http';

const localNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const localAddresses = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * True when a request comes over the loopback interface, names this machine as its host (a page elsewhere that
 * resolves its own name to 127.0.0.1 does not), and was not sent by a page of another origin.
 */
export function isLocalRequest(request: IncomingMessage): boolean {
  if (!localAddresses.has(request.socket.remoteAddress ?? '')) return false;
  const { host, origin } = request.headers;
  if (host === undefined || !isLocalHost(`http://${host}`)) return false;
  return origin === undefined || isLocalHost(origin);
}

function isLocalHost(url: string): boolean {
  return URL.canParse(url) && localNames.has(new URL(url).hostname);
}
