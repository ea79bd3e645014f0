/** What happens when whoever reads our output goes away, as `head` does? */
import type { Writable } from 'node:stream';

/** Lets a command finish its work unheard: nobody reading is no failure. Every other error of the streams stays one. */
export function surviveBrokenPipe(...streams: readonly Writable[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
