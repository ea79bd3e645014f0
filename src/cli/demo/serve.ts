/** What can the page ask of the demo besides what it asks of Slack: the story, and time? */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { addDays, dayOf, startOfDay, weekdayOf } from '../../core/day.ts';
import type { Stage } from './stage.ts';
import { storyNow } from './story.ts';
import type { HistoryEnd } from './story-facts.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** How far "the next thing that happens" looks. */
const HORIZON = 60 * DAY;

/** The demo as the page sees it; it is not there before the history has been played. */
export interface Running {
  readonly stage: Stage;
  readonly end: HistoryEnd | null;
}

/** Answers `/demo/…`; everything else is left to the page. */
export function demoRoutes(
  running: () => Running | null,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path?.startsWith('/demo/') !== true) return false;
    const now = running();
    void answer(path.slice('/demo/'.length), request, now)
      .then(({ status, body }) => send(response, status, body))
      .catch((error: unknown) =>
        send(response, 500, { error: error instanceof Error ? error.message : String(error) }),
      );
    return true;
  };
}

async function answer(
  path: string,
  request: IncomingMessage,
  now: Running | null,
): Promise<{ readonly status: number; readonly body: object }> {
  if (now === null) return { status: 503, body: { error: 'The demo is still being set up.' } };
  const { stage, end } = now;
  if (path === 'state' && request.method === 'GET') {
    return {
      status: 200,
      body: { now: stage.clock.now(), next: await stage.app.nextDue(), story: end !== null },
    };
  }
  if (path === 'story' && request.method === 'GET') {
    return end === null
      ? { status: 404, body: { error: 'This workspace has no story.' } }
      : { status: 200, body: await storyNow(stage.db, end) };
  }
  if (path === 'clock' && request.method === 'POST') return moveClock(stage, await readJson(request));
  return { status: 404, body: { error: `There is no /demo/${path}.` } };
}

/** One move at a time: a second press waits for the first. */
let moving: Promise<unknown> = Promise.resolve();

async function moveClock(stage: Stage, wanted: unknown): Promise<{ status: number; body: object }> {
  const advance = (wanted as { advance?: unknown } | null)?.advance;
  const move = async (): Promise<boolean> => {
    const now = stage.clock.now();
    if (advance === '1h') await stage.time.advanceTo(now + HOUR);
    else if (advance === '1d') await stage.time.advanceTo(now + DAY);
    else if (advance === 'monday') await stage.time.advanceTo(nextMondayNine(now));
    else if (advance === 'next') return stage.time.advanceToNext(now + HORIZON);
    else throw new TypeError('Say {"advance": "1h"}, "1d", "monday" or "next".');
    return true;
  };
  const turn = moving.then(move, move);
  moving = turn.catch(() => undefined);
  try {
    const happened = await turn;
    return { status: 200, body: { now: stage.clock.now(), happened } };
  } catch (error) {
    if (error instanceof TypeError) return { status: 400, body: { error: error.message } };
    throw error;
  }
}

/** Nine o'clock and a minute, so that what falls due at nine has happened. */
function nextMondayNine(now: number): number {
  const zone = 'Europe/Berlin';
  const today = dayOf(now, zone);
  const nine = (day: string) => startOfDay(day, zone) + 9 * HOUR + 60_000;
  const monday = addDays(today, (8 - weekdayOf(today)) % 7);
  return nine(monday) > now ? nine(monday) : nine(addDays(monday, 7));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 10_000) throw new TypeError('That is too long.');
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
