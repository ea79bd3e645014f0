/** How do the people of the demo do what the product is for: by form, press and command, as themselves? */
import type { Stage } from './stage.ts';

/** A file as somebody drops it into a form. */
export interface DroppedFile {
  readonly name: string;
  readonly content: string;
}

/** Fields of a form by their labels. */
export type Answers = Readonly<Record<string, string | readonly string[] | DroppedFile>>;

/** Waits until nothing is in flight. */
const rest = (stage: Stage): Promise<void> => stage.time.settle();

/** Types a command and waits for everything that follows. */
export async function types(stage: Stage, who: string, channel: string, words: string): Promise<void> {
  await stage.slack.control.command(who, channel, words);
  await rest(stage);
}

/** Fills in the form in front and submits it. A refused form is a mistake of the story: it is said aloud. */
export async function submits(stage: Stage, who: string, answers: Answers): Promise<void> {
  const { control } = stage.slack;
  await control.fill(who, answers);
  await rest(stage);
  const result = await control.submit(who);
  if (!result.ok) throw new Error(`${who} could not submit: ${JSON.stringify(result.errorsByLabel)}`);
  await rest(stage);
}

/** Presses a button in the conversation with the app. */
export async function presses(stage: Stage, who: string, label: string, channel = 'Pilotage'): Promise<void> {
  await stage.slack.control.press(who, { channel, label });
  await rest(stage);
}

/** Drops a file of values in Slack, reads the dry run, and confirms it. A row that is refused is a mistake of the story. */
export async function imports(stage: Stage, who: string, channel: string, file: DroppedFile): Promise<void> {
  const { control } = stage.slack;
  await types(stage, who, channel, '/pilot import');
  await submits(stage, who, { File: file });
  const rows = file.content.trim().split('\n').length - 1;
  const dryRun = control.read.dm(who, 'Pilotage').map((one) => control.read.text(one));
  if (!dryRun.at(-1)?.startsWith(`${file.name}: ${rows} value`)) throw new Error(`${dryRun.at(-1)}`);
  await presses(stage, who, `Record ${rows}`);
}

/** Registers a pilot by form. */
export async function registers(
  stage: Stage,
  who: string,
  channel: string,
  name: string,
  answers: Answers,
): Promise<void> {
  await types(stage, who, channel, `/pilot register ${name}`);
  await submits(stage, who, answers);
}

/** Adds a criterion by form. */
export async function agrees(
  stage: Stage,
  who: string,
  channel: string,
  key: string,
  answers: Answers,
): Promise<void> {
  await types(stage, who, channel, `/pilot criteria ${key}`);
  await submits(stage, who, answers);
}

/** Changes the only criterion of a charter, by the form that lists it. */
export async function changesCriterion(
  stage: Stage,
  who: string,
  channel: string,
  key: string,
  answers: Answers,
): Promise<void> {
  await types(stage, who, channel, `/pilot criteria ${key}`);
  await stage.slack.control.pressInView(who, 'Edit');
  await rest(stage);
  await submits(stage, who, answers);
}

/** Completes what is missing and asks the sponsor, with a sentence of their own. */
export async function asksToSign(
  stage: Stage,
  who: string,
  channel: string,
  key: string,
  answers: Answers,
  sentence: string,
): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await types(stage, who, channel, `/pilot sign-off ${key} ${sentence}`);
    const view = stage.slack.control.openView(who);
    if (view === null) return;
    const labels = view.blocks.map((block) => (block as { label?: { text?: string } }).label?.text ?? '');
    await submits(
      stage,
      who,
      Object.fromEntries(Object.entries(answers).filter(([label]) => labels.includes(label))),
    );
  }
  throw new Error(`${key} could not be sent for signature`);
}
