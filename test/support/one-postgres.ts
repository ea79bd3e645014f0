/** How do all test files share one PostgreSQL server that starts only when the first of them asks? */

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test asks for the server; the answer is the address of its first database. */
    postgresDoor: string;
  }
}

/** Runs once before all test files, in the process that starts them; what it returns runs after them all. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<PostgresServer> | undefined;
  const secret = randomBytes(12).toString('hex');
  const door = createServer((request, response) => {
    if (request.url !== `/${secret}`) {
      response.writeHead(404).end();
      return;
    }
    server ??= startPostgres();
    server.then(
      (running) => response.end(running.url('postgres')),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const { port } = door.address() as AddressInfo;
  project.provide('postgresDoor', `http://127.0.0.1:${port}/${secret}`);
  return async () => {
    door.closeAllConnections();
    door.close();
    await (await server?.catch(() => undefined))?.stop();
  };
}
