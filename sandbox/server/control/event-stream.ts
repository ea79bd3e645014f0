/** How does a page hear of changes as they happen? */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Feed } from '../feed.ts';

/** Streams changes as server-sent events, one `data:` line per change, until the page goes. */
export function streamChanges(feed: Feed, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  response.write(`: listening from change ${feed.newest()}\n\n`);
  const stop = feed.listen((change) => {
    response.write(`id: ${change.n}\nevent: ${change.kind}\ndata: ${JSON.stringify(change)}\n\n`);
  });
  request.on('close', stop);
  response.on('close', stop);
}
