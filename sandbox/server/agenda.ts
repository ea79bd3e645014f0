/** What does the sandbox itself have to do, and when? */
import type { Clock } from './clock.ts';

/** Things to do at an instant of the workspace's clock. */
export interface Agenda {
  /** Adds a thing to do; the returned function takes it off again. */
  at(instant: number, run: () => unknown): () => void;
  /** The earliest instant something is due, or null. */
  nextDue(): number | null;
  /** Does everything that is due now, and what becomes due by doing it. */
  runDue(): Promise<void>;
  /** Forgets everything, and takes nothing more. */
  close(): void;
}

interface Entry {
  instant: number;
  order: number;
  run: () => unknown;
}

/**
 * @param clock the workspace's clock
 * @param selfTicking true when nobody else moves the clock, so that a timer must call runDue
 */
export function createAgenda(clock: Clock, selfTicking: boolean): Agenda {
  const entries = new Set<Entry>();
  let order = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const nextDue = (): number | null => {
    let earliest: number | null = null;
    for (const entry of entries) earliest = Math.min(earliest ?? entry.instant, entry.instant);
    return earliest;
  };
  const setTimer = (): void => {
    clearTimeout(timer);
    const due = nextDue();
    if (!selfTicking || due === null) return;
    timer = setTimeout(() => void runDue(), Math.max(0, due - clock.now()));
    timer.unref();
  };
  const takeDue = (): Entry[] => {
    const now = clock.now();
    const due = [...entries].filter((entry) => entry.instant <= now);
    for (const entry of due) entries.delete(entry);
    return due.sort((a, b) => a.instant - b.instant || a.order - b.order);
  };
  const runDue = async (): Promise<void> => {
    for (let due = takeDue(); due.length > 0; due = takeDue()) {
      await Promise.all(due.map((entry) => entry.run()));
    }
    setTimer();
  };
  return {
    at(instant, run) {
      const entry = { instant, order: order++, run };
      if (!closed) entries.add(entry);
      setTimer();
      return () => {
        entries.delete(entry);
        setTimer();
      };
    },
    nextDue,
    runDue,
    close() {
      closed = true;
      entries.clear();
      clearTimeout(timer);
    },
  };
}
