/** What did somebody get to see by a call to Slack, or by the answer to what they did? */
import type { Stage } from '../demo/stage.ts';

type Entry = ReturnType<Stage['slack']['control']['read']['log']>[number];

/** Something that appeared on a screen. */
interface Shown {
  readonly type: 'message' | 'update';
  readonly isForm: boolean;
  readonly text: string;
  /** Where, or only for whom, by Slack's id; null where it is whoever acted. */
  readonly channel: string | null;
  readonly ts: string | null;
  readonly thread: string | null;
  /** The id of the row in the outbox. */
  readonly id: string | null;
}

const NOWHERE = { channel: null, ts: null, thread: null, id: null };

/** Null for what nobody sees: other calls, and calls that failed. */
export function shownBy({ direction, name, request, answer }: Entry): Shown | null {
  if (direction === 'delivery') return answered(answer);
  if (direction === 'response_url') return answer === 'ok' ? answered(request) : null;
  if (fieldOf(answer, 'ok') !== true) return null;
  const text = words(request, 'text') ?? '';
  switch (name) {
    case 'views.open':
    case 'views.push':
      return { ...NOWHERE, type: 'message', isForm: true, text: formText(fieldOf(request, 'view')) };
    case 'chat.postEphemeral':
      return { ...NOWHERE, type: 'message', isForm: false, text, channel: words(request, 'user') };
    case 'chat.postMessage':
    case 'chat.update':
      return {
        type: name === 'chat.update' ? 'update' : 'message',
        isForm: false,
        text,
        channel: words(request, 'channel'),
        ts: words(request, 'ts'),
        thread: words(request, 'thread_ts'),
        id: words(request, 'client_msg_id'),
      };
    default:
      return null;
  }
}

/** A message that comes back to whoever acted. */
function answered(body: unknown): Shown | null {
  const text = words(body, 'text');
  return text === null ? null : { ...NOWHERE, type: 'message', isForm: false, text };
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}

function words(body: unknown, name: string): string | null {
  const value = fieldOf(body, name);
  return typeof value === 'string' ? value : null;
}

/** A form that opened: its title and what it asks, by the labels a file fills in. */
function formText(given: unknown): string {
  const view = (typeof given === 'string' ? JSON.parse(given) : given) as {
    readonly title: { readonly text: string };
    readonly blocks: readonly { readonly label?: { readonly text: string } }[];
  };
  const labels = view.blocks.flatMap(({ label }) => (label === undefined ? [] : [label.text]));
  return `${view.title.text}: ${labels.join(' · ')}`;
}
