/** Which messages were sent, edited, held back or dropped since the last look? */

import type { OutboxRow as Row } from '../../db/queries/outbox.ts';
import { or, sql } from '../../db/sql.ts';
import type { Seed, Stage } from '../demo/stage.ts';
import { type Happened, timeText } from './line.ts';
import { shownBy } from './shown.ts';

/** Sees what the local Slack was told, and what the outbox did with the rest. */
interface PostWatch {
  look(cause: string, actor: string | null): Promise<Happened[]>;
  /** `@person` or `#channel` for an id of Slack. */
  placeOf(id: string): string;
  /** The keys of all pilots by their ids. */
  keys(): Promise<ReadonlyMap<string, string>>;
}

/** Begins to watch from now on. */
export function createPostWatch(stage: Stage, seed: Seed, zone: string): PostWatch {
  const { db, slack, clock } = stage;
  const { outbox, messages, pilots } = db.tables;
  const places = new Map([
    ...seed.people.map(({ id, name }) => [id, `@${name}`] as const),
    ...seed.channels.map(({ id, name }) => [id, `#${name}`] as const),
  ]);
  const placeOf = (id: string): string => places.get(id) ?? id;
  let seen = slack.control.read.log().at(-1)?.n ?? 0;
  let since = clock.now();
  const told = new Set<string>();

  const keys = async (): Promise<ReadonlyMap<string, string>> =>
    new Map((await db.q.select().from(pilots)).map(({ id, key }) => [id, key]));

  /** What reached Slack, also where its answer did not come back. */
  async function posts(cause: string, actor: string | null): Promise<Happened[]> {
    const entries = slack.control.read.log({ since: seen });
    seen = entries.at(-1)?.n ?? seen;
    const calls = entries.flatMap((entry) => {
      const shown = shownBy(entry);
      return shown === null ? [] : [{ at: entry.at, shown }];
    });
    if (calls.length === 0) return [];
    const [rows, copies, known] = await Promise.all([
      db.q.select().from(outbox).where(sql`${outbox.finishedAt} >= ${since}`),
      db.q.select().from(messages),
      keys(),
    ]);
    const sent = new Map(rows.map((row) => [row.id, row]));
    const standing = new Map(copies.map((copy) => [`${copy.channel} ${copy.ts}`, copy]));
    return calls.map(({ at, shown }): Happened => {
      const copy = standing.get(`${shown.channel} ${shown.ts}`);
      const about = shown.type === 'update' ? copy : sent.get(shown.id ?? '');
      const reader = copy?.reader.replace(/^(?:user|channel):/, '') ?? '';
      const id = places.has(reader) ? reader : shown.channel;
      return {
        at,
        type: shown.type,
        to: id === null ? actor : placeOf(id),
        pilot: known.get(about?.subject ?? '') ?? null,
        kind: about?.kind ?? (shown.isForm ? 'form' : 'answer'),
        text: shown.text,
        cause,
        ...(shown.thread === null ? {} : { thread: shown.thread }),
      };
    });
  }

  /** What waits for its hour or for Slack, and what will not be sent. */
  async function kept(cause: string): Promise<Happened[]> {
    const open = sql`${outbox.state} in ('ready', 'sending')`;
    const rows = await db.q
      .select()
      .from(outbox)
      .where(or(open, sql`${outbox.finishedAt} >= ${since}`))
      .orderBy(outbox.id);
    const known = await keys();
    const now = clock.now();
    const waits = (row: Row) => row.state === 'ready' || row.state === 'sending';
    const news = rows.filter((row) => {
      if (row.state === 'sent' || (waits(row) && row.notBefore <= now)) return false;
      const mark = [row.id, row.state, row.notBefore, row.error].join(' ');
      return !told.has(mark) && told.add(mark);
    });
    return news.map((row): Happened => {
      const [place = '', id = ''] = row.addressee.split(':', 2);
      const why = row.error === null ? '' : `: ${row.error}`;
      return {
        at: row.finishedAt ?? now,
        type: waits(row) ? 'held' : 'dropped',
        to: place === 'user' || place === 'channel' ? placeOf(id) : null,
        pilot: known.get(row.subject) ?? null,
        kind: row.kind,
        text: null,
        cause: waits(row) ? `until ${timeText(row.notBefore, zone)}${why}` : `${row.state}${why}; ${cause}`,
      };
    });
  }

  return {
    placeOf,
    keys,
    async look(cause, actor) {
      const lines = [...(await posts(cause, actor)), ...(await kept(cause))];
      since = clock.now();
      return lines;
    },
  };
}
