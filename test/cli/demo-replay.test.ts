/** Can every verdict the demo's twenty weeks have left be computed again, whatever was corrected since? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HISTORY_WEEKS, playHistory } from '../../src/cli/demo/history.ts';
import { openStage, type Stage } from '../../src/cli/demo/stage.ts';
import { judge } from '../../src/core/judge.ts';
import { pausedDays } from '../../src/core/pause.ts';
import type { PilotFacts } from '../../src/core/pilot-facts.ts';
import { observationsOf } from '../../src/db/queries/observations.ts';
import { allPilots } from '../../src/db/queries/pilots.ts';
import { pausesOf } from '../../src/db/queries/rhythm.ts';

const MONDAY = '2026-06-29';

/** A verdict as it was kept: of which criterion, as known when. */
interface Kept {
  readonly pilot: string;
  readonly criterion: string;
  readonly at: number;
  readonly verdict: string;
  /** The ids of the values it rested on, where they were kept too. */
  readonly observations: readonly string[] | null;
}

describe('the verdicts of twenty weeks', () => {
  let stage: Stage;
  let workspace: { readonly id: string; readonly timezone: string };
  let kept: Kept[];

  beforeAll(async () => {
    stage = await openStage({
      start: Date.parse(`${MONDAY}T07:00:00Z`),
      port: 0,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    await playHistory(stage, MONDAY, () => {});
    await goesLive();
    const [row] = await stage.db.q.select().from(stage.db.tables.workspaces);
    if (row === undefined) throw new Error('there is no workspace');
    workspace = row;
    kept = [...(await ofLooks()), ...(await ofDecisions())];
  }, 240_000);
  afterAll(() => stage.close());

  /** The sponsor of what was met decides: Contract finder goes live. */
  async function goesLive(): Promise<void> {
    const { control } = stage.slack;
    await control.press('diego', { channel: 'Pilotage', label: 'Go' });
    await stage.time.settle();
    if (control.openView('diego') !== null) await control.submit('diego');
    await stage.time.settle();
  }

  async function ofLooks(): Promise<Kept[]> {
    const rows = await stage.db.q.select().from(stage.db.tables.looks);
    return rows.flatMap(({ pilot, at, verdicts }) =>
      Object.entries(verdicts).map(([criterion, verdict]) => ({
        pilot,
        at,
        criterion,
        verdict,
        observations: null,
      })),
    );
  }

  async function ofDecisions(): Promise<Kept[]> {
    const rows = await stage.db.q.select().from(stage.db.tables.decisions);
    return rows.flatMap(({ pilot, seen }) => {
      const { as_of: at, verdicts } = seen as unknown as {
        readonly as_of: number;
        readonly verdicts: readonly { criterion: string; verdict?: string; observations?: string[] }[];
      };
      return verdicts.flatMap(({ criterion, verdict, observations = [] }) =>
        verdict === undefined ? [] : [{ pilot, at, criterion, verdict, observations }],
      );
    });
  }

  /** Every value of every metric is corrected to nonsense, and half of the corrections are taken back. */
  async function correctAll(): Promise<number> {
    const { observations } = stage.db.tables;
    const rows = await stage.db.q.select().from(observations);
    const later = stage.clock.now() + 60_000;
    const corrections = rows.map((row, index) => ({
      ...row,
      id: `later-${index}`,
      value: row.value === null ? null : '999999',
      recordedAt: later,
      withdrawn: index % 2 === 0,
      ingestKey: null,
    }));
    for (const row of corrections) await stage.db.q.insert(observations).values(row);
    return corrections.length;
  }

  function isAgreed({ criteria, versions }: PilotFacts, id: string): boolean {
    const criterion = criteria.find((candidate) => candidate.id === id);
    return versions.some(({ n, hash }) => n === criterion?.version && hash !== null);
  }

  async function again(facts: PilotFacts, { criterion: id, at }: Kept) {
    const of = { workspace: workspace.id, pilot: facts.pilot.id };
    const values = await observationsOf(stage.db, of.workspace, of.pilot);
    const pauses = pausedDays(await pausesOf(stage.db, of), workspace.timezone, at);
    const criterion = facts.criteria.find((candidate) => candidate.id === id);
    const metric = facts.metrics.find((candidate) => candidate.id === criterion?.metric);
    const start = facts.versions.find(({ n }) => n === criterion?.version)?.fields.start ?? null;
    if (criterion === undefined || metric === undefined || start === null)
      throw new Error(`no criterion ${id}`);
    const own = values.filter((value) => value.metric === metric.id);
    return judge(criterion, metric, { start, zone: workspace.timezone, pauses }, own, at);
  }

  it('come out the same after every number was corrected or withdrawn', async () => {
    expect(HISTORY_WEEKS).toBeGreaterThanOrEqual(20);
    expect(await correctAll()).toBeGreaterThan(100);
    const pilots = new Map((await allPilots(stage.db, workspace.id)).map((facts) => [facts.pilot.id, facts]));
    const different: unknown[] = [];
    let replayed = 0;
    for (const one of kept) {
      const facts = pilots.get(one.pilot);
      // What was looked at in a draft may have been taken out of it again: nobody had agreed to it.
      if (facts === undefined || !isAgreed(facts, one.criterion)) continue;
      replayed += 1;
      const evaluation = await again(facts, one);
      const found = 'error' in evaluation ? evaluation.error : evaluation.verdict;
      const rests = 'error' in evaluation ? null : evaluation.provenance.observations;
      const same = one.observations === null || String(rests) === String(one.observations);
      if (found !== one.verdict || !same) different.push({ ...one, found, rests });
    }
    expect(different).toEqual([]);
    expect(replayed).toBeGreaterThan(100);
    expect(kept.some(({ observations }) => (observations ?? []).length > 0)).toBe(true);
    expect(new Set(kept.map(({ verdict }) => verdict)).size).toBeGreaterThanOrEqual(5);
  });
});
