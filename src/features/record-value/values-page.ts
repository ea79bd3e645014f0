/** Which values have been recorded, by whom, and how is one of them corrected or taken back? */
import { dayOf } from '../../core/day.ts';
import { currentValues } from '../../core/judge.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { observationsOf } from '../../db/queries/observations.ts';
import { type Block, header, paragraph, plainText, type View } from '../../slack/blocks.ts';
import { LIMITS } from '../../slack/limits.ts';
import { bold, type Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { dayText, periodText } from '../../views/day-text.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { shownValue } from '../../views/value-text.ts';
import type { Scene } from '../feature.ts';

const NEWEST = 24;

/** A modal with the values that count, newest first, each with Correct and Withdraw. */
export async function valuesPage(scene: Scene, facts: PilotFacts): Promise<View> {
  const rows = await observationsOf(scene.db, scene.workspace, facts.pilot.id);
  const today = dayOf(scene.at, scene.zone);
  const names = await scene.people.names(
    scene.workspace,
    rows.map(({ recordedBy }) => recordedBy),
  );
  const signedAt = facts.versions.find(({ n }) => n === 1)?.answeredAt ?? null;
  const current = facts.metrics
    .flatMap((metric) =>
      currentValues(rows.filter((row) => row.metric === metric.id)).map((row) => ({ metric, row })),
    )
    .sort((a, b) => (a.row.periodEnd > b.row.periodEnd ? -1 : 1));
  const blocks: Block[] = current.slice(0, NEWEST).flatMap(({ metric, row }, index) => {
    const told = [
      row.source === 'typed' ? `typed by ${nameOf(names, row.recordedBy)}` : `from ${row.source}`,
      `on ${dayText(dayOf(row.recordedAt, scene.zone), today)}`,
      signedAt === null || row.recordedAt < signedAt ? 'known before signature' : null,
    ].filter((part) => part !== null);
    const lines: Line[] = [
      [
        bold(`${metric.name}, ${periodText({ start: row.periodStart, end: row.periodEnd })}: `),
        shownValue(row, metric),
      ],
      told.join(', '),
    ];
    const about = { pilot: facts.pilot.id, observation: row.id };
    return [
      paragraph(lines),
      {
        type: 'actions',
        block_id: `value-${index}`,
        elements: [
          buttons.correctValue.element(about, { nth: index, spoken: `Correct ${metric.name}` }),
          buttons.withdrawValue.element(about, {
            nth: index,
            spoken: `Withdraw ${metric.name}`,
            confirm: {
              title: 'Withdraw this value?',
              text: 'It stays readable in the history and counts no more.',
              yes: 'Withdraw',
              no: 'Keep it',
            },
          }),
        ],
      },
    ];
  });
  const hidden = current.length - NEWEST;
  return {
    type: 'modal',
    callback_id: 'values-page',
    title: plainText('Values', LIMITS.view.title),
    close: plainText('Close', LIMITS.view.close),
    blocks: [
      header(facts.pilot.name),
      ...(blocks.length === 0 ? [paragraph(['No values yet.'])] : blocks),
      ...(hidden > 0 ? [paragraph([`${hidden} older ones are not shown here.`])] : []),
    ],
  };
}
