/** How much may be asked of Slack, and how soon may more be asked? */

/** What is counted by itself: Slack's limits are per method and workspace. */
export type Counted = 'post' | 'edit' | 'publish' | 'quiet';

/** How much one method takes. */
interface MethodLimit {
  /** Calls in any 60 seconds. */
  readonly perMinute: number;
  /** Of these, how many are kept for answers to people who have just acted. */
  readonly kept: number;
}

/** How much Slack takes. */
export interface SendingLimits {
  readonly methods: Readonly<Record<Counted, MethodLimit>>;
  /** Messages to one place: so many at once, then one at a time. */
  readonly place: { readonly burst: number; readonly everyMs: number };
}

/**
 * What Slack publishes, and a little less, because clocks and networks differ: several hundred messages a minute in a
 * workspace and one a second in a channel with short bursts; 50 edits a minute; 100 Home tabs a minute; 50 questions a
 * minute about do-not-disturb
 * (docs.slack.dev/apis/web-api/rate-limits).
 */
export const SENDING_LIMITS: SendingLimits = {
  methods: {
    post: { perMinute: 295, kept: 15 },
    edit: { perMinute: 48, kept: 0 },
    publish: { perMinute: 95, kept: 0 },
    quiet: { perMinute: 48, kept: 0 },
  },
  place: { burst: 3, everyMs: 1050 },
};

/** For a Slack that enforces no limits. */
export const NO_LIMITS: SendingLimits = {
  methods: {
    post: { perMinute: 1_000_000, kept: 0 },
    edit: { perMinute: 1_000_000, kept: 0 },
    publish: { perMinute: 1_000_000, kept: 0 },
    quiet: { perMinute: 1_000_000, kept: 0 },
  },
  place: { burst: 1_000_000, everyMs: 1 },
};

const MINUTE_MS = 60_000;

/** Counts what was asked of Slack in the last minute. All instants are epoch ms and come from outside. */
export interface Pace {
  /** How many more calls may be made now. */
  room(what: Counted, now: number, isAnswer?: boolean): number;
  /** The instant from which there is room; `now` while there is. */
  roomFrom(what: Counted, now: number, isAnswer?: boolean): number;
  /** The instant from which a place takes another message; `now` while it does. */
  placeFrom(place: string, now: number): number;
  /**
   * When a message may go to a place: now, or when its turn comes, behind all that have been given one. A turn is given
   * once; a message whose turn has come only waits for those that came too late.
   */
  turn(place: string, now: number, hadTurn: boolean): number;
  /** Places that take no message now. */
  fullPlaces(now: number): readonly string[];
  /** A call is being made. */
  took(what: Counted, now: number, place?: string): void;
  /** Slack asked us to wait with a method. */
  toldToWait(what: Counted, now: number, ms: number): void;
}

interface Bucket {
  tokens: number;
  at: number;
}

interface Turn {
  /** When it was given. */
  readonly given: number;
  /** When it comes. */
  readonly at: number;
}

/** Makes a pace that nothing has been asked of yet. */
export function createPace(limits: SendingLimits = SENDING_LIMITS): Pace {
  const calls: Record<Counted, number[]> = { post: [], edit: [], publish: [], quiet: [] };
  const waits = new Map<Counted, { readonly since: number; readonly until: number }>();
  const places = new Map<string, Bucket>();
  /** The last turn that was given at each place: to new messages, and to those that were late for their own. */
  const turns = { first: new Map<string, Turn>(), late: new Map<string, Turn>() };

  /** The calls of the last minute; those of a clock that has gone back since do not count. */
  function recent(what: Counted, now: number): number[] {
    const kept = calls[what].filter((at) => at > now - MINUTE_MS && at <= now);
    calls[what] = kept;
    return kept;
  }

  function waitUntil(what: Counted, now: number): number {
    const wait = waits.get(what);
    if (wait === undefined || wait.until <= now || wait.since > now) return now;
    return wait.until;
  }

  const allowed = (what: Counted, isAnswer: boolean): number =>
    limits.methods[what].perMinute - (isAnswer ? 0 : limits.methods[what].kept);

  function filled(place: string, now: number): Bucket {
    const { burst, everyMs } = limits.place;
    const before = places.get(place);
    if (before === undefined || before.at > now) return { tokens: burst, at: now };
    return { tokens: Math.min(burst, before.tokens + (now - before.at) / everyMs), at: now };
  }

  function placeFrom(place: string, now: number): number {
    const { tokens } = filled(place, now);
    return tokens >= 1 ? now : now + Math.ceil((1 - tokens) * limits.place.everyMs);
  }

  return {
    room(what, now, isAnswer = false) {
      if (waitUntil(what, now) > now) return 0;
      return Math.max(0, allowed(what, isAnswer) - recent(what, now).length);
    },
    roomFrom(what, now, isAnswer = false) {
      const counting = recent(what, now).at(-allowed(what, isAnswer));
      return Math.max(waitUntil(what, now), counting === undefined ? now : counting + MINUTE_MS);
    },
    placeFrom,
    turn(place, now, hadTurn) {
      const given = hadTurn ? turns.late : turns.first;
      const before = given.get(place);
      // Turns in the past are over, and those of a clock that has gone back since do not count.
      const last = before === undefined || before.given > now || before.at <= now ? null : before.at;
      const free = placeFrom(place, now);
      if (last === null && free <= now) {
        given.delete(place);
        return now;
      }
      const at = last === null ? free : Math.max(free, last + limits.place.everyMs);
      given.set(place, { given: now, at });
      return at;
    },
    fullPlaces(now) {
      const full: string[] = [];
      for (const place of places.keys()) {
        const { tokens } = filled(place, now);
        if (tokens >= limits.place.burst) places.delete(place);
        else if (tokens < 1) full.push(place);
      }
      return full;
    },
    took(what, now, place) {
      calls[what].push(now);
      if (place === undefined) return;
      const { tokens } = filled(place, now);
      places.set(place, { tokens: tokens - 1, at: now });
    },
    toldToWait(what, now, ms) {
      waits.set(what, { since: now, until: now + ms });
    },
  };
}
