/** What of a case remains when the clock ran ahead while it changed, and has gone back since? */
import type { Case } from './record.ts';

/** No message of a case is planned further ahead. */
const LONGEST_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * The case with every instant where it would be, had the clock not run ahead: an answer has as long as it was to have, and
 * nothing has happened later than `at` (epoch ms). Days that somebody named stay. The same case when there is nothing to bring
 * back.
 *
 * @param setAt when its clock was set (epoch ms), or null without one
 * @example
 * broughtBack({ revision: 3, openedAt: 9, clock: { kind: 'sla', person: 'U1', due: 25 }, notice: null, closed: null }, 5, 15) // { revision: 4, openedAt: 5, clock: { kind: 'sla', person: 'U1', due: 15 }, notice: null, closed: null }
 */
export function broughtBack<
  Known extends Pick<Case, 'revision' | 'openedAt' | 'clock' | 'notice' | 'closed'>,
>(before: Known, at: number, setAt: number | null): Known {
  const { clock, notice, closed, openedAt } = before;
  const ahead = setAt === null ? 0 : Math.max(0, setAt - at);
  const after = {
    ...before,
    openedAt: openedAt === null ? null : Math.min(openedAt, at),
    clock:
      clock === null || clock.kind !== 'sla' || clock.due === null
        ? clock
        : { ...clock, due: clock.due - ahead },
    notice:
      notice === null
        ? null
        : {
            ...notice,
            notBefore: notice.notBefore > at + LONGEST_MS ? at : notice.notBefore,
            ...(notice.sponsorFrom === undefined || notice.sponsorFrom <= at + LONGEST_MS
              ? {}
              : { sponsorFrom: at }),
            delivered: notice.delivered.map((one) => ({ ...one, at: Math.min(one.at, at) })),
          },
    closed: closed === null ? null : { ...closed, at: Math.min(closed.at, at) },
  };
  return JSON.stringify(after) === JSON.stringify(before)
    ? before
    : { ...after, revision: before.revision + 1 };
}
