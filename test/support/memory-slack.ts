/** What does a Slack look like that only remembers what was posted? */
import type { Courier, Found, Place } from '../../src/slack/courier.ts';
import type { Outcome } from '../../src/slack/outcome.ts';

/** A message that stands in it. */
export interface Standing {
  readonly id: string;
  readonly to: string;
  readonly thread: string | null;
  readonly ts: string;
}

/** A Slack in the memory of a test. */
export interface MemorySlack {
  readonly courier: Courier;
  readonly standing: Standing[];
  /** How often somebody looked for a message. */
  looks(): number;
}

/**
 * Makes one.
 *
 * @param point is called before and after everything it does: it may throw, as a process that dies there would
 * @param mayLook whether history may be read
 * @param tell hears of every message that was posted, before whoever posted it hears that it was
 */
export function memorySlack(
  point: () => void,
  mayLook: boolean,
  tell: (posted: Standing) => Promise<void> = async () => {},
): MemorySlack {
  const standing: Standing[] = [];
  let posts = 0;
  let looks = 0;
  const refused = (code: string): Outcome<never> => ({ kind: 'refused', code, details: [] });
  const notHere = async () => refused('unknown_method');
  const courier: Courier = {
    identify: async () => ({
      kind: 'done',
      value: { workspace: 'T1', workspaceName: 'T', botUser: 'U0', botId: null },
    }),
    async post(to, _message, extra) {
      point();
      posts += 1;
      const posted = {
        id: extra.id,
        to,
        thread: extra.thread ?? null,
        ts: `${1_700_000_000 + posts}.000100`,
      };
      const { ts } = posted;
      standing.push(posted);
      await tell(posted);
      // The process may die before it hears of it.
      point();
      return { kind: 'done', value: { channel: to, ts } };
    },
    async find(place: Place, id: string): Promise<Outcome<Found | null>> {
      point();
      looks += 1;
      if (!mayLook) return refused('missing_scope');
      const found = standing.find((one) => one.id === id && one.to === place.to);
      point();
      return {
        kind: 'done',
        value: found === undefined ? null : { channel: found.to, ts: found.ts, text: '', blocks: [] },
      };
    },
    edit: async (where) => ({ kind: 'done', value: where }),
    async remove({ channel, ts }) {
      point();
      const at = standing.findIndex((one) => one.to === channel && one.ts === ts);
      if (at < 0) return refused('message_not_found');
      standing.splice(at, 1);
      point();
      return { kind: 'done', value: null };
    },
    whisper: notHere,
    respond: notHere,
    openView: notHere,
    pushView: notHere,
    updateView: notHere,
    publishHome: notHere,
    person: notHere,
    quiet: notHere,
    channel: notHere,
    download: notHere,
    upload: notHere,
  };
  return { courier, standing, looks: () => looks };
}
