/** How do twenty weeks of pilots come to be, fact by fact, through the app's own forms, presses and commands? */
import { addDays, startOfDay } from '../../core/day.ts';
import { agrees, asksToSign, imports, presses, registers, submits, types } from './acts.ts';
import { type DemoPilot, demoPilots } from './pilots.ts';
import type { Stage } from './stage.ts';

/** How many weeks of history the demo begins with. */
export const HISTORY_WEEKS = 20;
const HOUR = 60 * 60 * 1000;
const ZONE = 'Europe/Berlin';

/**
 * Plays the weeks one after the other: registering, agreeing, signing, recording, the Monday digest.
 *
 * @param monday the first day of the history, 'YYYY-MM-DD'
 * @param told called after each week with the number of weeks done
 */
export async function playHistory(
  stage: Stage,
  monday: string,
  told: (weeks: number) => void,
): Promise<void> {
  await types(stage, 'lena', '#ai-pilots', '/pilot digest here weekly monday 9:00');
  for (let week = 1; week <= HISTORY_WEEKS; week += 1) {
    const first = addDays(monday, (week - 1) * 7);
    await stage.time.advanceTo(startOfDay(first, ZONE) + 10 * HOUR);
    for (const pilot of demoPilots) await playWeek(stage, pilot, week, first);
    told(week);
  }
  const today = addDays(monday, HISTORY_WEEKS * 7);
  await stage.time.advanceTo(startOfDay(today, ZONE) + 9 * HOUR + 5 * 60_000);
  // What the reader is asked to do first is the newest thing they see.
  for (const pilot of demoPilots) if (pilot.from > HISTORY_WEEKS) await begin(stage, pilot, today);
}

async function playWeek(stage: Stage, pilot: DemoPilot, week: number, first: string): Promise<void> {
  if (week === pilot.from) await begin(stage, pilot, first);
  if (week === pilot.from + 1) await answer(stage, pilot);
  // A week's number is known on the Monday after it, when its period is over.
  const age = week - pilot.from - 2;
  if (pilot.answer !== 'sign' || age < 0) return;
  const numbers = Object.entries(pilot.values).flatMap(([metric, values]) => {
    const value = values[age];
    return typeof value === 'number' ? [{ metric, value }] : [];
  });
  if (pilot.source === undefined) await typesNumbers(stage, pilot, numbers);
  else if (numbers.length > 0) await dropsFile(stage, pilot, pilot.source, numbers, first);
}

interface NumberOfWeek {
  readonly metric: string;
  readonly value: number;
}

async function typesNumbers(stage: Stage, pilot: DemoPilot, numbers: readonly NumberOfWeek[]): Promise<void> {
  for (const { metric, value } of numbers) {
    await types(stage, pilot.owner, pilot.channel, `/pilot record ${pilot.key} ${metric} ${value}`);
  }
}

/** @param end the day after the week the numbers are of */
async function dropsFile(
  stage: Stage,
  { key, owner, channel }: DemoPilot,
  source: string,
  numbers: readonly NumberOfWeek[],
  end: string,
): Promise<void> {
  const rows = numbers.map(({ metric, value }) => [key, metric, end, value, source].join(','));
  const content = ['pilot,metric,end,value,source', ...rows].join('\n');
  await imports(stage, owner, channel, { name: `${source}-${end}.csv`, content });
}

async function begin(stage: Stage, pilot: DemoPilot, first: string): Promise<void> {
  const start = addDays(first, 7);
  await registers(stage, pilot.owner, pilot.channel, pilot.name, {
    ...pilot.charter,
    ...(pilot.sponsor === null ? {} : { 'Executive sponsor': pilot.sponsor }),
    'Start date': start,
    'Decision date': addDays(start, pilot.weeks * 7),
    Channel: pilot.channel,
  });
  for (const criterion of pilot.criteria)
    await agrees(stage, pilot.owner, pilot.channel, pilot.key, criterion);
  if (pilot.answer === 'unasked') return;
  await asksToSign(stage, pilot.owner, pilot.channel, pilot.key, pilot.production, pilot.sentence);
}

async function answer(stage: Stage, pilot: DemoPilot): Promise<void> {
  const sponsor = (pilot.sponsor ?? '').slice(1);
  if (pilot.answer === 'sign') await presses(stage, sponsor, 'Sign charter');
  if (pilot.answer === 'decline') {
    await presses(stage, sponsor, 'Decline');
    await submits(stage, sponsor, { 'Why not': pilot.reason ?? '' });
  }
}
