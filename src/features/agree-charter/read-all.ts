/** What does the whole charter say, on one page? */
import { dayOf } from '../../core/day.ts';
import { criteriaOfVersion, type PilotFacts } from '../../core/pilot-facts.ts';
import { reasonFor } from '../../core/sponsor.ts';
import { type Block, divider, header, paragraph, plainText, type View } from '../../slack/blocks.ts';
import { LIMITS } from '../../slack/limits.ts';
import { bold, code, type Line } from '../../slack/text.ts';
import { promiseText } from '../../views/criterion-text.ts';
import { dayText } from '../../views/day-text.ts';
import { delayText } from '../../views/delay-text.ts';
import { nameOf, statusWords } from '../../views/pilot-card.ts';
import { passText } from '../../views/rule-text.ts';
import type { Scene } from '../feature.ts';
import { cardOf } from '../find-pilot.ts';
import { sponsorRecordOf } from '../sponsor-signs.ts';

/** A modal with the newest version in full, and the version in force where that is another one. */
export async function charterPage(scene: Scene, facts: PilotFacts): Promise<View> {
  const { pilot, holders, charter, signed } = facts;
  const [{ names, today }, record] = await Promise.all([
    cardOf(scene, facts),
    sponsorRecordOf(scene.db, facts),
  ]);
  const { fields } = charter;
  const line = (label: string, value: string | null): Line[] =>
    value === null ? [] : [[bold(`${label}: `), value]];
  const metrics = new Map(facts.metrics.map((metric) => [metric.id, metric]));
  const criteria = criteriaOfVersion(facts, charter.n).flatMap((criterion) => {
    const metric = metrics.get(criterion.metric);
    if (metric === undefined) return [];
    const role = { required: 'decides', guardrail: 'must not get worse', informative: 'for information' }[
      criterion.role
    ];
    const details = [
      role,
      `measures ${criterion.measures === 'business' ? 'a business result' : criterion.measures}`,
      `every ${metric.cadence === 'fortnight' ? 'two weeks' : metric.cadence}`,
      criterion.firstEffect === null ? null : `effect from ${dayText(criterion.firstEffect, today)}`,
      criterion.closingDays === 5 ? null : `last number up to ${criterion.closingDays} days late`,
    ].filter((part) => part !== null);
    return [
      paragraph([
        [bold(promiseText(criterion, metric, today))],
        `${details.join(', ')}; key `,
        [code(metric.key)],
        [passText(criterion, metric, today)],
      ]),
    ];
  });
  const signature: Line[] =
    signed === null || signed.answeredAt === null
      ? ['Not signed yet.']
      : [
          `Version ${signed.n} was signed by ${nameOf(names, signed.answeredBy)} on ${dayText(dayOf(signed.answeredAt, scene.zone), today)}.`,
          ...(signed.hash === null ? [] : [['Fingerprint ', code(signed.hash.slice(0, 16))] as Line]),
        ];
  const blocks: Block[] = [
    header(`${pilot.name}, version ${charter.n}`),
    paragraph([
      [code(pilot.key), `  ${statusWords(facts)}`],
      ...line('Outcome', fields.outcome),
      ...line('Problem', fields.problem),
      ...line('Sponsor', holders.sponsor === undefined ? null : nameOf(names, holders.sponsor)),
      ...line('Why this sponsor', reasonFor(record)),
      ...line('Owner', nameOf(names, holders.owner)),
      ...line(
        'Production owner',
        holders.production_owner === undefined ? null : nameOf(names, holders.production_owner),
      ),
      ...line('Business unit', pilot.unit),
      ...line('Start', fields.start === null ? null : dayText(fields.start, today)),
      ...line('Decision', fields.decision === null ? null : dayText(fields.decision, today)),
      ...line('Way back', fields.rollback),
      ...line('Budget', fields.budget),
      ...line('Cost of delay', delayText(fields)),
    ]),
    divider(),
    ...(criteria.length === 0 ? [paragraph(['No criteria yet.'])] : criteria),
    divider(),
    paragraph(signature),
  ];
  return {
    type: 'modal',
    callback_id: 'read-all',
    title: plainText('Charter', LIMITS.view.title),
    close: plainText('Close', LIMITS.view.close),
    blocks: blocks.slice(0, LIMITS.view.blocks),
  };
}
