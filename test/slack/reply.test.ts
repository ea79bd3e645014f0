import { describe, expect, it } from 'vitest';
import { sentence, type View } from '../../src/slack/blocks.ts';
import type { Courier } from '../../src/slack/courier.ts';
import type { Incoming } from '../../src/slack/incoming.ts';
import { classifyCode, type Outcome } from '../../src/slack/outcome.ts';
import {
  close,
  nothing,
  open,
  perform,
  type Reply,
  refuse,
  say,
  submissionAck,
} from '../../src/slack/reply.ts';

const VIEW: View = { type: 'modal', blocks: [] };
const HELLO = sentence('Hello.');

/** Somebody acted in a channel and can be answered everywhere. */
const acted = (over: Partial<Incoming> = {}): Incoming => ({
  workspace: 'T1',
  user: 'U1',
  userTeam: null,
  channel: 'C1',
  message: null,
  trigger: '1.2',
  responseUrl: 'https://hooks/1',
  view: null,
  ...over,
});

/** Carries out a reply against a Slack that answers some calls with an error; says what was called. */
async function calls(
  reply: Reply,
  incoming: Incoming,
  errors: Record<string, string> = {},
): Promise<string[]> {
  const made: string[] = [];
  const answer = async (name: string, ...what: unknown[]): Promise<Outcome<never>> => {
    made.push([name, ...what].join(' '));
    const code = errors[name];
    return code === undefined ? { kind: 'done', value: null as never } : classifyCode(code);
  };
  const courier = {
    respond: (address: string, { text }: { text: string }) => answer('respond', address, text),
    whisper: (channel: string, user: string, { text }: { text: string }) =>
      answer('whisper', channel, user, text),
    post: (to: string, { text }: { text: string }, { id }: { id: string }) => answer('post', to, text, id),
    openView: (trigger: string) => answer('open', trigger),
    pushView: (trigger: string) => answer('push', trigger),
    updateView: (id: string, hash: string | null) => answer('update', id, String(hash)),
  } as unknown as Courier;
  await perform(courier, incoming, reply, 'X1', async () => 'AI office');
  return made;
}

describe('the answer to a submitted form', () => {
  it.each([
    [refuse({ name: 'Name is empty.' }), { response_action: 'errors', errors: { name: 'Name is empty.' } }],
    [open(VIEW), { response_action: 'update', view: VIEW }],
    [
      { do: 'redraw', view: VIEW },
      { response_action: 'update', view: VIEW },
    ],
    [
      { do: 'push', view: VIEW },
      { response_action: 'push', view: VIEW },
    ],
    [close(), { response_action: 'clear' }],
    [close(HELLO), { response_action: 'clear' }],
    [say(HELLO), { response_action: 'clear' }],
    [nothing, undefined],
  ] satisfies [Reply, object | undefined][])('for %o is %o', (reply, body) => {
    expect(submissionAck(reply)).toEqual(body);
  });
});

describe('saying something', () => {
  const late = 'That took too long for Slack to open it. Nothing was changed; press again.';

  it('goes where the person acted, and by the next way only when that surely did not work', async () => {
    expect(await calls(say(HELLO), acted())).toEqual(['respond https://hooks/1 Hello.']);
    expect(await calls(close(HELLO), acted({ responseUrl: null }))).toEqual(['whisper C1 U1 Hello.']);
    expect(await calls(say(HELLO), acted({ responseUrl: null, channel: null }))).toEqual([
      'post U1 Hello. X1',
    ]);
    expect(await calls(say(HELLO), acted(), { respond: 'internal_error' })).toHaveLength(1);
    const gone = { respond: 'expired_url', whisper: 'user_not_in_channel' };
    expect(await calls(say(HELLO), acted(), gone)).toEqual([
      'respond https://hooks/1 Hello.',
      'whisper C1 U1 Hello.',
      'post U1 Hello. X1',
    ]);
  });

  it('is nothing where there is nothing to say', async () => {
    for (const reply of [nothing, close(), refuse({}), { do: 'redraw', view: VIEW } as const]) {
      expect(await calls(reply, acted())).toEqual([]);
    }
  });

  it('tells when a form could not be opened in time', async () => {
    expect(await calls(open(VIEW), acted(), { open: 'expired_trigger_id' })).toEqual([
      'open 1.2',
      `respond https://hooks/1 ${late}`,
    ]);
    expect(await calls(open(VIEW), acted({ trigger: null }))).toEqual([`respond https://hooks/1 ${late}`]);
    expect(await calls(open(VIEW), acted(), { open: 'internal_error' })).toEqual(['open 1.2']);
  });
});

describe('opening a form', () => {
  const modal = { id: 'V1', hash: 'h1', type: 'modal' } as Incoming['view'];
  const home = { id: 'V1', type: 'home' } as Incoming['view'];

  it('opens from a message and from the Home tab, and lies on top of a form', async () => {
    expect(await calls(open(VIEW), acted())).toEqual(['open 1.2']);
    expect(await calls(open(VIEW), acted({ view: home }))).toEqual(['open 1.2']);
    expect(await calls(open(VIEW), acted({ view: modal }))).toEqual(['push 1.2']);
    expect(await calls({ do: 'push', view: VIEW }, acted({ view: modal }))).toEqual(['push 1.2']);
  });

  it.each([
    'push_limit_reached',
    'unknown_method',
  ])('takes the place of the form below after %s', async (code) => {
    expect(await calls(open(VIEW), acted({ view: modal }), { push: code })).toEqual([
      'push 1.2',
      'update V1 null',
    ]);
  });

  it('is drawn again in its place', async () => {
    expect(await calls({ do: 'redraw', view: VIEW }, acted({ view: modal }))).toEqual(['update V1 h1']);
  });
});
