/** Which endpoints does the app have beside Slack's, and what do health and metrics look at? */
import type { Database } from '../db/database.ts';
import type { OutboxState } from '../db/queries/outbox.ts';
import { countOutbox } from '../db/queries/outbox.ts';
import { workspaceById } from '../db/queries/people.ts';
import type { Feature, Parts } from '../features/feature.ts';
import { createBucket } from '../http/bucket.ts';
import { type Gauge, healthRoutes } from '../http/health.ts';
import type { HttpParts } from '../http/server.ts';

/** Requests of one caller: ten a second for long, a hundred at once. */
const PER_SECOND = 10;
const BURST = 100;
/** Longer than this without a look at what is due means that time stands still. */
const SILENT_MS = 90_000;

/** What the endpoints are made of. */
export interface EndpointParts {
  readonly db: Database;
  readonly workspace: string;
  readonly parts: Parts;
  readonly features: readonly Feature[];
  readonly connected: () => boolean;
  readonly lastLook: () => number | null;
  readonly failed: HttpParts['failed'];
}

/** Every endpoint: health, metrics, and those of the features. */
export function endpointsOf(make: EndpointParts): HttpParts {
  const { db, parts } = make;
  const gauge = (state: OutboxState, help: string): Gauge => ({
    name: `pilotage_outbox_${state}`,
    help,
    read: () => countOutbox(db, state),
  });
  const notReady = async (): Promise<string[]> => {
    const missing: string[] = [];
    const answers = await workspaceById(db, make.workspace).then(
      () => true,
      () => false,
    );
    if (!answers) missing.push('the database does not answer');
    if (!make.connected()) missing.push('there is no connection to Slack');
    const looked = make.lastLook();
    if (looked !== null && parts.now() - looked > SILENT_MS)
      missing.push('nothing has looked at what is due for a while');
    return missing;
  };
  return {
    routes: [
      ...healthRoutes({
        notReady,
        gauges: [
          gauge('ready', 'Messages that wait to be sent'),
          gauge('failed', 'Messages that reached nobody'),
          gauge('unknown', 'Messages of which nobody knows whether Slack has them'),
        ],
      }),
      ...make.features.flatMap((feature) => feature.endpoints?.(parts) ?? []),
    ],
    bucket: createBucket(PER_SECOND, BURST, parts.now),
    newId: parts.newId,
    failed: make.failed,
  };
}
