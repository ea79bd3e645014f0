/** Does anything get lost when the process is killed right before or right after any of its writes? */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open.ts';
import { verify } from '../../src/db/verify.ts';
import { type Fresh, onBothEngines } from '../support/databases.ts';
import type { Point } from '../support/kill-child.ts';
import { setStage } from '../support/kill-stage.ts';
import { type Killable, killable } from '../support/killable.ts';

/** Said at most once: when the process dies while saying it, the message is shown as unknown and not said again. */
const AT_MOST_ONCE = ['signed-line', 'word-changed'];

const open = (url: string, as: 'app' | 'tool'): Promise<Database> =>
  openDatabase({ url, salt: () => randomBytes(16).toString('hex'), as });

/** Plays the story once with a process that dies at a point, and tells what it came to. */
async function play(fresh: Fresh, victim: Killable, killAt: Point | null) {
  const url = await fresh.url();
  const opened: Database[] = [];
  const heir = async () => {
    const db = await open(url, 'app');
    opened.push(db);
    return db;
  };
  const stage = await setStage({ url, victim, killAt, heir });
  await stage.play();
  const points = killAt === null ? await victim.points() : [];
  const db = await open(url, 'tool');
  opened.push(db);
  const result = { ...(await facts(db)), messages: await messages(db, stage.standing()) };
  const deaths = stage.deaths();
  await stage.end();
  for (const one of opened) await one.close();
  return { result, points, deaths };
}

/** What was decided and recorded. */
async function facts(db: Database) {
  const t = db.tables;
  const [pilots, versions, values, entries, behind] = await Promise.all([
    db.q.select().from(t.pilots),
    db.q.select().from(t.charterVersions),
    db.q.select().from(t.observations),
    db.q.select().from(t.logbook).orderBy(t.logbook.n),
    db.q.select().from(t.messages),
  ]);
  return {
    problem: await verify(db),
    pilots: pilots.map(({ key, stage }) => `${key} ${stage}`),
    versions: versions.map(({ n, status }) => `${n} ${status}`),
    values: values.map(({ value, periodEnd }) => `${value} ${periodEnd}`),
    entries: entries.map(({ kind }) => kind),
    outOfDate: behind.filter(({ live, shown, wanted }) => live && shown < wanted).length,
  };
}

/** Every message that was intended, and whether it stands in Slack as often as it should. */
async function messages(db: Database, standing: readonly string[]): Promise<string[]> {
  const rows = await db.q.select().from(db.tables.outbox).orderBy(db.tables.outbox.id);
  return rows.map((row) => {
    const times = standing.filter((id) => id === row.id).length;
    return `${row.kind} ${asItShould(row.kind, row.state, row.attempts, times) ? 'as it should' : `${row.state}, ${times} times (${row.error})`}`;
  });
}

function asItShould(kind: string, state: string, attempts: number, times: number): boolean {
  if (state === 'unknown') return AT_MOST_ONCE.includes(kind) && times <= 1;
  // Only one that was tried twice may stand there twice.
  return state === 'sent' && times >= 1 && times <= attempts && (times === 1 || !AT_MOST_ONCE.includes(kind));
}

onBothEngines('an app that is killed', (_openFresh, fresh) => {
  it('loses nothing, whichever write it dies at', { timeout: 240_000 }, async () => {
    // While one process dies, the next is loading already.
    let loading = killable();
    const victim = (): Killable => {
      const loaded = loading;
      loading = killable();
      return loaded;
    };
    const whole = await play(fresh, victim(), null);
    expect(whole.result).toEqual({
      problem: null,
      pilots: ['claims-triage measure'],
      versions: ['1 signed'],
      values: ['17.90 2026-01-12'],
      entries: [
        'pilot_registered',
        'criterion_added',
        'charter_edited',
        'charter_edited',
        'signature_asked',
        // From asking to signing the request is a case of its own.
        'case_moved',
        'charter_signed',
        'case_moved',
        'value_recorded',
      ],
      outOfDate: 0,
      messages: ['draft-card', 'sign-request', 'pilot-card', 'request-answered', 'signed-line'].map(
        (kind) => `${kind} as it should`,
      ),
    });
    const points = fresh.engine === 'sqlite' ? whole.points : whole.points.filter((_, n) => n % 4 === 1);
    const troubles: object[] = [];
    let deaths = 0;
    for (const point of points) {
      const played = await play(fresh, victim(), point);
      deaths += played.deaths;
      if (JSON.stringify(played.result) !== JSON.stringify(whole.result))
        troubles.push({ point, ...played.result });
    }
    await loading.end();
    expect(troubles).toEqual([]);
    expect(deaths).toBe(points.length);
    process.stdout.write(
      `${fresh.engine}: ${whole.points.length} points around ${new Set(whole.points.map(({ write }) => write)).size} writes, killed at ${deaths}\n`,
    );
  });
});
