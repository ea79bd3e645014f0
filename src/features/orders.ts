/** How is an order that reaches many pilots carried out to the end, whatever happens to this process? */
import type { z } from 'zod';
import { claimSchedules, nextScheduled, type ScheduleRow } from '../db/queries/schedules.ts';
import type { Duty, Parts } from './feature.ts';

const LEASE_MS = 60_000;

/** How many pilots one look of an order changes, so that messages are not held up behind a large one. */
export const PER_LOOK = 50;

/**
 * Carries out orders of one kind; each is a schedule that is due from when it was given.
 *
 * @param kind the kind of the schedules
 * @param shape what their details hold; one that cannot be read is left alone
 * @param carryOut changes at most {@link PER_LOOK} pilots, one batch each, so that what was done before a crash is not done
 *   again; it moves the schedule on, or lets it rest when nothing is left
 */
export const ordersDuty = <Order>(
  kind: string,
  shape: z.ZodType<Order>,
  carryOut: (parts: Parts, row: ScheduleRow, order: Order, at: number) => Promise<void>,
): Duty => ({
  name: kind,
  nextDue: (parts) => nextScheduled(parts.db, kind),
  async run(parts, at) {
    for (const row of await claimSchedules(parts.db, kind, at, LEASE_MS)) {
      const known = shape.safeParse(row.details);
      if (known.success) await carryOut(parts, row, known.data, at);
    }
  },
});
