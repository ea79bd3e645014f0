/** What does the form for a criterion show, with the others below it? */
import { ratesText } from '../../core/agreed-rates.ts';
import { addDays } from '../../core/day.ts';
import { METHODS, usualDeadline, usualFirstEffect } from '../../core/define-criterion.ts';
import type { Kind } from '../../core/evaluate/criterion.ts';
import { todayIn } from '../../core/metric.ts';
import { type Criterion, criteriaOfVersion, type Metric, type PilotFacts } from '../../core/pilot-facts.ts';
import { checkPromise } from '../../core/promise-check.ts';
import { criterionRow } from '../../db/queries/charters.ts';
import { observationsOf } from '../../db/queries/observations.ts';
import { type Block, beside, divider, paragraph, sentence } from '../../slack/blocks.ts';
import { nothing, open, type Reply, say } from '../../slack/reply.ts';
import { bold } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { promiseText } from '../../views/criterion-text.ts';
import { whatIfLines } from '../../views/what-if-text.ts';
import type { Scene } from '../feature.ts';
import { findById } from '../find-pilot.ts';
import { mayEdit } from './edit-charter.ts';
import { criterionForm } from './forms.ts';
import { type CriterionValues, countProblems, readTyped } from './typed-criterion.ts';

/** Opens the form for a new criterion, or for one that is there. The others stand below it. */
export async function openCriterionForm(
  scene: Scene,
  facts: PilotFacts,
  edits: string | null,
): Promise<Reply> {
  const refused = await mayEdit(scene, facts);
  if (refused !== null) return say(refused);
  const today = todayIn(scene.zone, scene.at);
  const start = facts.charter.fields.start ?? today;
  const decision = facts.charter.fields.decision ?? addDays(start, 84);
  const all = criteriaOfVersion(facts, facts.charter.n);
  const criterion = all.find(({ id }) => id === edits) ?? null;
  const metric = facts.metrics.find(({ id }) => id === criterion?.metric) ?? null;
  if (edits !== null && (criterion === null || metric === null)) {
    return say(sentence('This criterion is no longer there. Nothing has changed.'));
  }
  const deadline = usualDeadline(start, decision, 'week');
  const initial =
    criterion === null || metric === null
      ? {
          measures: 'business' as const,
          kind: 'at_least' as const,
          baselineKnownBy: addDays(start, 21),
          deadline,
          firstEffect: usualFirstEffect(start, deadline),
          every: 'week' as const,
          source: facts.holders.owner ?? scene.actor.id,
          role: 'required' as const,
        }
      : initialOf(criterion, metric, facts);
  return open(
    criterionForm.view({ pilot: facts.pilot.id, id: scene.newId(), edits }, scene.place, {
      title: criterion === null ? 'Add criterion' : 'Edit criterion',
      initial,
      above: [
        paragraph([
          [
            bold(facts.pilot.name),
            facts.charter.status === 'signed'
              ? `: version ${facts.charter.n} is signed; saving starts version ${facts.charter.n + 1}`
              : ': a criterion is one measurable promise',
          ],
        ]),
      ],
      below: [
        ...(criterion === null || metric === null ? [] : await ruleBelow(scene, facts, criterion, metric)),
        ...listBelow(facts, all, today, edits),
      ],
    }),
  );
}

/** The rule as it stands, with what would be said at a few values and what speaks against it. */
async function ruleBelow(
  scene: Scene,
  facts: PilotFacts,
  criterion: Criterion,
  metric: Metric,
): Promise<Block[]> {
  const rows = await observationsOf(scene.db, scene.workspace, facts.pilot.id);
  const start = facts.charter.fields.start ?? criterion.deadline;
  const values = rows.filter((row) => row.metric === metric.id);
  const tried = checkPromise(criterion, metric, { start, zone: scene.workspaceZone }, values);
  const required = criteriaOfVersion(facts, facts.charter.n).filter(({ role }) => role === 'required').length;
  return [
    divider(),
    paragraph(whatIfLines(criterion, metric, tried, required, todayIn(scene.zone, scene.at))),
  ];
}

function initialOf(criterion: Criterion, metric: Metric, facts: PilotFacts) {
  return {
    metric: metric.name,
    measures: criterion.measures,
    kind: criterion.kind,
    unit: metric.unit === 'count' || metric.unit === 'bool' ? null : metric.unit,
    baseline: criterion.baseline,
    baselineKnownBy: criterion.baselineKnownBy,
    target:
      criterion.kind === 'between' ? `${criterion.target} to ${criterion.targetHigh}` : criterion.target,
    deadline: criterion.deadline,
    firstEffect: criterion.firstEffect,
    every: metric.cadence,
    source: metric.reporter ?? facts.holders.owner ?? null,
    role: criterion.role,
    average: String(criterion.aggWindow),
    sustain: String(criterion.sustain),
    margin: criterion.margin === '0' ? null : criterion.margin,
    method: METHODS.find((method) => method !== 'mean' && method === criterion.agg) ?? null,
    percentile: criterion.percentile,
    smallest: criterion.minN === 0 ? null : String(criterion.minN),
    breaches: criterion.budget === null ? null : String(criterion.budget),
    closing: String(criterion.closingDays),
    proof: criterion.minTrust === 0 ? null : (String(criterion.minTrust) as '1' | '2'),
    rates: ratesText(criterion.rates, metric.unit) || null,
  };
}

/** With more than this in a charter, a criterion is taken out from its own form: a view has no room for a button each. */
const MOST_WITH_BUTTON = 25;

function listBelow(
  facts: PilotFacts,
  criteria: readonly Criterion[],
  today: string,
  edits: string | null,
): Block[] {
  if (criteria.length === 0) return [];
  const metrics = new Map(facts.metrics.map((metric) => [metric.id, metric]));
  return [
    divider(),
    paragraph([
      [
        bold(`In this charter: ${criteria.length}`),
        criteria.length > MOST_WITH_BUTTON ? '. Press Edit to take one out' : '',
      ],
    ]),
    ...criteria.flatMap((criterion, index) => {
      const metric = metrics.get(criterion.metric);
      if (metric === undefined) return [];
      const about = { pilot: facts.pilot.id, criterion: criterion.id };
      const text = promiseText(criterion, metric, today);
      return [
        {
          ...beside(
            text,
            buttons.editCriterion.element(about, { nth: index, spoken: `Edit ${metric.name}` }),
          ),
          block_id: `edit-${index}`,
        },
        ...(criteria.length > MOST_WITH_BUTTON && criterion.id !== edits
          ? []
          : [
              {
                type: 'actions',
                block_id: `remove-${index}`,
                elements: [
                  buttons.removeCriterion.element(about, {
                    nth: index,
                    spoken: `Remove criterion ${metric.name}`,
                    confirm: {
                      title: 'Remove this criterion?',
                      text,
                      yes: 'Remove criterion',
                      no: 'Keep it',
                    },
                  }),
                ],
              },
            ]),
      ];
    }),
  ];
}

/** What the target means for each kind, said where it is typed. */
const TARGET_HINTS: Readonly<Record<Kind, string>> = {
  at_least: 'The number it must reach, or more',
  at_most: 'The number it must not exceed',
  between: 'The band it must stay in, like 4 to 5',
  increase_abs: 'By how much it must rise, in its unit (points for %)',
  increase_pct: 'By how many per cent of today it must rise',
  decrease_abs: 'By how much it must fall, in its unit (points for %)',
  decrease_pct: 'By how many per cent of today it must fall',
  yes_no: 'Leave it empty: the answer is yes or no',
};

/** The list of the other criteria, without the rule that stood above it. */
const listOf = (blocks: readonly Block[], fields: number): readonly Block[] => {
  const below = blocks.slice(1 + fields);
  const list = below.findIndex(({ block_id: id }) => id === 'edit-0');
  return list < 2 ? [] : below.slice(list - 2);
};

/** The rule that what is typed would make, as soon as it can be read. */
async function ruleOfTyped(
  scene: Scene,
  facts: PilotFacts,
  typed: Partial<CriterionValues>,
  edits: string | null,
): Promise<Block[]> {
  if (!typed.metric || !typed.kind || !typed.measures || !typed.every || !typed.role) return [];
  if (Object.keys(countProblems(typed as CriterionValues)).length > 0) return [];
  const all = criteriaOfVersion(facts, facts.charter.n);
  const read = readTyped(typed as CriterionValues, facts, edits, all);
  if (!read.ok) return [];
  const where = {
    workspace: '',
    pilot: '',
    id: '',
    lineage: '',
    metric: '',
    version: facts.charter.n,
    position: 0,
  };
  const criterion = criterionRow(where, read.criterion);
  const { unit, cadence, metricName } = read.criterion;
  const metric = facts.metrics.find(({ key }) => key === read.criterion.metricKey);
  const shown = {
    id: metric?.id ?? '',
    key: '',
    name: metricName,
    unit,
    cadence,
    reporter: null,
    source: '',
  };
  return ruleBelow(scene, facts, criterion, shown);
}

/** Draws the form again for another kind; what was typed stays. */
export async function redrawForKind(scene: Scene): Promise<Reply> {
  const { view } = scene.incoming;
  if (view === null) return nothing;
  const about = criterionForm.about(view);
  const kind = criterionForm.peek(view, 'kind');
  if (about === null || kind === null) return nothing;
  const found = await findById(scene, about.meta.pilot);
  if ('instead' in found) return nothing;
  const reply = await openCriterionForm(scene, found.facts, about.meta.edits);
  if (reply.do !== 'open') return nothing;
  const names = Object.keys(criterionForm.fields) as (keyof typeof criterionForm.fields)[];
  const typed = Object.fromEntries(names.map((name) => [name, criterionForm.peek(view, name)]));
  const { blocks } = reply.view;
  const fields = criterionForm.view(about.meta, about.place, {
    title: about.meta.edits === null ? 'Add criterion' : 'Edit criterion',
    initial: typed,
    hints: { target: TARGET_HINTS[kind] },
    above: blocks.slice(0, 1),
    below: [
      ...(await ruleOfTyped(scene, found.facts, typed, about.meta.edits)),
      ...listOf(blocks, names.length),
    ],
  });
  return { do: 'redraw', view: fields };
}
