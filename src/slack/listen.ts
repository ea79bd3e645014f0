/** How does what people do in Slack reach the app? The only file that knows Bolt. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { App, Logger as BoltLogger, Receiver } from '@slack/bolt';
import { sentence } from './blocks.ts';
import { buttonKind } from './button.ts';
import type { Courier } from './courier.ts';
import type { SubmittedView } from './form.ts';
import { type Incoming, type Pressed, readIncoming, readPressed } from './incoming.ts';
import { perform, type Reply, submissionAck } from './reply.ts';

const require = createRequire(import.meta.url);

/** Where everything that comes in goes. */
export interface Routes {
  command(incoming: Incoming, words: string): Promise<Reply>;
  press(incoming: Incoming, pressed: Pressed): Promise<Reply>;
  submit(incoming: Incoming, form: string, view: SubmittedView): Promise<Reply>;
  shortcut(incoming: Incoming, id: string): Promise<Reply>;
  home(incoming: Incoming): Promise<void>;
  event(incoming: Incoming, type: string, event: Record<string, unknown>): Promise<void>;
}

/** What the listener needs. */
export interface ListenParts {
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };
  readonly apiUrl?: string;
  readonly botToken: string;
  readonly identity: { readonly workspace: string; readonly botUser: string; readonly botId: string | null };
  readonly routes: Routes;
  readonly courier: Courier;
  readonly newId: () => string;
  /** Who is to be told of a fault: what people call them in a workspace. */
  readonly tellWhom: (workspace: string) => Promise<string>;
  readonly log: ListenLog;
  /** Called when something has been done that may have made messages due. */
  readonly acted: () => void;
  /** HTTP mode: who answers what is not Slack's, on the same port. */
  readonly beside?: readonly BesideRoute[];
  readonly connection?: (state: 'connected' | 'reconnecting' | 'closed') => void;
}

/** An address beside Slack's own, in the form Bolt takes. */
export interface BesideRoute {
  readonly path: string;
  readonly method: string[];
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
}

/** The log the listener writes to: an object of facts, then words. */
export interface ListenLog {
  debug(facts: object, words: string): void;
  warn(facts: object, words: string): void;
  error(facts: object, words: string): void;
}

/** A running listener. */
export interface Listener {
  start(): Promise<void>;
  /** Stops taking in, then waits for what is under way. */
  stop(): Promise<void>;
  /** Resolves when nothing that came in is still being worked on. */
  settled(): Promise<void>;
  /** The same, but waits so many milliseconds at most. */
  quiet(mostMs: number): Promise<void>;
}

type Ack = (answer?: unknown) => Promise<void>;
type Body = Record<string, unknown>;
/** What comes in from Slack, as far as the app deals with it. */
type Kind = 'command' | 'action' | 'submission' | 'shortcut' | 'event';

/** Which kind a payload is, or null for one that nobody asked for. */
function kindOf(body: Body): Kind | null {
  if (body['event'] !== undefined) return 'event';
  if (body['command'] !== undefined) return 'command';
  if (body['actions'] !== undefined) return 'action';
  if (body['type'] === 'shortcut' || body['type'] === 'message_action') return 'shortcut';
  return body['type'] === 'view_submission' ? 'submission' : null;
}

/** Joins Slack to the routes: acknowledges with what a route returns, carries out the rest, and reports faults with an id. */
export function listen(parts: ListenParts): Listener {
  const bolt = loadBolt();
  const logger = quietLogger(parts.log, bolt.LogLevel.WARN);
  const clientOptions = parts.apiUrl === undefined ? {} : { slackApiUrl: parts.apiUrl };
  const receiver = makeReceiver(bolt, parts, logger, clientOptions);
  const app: App = new bolt.App({
    receiver: receiver as Receiver,
    logger,
    convoStore: false,
    tokenVerificationEnabled: false,
    clientOptions: { ...clientOptions, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
    authorize: async () => ({
      botToken: parts.botToken,
      botUserId: parts.identity.botUser,
      ...(parts.identity.botId === null ? {} : { botId: parts.identity.botId }),
      teamId: parts.identity.workspace,
    }),
  });

  let underWay = 0;
  let waiting: (() => void)[] = [];
  const track = async (work: () => Promise<void>): Promise<void> => {
    underWay += 1;
    try {
      await work();
    } finally {
      underWay -= 1;
      parts.acted();
      if (underWay === 0) {
        const ready = waiting;
        waiting = [];
        for (const resolve of ready) resolve();
      }
    }
  };

  /** Runs a route; a fault becomes a sentence with an id that is also in the log. */
  async function answer(incoming: Incoming, what: object, run: () => Promise<Reply>): Promise<Reply> {
    try {
      return await run();
    } catch (error) {
      const fault = parts.newId().slice(-8);
      parts.log.error({ fault, ...what, user: incoming.user, err: error }, 'a request failed');
      const whom = await whomToTell(incoming);
      const words = `Something went wrong on my side and nothing was saved. Try again; if it stays, tell ${whom} the number ${fault}.`;
      // Slack takes sentences beside inputs only.
      const inputs = (incoming.view?.blocks ?? []) as readonly { type?: string; block_id?: string }[];
      const first = inputs.find(({ type }) => type === 'input')?.block_id;
      return first !== undefined && 'form' in what
        ? { do: 'refuse', errors: { [first]: words } }
        : { do: 'say', message: sentence(words) };
    }
  }
  /** The fault may be the database's: then the name is not to be had either. */
  const whomToTell = (incoming: Incoming): Promise<string> =>
    parts.tellWhom(incoming.workspace).catch(() => 'your programme office');
  const carryOut = async (incoming: Incoming, reply: Reply): Promise<void> => {
    const refused = await perform(parts.courier, incoming, reply, parts.newId(), () => whomToTell(incoming));
    if (refused !== null) parts.log.error({ ...refused, user: incoming.user }, 'Slack refused a view');
  };
  const incomingOf = (body: unknown): Incoming => readIncoming(body as Body, parts.identity.workspace);

  const entrances: Readonly<Record<Kind, (body: Body, payload: Body, ack: Ack) => Promise<void>>> = {
    async command(body, _payload, ack) {
      const incoming = incomingOf(body);
      const words = String(body['text'] ?? '');
      const reply = await answer(incoming, { command: words }, () => parts.routes.command(incoming, words));
      if (reply.do === 'say') {
        await ack({
          response_type: 'ephemeral',
          text: reply.message.text,
          blocks: reply.message.blocks,
        });
        return;
      }
      await Promise.all([ack(), carryOut(incoming, reply)]);
    },
    async action(body, action, ack) {
      const incoming = incomingOf(body);
      const { actionId, value } = readPressed(action);
      await ack();
      const pressed: Pressed = { kind: buttonKind(actionId), value };
      const reply = await answer(incoming, { button: pressed.kind }, () =>
        parts.routes.press(incoming, pressed),
      );
      await carryOut(incoming, reply);
    },
    async submission(body, view, ack) {
      const incoming = incomingOf(body);
      const form = String(view['callback_id'] ?? '');
      const reply = await answer(incoming, { form }, () =>
        parts.routes.submit(incoming, form, view as SubmittedView),
      );
      const acknowledged = submissionAck(reply);
      if (acknowledged === undefined) await ack();
      else await ack(acknowledged);
      if (reply.do === 'close' || reply.do === 'say') await carryOut(incoming, reply);
    },
    async shortcut(body, _payload, ack) {
      const incoming = incomingOf(body);
      await ack();
      const id = String(body['callback_id'] ?? '');
      const reply = await answer(incoming, { shortcut: id }, () => parts.routes.shortcut(incoming, id));
      await carryOut(incoming, reply);
    },
    async event(body, event) {
      const incoming = incomingOf(body);
      const type = String(event['type'] ?? '');
      const id = String(body['event_id'] ?? '');
      try {
        if (type === 'app_home_opened' && event['tab'] !== 'messages') await parts.routes.home(incoming);
        else await parts.routes.event(incoming, type, { ...event, event_id: id });
      } catch (error) {
        parts.log.error({ event: type, user: incoming.user, err: error }, 'an event could not be handled');
      }
    },
  };
  // One middleware for everything: of listeners for each kind, Bolt walks all of them for every request.
  app.use(async (args) => {
    const { body, payload, ack } = args as unknown as { body: Body; payload: Body; ack: Ack };
    const kind = kindOf(body);
    if (kind !== null) await track(() => entrances[kind](body, payload, ack));
  });

  app.error(async (error) => parts.log.error({ err: error }, 'a request could not be taken'));

  return {
    async start() {
      await app.start();
    },
    async stop() {
      await stopReceiver(receiver);
      await this.settled();
    },
    settled: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    quiet(mostMs) {
      if (underWay === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const enough = setTimeout(resolve, mostMs);
        waiting.push(() => {
          clearTimeout(enough);
          resolve();
        });
      });
    },
  };
}

/** Bolt by its files: the package as a whole loads Express too, which nobody needs here, for 7 MB and 35 ms. */
function loadBolt() {
  const { default: App, LogLevel }: typeof import('@slack/bolt/dist/App.js') =
    require('@slack/bolt/dist/App.js');
  const { default: HTTPReceiver }: typeof import('@slack/bolt/dist/receivers/HTTPReceiver.js') =
    require('@slack/bolt/dist/receivers/HTTPReceiver.js');
  const { default: SocketModeReceiver }: typeof import('@slack/bolt/dist/receivers/SocketModeReceiver.js') =
    require('@slack/bolt/dist/receivers/SocketModeReceiver.js');
  return { App, LogLevel, HTTPReceiver, SocketModeReceiver };
}

type Bolt = ReturnType<typeof loadBolt>;
type AnyReceiver = InstanceType<Bolt['HTTPReceiver']> | InstanceType<Bolt['SocketModeReceiver']>;

function makeReceiver(
  bolt: Bolt,
  parts: ListenParts,
  logger: BoltLogger,
  clientOptions: object,
): AnyReceiver {
  if (parts.mode.kind === 'http') {
    return new bolt.HTTPReceiver({
      signingSecret: parts.mode.signingSecret,
      endpoints: ['/slack/events'],
      port: parts.mode.port,
      bodyLimit: 1_000_000,
      customRoutes: [...(parts.beside ?? [])],
      logger,
    });
  }
  const receiver = new bolt.SocketModeReceiver({
    appToken: parts.mode.appToken,
    logger,
    installerOptions: {
      clientOptions: {
        ...clientOptions,
        // Without a ceiling the pauses between tries to reconnect grow to most of an hour.
        retryConfig: { retries: 1000, factor: 1.5, minTimeout: 1000, maxTimeout: 30_000, randomize: true },
      },
    },
  });
  receiver.client.on('connected', () => parts.connection?.('connected'));
  receiver.client.on('reconnecting', () => parts.connection?.('reconnecting'));
  receiver.client.on('disconnected', () => parts.connection?.('closed'));
  return receiver;
}

async function stopReceiver(receiver: AnyReceiver): Promise<void> {
  // stop() of the socket receiver resolves before the connection is closed, so ask its client.
  if ('client' in receiver) await receiver.client.disconnect();
  else await receiver.stop();
}

function quietLogger(log: ListenLog, level: ReturnType<BoltLogger['getLevel']>): BoltLogger {
  const words = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug() {},
    info() {},
    warn: (...parts) => log.warn({ from: 'slack' }, words(parts)),
    error: (...parts) => log.error({ from: 'slack' }, words(parts)),
    setLevel() {},
    setName() {},
    getLevel: () => level,
  };
}
