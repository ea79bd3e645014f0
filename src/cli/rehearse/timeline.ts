/** What may stand in a file that is rehearsed? */
import { z } from 'zod';
import { isDay, isTimeZone, parseInstant } from '../../core/day.ts';
import { KINDS, ROLES } from '../../core/evaluate/index.ts';
import { CADENCES } from '../../core/metric.ts';
import { wallInstant } from '../../core/schedule.ts';
import { MEASURES, METHODS } from '../../core/typed-criterion.ts';
import { quoted } from '../../views/quoted-text.ts';

/** As many as a rehearsal can play in reasonable time. */
const MOST = { people: 200, pilots: 200, criteria: 20, events: 5000 };

const shown = (value: unknown): string => quoted(typeof value === 'string' ? value : JSON.stringify(value));

const words = (most = 300) => z.string().min(1).max(most);
const handle = z.string().regex(/^[a-z][a-z0-9_-]{0,20}$/, {
  error: ({ input }) => `${shown(input)} is not a name to mention; write small letters, like ana`,
});
const channel = z.string().regex(/^#[a-z0-9][a-z0-9_-]{0,78}$/, {
  error: ({ input }) => `${shown(input)} is not a channel; write it like "#claims", in quotation marks`,
});
const key = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, {
  error: ({ input }) => `${shown(input)} is not a key; write it like claims-triage`,
});
const day = z.string().refine(isDay, {
  error: ({ input }) => `${shown(input)} is not a day; write it like 2026-01-12`,
});
const zone = z.string().refine(isTimeZone, {
  error: ({ input }) => `${shown(input)} is not a time zone; write it like Europe/Berlin`,
});
/** A number or a text, as it is typed into a form. */
const typed = z.union([z.number(), z.boolean(), words()]).transform(String);

const WALL = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::00)?)?$/;
/** An instant as it is written; what it means depends on the zone of the workspace. */
const moment = z.string().refine((text) => readMoment(text, 'UTC') !== null, {
  error: ({ input }) =>
    `${shown(input)} is not a time; write it like 2026-01-15 09:30, or with an offset like 2026-01-15T09:30:00Z`,
});

/**
 * The instant (epoch ms) of a written time: with an offset as it says, else in the zone given. A day alone is its first
 * instant. Null for anything else.
 */
export function readMoment(text: string, inZone: string): number | null {
  const exact = parseInstant(text);
  if (exact !== null) return exact;
  const [, date = '', time = '00:00'] = WALL.exec(text) ?? [];
  return isDay(date) && /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? wallInstant(date, time, inZone) : null;
}

const leave = z
  .strictObject({ from: day, until: day, delegate: handle.optional() })
  .refine(({ from, until }) => from <= until, 'the last day comes before the first; exchange them');

const PERSON = z.strictObject({
  id: handle,
  name: words(80).optional(),
  timezone: zone.optional(),
  hours: words(40).optional(),
  leave: z.array(leave).max(20).default([]),
  delegate: handle.optional(),
  admin: z.boolean().default(false),
  guest: z.boolean().default(false),
  bot: z.boolean().default(false),
  gone_at: moment.optional(),
});

const target = z.union([typed, z.tuple([typed, typed]).transform(([low, high]) => `${low} to ${high}`)]);

/** What the form for a criterion holds, in the words of `pilotage evaluate`. */
const CRITERION = z
  .strictObject({
    metric: words(80).optional(),
    name: words(80).optional(),
    measures: z.enum(MEASURES).optional(),
    kind: z.enum(KINDS),
    unit: words(40).optional(),
    baseline: typed.optional(),
    target: target.optional(),
    deadline: day.optional(),
    first_effect: day.optional(),
    every: z.enum(CADENCES).optional(),
    role: z.enum(ROLES).optional(),
    window: z.int().min(1).max(52).optional(),
    sustain: z.int().min(1).max(52).optional(),
    margin: typed.optional(),
    agg: z.enum(METHODS).optional(),
    percentile: typed.optional(),
    rates: z.record(words(40), typed).optional(),
    min_n: z.int().min(0).max(1_000_000).optional(),
    budget: z.int().min(0).max(99).optional(),
    closing_days: z.int().min(0).max(60).optional(),
    min_trust: z.int().min(0).max(2).optional(),
  })
  .refine(({ metric, name }) => metric !== undefined || name !== undefined, {
    error: 'a criterion needs a metric; add one, like metric: cost per claim',
  });

const PILOT = z
  .strictObject({
    key,
    name: words(80).optional(),
    owner: handle,
    sponsor: handle.optional(),
    production_owner: handle.optional(),
    channel: channel.optional(),
    unit: words(80).optional(),
    start: day,
    decision: day.optional(),
    outcome: words(500).optional(),
    status: z.enum(['draft', 'asked', 'signed']).default('signed'),
    criteria: z.array(CRITERION).max(MOST.criteria).default([]),
  })
  .refine(({ status, decision }) => status === 'draft' || decision !== undefined, {
    path: ['decision'],
    error: 'only a draft has no decision date; add one, like decision: 2026-04-05',
  });

const by = { at: moment, by: handle };
const DONE = z.discriminatedUnion('do', [
  z.strictObject({ ...by, do: z.literal('type'), text: words(4000), in: channel.optional() }),
  z.strictObject({
    ...by,
    do: z.literal('press'),
    button: words(80),
    /** The form in front, the Home tab, a channel; by default the conversation with the app. */
    in: z.union([z.enum(['form', 'home']), channel]).optional(),
    /** The newest message that names this pilot. */
    pilot: key.optional(),
    choose: words(80).optional(),
  }),
  z.strictObject({
    ...by,
    do: z.literal('fill'),
    fields: z.record(z.string(), z.union([typed, z.array(typed)])),
    submit: z.boolean().default(true),
  }),
  z.strictObject({
    ...by,
    do: z.literal('record'),
    pilot: key,
    metric: words(80),
    value: typed,
    date: day.optional(),
  }),
  z.strictObject({ ...by, do: z.literal('import'), csv: words(100_000), name: words(80).optional() }),
]);
const FAILED = z.strictObject({
  at: moment,
  slack: z.strictObject({
    method: z.string().regex(/^(?:[a-z]+(?:\.[A-Za-z]+)+|\*)$/, {
      error: ({ input }) => `${shown(input)} is not a method of Slack; write it like chat.postMessage`,
    }),
    fail: z.string().regex(/^[a-z][a-z0-9_]{0,60}$/, {
      error: ({ input }) =>
        `${shown(input)} is not a failure; write rate_limited, answer_lost, connection_reset, server_error, or a code of Slack like is_archived`,
    }),
    times: z.int().min(1).max(100_000).default(1),
    retry_after: z.int().min(1).max(86_400).default(30),
  }),
});

/** An event, read by what it says it is, so that what is wrong with it has a place of its own. */
const EVENT = z.unknown().transform((given, context) => {
  const isFailure = typeof given === 'object' && given !== null && 'slack' in given;
  const read = (isFailure ? FAILED : DONE).safeParse(given);
  if (read.success) return read.data;
  for (const issue of read.error.issues) context.issues.push({ ...issue, input: given } as never);
  return z.NEVER;
});

/** The whole file. */
export const TIMELINE = z.strictObject({
  rehearse: z.literal(1, { error: 'this reads version 1; write rehearse: 1' }),
  start: moment,
  until: moment,
  workspace: z
    .strictObject({
      name: words(80).optional(),
      timezone: zone.optional(),
      holidays: z.array(day).max(150).default([]),
      settings: z
        .strictObject({
          office_name: words(40).optional(),
          members: z.array(handle).max(MOST.people).optional(),
          check_ins: words(60).optional(),
          country: words(60).optional(),
        })
        .default({}),
    })
    .default({ holidays: [], settings: {} }),
  people: z.array(PERSON).min(1).max(MOST.people),
  pilots: z.array(PILOT).max(MOST.pilots).default([]),
  events: z.array(EVENT).max(MOST.events).default([]),
});

/** A file that can be played. */
export type Timeline = z.output<typeof TIMELINE>;
export type Played = Timeline['events'][number];
export type PilotInFile = Timeline['pilots'][number];
