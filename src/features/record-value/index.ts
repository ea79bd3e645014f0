/** How do values get in by hand: by command, by form, and corrected or taken back? */
import { isDay } from '../../core/day.ts';
import { currentValues } from '../../core/judge.ts';
import { findMetric } from '../../core/metric.ts';
import { mayDo } from '../../core/pilot.ts';
import type { Metric, PilotFacts, RecordedValue } from '../../core/pilot-facts.ts';
import { observationsOf } from '../../db/queries/observations.ts';
import { type Message, message, sentence } from '../../slack/blocks.ts';
import { splitWords } from '../../slack/command.ts';
import type { FieldErrors, SubmittedView } from '../../slack/form.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { standingLine } from '../../views/criterion-text.ts';
import { percentileOf, TYPED_IS_NO_PERCENTILE } from '../../views/percentile-text.ts';
import { aboutPilot } from '../../views/pilot-card.ts';
import { type Feature, type FormHandler, onPress, onSubmit, type Scene } from '../feature.ts';
import { findById, findByKey, refusalOf } from '../find-pilot.ts';
import {
  type Kept,
  type KeptValue,
  keepValues,
  keptText,
  periodShown,
  periodToday,
  readValue,
  requestKey,
  withdrawRow,
} from '../keep-values.ts';
import {
  correctForm,
  endsOffered,
  fieldName,
  metricsToAsk,
  recordForm,
  recordLook,
  recordMeta,
} from './form.ts';
import { wordChanged } from './letters.ts';
import { valuesPage } from './values-page.ts';

const mayRecord = (scene: Scene, facts: PilotFacts, metric: Metric): boolean =>
  mayDo('record-value', facts.holders, {
    id: scene.actor.id,
    office: scene.viewer.office,
    reporter: metric.reporter === scene.actor.id,
  });

const refusal = (scene: Scene, facts: PilotFacts): Promise<Message> =>
  refusalOf(
    scene,
    facts,
    'record-value',
    'Values come from the owner, or from whoever a criterion names as its source.',
  );

/** Opens the form for everything this person may record, or for one metric. */
async function openRecord(scene: Scene, facts: PilotFacts, only?: Metric): Promise<Reply> {
  if (facts.metrics.length === 0) {
    return say(
      sentence(
        `${facts.pilot.name} has no criterion yet, so there is nothing to record. ${scene.command} criteria ${facts.pilot.key} adds one.`,
      ),
    );
  }
  const metrics =
    only === undefined ? metricsToAsk(facts, (metric) => mayRecord(scene, facts, metric)) : [only];
  if (metrics.length === 0 || (only !== undefined && !mayRecord(scene, facts, only)))
    return say(await refusal(scene, facts));
  const values = await observationsOf(scene.db, scene.workspace, facts.pilot.id);
  const today = periodToday(scene);
  const ends = endsOffered(facts, metrics, values, today);
  const view = recordForm(metrics).view(
    { pilot: facts.pilot.id, metrics: metrics.map(({ id }) => id), ends },
    scene.place,
    { ...recordLook(facts, metrics, values, today), above: aboutPilot(facts.pilot.name) },
  );
  return open(view);
}

/** `record KEY [METRIC VALUE [DATE]]`: what is missing is asked for by form. */
async function recordByCommand(scene: Scene, rest: string): Promise<Reply> {
  const [key = '', ...words] = splitWords(rest);
  const found = await findByKey(scene, key);
  if ('instead' in found) return say(found.instead);
  const { facts } = found;
  if (words.length === 0) return openRecord(scene, facts);
  const dated = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(words.at(-1) ?? '') && words.length > 2;
  const day = dated ? (words.pop() ?? null) : null;
  if (day !== null && !isDay(day)) {
    return say(
      sentence(
        `"${day}" is not a day I can read. Write it like 2026-01-08, any day inside the period. Nothing was recorded.`,
      ),
    );
  }
  const named = metricIn(facts, words);
  if ('near' in named) {
    const near =
      named.near.length === 0 ? `${facts.pilot.name} has no metric yet` : `Near it: ${named.near.join(', ')}`;
    return say(
      sentence(`${facts.pilot.name} has no metric "${words[0] ?? ''}". ${near}. Nothing was recorded.`),
    );
  }
  const { metric, typed } = named;
  if (!mayRecord(scene, facts, metric)) return say(await refusal(scene, facts));
  if (typed === '') return openRecord(scene, facts, metric);
  const values = await observationsOf(scene.db, scene.workspace, facts.pilot.id);
  const request = requestKey(scene, metric);
  // Slack delivers a command again when it did not hear the answer: it is about the same period then.
  const again = request === null ? undefined : values.find(({ ingestKey }) => ingestKey === request);
  const when = again === undefined ? day : again.periodStart;
  const read = readValue(
    facts,
    { metric, typed, when, evidence: null, reason: null },
    values,
    periodToday(scene),
  );
  if (!read.ok) return say(sentence(`${read.error} Nothing was recorded.`));
  const kept = await keepValues(scene, facts, [read.kept], values);
  return say(answer(scene, facts, [read.kept], kept));
}

/** The metric named by the first words, and what is left as its value. The longest name that fits wins. */
function metricIn(
  facts: PilotFacts,
  words: readonly string[],
): { readonly metric: Metric; readonly typed: string } | { readonly near: string[] } {
  for (let count = Math.min(words.length, 12); count > 0; count -= 1) {
    const match = findMetric(facts.metrics, words.slice(0, count).join(' '));
    if (match.found !== null) return { metric: match.found, typed: words.slice(count).join(' ') };
  }
  const match = findMetric(facts.metrics, words[0] ?? '');
  return match.found === null ? { near: match.near } : { metric: match.found, typed: '' };
}

/** Reads the submitted form, whose fields depend on the pilot's metrics. */
const recordHandler: FormHandler = {
  form: 'record-values',
  async run(scene, view) {
    const meta = recordMeta.safeParse(metaOf(view));
    if (!meta.success)
      return close(sentence('This form is out of date. Nothing was recorded; open it again.'));
    const found = await findById(scene, meta.data.pilot);
    if ('instead' in found) return close(found.instead);
    const { facts } = found;
    const metrics = meta.data.metrics.flatMap((id) => facts.metrics.find((metric) => metric.id === id) ?? []);
    if (metrics.length < meta.data.metrics.length)
      return close(sentence('This form is out of date. Nothing was recorded; open it again.'));
    const read = recordForm(metrics).read(view);
    if (!read.ok) return refuse(read.errors);
    if (metrics.some((metric) => !mayRecord(scene, facts, metric))) return close(await refusal(scene, facts));
    const typed = read.values as Record<string, string | null>;
    return submitValues(scene, facts, metrics, meta.data.ends, typed);
  },
};

async function submitValues(
  scene: Scene,
  facts: PilotFacts,
  metrics: readonly Metric[],
  ends: readonly (string | null)[],
  typed: Record<string, string | null>,
): Promise<Reply> {
  const values = await observationsOf(scene.db, scene.workspace, facts.pilot.id);
  const today = periodToday(scene);
  const errors: FieldErrors = {};
  const kept: KeptValue[] = [];
  metrics.forEach((metric, index) => {
    const name = fieldName(index);
    const text = typed[name] ?? null;
    if (text === null) return;
    const shown = periodShown(facts, metric, ends[index] ?? null, today);
    if ('error' in shown) {
      errors[name] = shown.error;
      return;
    }
    const when = typed['day'] ?? shown.period;
    const read = readValue(
      facts,
      { metric, typed: text, when, evidence: typed['evidence'] ?? null, reason: null },
      values,
      today,
    );
    if (read.ok) kept.push(read.kept);
    else errors[read.at === 'day' && typed['day'] ? 'day' : name] = read.error;
  });
  if (Object.keys(errors).length > 0) return refuse(errors);
  if (kept.length === 0)
    return refuse({ [fieldName(0)]: 'There is nothing to record yet. Type a number, or close the form.' });
  const result = await keepValues(scene, facts, kept, values);
  return close(answer(scene, facts, kept, result));
}

/** The private line: what was kept and what it means now, with a way back. */
function answer(scene: Scene, facts: PilotFacts, kept: readonly KeptValue[], result: Kept): Message {
  const today = periodToday(scene);
  const about = result.after.criteria.filter(({ metric }) =>
    kept.some((value) => value.metric.id === metric.id),
  );
  const isLost = about.some(({ criterion }) => percentileOf(criterion) !== null);
  const lines = [
    ...kept.map(keptText),
    ...(isLost ? [TYPED_IS_NO_PERCENTILE] : []),
    ...about.map((entry) => standingLine(entry, today)),
  ];
  const newest =
    kept.length === 1
      ? result.values.findLast(
          (row) => row.metric === kept[0]?.metric.id && row.periodEnd === kept[0]?.period.end,
        )
      : undefined;
  const back =
    newest === undefined
      ? [buttons.seeValues.element({ pilot: facts.pilot.id })]
      : [
          buttons.correctValue.element({ pilot: facts.pilot.id, observation: newest.id }),
          buttons.withdrawValue.element(
            { pilot: facts.pilot.id, observation: newest.id },
            { confirm: withdrawConfirm },
          ),
        ];
  return message({ notice: kept.map(keptText).join(' '), lines, buttons: [back] });
}

const withdrawConfirm = {
  title: 'Withdraw this value?',
  text: 'It stays readable in the history and counts no more.',
  yes: 'Withdraw',
  no: 'Keep it',
};

function metaOf(view: SubmittedView): unknown {
  try {
    return (JSON.parse(view.private_metadata ?? '') as { m?: unknown }).m;
  } catch {
    return null;
  }
}

/** The row a Correct or Withdraw button is about, if it still counts and this person may change it. */
async function rowToChange(
  scene: Scene,
  about: { readonly pilot: string; readonly observation: string },
): Promise<
  | { readonly facts: PilotFacts; readonly row: RecordedValue; readonly metric: Metric }
  | { readonly instead: Message }
> {
  const found = await findById(scene, about.pilot);
  if ('instead' in found) return found;
  const rows = await observationsOf(scene.db, scene.workspace, about.pilot);
  const row = rows.find(({ id }) => id === about.observation);
  const missing = { instead: sentence('This value is no longer there. Nothing has changed.') };
  if (row === undefined) return missing;
  const metric = found.facts.metrics.find((candidate) => candidate.id === row.metric);
  if (metric === undefined) return missing;
  if (!mayRecord(scene, found.facts, metric)) return { instead: await refusal(scene, found.facts) };
  const current = currentValues(rows.filter((other) => other.metric === row.metric));
  if (!current.some((other) => other.id === row.id)) {
    return {
      instead: sentence(
        'This value has been corrected or withdrawn meanwhile. Nothing has changed by your press.',
      ),
    };
  }
  return { facts: found.facts, row, metric };
}

export const recordValue: Feature = {
  name: 'record-value',
  commands: [
    {
      name: 'record',
      usage: 'KEY [METRIC VALUE [DATE]]',
      does: 'record a measured value; by form if something is missing',
      common: true,
      run: recordByCommand,
    },
  ],
  presses: [
    onPress(buttons.recordValues, async (scene, { pilot }) => {
      const found = await findById(scene, pilot);
      return 'instead' in found ? say(found.instead) : openRecord(scene, found.facts);
    }),
    onPress(buttons.seeValues, async (scene, { pilot }) => {
      const found = await findById(scene, pilot);
      return 'instead' in found ? say(found.instead) : open(await valuesPage(scene, found.facts));
    }),
    onPress(buttons.correctValue, async (scene, about) => {
      const target = await rowToChange(scene, about);
      if ('instead' in target) return say(target.instead);
      const look = {
        above: aboutPilot(target.facts.pilot.name, target.metric.name),
        hints: {
          value:
            `now ${target.row.value ?? ''} ${target.metric.unit === 'bool' ? '' : target.row.unit}`.trim(),
        },
      };
      return open(correctForm.view(about, scene.place, look));
    }),
    onPress(buttons.withdrawValue, async (scene, about) => {
      const target = await rowToChange(scene, about);
      if ('instead' in target) return say(target.instead);
      await withdrawRow(scene, target.facts, target.row);
      return scene.incoming.view?.id === undefined
        ? say(
            sentence(
              `${target.metric.name}: the value is withdrawn. It stays in the history and counts no more.`,
            ),
          )
        : { do: 'redraw', view: await valuesPage(scene, target.facts) };
    }),
  ],
  forms: [
    recordHandler,
    onSubmit(correctForm, async (scene, values, about) => {
      const target = await rowToChange(scene, about);
      if ('instead' in target) return close(target.instead);
      const { facts, row, metric } = target;
      const rows = await observationsOf(scene.db, scene.workspace, facts.pilot.id);
      const when = { number: 0, start: row.periodStart, end: row.periodEnd };
      const entry = { metric, typed: values.value, when, evidence: null, reason: values.reason };
      const read = readValue(facts, entry, rows, periodToday(scene));
      if (!read.ok) return refuse({ value: read.error });
      const kept = await keepValues(scene, facts, [read.kept], rows);
      return close(answer(scene, facts, [read.kept], kept));
    }),
  ],
  letters: [wordChanged],
};
