/** How does the app do against a Slack that somebody else wrote, with as few methods as the contract asks for? */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;
type Block = Json & { readonly block_id?: string };

/** A message as it stands somewhere. */
interface Said {
  ts: string;
  text: string;
  blocks: Block[];
  /** The only person who sees it, or null. */
  readonly only: string | null;
}

/** A modal or Home tab. */
interface View {
  id: string;
  user: string;
  definition: Json & { blocks: Block[] };
  state: Record<string, Record<string, Json>>;
}

/** A Slack of a few lines, used by its labels and its words. */
export interface OtherSlack {
  readonly apiUrl: string;
  /** Everything that was called, by method. */
  readonly called: string[];
  command(user: string, channel: string, text: string): Promise<void>;
  /** Presses the newest button with these words, in a place or in the modal or Home in front of somebody. */
  press(user: string, words: string, where?: string): Promise<void>;
  fill(user: string, values: Readonly<Record<string, string>>): Promise<void>;
  /** Submits the modal in front; the sentences beside its inputs when it was refused, by label. */
  submit(user: string): Promise<Record<string, string>>;
  openHome(user: string): Promise<void>;
  /** What somebody reads in a place: a channel, or `@` and a name for the conversation with the app. */
  reads(user: string, where: string): string[];
  home(user: string): string;
  /** The labels of the modal in front of somebody. */
  labels(user: string): string[];
  close(): Promise<void>;
}

const TEAM = 'T9OTHER';
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const textOf = (value: unknown): string => String(object(value)['text'] ?? '');

/** Every word in a piece of Block Kit, in its order. */
function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join('');
  const { type, text, fallback, ...rest } = object(value);
  if (typeof text === 'string') return text;
  if (type === 'date') return String(fallback);
  const { elements, label, accessory, element, hint } = rest;
  return [text, label, hint, elements, accessory, element]
    .filter((part) => part !== undefined)
    .map(wordsOf)
    .concat(['rich_text', 'header', 'section', 'context', 'input'].includes(String(type)) ? '\n' : ' ')
    .join('');
}

/** Buttons and choices, wherever they stand. */
function elementsOf(blocks: readonly Block[]): { block: Block; element: Json }[] {
  return blocks.flatMap((block) =>
    [block['accessory'], block['element'], ...((block['elements'] as unknown[]) ?? [])]
      .map(object)
      .filter((element) => typeof element['action_id'] === 'string')
      .map((element) => ({ block, element })),
  );
}

const KEYS: Readonly<Record<string, string>> = {
  plain_text_input: 'value',
  datepicker: 'selected_date',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  static_select: 'selected_option',
  radio_buttons: 'selected_option',
};

/** What an input holds when somebody has chosen or typed something. */
function entered(element: Json, given: string): Json {
  const type = String(element['type']);
  const options = (element['options'] as Json[] | undefined) ?? [];
  const option = options.find((candidate) => textOf(candidate['text']) === given);
  if (options.length > 0 && option === undefined) throw new Error(`"${given}" is no choice here`);
  return { type, [KEYS[type] ?? 'value']: option ?? given };
}

const INITIAL = ['initial_value', 'initial_date', 'initial_user', 'initial_conversation', 'initial_option'];

/** What a fresh form holds. */
function initialState(blocks: readonly Block[]): View['state'] {
  const inputs = blocks.filter(({ type }) => type === 'input');
  return Object.fromEntries(
    inputs.map((block) => {
      const element = object(block['element']);
      const type = String(element['type']);
      const first = INITIAL.map((key) => element[key]).find((value) => value !== undefined) ?? null;
      return [
        String(block.block_id),
        { [String(element['action_id'])]: { type, [KEYS[type] ?? 'value']: first } },
      ];
    }),
  );
}

/** Starts it; deliveries go to `requestUrl`, signed with `secret`. */
export async function startOtherSlack(parts: {
  readonly requestUrl: string;
  readonly secret: string;
  /** Called after everything that was sent. */
  readonly settled: () => Promise<void>;
}): Promise<OtherSlack> {
  const said = new Map<string, Said[]>();
  const modals = new Map<string, View>();
  const homes = new Map<string, View>();
  const triggers = new Map<string, string>();
  const answers = new Map<string, { channel: string; user: string }>();
  const called: string[] = [];
  let n = 0;
  const next = (what: string): string => {
    n += 1;
    return `${what}${n}`;
  };
  const place = (where: string): Said[] => {
    const list = said.get(where) ?? [];
    said.set(where, list);
    return list;
  };
  const direct = (to: string): string => (to.startsWith('U') ? `D${to.slice(1)}` : to);
  const say = (where: string, only: string | null, args: Json): Said => {
    const blocks = (args['blocks'] as Block[] | undefined) ?? [];
    const message = { ts: `17000000${next('')}.000100`, text: String(args['text'] ?? ''), blocks, only };
    place(where).push(message);
    return message;
  };
  const named = (definition: Json): View['definition'] => ({
    ...definition,
    blocks: (definition['blocks'] as Block[]).map((block) => ({
      ...block,
      block_id: block.block_id ?? next('b'),
    })),
  });

  const methods: Readonly<Record<string, (args: Json) => Json>> = {
    'auth.test': () => ({ team_id: TEAM, team: 'Elsewhere', user_id: 'UBOT', bot_id: 'BBOT' }),
    'apps.connections.open': () => ({ url: 'wss://nowhere.invalid' }),
    'users.info': ({ user }) => ({ user: { id: user, name: String(user).slice(1).toLowerCase() } }),
    'chat.postMessage': (args) => {
      const channel = direct(String(args['channel']));
      return { channel, ts: say(channel, null, args).ts };
    },
    'chat.update': (args) => {
      const message = place(String(args['channel'])).find(({ ts }) => ts === args['ts']);
      if (message === undefined) return { error: 'message_not_found' };
      Object.assign(message, { text: args['text'], blocks: args['blocks'] });
      return { channel: args['channel'], ts: args['ts'] };
    },
    'chat.postEphemeral': (args) => ({
      message_ts: say(String(args['channel']), String(args['user']), args).ts,
    }),
    'views.open': ({ trigger_id: trigger, view }) => {
      const user = triggers.get(String(trigger));
      if (user === undefined) return { error: 'invalid_trigger_id' };
      triggers.delete(String(trigger));
      const definition = named(object(view));
      modals.set(user, { id: next('V'), user, definition, state: initialState(definition.blocks) });
      return { view: { id: modals.get(user)?.id } };
    },
    'views.update': ({ view_id: id, view }) => {
      const shown = [...modals.values()].find((modal) => modal.id === id);
      if (shown === undefined) return { error: 'not_found' };
      const definition = named(object(view));
      Object.assign(shown, { definition, state: { ...initialState(definition.blocks), ...shown.state } });
      return { view: { id } };
    },
    'views.publish': ({ user_id: user, view }) => {
      const definition = named(object(view));
      homes.set(String(user), { id: next('H'), user: String(user), definition, state: {} });
      return { view: {} };
    },
  };

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const args = await argumentsOf(request);
    const open = answers.get(path);
    if (open !== undefined) {
      say(open.channel, open.user, args);
      response.end('ok');
      return;
    }
    const method = path.replace(/^\/api\//, '');
    called.push(method);
    const result = methods[method]?.(args) ?? { error: 'unknown_method' };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: result['error'] === undefined, ...result }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function deliver(fields: Record<string, string> | string): Promise<Json> {
    const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const digest = createHmac('sha256', parts.secret).update(`v0:${timestamp}:${body}`).digest('hex');
    const type = typeof fields === 'string' ? 'application/json' : 'application/x-www-form-urlencoded';
    const answer = await fetch(parts.requestUrl, {
      method: 'POST',
      body,
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${digest}`,
      },
    });
    if (!answer.ok) throw new Error(`the app answered ${answer.status}`);
    const text = await answer.text();
    await parts.settled();
    return text === '' ? {} : (JSON.parse(text) as Json);
  }
  const triggerFor = (user: string): string => {
    const trigger = next('trigger');
    triggers.set(trigger, user);
    return trigger;
  };
  const answerAt = (channel: string, user: string): string => {
    const path = `/actions/${next('r')}`;
    answers.set(path, { channel, user });
    return `${root}${path}`;
  };
  const act = (user: string, payload: Json) =>
    deliver({
      payload: JSON.stringify({
        user: { id: user, team_id: TEAM },
        team: { id: TEAM },
        trigger_id: triggerFor(user),
        ...payload,
      }),
    });
  const modal = (user: string): View => {
    const view = modals.get(user);
    if (view === undefined) throw new Error(`nothing is open before ${user}`);
    return view;
  };
  const asSent = ({ id, definition, state }: View): Json => ({
    id,
    ...definition,
    state: { values: state },
    hash: 'h',
  });
  const pressIn = async (user: string, view: View, words: string) => {
    const hit = elementsOf(view.definition.blocks).find(({ element }) => textOf(element['text']) === words);
    if (hit === undefined) throw new Error(`no "${words}" there`);
    await act(user, {
      type: 'block_actions',
      container: { type: 'view', view_id: view.id },
      view: asSent(view),
      actions: [{ ...hit.element, block_id: hit.block.block_id }],
    });
  };

  return {
    apiUrl: `${root}/api/`,
    called,
    async command(user, channel, text) {
      const answer = await deliver({
        team_id: TEAM,
        channel_id: channel,
        user_id: user,
        command: '/pilot',
        text,
        trigger_id: triggerFor(user),
        response_url: answerAt(channel, user),
      });
      if (answer['text'] !== undefined) say(channel, user, answer);
    },
    async press(user, words, where) {
      if (where === undefined) return pressIn(user, modals.get(user) ?? (homes.get(user) as View), words);
      const channel = direct(where.replace(/^@/, 'U'));
      const visible = place(channel).filter(({ only }) => only === null || only === user);
      const isIt = ({ element }: { element: Json }) => textOf(element['text']) === words;
      const message = visible.findLast(({ blocks }) => elementsOf(blocks).some(isIt));
      const hit = message === undefined ? undefined : elementsOf(message.blocks).find(isIt);
      if (message === undefined || hit === undefined) throw new Error(`no "${words}" in ${where}`);
      const origin = { message_ts: message.ts, channel_id: channel, is_ephemeral: message.only !== null };
      await act(user, {
        type: 'block_actions',
        container: { type: 'message', ...origin },
        channel: { id: channel },
        response_url: answerAt(channel, user),
        actions: [{ ...hit.element, block_id: hit.block.block_id ?? 'b' }],
      });
    },
    async fill(user, values) {
      for (const [label, given] of Object.entries(values)) {
        const view = modal(user);
        const block = view.definition.blocks.find((candidate) => textOf(candidate['label']) === label);
        if (block === undefined) throw new Error(`no input "${label}" there`);
        const element = object(block['element']);
        const entry = entered(element, given);
        view.state[String(block.block_id)] = { [String(element['action_id'])]: entry };
        if (block['dispatch_action'] !== true) continue;
        await act(user, {
          type: 'block_actions',
          container: { type: 'view', view_id: view.id },
          view: asSent(view),
          actions: [{ ...entry, action_id: element['action_id'], block_id: block.block_id }],
        });
      }
    },
    async submit(user) {
      const view = modal(user);
      modals.delete(user);
      const answer = await act(user, { type: 'view_submission', view: asSent(view) });
      const errors = object(answer['errors']);
      if (answer['response_action'] !== 'errors') return {};
      modals.set(user, view);
      const labelOf = (id: string) =>
        textOf(view.definition.blocks.find(({ block_id: block }) => block === id)?.['label']);
      return Object.fromEntries(Object.entries(errors).map(([id, words]) => [labelOf(id), String(words)]));
    },
    async openHome(user) {
      const event = { type: 'app_home_opened', user, tab: 'home', channel: direct(user) };
      await deliver(JSON.stringify({ type: 'event_callback', team_id: TEAM, event_id: next('Ev'), event }));
    },
    reads: (user, where) =>
      place(direct(where.replace(/^@/, 'U')))
        .filter(({ only }) => only === null || only === user)
        .map(({ blocks, text }) => (blocks.length === 0 ? text : wordsOf(blocks))),
    home: (user) => wordsOf(homes.get(user)?.definition.blocks ?? []),
    labels: (user) =>
      modal(user)
        .definition.blocks.map((block) => textOf(block['label']))
        .filter(Boolean),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The arguments of a call, out of a form whose structured fields are JSON, or out of JSON. */
async function argumentsOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  if (request.headers['content-type']?.startsWith('application/json')) return JSON.parse(body) as Json;
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([key, value]) => [
      key,
      /^[[{]/.test(value) ? JSON.parse(value) : value,
    ]),
  );
}
