/** How does PostgreSQL keep one reader at one instant? By a repeatable read on a connection of its own. */
import { createRequire } from 'node:module';
import type { Client as PostgresClient } from 'pg';
import { columns } from './columns.postgres.ts';
import { DatabaseProblem, type Queries, type Reading } from './database.ts';
import { appliedOnPostgres } from './postgres-upkeep.ts';
import { tables } from './schema.postgres.ts';
import { errorCodes } from './storable.ts';

const require = createRequire(import.meta.url);
const { Client }: typeof import('pg') = require('pg');
const { drizzle }: typeof import('drizzle-orm/node-postgres') = require('drizzle-orm/node-postgres');

/**
 * Connects for work that takes as long as it takes.
 *
 * @throws {DatabaseProblem} when the server does not answer
 */
export async function connectPostgres(url: string): Promise<PostgresClient> {
  const client = new Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: 'pilotage copy',
  });
  // A connection that breaks fails the statement that is running; without a listener it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0');
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    const place = URL.parse(url)?.host ?? 'the given address';
    const why = error instanceof Error && error.message ? error.message : errorCodes(error).join(', ');
    throw new DatabaseProblem(`PostgreSQL at ${place} does not answer (${why}); check DATABASE_URL.`, {
      cause: error,
    });
  }
}

/** Connects and stays at this instant until it is closed. Writers are not kept waiting. */
export async function readPostgres(url: string): Promise<Reading> {
  const client = await connectPostgres(url);
  await client.query('begin isolation level repeatable read read only');
  return {
    engine: 'postgres',
    tables,
    describe: columns.describe,
    // Only awaited selects are used, and those give the same rows on both engines.
    q: drizzle(client) as unknown as Queries,
    applied: () => appliedOnPostgres(client),
    close: () => client.end(),
  };
}
