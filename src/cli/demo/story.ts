/** What should a newcomer try next, and what have they done already? */

import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../db/database.ts';
import { rhythmChapter } from './rhythm-chapter.ts';
import { type Chapter, happened, type StoryFacts } from './story-facts.ts';

const ZONE = 'Europe/Berlin';

const STORY: readonly Chapter[] = [
  {
    title: 'Be the sponsor',
    steps: [
      {
        id: 'sign',
        text: 'Priya is asked to sign what Quote helper must achieve. Read it as she would, in thirty seconds, and sign.',
        as: 'priya',
        where: 'Pilotage',
        done: (facts) => happened(facts, 'charter_signed', 'quote-helper'),
      },
      {
        id: 'decide',
        text: 'Churn model is stuck, and its owner was asked first. Read what is in the way, and decide. Restructure is heard at once; Stop waits ten minutes, in which you can undo it.',
        as: 'priya',
        where: '#ai-pilots',
        command: '/pilot decide churn-model',
        done: (facts) =>
          happened(facts, 'decided', 'churn-model') || happened(facts, 'decision_taken', 'churn-model'),
      },
    ],
  },
  {
    title: 'Be the owner',
    steps: [
      {
        id: 'record',
        text: 'A week is over. Record what a claim cost, and look at the card in #claims.',
        as: 'ana',
        where: '#claims',
        command: '/pilot record claims-triage cost-per-claim 11.70',
        done: (facts) => happened(facts, 'value_recorded', 'claims-triage'),
      },
      {
        id: 'criterion',
        text: 'Fraud flags has waited nine weeks without a number. Give it one criterion in business numbers.',
        as: 'ana',
        where: '#claims',
        command: '/pilot criteria fraud-flags',
        done: (facts) => happened(facts, 'criterion_added', 'fraud-flags'),
      },
      {
        id: 'sponsor',
        text: 'Omar declined Shelf planner: not his budget. Name another sponsor under Edit charter.',
        as: 'tomas',
        where: 'Pilotage',
        command: '/pilot show shelf-planner',
        done: (facts) => happened(facts, 'charter_edited', 'shelf-planner'),
      },
    ],
  },
  {
    title: 'Start your own',
    steps: [
      {
        id: 'register',
        text: 'Register a pilot. The name is enough; the draft tells what is missing.',
        as: 'diego',
        where: '#finance-ai',
        command: '/pilot register',
        done: (facts) => happened(facts, 'pilot_registered'),
      },
    ],
  },
  {
    title: 'Let time pass',
    steps: [
      {
        id: 'digest',
        text: 'Press "Next Monday 09:00" and read the digest in #ai-pilots: decisions first, the quiet ones as a count.',
        where: '#ai-pilots',
        done: (facts) => facts.digests > 0,
      },
    ],
  },
  rhythmChapter,
];

/** When the clocks change in Berlin next, epoch ms. */
function nextClockChange(after: number): number {
  const now = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(ZONE);
  return now.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
}

/** Where the history ended: the newest entry of the logbook, and the instant. */
export interface HistoryEnd {
  readonly entry: number;
  readonly at: number;
}

/** The end of the history, once it has been played. */
export async function historyEnd(db: Database, at: number): Promise<HistoryEnd> {
  const heads = await db.q.select().from(db.tables.logbookHeads);
  return { entry: heads[0]?.n ?? 0, at };
}

/** The story with its ticks, as the page shows it. */
export async function storyNow(db: Database, since: HistoryEnd): Promise<object> {
  const { logbook, pilots, outbox, checkInLog, checkIns } = db.tables;
  const [entries, keys, sent, log, answers] = await Promise.all([
    db.q.select({ kind: logbook.kind, pilot: logbook.pilot, body: logbook.body, n: logbook.n }).from(logbook),
    db.q.select({ id: pilots.id, key: pilots.key }).from(pilots),
    db.q.select({ kind: outbox.kind, state: outbox.state, at: outbox.createdAt }).from(outbox),
    db.q.select().from(checkInLog),
    db.q.select().from(checkIns),
  ]);
  const sentSince = (kind: string, at: number): number =>
    sent.filter((row) => row.kind === kind && row.state === 'sent' && row.at > at).length;
  const missed = log.filter(({ what, at }) => what === 'miss' && at > since.at);
  const facts: StoryFacts = {
    entries: entries.filter(({ n }) => n > since.entry),
    keys: new Map(keys.map(({ id, key }) => [id, key])),
    digests: sentSince('digest', since.at),
    missed: missed.length,
    late: answers.filter((answer) =>
      missed.some(({ pilot, at }) => pilot === answer.pilot && answer.submittedAt > at),
    ).length,
    afterClockChange: sentSince('daily', nextClockChange(since.at)),
  };
  return {
    title: 'Try this',
    intro: 'Harbour Mutual runs eight AI pilots. Twenty weeks have passed. Be anyone: each step names who.',
    chapters: STORY.map(({ title, steps }) => ({
      title,
      steps: steps.map(({ done, ...step }) => ({ ...step, done: done(facts) })),
    })),
  };
}
