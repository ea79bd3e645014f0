/** How does a test send the app what Slack would send, word for word, from anybody and with anything in it? */
import { createHmac } from 'node:crypto';
import { harbourMutual } from '../../src/cli/demo/people.ts';
import type { World } from './world.ts';

const SECRET = harbourMutual.apps[0]?.signingSecret ?? '';
const TEAM = harbourMutual.team.id;

/** The id of one of the sample people. */
export function idOf(name: string): string {
  const person = harbourMutual.people.find((candidate) => candidate.name === name);
  if (person === undefined) throw new Error(`there is no ${name}`);
  return person.id;
}

/** Who acts: an id, and the workspace they belong to where it is another one. */
export interface Actor {
  readonly id: string;
  readonly team?: string;
}

/** Everything one person got to see because of what they did, as one text. */
export type Seen = string;

let count = 0;
/** Something Slack gives out once, and the local one does not know. */
const once = (what: string): string => {
  count += 1;
  return `${what}.${count}.raw`;
};

/** A slash command, without a thread, as Slack sends it. */
export function commandBody(actor: Actor, text: string, channel = 'C0GENERAL01'): string {
  return new URLSearchParams({
    team_id: actor.team ?? TEAM,
    team_domain: 'harbour-mutual',
    channel_id: channel,
    user_id: actor.id,
    command: '/pilot',
    text,
    trigger_id: once('trigger'),
  }).toString();
}

const interactive = (payload: object): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

const who = (actor: Actor) => ({
  user: { id: actor.id, team_id: actor.team ?? TEAM },
  team: { id: actor.team ?? TEAM, domain: 'harbour-mutual' },
  api_app_id: 'A1',
});

/** A press of a button in a message; `value` may be what nobody ever made. */
export function pressBody(actor: Actor, action: string, value: string | undefined, channel = 'C0GENERAL01') {
  return actionBody(actor, { type: 'button', action_id: action, value }, channel);
}

/** A choice of a menu in a message, with what the choice carries. */
export function chooseBody(actor: Actor, value: string | undefined, channel = 'C0GENERAL01') {
  const selected_option = value === undefined ? null : { text: { type: 'plain_text', text: 'x' }, value };
  return actionBody(actor, { type: 'overflow', action_id: 'more-choices', selected_option }, channel);
}

function actionBody(actor: Actor, action: object, channel: string): string {
  return interactive({
    type: 'block_actions',
    ...who(actor),
    trigger_id: once('trigger'),
    container: { type: 'message', message_ts: '1.1', channel_id: channel },
    channel: { id: channel, name: 'general' },
    actions: [{ block_id: 'b', action_ts: '1.2', ...action }],
  });
}

/** A submitted form. */
export function submitBody(
  actor: Actor,
  form: string,
  metadata: string,
  values: Readonly<Record<string, Record<string, unknown>>>,
) {
  const id = once('V');
  return interactive({
    type: 'view_submission',
    ...who(actor),
    trigger_id: once('trigger'),
    view: {
      id,
      type: 'modal',
      hash: '1.abc',
      callback_id: form,
      private_metadata: metadata,
      blocks: Object.keys(values).map((name) => ({ type: 'input', block_id: name })),
      state: {
        values: Object.fromEntries(Object.entries(values).map(([name, of]) => [name, { [name]: of }])),
      },
    },
  });
}

/** The Home tab is opened. */
export function homeBody(actor: Actor): string {
  return JSON.stringify({
    type: 'event_callback',
    team_id: actor.team ?? TEAM,
    event_id: once('Ev'),
    event: { type: 'app_home_opened', user: actor.id, tab: 'home', channel: 'D1' },
  });
}

/** How many requests are under way at once: what they have in common is looked up once in a while, not every time. */
const ABREAST = 25;

/** Sends signed bodies, waits for everything that follows, and gives back what this person saw of it, as one text. */
export async function sendRaw(world: World, actor: Actor, ...bodies: readonly string[]): Promise<Seen> {
  const since = world.control.read.log().at(-1)?.n ?? 0;
  const answers: string[] = [];
  for (let from = 0; from < bodies.length; from += ABREAST) {
    answers.push(...(await Promise.all(bodies.slice(from, from + ABREAST).map((body) => send(world, body)))));
    await world.settle();
  }
  const calls = world.control.read
    .log({ since })
    .filter(({ direction, name, request }) => direction === 'call' && concerns(name, request, actor.id))
    .map(({ request }) => JSON.stringify(request));
  return [...answers, ...calls].join('\n');
}

async function send(world: World, body: string): Promise<string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const answer = await fetch(world.requestUrl ?? '', {
    method: 'POST',
    body,
    headers: {
      'content-type': body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${digest}`,
    },
  });
  return answer.text();
}

/** Views open before whoever acted; messages are for whoever they are addressed to. */
function concerns(name: string, request: unknown, id: string): boolean {
  const { user, user_id: home, channel } = request as Record<string, unknown>;
  if (name === 'views.open' || name === 'views.push' || name === 'views.update') return true;
  if (name === 'chat.postEphemeral') return user === id;
  if (name === 'views.publish') return home === id;
  return name === 'chat.postMessage' && channel === id;
}
