/** How is the app asked for a page of pilots with their verdicts? */
import { randomBytes } from 'node:crypto';
import { openDatabase } from '../src/db/open.ts';
import { insertToken } from '../src/db/queries/tokens.ts';
import { newToken } from '../src/db/token-secret.ts';
import type { Run } from './bench.ts';
import type { Answer, Client } from './client.ts';
import { WORKSPACE } from './fill.ts';

/** How much is measured. */
export interface PageEffort {
  readonly pilots: number;
  /** Requests of each kind before anything is measured. */
  readonly warmUp: number;
  readonly rounds: number;
  /** Requests of each kind in a round. */
  readonly requests: number;
}

/** Pilots on a page. */
export const PAGE = 100;
/** Who asks too often is told to come again later; at this pace nobody is. */
export const PACE_MS = 100;

/** A token for the whole workspace, as `pilotage token create` makes one. */
export async function makeToken(url: string): Promise<string> {
  const db = await openDatabase({ url, salt: () => '' });
  try {
    const token = newToken(randomBytes(8), randomBytes(32));
    const row = { workspace: WORKSPACE, id: token.id, name: 'bench', digest: token.digest, createdAt: 0 };
    await db.atomically(WORKSPACE, () => [insertToken(db, row)]);
    return token.text;
  } finally {
    await db.close();
  }
}

/** Asks for the first page of pilots. */
export const pageRequest = (token: string): Buffer =>
  Buffer.from(`GET /api/v1/pilots HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n\r\n`);

/** Sends a request that must succeed. */
export async function send(client: Client, request: Buffer): Promise<Answer> {
  const answer = await client.send(request);
  if (answer.status !== 200)
    throw new Error(`an answer has the status ${answer.status}: ${answer.body.slice(0, 300)}`);
  return answer;
}

/** A page, which must have so many pilots. */
export async function readPage(client: Client, request: Buffer, pilots: number): Promise<object> {
  const answer = JSON.parse((await send(client, request)).body) as { readonly pilots: readonly object[] };
  if (answer.pilots.length !== pilots) throw new Error(`a page has ${answer.pilots.length} pilots`);
  return answer;
}

/** Warms up and measures round by round; `turn` makes so many requests of each kind. */
export async function inRounds<Times>(
  effort: PageEffort,
  run: Run,
  turn: (count: number) => Promise<Times>,
): Promise<Times[]> {
  run.say('warming up');
  await turn(effort.warmUp);
  const rounds: Times[] = [];
  for (let round = 1; round <= effort.rounds; round += 1) {
    run.say(`round ${round} of ${effort.rounds}`);
    rounds.push(await turn(effort.requests));
  }
  return rounds;
}
