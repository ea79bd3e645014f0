/** How is a pilot's status computed: the sentence, the dates, the rows and the rule behind it? */
import { addDays, type Day, dayOf } from '../../core/day.ts';
import { ENGINE_VERSION } from '../../core/evaluate/index.ts';
import { ownNumber } from '../../core/judge.ts';
import { type Judged, judgedOn } from '../../core/judged.ts';
import { todayIn } from '../../core/metric.ts';
import { type PausedDays, pausedDays } from '../../core/pause.ts';
import { type PilotFacts, type RecordedValue, versionInForce } from '../../core/pilot-facts.ts';
import type { CriterionStanding } from '../../core/standing.ts';
import { usualChange } from '../../core/usual-change.ts';
import { observationsOf } from '../../db/queries/observations.ts';
import { pausesOf } from '../../db/queries/rhythm.ts';
import { type Block, context, divider, header, paragraph, plainText, type View } from '../../slack/blocks.ts';
import { LIMITS } from '../../slack/limits.ts';
import { open, say } from '../../slack/reply.ts';
import { bold, type Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { verdictWord } from '../../views/criterion-text.ts';
import { dayText, periodText } from '../../views/day-text.ts';
import { droppedText, firstAgreedText } from '../../views/first-agreed-text.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { restatedLine } from '../../views/restated-text.ts';
import { passText, reasonText } from '../../views/rule-text.ts';
import { usualChangeText } from '../../views/usual-change-text.ts';
import { shownValue } from '../../views/value-text.ts';
import { type Feature, onPress, type Scene } from '../feature.ts';
import { findById } from '../find-pilot.ts';

/** How many criteria one page explains, and how many rows of each. */
const MOST_CRITERIA = 45;
const MOST_ROWS = 8;

async function explanation(scene: Scene, facts: PilotFacts, digest?: number): Promise<View> {
  const { db, workspace, workspaceZone } = scene;
  const [rows, pauses] = await Promise.all([
    observationsOf(db, workspace, facts.pilot.id),
    pausesOf(db, { workspace, pilot: facts.pilot.id }),
  ]);
  const rested = pausedDays(pauses, workspaceZone, scene.at);
  const judged = judgedOn(facts, rows, workspaceZone, scene.at, rested);
  const names = await scene.people.names(
    scene.workspace,
    rows.map(({ recordedBy }) => recordedBy),
  );
  const today = todayIn(scene.zone, scene.at);
  const version = versionInForce(facts);
  const hidden = judged.standing.criteria.length - MOST_CRITERIA;
  const byId = new Map(rows.map((row) => [row.id, row]));
  const parts: Block[] = judged.standing.criteria
    .slice(0, MOST_CRITERIA)
    .flatMap((entry) => [
      paragraph([
        [bold(`${entry.metric.name}: ${verdictWord(entry.evaluation, entry.criterion.role)}`)],
        ...sentences(entry),
        [bold('Rule: '), passText(entry.criterion, entry.metric, today)],
        [bold('Dates: '), dates(entry, version.fields.start, today)],
        ...restedLine(rested, today),
        ...firstLine(entry, judged, today),
        ...usedRows(entry, byId, names, today, scene.zone),
        ...restatedLines(entry, judged, rows, today, scene.zone),
        ...changeLine(entry, byId),
      ]),
      divider(),
    ]);
  return {
    type: 'modal',
    callback_id: 'explain-status',
    title: plainText('How is this computed?', LIMITS.view.title),
    close: plainText('Close', LIMITS.view.close),
    blocks: [
      header(facts.pilot.name),
      ...olderDigest(digest, scene, today),
      ...(parts.length === 0 ? [paragraph(['There is no criterion yet, so nothing is computed.'])] : parts),
      ...(hidden > 0 ? [context(`and ${hidden} more; ${scene.command} export hands out all of them.`)] : []),
      ...droppedLines(judged),
      context(
        `Charter version ${version.n}${facts.signed === null ? ', not signed yet' : ''}; rules ${ENGINE_VERSION}; as known on ${dayText(dayOf(scene.at, scene.zone), today)}, days in ${scene.workspaceZone}.`,
      ),
    ],
  };
}

/** Whoever asks about a row of an older digest reads of today, and is told so. */
function olderDigest(digest: number | undefined, { zone }: Scene, today: Day): Block[] {
  const day = digest === undefined ? today : dayOf(digest, zone);
  return day < today ? [context(`As of today; the digest was of ${dayText(day, today)}.`)] : [];
}

function sentences({ evaluation }: CriterionStanding): Line[] {
  if ('error' in evaluation) return ['Where it starts is not known yet, so a change cannot be judged.'];
  return [evaluation.sentence, ...evaluation.reasons.map(reasonText)];
}

function dates({ criterion }: CriterionStanding, start: string | null, today: string): string {
  const parts = [
    start === null ? null : `starts ${dayText(start, today)}`,
    criterion.firstEffect === null ? null : `effect expected from ${dayText(criterion.firstEffect, today)}`,
    `last day that counts ${dayText(criterion.deadline, today)}`,
    `last number accepted until ${dayText(addDays(criterion.deadline, criterion.closingDays), today)}`,
  ];
  return parts.filter((part) => part !== null).join('; ');
}

/** Paused days take no time from a criterion, so whoever asks how it is computed is shown them. */
function restedLine(rested: readonly PausedDays[], today: string): Line[] {
  if (rested.length === 0) return [];
  const told = rested.map(([from, to]) =>
    to === null ? `since ${dayText(from, today)}` : periodText({ start: from, end: to }),
  );
  return [[bold('Paused: '), `${told.join('; ')}. These days do not count against it.`]];
}

/** What was agreed first, and its word where that is another one. */
function firstLine(entry: CriterionStanding, { first }: Judged, today: Day): Line[] {
  const was = first.amended.get(entry.criterion.id);
  return was === undefined ? [] : [firstAgreedText(was, entry, today)];
}

/** What decided once and was taken out: only its first terms are left to be read. */
function droppedLines({ first }: Judged): Block[] {
  const lines = first.dropped
    .slice(0, MOST_CRITERIA)
    .map((entry): Line => [bold(`${entry.metric.name}: `), droppedText(entry)]);
  return lines.length === 0 ? [] : [paragraph(lines), divider()];
}

/** What was corrected of the rows, and when. */
function restatedLines(
  { criterion, metric }: CriterionStanding,
  { restated }: Judged,
  rows: readonly RecordedValue[],
  today: Day,
  zone: string,
): Line[] {
  const found = restated.get(criterion.id);
  const own = rows.filter((row) => row.metric === metric.id);
  return found === undefined ? [] : [restatedLine(found, own, today, zone)];
}

function usedRows(
  { metric, evaluation }: CriterionStanding,
  rows: ReadonlyMap<string, RecordedValue>,
  names: ReadonlyMap<string, string>,
  today: string,
  zone: string,
): Line[] {
  if ('error' in evaluation) return [];
  const used = evaluation.provenance.observations.flatMap((id) => rows.get(id) ?? []);
  if (used.length === 0) return [[bold('Rows: '), 'none']];
  const shown = used.slice(-MOST_ROWS);
  const told = shown.map((row) => {
    const who = row.recordedBy === null ? `from ${row.source}` : nameOf(names, row.recordedBy);
    const period = periodText({ start: row.periodStart, end: row.periodEnd });
    return `${period} ${shownValue(row, metric)} (${who}, ${dayText(dayOf(row.recordedAt, zone), today)})`;
  });
  const hidden = used.length - shown.length;
  const aside = evaluation.set_aside.length;
  return [
    [bold('Rows: '), told.join('; '), hidden > 0 ? `; and ${hidden} older` : ''],
    ...(aside > 0 ? [`${aside} in another unit do not count.`] : []),
  ];
}

/** Whether the newest number is more than the usual ups and downs: a note, and no part of the rule. */
function changeLine(
  { criterion, metric, evaluation }: CriterionStanding,
  rows: ReadonlyMap<string, RecordedValue>,
): Line[] {
  if ('error' in evaluation || metric.unit === 'bool') return [];
  const values = evaluation.provenance.observations.flatMap((id) => {
    const row = rows.get(id);
    return row === undefined ? [] : (ownNumber(criterion, metric, row) ?? []);
  });
  const change = usualChange(values);
  return change === null
    ? []
    : [[bold('Newest number: '), usualChangeText(change, values.at(-1) ?? 0, metric.unit)]];
}

export const explainStatus: Feature = {
  name: 'explain-status',
  presses: [
    onPress(buttons.howComputed, async (scene, { pilot, digest }) => {
      const found = await findById(scene, pilot);
      return 'instead' in found ? say(found.instead) : open(await explanation(scene, found.facts, digest));
    }),
  ],
};
