/** How far is a long work, shown where somebody is looking? */
import type { Terminal } from './command.ts';

/** A line on the terminal that is drawn over itself. */
export interface Progress {
  /** `share` goes from 0 to 1. */
  show(share: number): void;
  /** Takes the line away, so that words can follow. */
  clear(): void;
}

const AFTER_MS = 1000;
const EVERY_MS = 100;
const WIDTH = 30;

/** Shows nothing during the first second, and nothing at all where no terminal is. */
export function createProgress(terminal: Terminal, what: string): Progress {
  const began = terminal.now();
  let drawn: number | null = null;
  return {
    show(share) {
      if (!terminal.interactive) return;
      const now = terminal.now();
      if (now - began < AFTER_MS || (drawn !== null && now - drawn < EVERY_MS)) return;
      drawn = now;
      const done = Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
      const bar = '█'.repeat(done) + '░'.repeat(WIDTH - done);
      terminal.err(`\r${what} ${bar} ${Math.floor(share * 100)} %`);
    },
    clear() {
      if (drawn === null) return;
      drawn = null;
      terminal.err('\r\u001b[2K');
    },
  };
}
