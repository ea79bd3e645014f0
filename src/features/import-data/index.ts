/** How do values come in from a file somebody drops in Slack: a dry run first, then on confirmation for real? */
import { z } from 'zod';
import { mayDo } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { sha256 } from '../../db/chain.ts';
import { intend, outboxById } from '../../db/queries/outbox.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { Undecodable } from '../../metrics/decode.ts';
import { type Message, message, paragraph, sentence } from '../../slack/blocks.ts';
import { fileField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { close, open, refuse, say } from '../../slack/reply.ts';
import { bold, code, type Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { encodingProblemText } from '../../views/source-problem-text.ts';
import { type Feature, type Letter, type Moment, onPress, onSubmit, type Scene } from '../feature.ts';
import { maySee } from '../find-pilot.ts';
import type { RefusedRow } from '../read-values.ts';
import { takeFileInPlace, Unfinished } from '../take-file.ts';
import { TooManyPilots } from '../take-pilots.ts';
import {
  type FileKind,
  isOfPilots,
  notForPilots,
  PILOT_COLUMNS,
  PILOT_WORDS,
  takePilotsHere,
} from './pilots.ts';

/** The largest file that is read, in bytes. */
const LARGEST = 50_000_000;
/** How many refused rows a message names; all of them are named by the command line. */
const NAMED = 10;

const importForm = defineForm({
  id: 'import-data',
  title: 'Import a file',
  submit: 'Check the file',
  meta: z.object({ id: z.string() }),
  fields: {
    file: fileField({
      label: 'File',
      hint: 'CSV or JSON lines, at most 50 MB. Nothing is recorded before you have seen what it would do',
      types: ['csv', 'tsv', 'txt', 'json', 'ndjson', 'jsonl'],
    }).required,
  },
});

/** What the outbox keeps about a file until it has been looked at. */
const fileDetails = z.object({ url: z.string(), name: z.string(), by: z.string() });
type FileDetails = z.infer<typeof fileDetails>;

/** Counts what becomes of the rows and keeps the first that were refused. */
function tally() {
  const named: RefusedRow[] = [];
  const counts = { accepted: 0, repeated: 0, refused: 0 };
  return {
    named,
    counts,
    accept(count: number) {
      counts.accepted += count;
    },
    repeat(count: number) {
      counts.repeated += count;
    },
    refuse(row: RefusedRow) {
      counts.refused += 1;
      if (named.length < NAMED) named.push(row);
    },
  };
}

/** What became of a file, and the words for what is in it. */
type Taken = ReturnType<typeof tally> & { readonly words: FileKind };

const VALUE_WORDS: FileKind = { one: 'value', many: 'values', done: 'recorded', press: 'Record', note: null };

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Fetches the file and takes it in; what cannot be read at all is said in a sentence. */
async function take(moment: Moment | Scene, details: FileDetails, dryRun: boolean): Promise<Taken | Message> {
  const { db, workspace } = moment;
  const row = await workspaceById(db, workspace);
  if (row === null) return sentence('This workspace is not known here. Nothing was recorded.');
  const fetched = await moment.file(workspace, details.url, LARGEST);
  if (fetched.kind !== 'done')
    return sentence(`${fetchProblem(details.name, fetched.code)} Nothing was recorded.`);
  const { value } = fetched;
  const person = await moment.people.person(workspace, details.by);
  const office = await moment.people.isOffice(workspace, person);
  const sink = tally();
  try {
    if (await isOfPilots(value)) {
      if (!office) return notForPilots(details.name, await moment.people.officeName(workspace));
      await takePilotsHere(moment, { ...details, dryRun }, value, sink);
      return { ...sink, words: PILOT_WORDS };
    }
    const may = (facts: PilotFacts) => mayDo('record-value', facts.holders, { id: details.by, office });
    const viewer = { id: details.by, office, person };
    const visible = (await allPilots(db, workspace)).filter((facts) => may(facts) && maySee(facts, viewer));
    const origin = { actor: `user:${details.by}`, file: details.name.slice(0, 120), sha256: sha256(value) };
    const task = { workspace, origin, dryRun, atomic: false, only: visible.map(({ pilot }) => pilot.id) };
    await takeFileInPlace(moment, value.length, task, once(value), sink);
    return { ...sink, words: VALUE_WORDS };
  } catch (error) {
    if (error instanceof Undecodable)
      return sentence(`${encodingProblemText(error.problem)} Nothing was recorded.`);
    if (error instanceof Unfinished)
      return sentence(
        `${details.name} was not read to its end. What is recorded stays; import it again for the rest.`,
      );
    if (db.isDuplicate(error))
      return sentence(
        `Somebody else took the same keys meanwhile. What is imported stays; import ${details.name} again for the rest.`,
      );
    if (error instanceof TooManyPilots)
      return sentence(
        `${details.name} has more than ${error.limit} pilots. Split it into several. Nothing was imported.`,
      );
    throw error;
  }
}

function fetchProblem(name: string, why: string): string {
  if (why === 'too_large') return `${name} is larger than 50 MB. Split it into several.`;
  if (why === 'missing_scope')
    return 'I may not read files here. Reinstall the app with the scope files:read.';
  if (why.startsWith('file_4')) return `${name} is not in Slack any more. Drop it again.`;
  return `${name} could not be fetched from Slack (${why}). Drop it again.`;
}

const amount = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function refusedLines(sink: Taken): Line[] {
  const { refused } = sink.counts;
  if (refused === 0) return [];
  const rest = refused - sink.named.length;
  return [
    [bold(amount(refused, 'row is wrong:', 'rows are wrong:'))],
    ...sink.named.map(
      ({ line, column, message: words }): Line => [
        bold(column === null ? `Line ${line}: ` : `Line ${line}, ${column}: `),
        words,
      ],
    ),
    ...(rest > 0 ? [`and ${rest} more; pilotage import names them all`] : []),
  ];
}

/** The dry run: what would be recorded, what is there already, and each wrong row with its remedy. */
const dryRun: Letter = {
  kind: 'import-dry-run',
  repeat: 'at_least_once',
  card: false,
  async draw(moment, about) {
    const details = fileDetails.safeParse(about.details);
    if (!details.success) return { overtaken: 'the file is not known any more' };
    const sink = await take(moment, details.data, true);
    if ('text' in sink) return { message: sink };
    const { accepted, repeated } = sink.counts;
    const { one, many, done, press, note } = sink.words;
    const title = `${details.data.name}: ${amount(accepted, one, many)} would be ${done}`;
    const nothing = `Nothing is ${done} yet.`;
    const there =
      repeated === 0 ? [] : [`${amount(repeated, 'is', 'are')} there already and change nothing.`];
    const confirm =
      accepted === 0
        ? []
        : [
            buttons.confirmImport.element(
              { row: about.id },
              { style: 'primary', label: `${press} ${accepted}` },
            ),
          ];
    return {
      message: message({
        notice: `${title}. ${sink.counts.refused === 0 ? 'No row is wrong.' : `${amount(sink.counts.refused, 'row is', 'rows are')} wrong.`} ${nothing}`,
        lines: [
          [bold(title)],
          ...there,
          ...refusedLines(sink),
          ...(note === null || accepted === 0 ? [] : [note]),
          nothing,
        ],
        buttons: [confirm],
      }),
    };
  },
};

export const importData: Feature = {
  name: 'import-data',
  commands: [
    {
      name: 'import',
      usage: '',
      does: 'take in values from a CSV file, or pilots for the programme office; you see first what it would do',
      run: async (scene) =>
        open(
          importForm.view({ id: scene.newId() }, scene.place, {
            below: [
              paragraph([
                'The first line names the columns: ',
                [code('pilot, metric, end, value, unit, source')],
                'end is the day after the period, like 2026-01-12; day takes any day inside it instead.',
                ...(scene.viewer.office ? PILOT_COLUMNS : []),
              ]),
            ],
          }),
        ),
    },
  ],
  forms: [
    onSubmit(importForm, async (scene, { file }, { id }) => {
      if (file.size > LARGEST)
        return refuse({ file: `${file.name} is larger than 50 MB. Split it into several.` });
      const { db, workspace, at } = scene;
      await db.atomically(workspace, () => [
        intend(db, workspace, id, at, {
          kind: dryRun.kind,
          subject: `import:${id}`,
          version: 1,
          addressee: `user:${scene.actor.id}`,
          details: { url: file.url, name: file.name, by: scene.actor.id },
          dedupeKey: `import-dry-run:${id}`,
          notBefore: at,
        }),
      ]);
      return close(
        sentence(
          `${file.name} is being read. What it would do comes as a direct message; nothing is recorded before you confirm.`,
        ),
      );
    }),
  ],
  presses: [
    onPress(buttons.confirmImport, async (scene, { row }) => {
      const kept = await outboxById(scene.db, scene.workspace, row);
      const details = fileDetails.safeParse(kept?.details);
      if (!details.success) return say(sentence('This file is not known any more. Import it again.'));
      if (details.data.by !== scene.actor.id)
        return say(sentence('Only whoever dropped the file can record it. Nothing has changed.'));
      const sink = await take(scene, details.data, false);
      if ('text' in sink) return say(sink);
      const { accepted, repeated } = sink.counts;
      const { one, many, done, note } = sink.words;
      const line = `${amount(accepted, `${one} is`, `${many} are`)} ${done} from ${details.data.name}.`;
      const there = repeated === 0 ? [] : [`${amount(repeated, 'was', 'were')} there already.`];
      const lines = [
        line,
        ...there,
        ...refusedLines(sink),
        ...(note === null || accepted === 0 ? [] : [note]),
      ];
      const more =
        note === null || accepted === 0 ? [] : [buttons.showWatch.element({ from: 0, pilot: null })];
      return say(message({ notice: line, lines, buttons: [more] }));
    }),
  ],
  letters: [dryRun],
};
