/** Is the app alive, is it ready, and what do its numbers say? */
import { createRequire } from 'node:module';
import type { HttpRoute } from './route.ts';

const require = createRequire(import.meta.url);

/** What is asked for health and metrics. */
export interface HealthParts {
  /** Empty when everything the app depends on answers; else what does not, in words. */
  readonly notReady: () => Promise<readonly string[]>;
  /** Numbers to show, each read when somebody asks. */
  readonly gauges: readonly Gauge[];
}

/** One number for `/metrics`. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly read: () => Promise<number>;
}

/** `/healthz` (the process answers), `/readyz` (database and Slack do), `/metrics` (Prometheus text). */
export function healthRoutes(parts: HealthParts): HttpRoute[] {
  let registry: import('prom-client').Registry | null = null;
  const load = (): import('prom-client').Registry => {
    if (registry !== null) return registry;
    // Loaded on first use: who never asks for numbers does not pay for them.
    const {
      collectDefaultMetrics,
      Gauge: PromGauge,
      Registry,
    } = require('prom-client') as typeof import('prom-client');
    registry = new Registry();
    collectDefaultMetrics({ register: registry, prefix: 'pilotage_' });
    for (const gauge of parts.gauges) {
      new PromGauge({
        name: gauge.name,
        help: gauge.help,
        registers: [registry],
        async collect() {
          this.set(await gauge.read());
        },
      });
    }
    return registry;
  };
  return [
    { method: 'GET', path: '/healthz', run: async () => ({ status: 200, body: { alive: true } }) },
    {
      method: 'GET',
      path: '/readyz',
      async run() {
        const missing = await parts.notReady();
        return { status: missing.length === 0 ? 200 : 503, body: { ready: missing.length === 0, missing } };
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      async run() {
        const all = load();
        return { status: 200, body: await all.metrics(), headers: { 'content-type': all.contentType } };
      },
    },
  ];
}
