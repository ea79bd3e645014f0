/** Is what takes long done by a thread of its own, with a clear end, and what is too large refused in a sentence? */

import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { insertToken } from '../../src/db/queries/tokens.ts';
import { newToken } from '../../src/db/token-secret.ts';
import { asks, newest, reads, signedPilot, told } from '../support/acts.ts';
import { type Fresh, onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const ENDS = ['2026-01-12', '2026-01-19', '2026-01-26'];
const ROWS = 1200;

/** A world on a database that another thread can open, with a pilot that has run for three weeks. */
async function worldOn(fresh: Fresh, httpPort?: number): Promise<World> {
  const db = await fresh.open(await fresh.url());
  const world = await startWorld(db, httpPort === undefined ? {} : { httpPort });
  await signedPilot(world, 'Claims triage', { fields: START });
  await world.time.advanceTo(Date.parse('2026-01-27T08:00:00Z'));
  return world;
}

/** Counts the threads that are started from now on. */
function threads(): () => number {
  let started = 0;
  const count = () => {
    started += 1;
  };
  process.on('worker', count);
  onTestFinished(() => void process.off('worker', count));
  return () => started;
}

const rowsOf = <Row>(row: (end: string, n: number) => Row): Row[] =>
  Array.from({ length: ROWS }, (_, n) => row(ENDS[n % ENDS.length] ?? '', n));

async function offer(world: World, name: string, content: string) {
  await asks(world, 'ana', '/pilot import');
  await world.control.fill('ana', { File: { name, content } as never });
  const submitted = await world.control.submit('ana');
  await world.settle();
  return submitted.errorsByLabel;
}

onBothEngines('a large file dropped in Slack', (_, fresh) => {
  it('is looked at and taken in by a thread, and both say how it ended', async () => {
    const world = await worldOn(fresh);
    const started = threads();
    const lines = rowsOf((end) => `claims-triage,cost-per-claim,${end},17.90,EUR/claim,warehouse`);
    const content = ['pilot,metric,end,value,unit,source', ...lines, 'claims,cost-per-claim,,1,,'].join('\n');
    expect(await offer(world, 'january.csv', content)).toEqual({});
    expect(started()).toBe(1);
    const dry = told(world, 'ana').at(-1) ?? '';
    expect(dry).toMatch(/january.csv: 3 values would be recorded/);
    expect(dry).toMatch(/1197 are there already/);
    expect(dry).toMatch(/Line 1202, pilot: .*claims-triage/);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Record 3' });
    await world.settle();
    expect(started()).toBe(2);
    expect(newest(world, 'ana', 'Pilotage')).toMatch(/3 values are recorded from january.csv/);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/€17.90/);
    expect(await world.db.q.select().from(world.db.tables.observations)).toHaveLength(3);
    expect(world.complaints).toEqual([]);
  });

  it('is refused in a sentence when it has more than 200 columns or 50 MB', async () => {
    const world = await worldOn(fresh);
    const columns = Array.from({ length: 212 }, (_, n) => `column ${n}`).join(',');
    expect(await offer(world, 'wide.csv', `${columns}\n${'x,'.repeat(40_000)}`)).toEqual({});
    expect(told(world, 'ana').at(-1)).toMatch(/212 columns; 200 /);
    expect(await offer(world, 'endless.csv', 'x'.repeat(50_000_001))).toEqual({
      File: 'endless.csv is larger than 50 MB. Split it into several.',
    });
    expect(world.complaints).toEqual([]);
  });
});

onBothEngines('many values handed in by request', (_, fresh) => {
  it('are taken in by a thread, and the answer counts them', async () => {
    const world = await worldOn(fresh, 0);
    const started = threads();
    const token = newToken(randomBytes(8), randomBytes(32));
    const [workspace] = await world.db.q.select().from(world.db.tables.workspaces);
    const row = { workspace: workspace?.id ?? '', id: token.id, name: 'warehouse', digest: token.digest };
    await world.db.atomically(row.workspace, () => [
      insertToken(world.db, { ...row, pilot: null, createdAt: 0, expiresAt: null }),
    ]);
    const observations = rowsOf((end, n) => ({
      pilot: n === 7 ? 'clams-triage' : 'claims-triage',
      metric: 'cost-per-claim',
      end,
      value: '17.90',
    }));
    const answer = await fetch(`http://127.0.0.1:${world.app.httpPort()}/api/v1/observations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token.text}`, 'content-type': 'application/json' },
      body: JSON.stringify({ observations }),
    });
    const body = (await answer.json()) as { rejected: { index: number; message: string }[] };
    await world.settle();
    expect(started()).toBe(1);
    expect(body).toMatchObject({ accepted: 3, duplicate: 1196, rejected: [{ index: 7 }] });
    expect(body.rejected[0]?.message).toContain('claims-triage');
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/€17.90/);
    expect(world.complaints).toEqual([]);
  });
});
