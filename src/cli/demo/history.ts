/** How do twenty weeks of pilots come to be, fact by fact, through the app's own forms, presses, commands and imports? */
import { addDays, startOfDay } from '../../core/day.ts';
import { agrees, asksToSign, changesCriterion, imports, presses, registers, submits, types } from './acts.ts';
import type { DemoPilot } from './demo-pilot.ts';
import { demoPilots } from './pilots.ts';
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
  for (const pilot of demoPilots) await playWeek(stage, pilot, HISTORY_WEEKS + 1, today);
  // What the reader is asked to do first is the newest thing they see.
  for (const pilot of demoPilots) await askAgain(stage, pilot, today);
}

async function playWeek(stage: Stage, pilot: DemoPilot, week: number, first: string): Promise<void> {
  if (week === pilot.from) await begin(stage, pilot, first);
  if (week === pilot.from + 1) await answer(stage, pilot);
  // A week's number is known on the Monday after it, when its period is over.
  const age = week - pilot.from - 2;
  const numbers = Object.entries(pilot.values).flatMap(([metric, values]) => {
    const value = values[age];
    return typeof value === 'number' ? [{ metric, value }] : [];
  });
  if (pilot.source === undefined) await typesNumbers(stage, pilot, numbers);
  else if (numbers.length > 0) await dropsFile(stage, pilot, pilot.source, numbers, first);
  for (const { by, command, press, form } of (pilot.acts ?? []).filter((act) => act.week === week)) {
    if (command !== undefined) await types(stage, by, pilot.channel, command);
    if (press !== undefined) await presses(stage, by, press);
    await submits(stage, by, form);
  }
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
  const { owner, channel, key } = pilot;
  await registers(stage, owner, channel, pilot.name, {
    ...pilot.charter,
    ...datesFrom(addDays(first, 7), pilot.days),
    'Executive sponsor': pilot.sponsor,
    Channel: channel,
  });
  for (const criterion of pilot.criteria) await agrees(stage, owner, channel, key, criterion);
  await asksToSign(stage, owner, channel, key, pilot.production, pilot.sentence);
}

const datesFrom = (start: string, days: number) => ({
  'Start date': start,
  'Decision date': addDays(start, days),
});

async function answer(stage: Stage, pilot: DemoPilot): Promise<void> {
  const sponsor = pilot.sponsor.slice(1);
  await presses(stage, sponsor, pilot.answer);
  if (pilot.reason !== undefined) await submits(stage, sponsor, pilot.reason);
}

/** What was not signed at first becomes what is told beside the new promise, and the sponsor is asked once more. */
async function askAgain(stage: Stage, pilot: DemoPilot, today: string): Promise<void> {
  const { again, owner, channel, key } = pilot;
  if (again === undefined) return;
  await presses(stage, owner, 'Edit charter');
  await submits(stage, owner, { ...again.edited, ...datesFrom(addDays(today, 7), again.days) });
  await changesCriterion(stage, owner, channel, key, { Measures: 'Model', Role: 'For information' });
  await agrees(stage, owner, channel, key, again.criterion);
  await asksToSign(stage, owner, channel, key, pilot.production, again.sentence);
}
