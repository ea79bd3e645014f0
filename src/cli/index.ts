/** Which commands are there? Adding one is a line here; each is loaded only when it is called. */
import { backup } from './backup.ts';
import { surviveBrokenPipe } from './broken-pipe.ts';
import type { CliCommand } from './command.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { evaluate } from './evaluate.ts';
import { exportData } from './export.ts';
import { forget } from './forget.ts';
import { importFiles } from './import.ts';
import { manifest } from './manifest.ts';
import { migrate } from './migrate.ts';
import { rehearse } from './rehearse.ts';
import { restore } from './restore.ts';
import { start } from './start.ts';
import { token } from './token.ts';
import { verify } from './verify.ts';

export const commands: readonly CliCommand[] = [
  start,
  demo,
  migrate,
  evaluate,
  rehearse,
  importFiles,
  exportData,
  backup,
  restore,
  forget,
  token,
  verify,
  doctor,
  manifest,
];

surviveBrokenPipe(process.stdout, process.stderr);
