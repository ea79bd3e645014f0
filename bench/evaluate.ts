/** What does judging every criterion cost beside reading what it is judged by? */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import type { PilotFacts, RecordedValue } from '../src/core/pilot-facts.ts';
import { standingOf } from '../src/core/standing.ts';
import { openDatabase } from '../src/db/open.ts';
import { allPilots } from '../src/db/queries/pilots.ts';
import { type Bench, busy } from './bench.ts';
import { fill, WORKSPACE, ZONE } from './fill.ts';
import { leavingNothing } from './leaving-nothing.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

/** How much is measured; every pilot has 4 criteria with 26 weekly values each. */
export interface EvaluateEffort {
  readonly pilots: number;
  readonly rounds: number;
}

/** Pilots that are read and then judged, before the next ones are: few enough to fit into memory. */
const PORTION = 100;
const CRITERIA = 4;
const VALUES = 26;

export const evaluate: Bench<EvaluateEffort> = {
  name: 'evaluate',
  what: `50,000 criteria with ${VALUES} values each (1,000 with --quick): verdict, sentence and forecast of every one`,
  floor: 'reading the values by raw statements, one for each pilot, only the columns that are needed',
  subject: 'standingOf on what was read',
  budgets: [{ figure: 'all of it', compare: 'ratio', at: 'most', limit: 5 }],
  notes: ['Time is for each criterion. Reading and judging take turns of 400 criteria.'],
  full: { pilots: 12_500, rounds: 3 },
  quick: { pilots: 250, rounds: 3 },
  measure: (effort, run) =>
    leavingNothing(async (folder, atTheEnd) => {
      run.say(`filling a database with ${(effort.pilots * CRITERIA * VALUES).toLocaleString('en')} values`);
      const file = join(folder, 'pilotage.db');
      const now = Date.now();
      await fill(file, { pilots: effort.pilots, criteria: CRITERIA, values: VALUES, weeks: VALUES }, now);
      const pilots = await readPilots(file);
      const client = new Connection(file, { readonly: true });
      atTheEnd(() => client.close());
      const read = client.prepare<[string, string], ValueRow>(
        'select id, metric, period_start, period_end, value, num, den, raw, n, unit, trust, recorded_at, withdrawn from observations where workspace = ? and pilot = ?',
      );
      const reading: number[] = [];
      const judging: number[] = [];
      for (let round = 0; round <= effort.rounds; round += 1) {
        run.say(round === 0 ? 'warming up' : `round ${round} of ${effort.rounds}`);
        // What is judged and what is read are the same in every round, so that a short one warms both up.
        const some = round === 0 ? pilots.slice(0, 1000) : pilots;
        let readMs = 0;
        let judgeMs = 0;
        for (let first = 0; first < some.length; first += PORTION) {
          const portion = some.slice(first, first + PORTION);
          const started = performance.now();
          const rows = portion.map(({ pilot }) => read.all(WORKSPACE, pilot.id));
          busy(run.floor.slowMs);
          readMs += performance.now() - started;
          const values = rows.map((of) => of.map(recordedValue));
          const begun = performance.now();
          const judged = portion.reduce((sum, facts, at) => sum + judgeAll(facts, values[at] ?? [], now), 0);
          busy(run.subject.slowMs);
          judgeMs += performance.now() - begun;
          if (judged !== portion.length * CRITERIA) throw new Error(`${judged} criteria were judged`);
        }
        if (round === 0) continue;
        reading.push((readMs * 1000) / (some.length * CRITERIA));
        judging.push((judgeMs * 1000) / (some.length * CRITERIA));
      }
      return [{ name: 'all of it', unit: 'µs', floor: reading, subject: judging }];
    }),
};

async function readPilots(file: string): Promise<PilotFacts[]> {
  const db = await openDatabase({ url: `file:${file}`, salt: () => '' });
  try {
    return await allPilots(db, WORKSPACE);
  } finally {
    await db.close();
  }
}

/** Judges the criteria of a pilot and reads all that can be asked of each answer; tells how many there are. */
function judgeAll(facts: PilotFacts, values: readonly RecordedValue[], now: number): number {
  const { criteria } = standingOf(facts, values, ZONE, now);
  const answered = criteria.filter(({ evaluation }) => {
    if ('error' in evaluation) throw new Error(`a criterion cannot be judged: ${evaluation.error}`);
    const { verdict, sentence, display, forecast, arrival } = evaluation;
    return (
      verdict !== 'no_data' &&
      sentence !== '' &&
      display !== '' &&
      forecast !== undefined &&
      arrival !== undefined
    );
  });
  return answered.length;
}

interface ValueRow {
  readonly id: string;
  readonly metric: string;
  readonly period_start: string;
  readonly period_end: string;
  readonly value: string | null;
  readonly num: string | null;
  readonly den: string | null;
  readonly raw: string | null;
  readonly n: number | null;
  readonly unit: string;
  readonly trust: number;
  readonly recorded_at: number;
  readonly withdrawn: number;
}

/** A row as the app's own query gives it. */
const recordedValue = (row: ValueRow): RecordedValue => ({
  id: row.id,
  metric: row.metric,
  periodStart: row.period_start,
  periodEnd: row.period_end,
  value: row.value,
  num: row.num,
  den: row.den,
  raw: row.raw === null ? null : JSON.parse(row.raw),
  n: row.n,
  unit: row.unit,
  trust: row.trust,
  recordedAt: row.recorded_at,
  recordedBy: null,
  source: 'typed',
  reason: null,
  withdrawn: row.withdrawn === 1,
});
