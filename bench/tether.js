/**
 * What is loaded into a measured process before its own first line: an end when its parent ends, and a handicap? Plain
 * JavaScript, so that what strips types from TypeScript is not loaded earlier than it would be without.
 */
import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';

const asked = new URL(import.meta.url).searchParams;
const amount = (/** @type {string} */ name) => Number(asked.get(name) ?? 0);

function busy(/** @type {number} */ ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

function tell() {
  const { user, system } = process.cpuUsage();
  const memoryMb = process.memoryUsage.rss() / 2 ** 20;
  const peakMb = process.resourceUsage().maxRSS / 2 ** 10;
  if (process.connected) process.send?.({ memoryMb, peakMb, cpuMs: (user + system) / 1000 });
}
process.once('disconnect', () => process.exit());
process.on('message', tell);
process.once('exit', tell);
// A process that has nothing else to do any more ends, whether or not its parent still listens.
process.channel?.unref();

// Held by a global name, else the collector would give it back.
if (amount('heavyMb') > 0)
  Object.assign(globalThis, { ballast: Buffer.alloc(amount('heavyMb') * 2 ** 20, 1) });
if (amount('startMs') > 0) busy(amount('startMs'));
if (amount('requestMs') > 0) subscribe('http.server.request.start', () => busy(amount('requestMs')));
if (amount('messageMs') > 0) {
  // A message over a connection that stays open is no request: what comes in is made slow instead.
  Socket.prototype.push = function push(
    /** @type {unknown} */ chunk,
    /** @type {BufferEncoding} */ encoding,
  ) {
    if (chunk !== null) busy(amount('messageMs'));
    return Readable.prototype.push.call(this, chunk, encoding);
  };
}
