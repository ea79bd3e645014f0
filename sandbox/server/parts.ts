/** Which pieces does everything in the sandbox work with? */
import type { Agenda } from './agenda.ts';
import type { Clock } from './clock.ts';
import type { ResponseUrls } from './delivery/response-urls.ts';
import type { Sockets } from './delivery/sockets.ts';
import type { Triggers } from './delivery/triggers.ts';
import type { FailureRules } from './failures.ts';
import type { Feed } from './feed.ts';
import type { InFlight } from './in-flight.ts';
import type { Journal } from './journal.ts';
import type { RateLimits } from './web-api/rate-limits.ts';
import type { Workspace } from './world/workspace.ts';

export interface Parts {
  workspace: Workspace;
  /** The workspace's clock. */
  clock: Clock;
  /** The time of the machine, for signatures and triggers. */
  realClock: Clock;
  feed: Feed;
  journal: Journal;
  inFlight: InFlight;
  agenda: Agenda;
  failures: FailureRules;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  sockets: Sockets;
  rateLimits: RateLimits;
  /** Real milliseconds an app has to acknowledge. */
  ackTimeoutMs: number;
  /** Aborts when the sandbox closes: nothing waits for an app any longer. */
  closing: AbortSignal;
  /** The server's root, such as `http://127.0.0.1:4390`; empty until it listens. */
  url: string;
}
