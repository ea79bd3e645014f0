/** What should a newcomer try next, and what have they done already? */

import type { LogbookDraft } from '../../core/logbook.ts';
import type { Database } from '../../db/database.ts';

/** One thing to try. */
interface Step {
  readonly id: string;
  readonly text: string;
  readonly as?: string;
  readonly where?: string;
  readonly command?: string;
  /** True once somebody has done it, by whatever way: read from what the app has kept. */
  readonly done: (facts: StoryFacts) => boolean;
}

interface Chapter {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** What the ticks are read from: the logbook since the demo began, and the digests sent since. */
interface StoryFacts {
  readonly entries: readonly { readonly kind: LogbookDraft['kind']; readonly pilot: string | null }[];
  readonly keys: ReadonlyMap<string, string>;
  readonly digests: number;
}

const happened = (facts: StoryFacts, kind: string, key?: string): boolean =>
  facts.entries.some(
    (entry) => entry.kind === kind && (key === undefined || facts.keys.get(entry.pilot ?? '') === key),
  );

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
];

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
  const { logbook, pilots, outbox } = db.tables;
  const [entries, keys, sent] = await Promise.all([
    db.q.select({ kind: logbook.kind, pilot: logbook.pilot, at: logbook.at, n: logbook.n }).from(logbook),
    db.q.select({ id: pilots.id, key: pilots.key }).from(pilots),
    db.q.select({ kind: outbox.kind, state: outbox.state, at: outbox.createdAt }).from(outbox),
  ]);
  const facts: StoryFacts = {
    entries: entries.filter(({ n }) => n > since.entry),
    keys: new Map(keys.map(({ id, key }) => [id, key])),
    digests: sent.filter(({ kind, state, at }) => kind === 'digest' && state === 'sent' && at > since.at)
      .length,
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
