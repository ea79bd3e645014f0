/** How does what a file says happen: somebody types, presses or fills in, or Slack fails? */
import type { LocalSlack, Stage } from '../demo/stage.ts';
import type { Played } from './timeline.ts';

type Deed = Extract<Played, { readonly do: string }>;
type Acted = Awaited<ReturnType<LocalSlack['control']['submit']>>;
type Failure = Parameters<LocalSlack['failures']['call']>[1];

/** Why nothing came of an act: a sentence each, with the field it stands at where there is one. */
export interface Refused {
  readonly field: string | null;
  readonly sentence: string;
}

const APP = 'Pilotage';
const LOBBY = '#general';

/** Plays one event and waits for all that follows; what was refused comes back. */
export async function playEvent(stage: Stage, event: Played): Promise<readonly Refused[]> {
  if ('slack' in event) {
    stage.slack.failures.call(event.slack.method, failureOf(event.slack), { times: event.slack.times });
    return [];
  }
  try {
    const acted = await act(stage, event);
    await stage.time.settle();
    return acted === null ? [] : refusalsIn(acted);
  } catch (error) {
    await stage.time.settle();
    // What is not there cannot be pressed or filled in: the sentence says what is.
    return [{ field: null, sentence: error instanceof Error ? error.message : String(error) }];
  }
}

/** What happened, in the words of the file. */
export function eventText(event: Played): string {
  if ('slack' in event) return `Slack fails: ${event.slack.method}, ${event.slack.fail}`;
  switch (event.do) {
    case 'type':
      return `${event.by} types ${event.text}`;
    case 'press':
      return `${event.by} presses ${event.button}`;
    case 'fill':
      return `${event.by} fills in ${Object.keys(event.fields).join(', ')}`;
    case 'record':
      return `${event.by} records ${event.pilot} ${event.metric} ${event.value}`;
    case 'import':
      return `${event.by} imports ${event.name ?? 'a file'}`;
  }
}

async function act(stage: Stage, event: Deed): Promise<Acted | null> {
  const { control } = stage.slack;
  const usesForm = event.do === 'fill' || (event.do === 'press' && event.in === 'form');
  // A form in front is closed before anything else can be done.
  if (!usesForm && control.openView(event.by) !== null) await control.closeView(event.by, true);
  switch (event.do) {
    case 'type': {
      const where = event.in ?? LOBBY;
      return event.text.startsWith('/')
        ? control.command(event.by, where, event.text)
        : control.type(event.by, where, event.text);
    }
    case 'record': {
      const when = event.date === undefined ? '' : ` ${event.date}`;
      const words = `/pilot record ${event.pilot} ${event.metric} ${event.value}${when}`;
      return control.command(event.by, LOBBY, words);
    }
    case 'press':
      return press(stage, event);
    case 'fill':
      await control.fill(event.by, event.fields);
      await stage.time.settle();
      return event.submit ? control.submit(event.by) : null;
    case 'import':
      return importValues(stage, event);
  }
}

async function press(stage: Stage, event: Extract<Deed, { do: 'press' }>): Promise<Acted> {
  const { control } = stage.slack;
  const { by, button } = event;
  if (event.in === 'form') return control.pressInView(by, button);
  if (event.in === 'home') {
    await control.openHome(by);
    await stage.time.settle();
    return control.pressHome(by, button);
  }
  const channel = event.in ?? APP;
  const { pilot } = event;
  const rows = pilot === undefined ? [] : await stage.db.q.select().from(stage.db.tables.pilots);
  const name = rows.find(({ key }) => key === pilot)?.name ?? pilot;
  const message =
    name === undefined
      ? undefined
      : control.read.messages(by, channel).findLast((one) => {
          const text = control.read.text(one);
          return text.includes(name) && text.includes(`[${button}]`);
        });
  if (name !== undefined && message === undefined)
    throw new Error(`@${by} sees no message about ${name} with "${button}" in ${channel}.`);
  return control.press(by, {
    channel,
    label: button,
    ...(message === undefined ? {} : { ts: message.ts }),
    ...(event.choose === undefined ? {} : { value: event.choose }),
  });
}

/** Drops the file, looks at what it would do, and confirms it. */
async function importValues(stage: Stage, event: Extract<Deed, { do: 'import' }>): Promise<Acted | null> {
  const { control } = stage.slack;
  await control.command(event.by, LOBBY, '/pilot import');
  await stage.time.settle();
  await control.fill(event.by, { File: { name: event.name ?? 'values.csv', content: event.csv } });
  const dropped = await control.submit(event.by);
  await stage.time.settle();
  const answer = control.read.dm(event.by, APP).at(-1);
  const [, confirm] = /\[(Record \d+)\]/.exec(answer === undefined ? '' : control.read.text(answer)) ?? [];
  return confirm === undefined ? dropped : control.press(event.by, { channel: APP, label: confirm });
}

function refusalsIn(acted: Acted): Refused[] {
  const fields = Object.entries(acted.errorsByLabel).map(([field, sentence]) => ({ field, sentence }));
  if (fields.length > 0 || acted.ok) return fields;
  return [{ field: null, sentence: acted.notice ?? 'Slack could not bring this to the app.' }];
}

function failureOf({ fail, retry_after }: Extract<Played, { slack: unknown }>['slack']): Failure {
  switch (fail) {
    case 'rate_limited':
      return { kind: 'rate_limited', retryAfter: retry_after };
    case 'answer_lost':
      return { kind: 'reset_after' };
    case 'connection_reset':
      return { kind: 'reset_before' };
    case 'server_error':
      return { kind: 'status', status: 503 };
    default:
      return { kind: 'error', error: fail };
  }
}
