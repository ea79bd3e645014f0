/** In which channels is the app expected to speak? */
import type { Database } from '../database.ts';
import { and, asc, eq, isNull, sql } from '../sql.ts';

/** A channel and what is posted there. */
export interface ChannelInUse {
  readonly channel: string;
  /** Keys of the pilots whose cards stand there. */
  readonly pilots: readonly string[];
  readonly digest: boolean;
}

/** Every channel of a workspace that has a pilot's card or a digest, in the order of their ids. */
export async function channelsInUse(db: Database, workspace: string): Promise<ChannelInUse[]> {
  const { pilots, schedules } = db.tables;
  const [cards, digests] = await Promise.all([
    db.q
      .select({ channel: pilots.channel, key: pilots.key })
      .from(pilots)
      .where(
        and(eq(pilots.workspace, workspace), sql`${pilots.channel} is not null`, isNull(pilots.deletedAt)),
      )
      .orderBy(asc(pilots.key)),
    db.q
      .select({ channel: schedules.subject })
      .from(schedules)
      .where(
        and(
          eq(schedules.workspace, workspace),
          eq(schedules.kind, 'channel-digest'),
          sql`${schedules.enabled}`,
        ),
      ),
  ]);
  const withDigest = new Set(digests.map(({ channel }) => channel));
  const keysOf = Map.groupBy(cards, ({ channel }) => channel ?? '');
  return [...new Set([...keysOf.keys(), ...withDigest])].sort().map((channel) => ({
    channel,
    pilots: (keysOf.get(channel) ?? []).map(({ key }) => key),
    digest: withDigest.has(channel),
  }));
}
