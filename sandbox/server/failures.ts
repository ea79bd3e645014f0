/** What should go wrong, how often, and with which call? */
import type { DeliveryKind } from './delivery/acknowledgement.ts';
import { createRandom } from './random.ts';

/** How a Web API call goes wrong. */
export type CallFailure =
  /** Slack does what was asked, and the answer never comes; the connection stays open. */
  | { kind: 'lose_answer' }
  /** The connection is reset before Slack has done anything. */
  | { kind: 'reset_before' }
  /** The connection is reset after Slack has done what was asked. */
  | { kind: 'reset_after' }
  /** HTTP 429. */
  | { kind: 'rate_limited'; retryAfter: number }
  /** Another HTTP status, before or after Slack has done what was asked. */
  | { kind: 'status'; status: number; accepted?: boolean }
  /** Slack has done what was asked and answers something that is not JSON. */
  | { kind: 'invalid_json' }
  /** A refusal with an error code. */
  | { kind: 'error'; error: string }
  /**
   * Held back: for milliseconds of the workspace's clock, or until `release` when none are given. With `accepted`
   * Slack has done what was asked already.
   */
  | { kind: 'slow'; ms?: number; accepted?: boolean };

/** How a delivery goes wrong. */
export type DeliveryTrouble = 'duplicate' | 'drop' | 'disconnect';

/** How often a failure strikes. */
export interface Frequency {
  /** Strikes this many times, then stops; default always. */
  times?: number;
  /** Strikes with this probability, 0 to 1; default 1. */
  probability?: number;
  /** Seed of the generator for `probability`; default 1. */
  seed?: number;
}

/** A failure that was switched on. */
export interface ActiveFailure {
  id: number;
  /** How often it has struck. */
  struck(): number;
  /** Lets every call go that this failure holds back. */
  release(): void;
  /** Switches it off and lets go what it holds back. */
  stop(): void;
}

/** The switches, as tests and the page use them. */
export interface Failures {
  /** Makes a Web API method fail; `*` means every method. */
  call(method: string, failure: CallFailure, frequency?: Frequency): ActiveFailure;
  /** Makes deliveries fail: by kind, by name such as `view_submission`, or `*`. */
  delivery(what: string, trouble: DeliveryTrouble, frequency?: Frequency): ActiveFailure;
  /** What is switched on. */
  list(): { id: number; what: string; failure: CallFailure | DeliveryTrouble; struck: number }[];
  /** Switches one off. */
  stop(id: number): void;
  /** Switches everything off. */
  clear(): void;
}

/** A failure that strikes now. */
export interface Strike {
  failure: CallFailure;
  /** Resolves when a held call may go on. */
  held: Promise<void>;
  /** Lets this one call go. */
  letGo(): void;
}

/** The switches and what the server asks of them. */
export interface FailureRules extends Failures {
  forCall(method: string): Strike | undefined;
  forDelivery(kind: DeliveryKind, name: string): DeliveryTrouble | undefined;
}

interface Rule {
  id: number;
  on: 'call' | 'delivery';
  what: string;
  failure: CallFailure | DeliveryTrouble;
  left: number;
  strikes: number;
  chance: () => boolean;
  held: Set<() => void>;
}

/** Switches that are all off. */
export function createFailures(): FailureRules {
  const rules = new Map<number, Rule>();
  let ids = 0;

  const add = (
    on: Rule['on'],
    what: string,
    failure: Rule['failure'],
    { times = Number.POSITIVE_INFINITY, probability = 1, seed = 1 }: Frequency = {},
  ): ActiveFailure => {
    ids += 1;
    const id = ids;
    const random = createRandom(seed);
    const rule: Rule = {
      id,
      on,
      what,
      failure,
      left: times,
      strikes: 0,
      chance: () => probability >= 1 || random() < probability,
      held: new Set(),
    };
    rules.set(id, rule);
    return {
      id,
      struck: () => rule.strikes,
      release: () => release(rule),
      stop: () => stop(id),
    };
  };
  const release = (rule: Rule): void => {
    for (const go of rule.held) go();
    rule.held.clear();
  };
  const stop = (id: number): void => {
    const rule = rules.get(id);
    if (rule === undefined) return;
    rules.delete(id);
    release(rule);
  };
  const strike = (on: Rule['on'], names: readonly string[]): Rule | undefined => {
    for (const rule of rules.values()) {
      if (rule.on !== on || rule.left <= 0 || !names.includes(rule.what) || !rule.chance()) continue;
      rule.left -= 1;
      rule.strikes += 1;
      return rule;
    }
    return undefined;
  };
  return {
    call: (method, failure, frequency) => add('call', method, failure, frequency),
    delivery: (what, trouble, frequency) => add('delivery', what, trouble, frequency),
    list: () =>
      [...rules.values()].map(({ id, what, failure, strikes }) => ({ id, what, failure, struck: strikes })),
    stop,
    clear: () => {
      for (const id of [...rules.keys()]) stop(id);
    },
    forCall(method) {
      const rule = strike('call', [method, '*']);
      if (rule === undefined) return undefined;
      const { promise, resolve } = Promise.withResolvers<void>();
      const failure = rule.failure as CallFailure;
      if (failure.kind === 'slow' || failure.kind === 'lose_answer') rule.held.add(resolve);
      const letGo = (): void => {
        rule.held.delete(resolve);
        resolve();
      };
      return { failure, held: promise, letGo };
    },
    forDelivery(kind, name) {
      return strike('delivery', [kind, name, '*'])?.failure as DeliveryTrouble | undefined;
    },
  };
}
