/** Does anything get lost when the process is killed right before or right after any of its writes? */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open.ts';
import { verify } from '../../src/db/verify.ts';
import { onBothEngines } from '../support/databases.ts';
import { setStage, type Stage } from '../support/kill-stage.ts';
import { type Killable, killable } from '../support/killable.ts';

const open = (url: string, as: 'app' | 'tool') =>
  openDatabase({ url, salt: () => randomBytes(16).toString('hex'), as });

/** The messages of the story that belong under another one. */
const UNDER: Readonly<Record<string, string>> = { 'signed-line': 'pilot-card', 'word-changed': 'pilot-card' };

onBothEngines('an app that is killed', (_openFresh, fresh) => {
  it('loses nothing, whichever write it dies at', { timeout: 240_000 }, async () => {
    let next: Killable = killable();
    const prepared = (): Killable => {
      const ready = next;
      next = killable();
      return ready;
    };
    const t0 = performance.now();
    const url = await fresh.url();
    const rehearsal = prepared();
    const stage = await setStage({ url, victim: rehearsal, killAt: null, heir: () => open(url, 'app') });
    await stage.play();
    const points = await rehearsal.points();
    await stage.end();
    const tool = await open(url, 'tool');
    const whole = await outcome(tool, stage);
    await tool.close();
    const chosen = points.filter((_, index) => fresh.engine === 'sqlite' || index % 3 === 0);
    let deaths = 0;
    for (const killAt of chosen) {
      const where = await fresh.url();
      const heirs: Database[] = [];
      const scene = await setStage({
        url: where,
        victim: prepared(),
        killAt,
        heir: async () => {
          const heir = await open(where, 'app');
          heirs.push(heir);
          return heir;
        },
      });
      try {
        await scene.play();
        deaths += scene.deaths();
        const db = await open(where, 'tool');
        const state = await outcome(db, scene).catch(e => ({ error: String(e)}));
        await db.close();
        try { expect(state).toEqual(whole); } catch (e) { console.log(killAt, JSON.stringify(state)); }
      } catch (e) { console.log('FAILED at', killAt, e); }
      await scene.end();
      for (const heir of heirs) await heir.close();
    }
    await next.end();
    console.log(fresh.engine, points.length, chosen.length, deaths, performance.now() - t0, JSON.stringify(whole));
    expect(deaths).toBe(chosen.length);
  });
});

async function outcome(db: Database, { slack }: Stage): Promise<object> {
  const t = db.tables;
  const [pilots, versions, values, entries, rows] = await Promise.all([
    db.q.select().from(t.pilots),
    db.q.select().from(t.charterVersions),
    db.q.select().from(t.observations),
    db.q.select().from(t.logbook),
    db.q.select().from(t.outbox),
  ]);
  const standing = ['ana', 'priya'].flatMap((who) => slack.control.read.dm(who, 'Pilotage')).concat(slack.control.read.messages('omar', '#claims'));
  const times = (id: string) => standing.filter((m) => (m as unknown as {metadata?: {event_payload: {id: string}}}).metadata?.event_payload.id === id).length;
  return {
    verify: await verify(db),
    pilots: pilots.map(({ key, stage }) => [key, stage]),
    versions: versions.map(({ n, status }) => [n, status]),
    values: values.map(({ value, periodEnd }) => [value, periodEnd]),
    entries: entries.map(({ kind }) => kind),
    rows: rows.map((row) => [row.kind, row.state, times(row.id), row.error]),
  };
}
