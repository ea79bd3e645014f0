/** How do the people of the demo do what the product is for: by form, press and command, as themselves? */
import type { Stage } from './stage.ts';

/** Fields of a form by their labels. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

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
