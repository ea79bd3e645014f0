/** When does a digest go out, and when is one edited? */
import { firstSendable } from '../../core/business-time.ts';
import { nextWeekly } from '../../core/schedule.ts';
import { type Guard, guard, type Statement, unlessStale } from '../../db/database.ts';
import { newestPilotEntryAt } from '../../db/queries/logbook.ts';
import { drawDigestsAgain, hasDigestSince } from '../../db/queries/messages.ts';
import { intend } from '../../db/queries/outbox.ts';
import {
  claimSchedules,
  DIGEST_EDIT_MS,
  DIGEST_EDITS,
  moveOn,
  nextScheduled,
  PERSONAL_DIGEST,
  planAnew,
  restAfter,
  schedulesOf,
} from '../../db/queries/schedules.ts';
import { calendarsOf } from '../calendars.ts';
import type { Duty, Parts } from '../feature.ts';
import { CHANNEL, digestRows, ruleShape } from './channel.ts';
import { keptFilter } from './filter.ts';
import { EDITED_MS } from './letters.ts';
import { personalDigest } from './person.ts';
import { personalLetter } from './person-letter.ts';

const LEASE_MS = 60_000;

async function commit(parts: Parts, workspace: string, list: readonly (Statement | Guard)[]): Promise<void> {
  await unlessStale(parts.db.atomically(workspace, () => list));
}

/** After a clock that jumped, every digest is due at its next instant from now. */
async function planAllAnew({ db }: Parts, kind: string, at: number): Promise<void> {
  for (const row of await schedulesOf(db, kind)) {
    const known = ruleShape.safeParse(row.rule);
    if (known.success) await planAnew(db, row, nextWeekly(known.data, row.timezone, at));
  }
}

/** On its day, one digest per channel; after downtime only the newest. */
export const channelDuty: Duty = {
  name: CHANNEL,
  nextDue: (parts) => nextScheduled(parts.db, CHANNEL),
  rethink: (parts, at) => planAllAnew(parts, CHANNEL, at),
  async run(parts, at) {
    for (const row of await claimSchedules(parts.db, CHANNEL, at, LEASE_MS)) {
      const known = ruleShape.safeParse(row.rule);
      if (!known.success || row.nextAt === null) continue;
      const next = nextWeekly(known.data, row.timezone, at);
      const what = {
        channel: row.subject,
        subject: `${row.subject}@${row.nextAt}`,
        filter: keptFilter(row.details),
      };
      await commit(parts, row.workspace, [
        guard(moveOn(parts.db, row, next), 'schedule'),
        ...digestRows(parts, row.workspace, what, at, false),
      ]);
    }
  },
};

/** On their day, one message per person, at an hour at which they work; in the zone they are in by now. */
export const personDuty: Duty = {
  name: PERSONAL_DIGEST,
  nextDue: (parts) => nextScheduled(parts.db, PERSONAL_DIGEST),
  rethink: (parts, at) => planAllAnew(parts, PERSONAL_DIGEST, at),
  async run(parts, at) {
    for (const row of await claimSchedules(parts.db, PERSONAL_DIGEST, at, LEASE_MS)) {
      const known = ruleShape.safeParse(row.rule);
      if (!known.success || row.nextAt === null) continue;
      const calendar = (await calendarsOf(parts, row.workspace, [row.subject])).get(row.subject);
      const next = nextWeekly(known.data, calendar?.zone ?? row.timezone, at);
      const notBefore = calendar === undefined ? at : firstSendable(calendar, at, 'slot');
      const subject = `person:${row.subject}@${row.nextAt}`;
      const letter = intend(parts.db, row.workspace, parts.newId(), at, {
        kind: personalLetter.kind,
        subject,
        version: 1,
        addressee: `user:${row.subject}`,
        details: { ...personalDigest(row.details) },
        dedupeKey: `${personalLetter.kind}:${subject}`,
        notBefore,
      });
      await commit(parts, row.workspace, [
        guard(moveOn(parts.db, row, next), 'schedule'),
        // Whoever is away longer than a week reads the next one.
        ...(notBefore < next ? [letter] : []),
      ]);
    }
  },
};

/** What has come in late stands in the digests that are posted: at most once an hour, for three days. */
export const editDuty: Duty = {
  name: DIGEST_EDITS,
  nextDue: (parts) => nextScheduled(parts.db, DIGEST_EDITS),
  async rethink({ db }, at) {
    for (const row of await schedulesOf(db, DIGEST_EDITS)) await planAnew(db, row, at + DIGEST_EDIT_MS);
  },
  async run(parts, at) {
    const { db } = parts;
    for (const row of await claimSchedules(db, DIGEST_EDITS, at, LEASE_MS)) {
      const [newest, isYoung] = await Promise.all([
        newestPilotEntryAt(db, row.workspace),
        hasDigestSince(db, row.workspace, at - EDITED_MS),
      ]);
      const hasNews = isYoung && newest !== null && newest >= row.setAt;
      await commit(parts, row.workspace, [
        // It may not have been posted yet, where Slack was away.
        guard(restAfter(db, row, at, isYoung || at - row.setAt < EDITED_MS), 'schedule'),
        ...(hasNews ? [drawDigestsAgain(db, row.workspace, at - EDITED_MS)] : []),
      ]);
    }
  },
};
