/** How are criteria added, changed and taken out? */

import type { CriterionField, CriterionReading } from '../../core/define-criterion.ts';
import { findMetric, todayIn } from '../../core/metric.ts';
import { unfitFor } from '../../core/person.ts';
import { type Criterion, criteriaOfVersion, type PilotFacts } from '../../core/pilot-facts.ts';
import { checkPromise } from '../../core/promise-check.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import {
  criterionRow,
  deleteCriterion,
  insertCriterion,
  insertMetric,
  updateMetric,
} from '../../db/queries/charters.ts';
import { touched } from '../../db/queries/messages.ts';
import { observationsOf } from '../../db/queries/observations.ts';
import { message } from '../../slack/blocks.ts';
import type { FieldErrors } from '../../slack/form.ts';
import { close, type Reply, refuse, say } from '../../slack/reply.ts';
import { criterionProblemText } from '../../views/criterion-problem-text.ts';
import { unfitText } from '../../views/refusal-text.ts';
import { whatIfLines } from '../../views/what-if-text.ts';
import { writable } from '../amend.ts';
import type { Scene } from '../feature.ts';
import { findById } from '../find-pilot.ts';
import { openCriterionForm } from './criterion-page.ts';
import { mayEdit } from './edit-charter.ts';
import { type CriterionValues, countProblems, readTyped } from './typed-criterion.ts';

/** More than this in one charter nobody keeps in view, and no card could show. */
const MOST_CRITERIA = 40;

/** Saves a new or changed criterion, or says field by field what stands in the way. */
export async function saveCriterion(
  scene: Scene,
  values: CriterionValues,
  meta: { readonly pilot: string; readonly id: string; readonly edits: string | null },
): Promise<Reply> {
  const found = await findById(scene, meta.pilot);
  if ('instead' in found) return close(found.instead);
  const { facts } = found;
  const refused = await mayEdit(scene, facts);
  if (refused !== null) return close(refused);
  const all = criteriaOfVersion(facts, facts.charter.n);
  // The same form submitted once more: it is there already.
  if (facts.criteria.some(({ id }) => id === meta.id)) return close();
  const today = todayIn(scene.zone, scene.at);
  if (meta.edits === null && all.length >= MOST_CRITERIA) {
    return refuse({
      metric: `${facts.pilot.name} has ${all.length} criteria, as many as one charter can hold. Two to four that decide are enough; remove some first.`,
    });
  }
  const read = readTyped(values, facts, meta.edits, all);
  const errors: FieldErrors = read.ok ? {} : problemTexts(read, today);
  if (values.source !== null) {
    const person = await scene.people.person(scene.workspace, values.source);
    const unfit = unfitFor(person);
    if (unfit !== null) errors['source'] = unfitText(person.name, unfit, 'the source of a value');
  }
  Object.assign(errors, countProblems(values));
  if (Object.keys(errors).length > 0 || !read.ok) return refuse(errors);
  return keepCriterion(scene, facts, read.criterion, values.source, meta);
}

function problemTexts(read: Extract<CriterionReading, { ok: false }>, today: string): FieldErrors {
  const entries = Object.entries(read.problems) as [
    CriterionField,
    NonNullable<(typeof read.problems)[CriterionField]>,
  ][];
  return Object.fromEntries(entries.map(([field, problem]) => [field, criterionProblemText(problem, today)]));
}

async function keepCriterion(
  scene: Scene,
  facts: PilotFacts,
  criterion: Extract<CriterionReading, { ok: true }>['criterion'],
  source: string | null,
  meta: { readonly id: string; readonly edits: string | null },
): Promise<Reply> {
  const { db, workspace, at } = scene;
  const { pilot, charter } = facts;
  const values = await observationsOf(db, workspace, pilot.id);
  const target = writable(scene, facts, charter.fields, values.length > 0);
  const known = findMetric(facts.metrics, criterion.metricKey).found;
  const measured = known !== null && values.some(({ metric }) => metric === known.id);
  if (known !== null && measured && (known.unit !== criterion.unit || known.cadence !== criterion.cadence)) {
    return refuse({
      [known.unit === criterion.unit ? 'every' : 'unit']:
        `${known.name} has values recorded in ${known.unit} every ${known.cadence}. Keep both, or give this metric another name.`,
    });
  }
  const metricId = known?.id ?? scene.newId();
  const reporter = source === null || source === facts.holders.owner ? null : source;
  const facet = {
    name: criterion.metricName,
    unit: criterion.unit,
    cadence: criterion.cadence,
    reporter,
    source: 'typed',
  };
  const edited = meta.edits === null ? undefined : editedIn(target.criteria, facts, meta.edits);
  if (meta.edits !== null && edited === undefined) {
    return refuse({
      metric:
        'This criterion was changed or taken out while the form was open, so nothing was saved. Close it and look at the newest card.',
    });
  }
  const position = edited?.position ?? Math.max(0, ...target.criteria.map((other) => other.position)) + 1;
  const row = criterionRow(
    {
      workspace,
      pilot: pilot.id,
      id: meta.id,
      lineage: edited?.lineage ?? meta.id,
      version: target.n,
      position,
      metric: metricId,
    },
    criterion,
  );
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      ...target.begin,
      known === null
        ? insertMetric(db, { workspace, id: metricId, pilot: pilot.id, key: criterion.metricKey, ...facet })
        : updateMetric(db, workspace, metricId, facet),
      ...(edited === undefined ? [] : [guard(deleteCriterion(db, workspace, edited.id), 'criterion')]),
      insertCriterion(db, row),
      log({
        at,
        kind: edited === undefined ? 'criterion_added' : 'criterion_changed',
        pilot: pilot.id,
        actor: `user:${scene.actor.id}`,
        body: { version: target.n, metric: criterion.metricKey, criterion: { ...row } as never },
        personal: { metric: criterion.metricName, reporter },
      }),
      ...touched(db, workspace, pilot.id),
    ]);
  } catch (error) {
    if (error instanceof Stale) return savedOrStale(scene, pilot, meta.id);
    if (db.isDuplicate(error)) return close();
    throw error;
  }
  const rule = whatIfLines(
    row,
    facet,
    checkPromise(
      row,
      facet,
      { start: charter.fields.start ?? criterion.deadline, zone: scene.workspaceZone },
      values.filter(({ metric }) => metric === metricId),
    ),
    requiredAfter(target.criteria, edited, criterion.role),
    todayIn(scene.zone, at),
  );
  const saved = savedText(scene, facts, criterion.metricName, target.amends);
  return close(message({ notice: saved, lines: [saved, ...rule] }));
}

/** Somebody was first: the same form, which has saved it, or another change, after which it can be saved once more. */
async function savedOrStale(
  scene: Scene,
  pilot: { readonly id: string; readonly name: string },
  criterion: string,
): Promise<Reply> {
  const found = await findById(scene, pilot.id);
  if ('instead' in found) return close(found.instead);
  if (found.facts.criteria.some(({ id }) => id === criterion)) return close();
  return refuse({
    metric: `Somebody changed ${pilot.name} a moment ago, so this is not saved yet. Press Save again.`,
  });
}

function savedText(scene: Scene, facts: PilotFacts, metric: string, amends: boolean): string {
  const again =
    facts.charter.status === 'asked'
      ? " The sponsor's request is not open any more; ask again when you are ready."
      : '';
  const version = amends
    ? ` Version ${facts.charter.n + 1} is started; ask the sponsor to sign it with ${scene.command} sign-off ${facts.pilot.key}.`
    : '';
  return `${facts.pilot.name}: ${metric} is saved as a criterion.${again}${version}`;
}

/** How many criteria decide once this one is kept. */
const requiredAfter = (criteria: readonly Criterion[], edited: Criterion | undefined, role: string): number =>
  criteria.filter((other) => other.role === 'required' && other.id !== edited?.id).length +
  (role === 'required' ? 1 : 0);

/** The criterion that is edited, in the version it is written to. */
const editedIn = (criteria: readonly Criterion[], facts: PilotFacts, id: string): Criterion | undefined => {
  const lineage = facts.criteria.find((criterion) => criterion.id === id)?.lineage;
  return criteria.find((criterion) => criterion.lineage === lineage);
};

/** Takes a criterion out of the version that is being agreed. */
export async function removeCriterion(
  scene: Scene,
  about: { readonly pilot: string; readonly criterion: string },
): Promise<Reply> {
  const found = await findById(scene, about.pilot);
  if ('instead' in found) return say(found.instead);
  const { facts } = found;
  const refused = await mayEdit(scene, facts);
  if (refused !== null) return say(refused);
  const { db, workspace, at } = scene;
  const here = criteriaOfVersion(facts, facts.charter.n).some(({ id }) => id === about.criterion);
  if (!here) return again(scene, facts);
  const values = await observationsOf(db, workspace, facts.pilot.id);
  const target = writable(scene, facts, facts.charter.fields, values.length > 0);
  const removed = editedIn(target.criteria, facts, about.criterion);
  if (removed === undefined) return again(scene, facts);
  try {
    await db.atomically(workspace, (log): (Statement | Guard)[] => [
      ...target.begin,
      guard(deleteCriterion(db, workspace, removed.id), 'criterion'),
      log({
        at,
        kind: 'criterion_removed',
        pilot: facts.pilot.id,
        actor: `user:${scene.actor.id}`,
        body: { version: target.n, criterion: { ...removed } as never },
      }),
      ...touched(db, workspace, facts.pilot.id),
    ]);
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
  }
  const fresh = await findById(scene, about.pilot);
  return 'instead' in fresh ? say(fresh.instead) : again(scene, fresh.facts);
}

/** The form as it is now, in the place of the old one. */
async function again(scene: Scene, facts: PilotFacts): Promise<Reply> {
  const reply = await openCriterionForm(scene, facts, null);
  return reply.do === 'open' ? { do: 'redraw', view: reply.view } : reply;
}
