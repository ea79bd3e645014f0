/** What do sending and drawing again both stand on? */
import type { Database } from '../db/database.ts';
import type { Letter, Moment, Parts } from '../features/feature.ts';
import type { Courier } from '../slack/courier.ts';
import type { Pace } from '../slack/pace.ts';
import type { Outage } from './outage.ts';

/** A log of what people cannot mend by themselves. */
export interface DeliveryLog {
  warn(facts: object, words: string): void;
  error(facts: object, words: string): void;
}

/** What every part of delivery has in its hands. */
export interface DeliveryGround {
  readonly db: Database;
  readonly courier: Courier;
  readonly parts: Parts;
  readonly letters: ReadonlyMap<string, Letter>;
  readonly outage: Outage;
  readonly pace: Pace;
  /** The moment a message for an addressee is made in; null where the app is not installed any more. */
  readonly momentFor: (workspace: string, addressee: string) => Promise<Moment | null>;
  readonly log: DeliveryLog;
}
