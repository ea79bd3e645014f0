/** What do pilots look like about which it was decided long ago? */
import { addDays, type Day, startOfDay } from '../../src/core/day.ts';
import type { Database } from '../../src/db/database.ts';
import { aCriterion } from './facts.ts';
import { aCharter, aMetric, anObservation, aPilot } from './rows.ts';

/** A finished pilot of a test: when what happened, as days. */
export interface Finished {
  readonly created: Day;
  readonly start?: Day;
  readonly signed?: Day;
  /** Null: there never was a number. */
  readonly measured: Day | null;
  readonly ended: Day;
  readonly decision?: keyof typeof STAGES;
  readonly paused?: readonly [Day, Day];
  readonly watched?: Day;
  readonly released?: Day;
}

/** Pilots that built for so many days each, from 7 April 2025 on. */
export const builtFor = (days: readonly number[]): Finished[] =>
  days.map((each) => ({
    created: '2025-04-01',
    start: '2025-04-07',
    signed: '2025-04-07',
    measured: addDays('2025-04-07', each),
    ended: addDays('2025-04-07', each + 28),
  }));

const STAGES = { go: 'deploy', conditional_go: 'deploy', stop: 'stopped', extend: 'measure' } as const;

/** Writes finished pilots with everything their phases follow from. Each thing happens at noon, in UTC. */
export async function finish(db: Database, workspace: string, pilots: readonly Finished[]): Promise<void> {
  const t = db.tables;
  const noon = (day: Day) => startOfDay(day, 'UTC') + 12 * 3_600_000;
  for (const [n, one] of pilots.entries()) {
    const [pilot, metric] = [`finished-${n}`, `finished-metric-${n}`];
    const { created, start = created, signed = created, measured, ended, decision = 'go' } = one;
    await db.q.insert(t.pilots).values(
      aPilot({
        workspace,
        id: pilot,
        key: pilot,
        name: `Finished ${n}`,
        stage: STAGES[decision],
        createdAt: noon(created),
        watchedSince: one.watched === undefined ? null : noon(one.watched),
        releasedAt: one.released === undefined ? null : noon(one.released),
      }),
    );
    await db.q.insert(t.charterVersions).values(
      aCharter({
        workspace,
        id: `finished-version-${n}`,
        pilot,
        status: 'signed',
        fields: { start },
        answeredAt: noon(signed),
        hash: 'a'.repeat(64),
      }),
    );
    await db.q.insert(t.metrics).values(aMetric({ workspace, id: metric, pilot }));
    await db.q
      .insert(t.criteria)
      .values({ ...aCriterion({ id: `finished-criterion-${n}`, metric }), workspace, pilot });
    if (measured !== null) {
      const row = { workspace, id: `finished-value-${n}`, pilot, metric, recordedAt: noon(measured) };
      await db.q.insert(t.observations).values(anObservation(row));
    }
    if (one.paused !== undefined) {
      const [since, until] = one.paused;
      await db.q.insert(t.pauses).values({
        workspace,
        id: `finished-pause-${n}`,
        pilot,
        since: noon(since),
        until: noon(until),
        reason: '',
        setBy: 'U1',
      });
    }
    await db.q.insert(t.decisions).values({
      workspace,
      id: `finished-decision-${n}`,
      pilot,
      cases: [],
      decision,
      by: 'U1',
      role: 'sponsor',
      at: noon(ended),
      effectiveAt: noon(ended),
      state: 'done',
      details: {},
      seen: {},
    });
  }
}
