/** Which commands are there? Adding one is a line here; each is loaded only when it is called. */
import type { CliCommand } from './command.ts';
import { demo } from './demo.ts';
import { migrate } from './migrate.ts';
import { start } from './start.ts';

export const commands: readonly CliCommand[] = [start, demo, migrate];
