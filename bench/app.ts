/** How is the real app started, as its operator starts it? */
import type { Handicap } from './bench.ts';
import { type Child, startChild } from './child.ts';
import { ZONE } from './fill.ts';
import { freePort } from './free-port.ts';

export const SECRET = 'bench-signing-secret';

/** A server that takes signed requests on a port. */
export interface Server extends Child {
  readonly port: number;
}

/** `pilotage start` in HTTP mode, on a database file or on the database at an address. */
export async function startApp(
  parts: { readonly apiUrl: string; readonly handicap: Handicap } & (
    | { readonly file: string }
    | { readonly url: string }
  ),
): Promise<Server> {
  const port = await freePort();
  const child = await startChild({
    script: 'bin/pilotage.js',
    args: ['start'],
    env: {
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_MODE: 'http',
      PORT: String(port),
      SLACK_API_URL: parts.apiUrl,
      DATABASE_URL: 'url' in parts ? parts.url : `file:${parts.file}`,
      PILOTAGE_TIMEZONE: ZONE,
    },
    ready: /Pilotage is ready/,
    handicap: { requestMs: parts.handicap.slowMs, heavyMb: parts.handicap.heavyMb },
  });
  return { ...child, port };
}

/** A bare Bolt app of `bench/floors/`, told where its files are. */
export async function startFloor(parts: {
  readonly floor: string;
  readonly told: Readonly<Record<string, string>>;
  readonly handicap: Handicap;
}): Promise<Server> {
  const port = await freePort();
  const child = await startChild({
    script: `bench/floors/${parts.floor}.ts`,
    args: [JSON.stringify({ port, secret: SECRET, ...parts.told })],
    env: {},
    ready: /^ready$/,
    handicap: { requestMs: parts.handicap.slowMs, heavyMb: parts.handicap.heavyMb },
  });
  return { ...child, port };
}
