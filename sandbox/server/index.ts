/** How is a local Slack started, used and ended? */
import { createAgenda } from './agenda.ts';
import { type Clock, realClock } from './clock.ts';
import { type Control, createControl } from './control/index.ts';
import { createResponseUrls } from './delivery/response-urls.ts';
import { createSockets } from './delivery/sockets.ts';
import { createTriggers } from './delivery/triggers.ts';
import { createFailures, type Failures } from './failures.ts';
import { createFeed } from './feed.ts';
import { closeServer, createHttpServer, listen, type ServeHook } from './http-server.ts';
import { createInFlight } from './in-flight.ts';
import { createJournal } from './journal.ts';
import { acknowledgeWithin } from './limits.ts';
import type { Parts } from './parts.ts';
import { createRateLimits } from './web-api/rate-limits.ts';
import { dropExpired, nextExpiry } from './world/messages.ts';
import { plant } from './world/plant.ts';
import { defaultSeed, type WorkspaceSeed } from './world/seed.ts';
import { createWorkspace } from './world/workspace.ts';

export type { Clock } from './clock.ts';
export type { Acted } from './control/acted.ts';
export type { Control, Labelled } from './control/index.ts';
export type { MessagePointing } from './control/press-message.ts';
export type { Read, SeenMessage, SeenView } from './control/read.ts';
export type { ActiveFailure, CallFailure, DeliveryTrouble, Failures, Frequency } from './failures.ts';
export type { Change, ChangeKind } from './feed.ts';
export type { JournalEntry } from './journal.ts';
export type {
  AppSeed,
  ChannelSeed,
  CommandSeed,
  PersonSeed,
  ShortcutSeed,
  WorkspaceSeed,
} from './world/seed.ts';
export { defaultSeed } from './world/seed.ts';

export interface SandboxOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Default 127.0.0.1. The control answers to this machine only, whatever the host. */
  host?: string;
  /** Default the time of the machine; then the sandbox does by itself what becomes due. */
  clock?: Clock;
  /** Default a small workspace with one app. */
  seed?: WorkspaceSeed;
  /** Whether Slack's rate limits are enforced; default false. */
  rateLimits?: boolean;
  /** Asked for every request that is not Slack's, so that a page can live on the same port. */
  serve?: ServeHook;
  /** Real milliseconds an app has to acknowledge; default 3000. */
  ackTimeoutMs?: number;
  /** Real time for signatures and triggers; default the time of the machine. */
  realClock?: Clock;
}

export interface Sandbox {
  /** The root, such as `http://127.0.0.1:4390`. */
  url: string;
  /** The root of the Web API; ends in `/api/`. */
  apiUrl: string;
  control: Control;
  failures: Failures;
  /** Resolves when no API request is being answered, no delivery waits for its answer and no response URL is in use. */
  settled(): Promise<void>;
  /** The next instant of the clock at which the sandbox itself has something to do, or null. */
  nextDue(): number | null;
  /** Does what is due at `clock.now()`. */
  runDue(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a local Slack.
 * @example
 * const slack = await startSandbox();
 * const app = new App({ token: 'xoxb-sandbox', appToken: 'xapp-sandbox', socketMode: true,
 *   clientOptions: { slackApiUrl: slack.apiUrl } });
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? realClock;
  const real = options.realClock ?? realClock;
  const seed = options.seed ?? defaultSeed();
  const feed = createFeed(clock);
  const workspace = createWorkspace(clock, feed, seed.team);
  plant(workspace, seed);
  const agenda = createAgenda(clock, options.clock === undefined);
  const sockets = createSockets(workspace, feed);
  const closing = new AbortController();
  const parts: Parts = {
    workspace,
    clock,
    realClock: real,
    feed,
    journal: createJournal(clock, feed),
    inFlight: createInFlight(),
    agenda,
    failures: createFailures(),
    triggers: createTriggers(workspace, real),
    responseUrls: createResponseUrls(workspace, clock),
    sockets,
    rateLimits: createRateLimits(clock, options.rateLimits ?? false),
    ackTimeoutMs: options.ackTimeoutMs ?? acknowledgeWithin,
    closing: closing.signal,
    url: '',
  };
  const control = createControl(parts);
  const settled = (): Promise<void> => parts.inFlight.settled();
  const nextDue = (): number | null => earlier(agenda.nextDue(), nextExpiry(workspace));
  let toldTime = clock.now();
  const runDue = async (): Promise<void> => {
    for (const channel of workspace.channels.values()) dropExpired(workspace, channel);
    if (clock.now() !== toldTime) feed.tell('clock');
    toldTime = clock.now();
    await agenda.runDue();
  };
  const served = { control, failures: parts.failures, settled, nextDue, runDue };
  const server = createHttpServer(parts, served, options.serve);
  parts.url = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  return {
    url: parts.url,
    apiUrl: `${parts.url}/api/`,
    control,
    failures: parts.failures,
    settled,
    nextDue,
    runDue,
    async close() {
      closing.abort();
      agenda.close();
      parts.failures.clear();
      await sockets.close();
      await closeServer(server);
    },
  };
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
