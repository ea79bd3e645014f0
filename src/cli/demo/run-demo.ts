/** How is the demo started: the local Slack, the app, twenty weeks of history, and the page? */
import { addDays, dayOf, isDay, startOfDay, weekdayOf } from '../../core/day.ts';
import { CliProblem, type ExitCode, type Terminal } from '../command.ts';
import { createLog } from '../log.ts';
import { HISTORY_WEEKS, playHistory } from './history.ts';
import { markHistoryRead } from './seen.ts';
import { demoRoutes, type Running } from './serve.ts';
import { openStage, type ServeHook } from './stage.ts';
import { historyEnd } from './story-facts.ts';

const ZONE = 'Europe/Berlin';
const HOUR = 60 * 60 * 1000;

/** What the command line says about the demo. */
export interface DemoOptions {
  readonly port: string;
  readonly empty: boolean;
  readonly at: string | null;
}

/** Runs until it is stopped. */
export async function runDemo(terminal: Terminal, options: DemoOptions): Promise<ExitCode> {
  const port = readPort(options.port);
  const today = readStart(options.at, terminal.now());
  const monday = addDays(today, 1 - weekdayOf(today) - HISTORY_WEEKS * 7);
  const start = startOfDay(options.empty ? today : monday, ZONE) + 9 * HOUR;
  let running: Running | null = null;
  const routes = demoRoutes(() => running);
  const page = await servePage();
  const serve: ServeHook = (request, response) => routes(request, response) || page(request, response);
  const log = createLog('warn');
  const stage = await openStage({ start, port, serve, log }).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'EADDRINUSE') {
      throw new CliProblem(`Port ${port} is in use. Choose another one: --port ${port + 1}`, 3);
    }
    throw error;
  });
  try {
    if (!options.empty) {
      await playHistory(stage, monday, (weeks) => {
        if (terminal.interactive)
          terminal.err(`\rTwenty weeks are being played: ${weeks} of ${HISTORY_WEEKS}`);
      });
      await markHistoryRead(stage);
      if (terminal.interactive) terminal.err('\r\u001b[K');
    }
    running = { stage, end: options.empty ? null : await historyEnd(stage.db, stage.clock.now()) };
    terminal.out(welcome(stage.slack.url, options.empty));
    await terminal.stopped();
  } finally {
    await stage.close();
  }
  return 0;
}

function welcome(url: string, empty: boolean): string {
  const first = empty
    ? 'The workspace is blank. Type /pilot register in any channel.'
    : 'Eight pilots, twenty weeks in. Start as Priya, the sponsor: a charter waits for her signature.';
  return [
    `Pilotage is running at ${url}`,
    '',
    first,
    'Be anyone with one click, and move the clock to see what happens next.',
    'Nothing leaves this machine. Ctrl+C ends it.',
    '',
  ].join('\n');
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new CliProblem(
    `--port: "${text.slice(0, 40)}" is not a port. Choose a whole number from 0 to 65535.`,
    2,
  );
}

/** The day the demo starts at: as asked for, else today. */
function readStart(text: string | null, now: number): string {
  if (text === null) return dayOf(now, ZONE);
  const day = text.slice(0, 10);
  if (isDay(day) && (text.length === 10 || !Number.isNaN(Date.parse(text)))) return day;
  throw new CliProblem(`--at: "${text.slice(0, 40)}" is not a date. Write it like 2026-01-05.`, 2);
}

/** The page of the local Slack. */
async function servePage(): Promise<ServeHook> {
  const { servePage: prepare } = await import('../../../sandbox/server/serve-web.ts');
  return prepare();
}
