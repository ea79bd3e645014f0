/** Does every message stand in Slack once when Slack fails and the process is killed on top of it? */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open.ts';
import { verify } from '../../src/db/verify.ts';
import { features } from '../../src/features/index.ts';
import { type Fresh, onBothEngines } from '../support/databases.ts';
import { TROUBLES, type Trouble } from '../support/failing.ts';
import type { Point } from '../support/kill-child.ts';
import { setStage } from '../support/kill-stage.ts';
import { killable } from '../support/killable.ts';

const MAY_LOOK = ['channels:history', 'groups:history', 'im:history', 'im:write'];
/** Writes of the story around which messages are on their way, as numbered by the child. */
const MOST_WRITES = 39;

/** Kinds of messages that may stand in Slack more than once. */
const REPEATED: ReadonlySet<string> = new Set(
  features
    .flatMap(({ letters }) => letters ?? [])
    .filter(({ repeat }) => repeat === 'at_least_once')
    .map(({ kind }) => kind),
);

const open = (url: string, as: 'app' | 'tool'): Promise<Database> =>
  openDatabase({ url, salt: () => randomBytes(16).toString('hex'), as });

/** The story with a trouble and a death; tells what is not as it should be. */
async function play(fresh: Fresh, trouble: Trouble, killAt: Point, scopes: readonly string[]) {
  const url = await fresh.url();
  const opened: Database[] = [];
  const heir = async () => {
    const db = await open(url, 'app');
    opened.push(db);
    return db;
  };
  const stage = await setStage({ url, victim: killable(), killAt, heir, trouble: trouble.failure, scopes });
  try {
    await stage.play();
    const db = await open(url, 'tool');
    opened.push(db);
    const rows = await db.q.select().from(db.tables.outbox).orderBy(db.tables.outbox.id);
    const standing = stage.standing();
    return {
      problem: await verify(db),
      deaths: stage.deaths(),
      messages: rows.map(({ id, kind, state, checkAt, error }) => ({
        kind,
        state: checkAt === null ? state : `${state}, still looked for`,
        times: standing.filter((one) => one === id).length,
        error,
      })),
    };
  } finally {
    await stage.end();
    for (const one of opened) await one.close();
  }
}

/** Points spread over the story, another one for each trouble. */
const pointsFor = (n: number, each: number): Point[] =>
  Array.from({ length: each }, (_, round) => ({
    write: 1 + ((n * 11 + round * 17) % MOST_WRITES),
    when: round % 2 === 0 ? 'after' : 'before',
  }));

onBothEngines('an app that is killed while Slack fails', (_openFresh, fresh) => {
  const each = fresh.engine === 'sqlite' ? 2 : 1;

  it('says everything once where it may look', { timeout: 240_000 }, async () => {
    const wrong: object[] = [];
    for (const [n, trouble] of TROUBLES.entries()) {
      for (const point of pointsFor(n, each)) {
        const { problem, messages } = await play(fresh, trouble, point, MAY_LOOK);
        const off = messages.filter(({ state, times }) => !isOnce(state, times));
        if (problem !== null || off.length > 0) wrong.push({ what: trouble.what, point, problem, off });
      }
    }
    expect(wrong).toEqual([]);
  });

  it('loses nothing in silence where it may not', { timeout: 240_000 }, async () => {
    const wrong: object[] = [];
    for (const [n, trouble] of TROUBLES.entries()) {
      const [point] = pointsFor(n + 5, 1);
      if (point === undefined) continue;
      const { problem, messages } = await play(fresh, trouble, point, []);
      const off = messages.filter((one) => !isVisible(one));
      if (problem !== null || off.length > 0) wrong.push({ what: trouble.what, point, problem, off });
    }
    expect(wrong).toEqual([]);
  });
});

/** One that became unnecessary, as a thread under a card that is gone does, stands nowhere. */
const isOnce = (state: string, times: number): boolean =>
  (state === 'sent' && times === 1) || (state === 'dropped' && times === 0);

/** What may stand there more than once is said three times at most while nobody can look; everything else once. */
const tries = (kind: string): number => (REPEATED.has(kind) ? 3 : 1);

/** Said, repeated where a repetition is harmless, left open for people, or unnecessary before it would have been repeated. */
const isVisible = ({ kind, state, times }: Readonly<Record<'kind' | 'state', string>> & { times: number }) =>
  (state === 'sent' && times >= 1) || ((state === 'unknown' || state === 'dropped') && times <= tries(kind));
