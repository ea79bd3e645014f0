/** How does anything reach Slack? The only caller of the Web API: two clients, no hidden retries, every answer sorted. */
import { createRequire } from 'node:module';
import type { WebClientOptions, WebClient as WebClientType } from '@slack/web-api';
import type { Courier, Identity, SlackChannel, SlackPerson } from './courier.ts';
import { findPosted, RECEIPT } from './courier-find.ts';
import { upload } from './courier-upload.ts';
import { classifyCode, classifyNetwork, type Outcome } from './outcome.ts';
import { readQuietTime } from './quiet-time.ts';
import { cleanTyped } from './text.ts';

const require = createRequire(import.meta.url);

/** What the courier is made of. */
export interface CourierParts {
  readonly token: string;
  readonly apiUrl?: string;
  readonly fetch?: typeof fetch;
}

const INTERACTIVE: WebClientOptions = {
  retryConfig: { retries: 1, minTimeout: 200, maxTimeout: 400 },
  rejectRateLimitedCalls: true,
  timeout: 2500,
};
const BACKGROUND: WebClientOptions = {
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
  maxRequestConcurrency: 4,
};

/**
 * Makes the courier. `interactive` serves people who wait (its 429 must not be caused by the digest), `background`
 * posts and edits. Posting never retries by itself: a lost answer is reported as ambiguous.
 */
export function createCourier(parts: CourierParts): Courier {
  const api = require('@slack/web-api') as typeof import('@slack/web-api');
  const quiet = {
    setLevel() {},
    setName() {},
    getLevel: () => api.LogLevel.ERROR,
    debug() {},
    info() {},
    warn() {},
    error() {},
  };
  const common: WebClientOptions = {
    logger: quiet,
    allowAbsoluteUrls: false,
    ...(parts.apiUrl === undefined ? {} : { slackApiUrl: parts.apiUrl }),
    ...(parts.fetch === undefined ? {} : { fetch: parts.fetch }),
  };
  const interactive = new api.WebClient(parts.token, { ...common, ...INTERACTIVE });
  const background = new api.WebClient(parts.token, { ...common, ...BACKGROUND });

  async function call<T>(
    client: WebClientType,
    method: string,
    options: Record<string, unknown>,
    read: (answer: Record<string, unknown>) => T,
  ): Promise<Outcome<T>> {
    try {
      const answer = (await client.apiCall(method, options)) as unknown as Record<string, unknown>;
      return { kind: 'done', value: read(answer) };
    } catch (error) {
      if (error instanceof api.WebAPIPlatformError) {
        // The client takes an answer that is not JSON for an error of that name; then it is not known what happened.
        if (!/^\w{1,80}$/.test(error.data.error)) return { kind: 'ambiguous', code: 'not_slack' };
        const messages = error.data.response_metadata?.messages;
        return classifyCode(error.data.error, Array.isArray(messages) ? messages.map(String) : []);
      }
      if (error instanceof api.WebAPIRateLimitedError) {
        return { kind: 'later', code: 'ratelimited', afterMs: Math.max(1, error.retryAfter) * 1000 };
      }
      if (error instanceof api.WebAPIHTTPError)
        return { kind: 'ambiguous', code: `http_${error.statusCode}` };
      return classifyNetwork(error);
    }
  }

  const nothing = () => null;
  return {
    // Also asked again and again while Slack is away, so without the second try of those who wait.
    identify: () => call(background, 'auth.test', {}, readIdentity),
    post: (to, message, extra) =>
      call(
        background,
        'chat.postMessage',
        {
          channel: to,
          text: message.text,
          blocks: message.blocks,
          parse: 'none',
          link_names: false,
          unfurl_links: false,
          unfurl_media: false,
          client_msg_id: extra.id,
          metadata: { event_type: RECEIPT, event_payload: { id: extra.id } },
          ...(extra.thread === undefined ? {} : { thread_ts: extra.thread }),
        },
        (answer) => ({ channel: String(answer['channel'] ?? to), ts: String(answer['ts']) }),
      ),
    find: (place, id, since) =>
      findPosted(
        (method, options) => call(background, method, options, (answer) => answer),
        place,
        id,
        since,
      ),
    edit: (where, message) =>
      call(
        background,
        'chat.update',
        {
          channel: where.channel,
          ts: where.ts,
          text: message.text,
          blocks: message.blocks,
          parse: 'none',
          link_names: false,
        },
        () => where,
      ),
    remove: ({ channel, ts }) => call(background, 'chat.delete', { channel, ts }, nothing),
    whisper: (channel, user, message) =>
      call(
        interactive,
        'chat.postEphemeral',
        { channel, user, text: message.text, blocks: message.blocks, parse: 'none', link_names: false },
        nothing,
      ),
    async respond(address, message) {
      try {
        const answer = await (parts.fetch ?? fetch)(address, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            response_type: 'ephemeral',
            replace_original: false,
            text: message.text,
            blocks: message.blocks,
          }),
          signal: AbortSignal.timeout(2500),
          redirect: 'error',
        });
        if (answer.ok) return { kind: 'done', value: null };
        return answer.status === 429 || answer.status >= 500
          ? { kind: 'ambiguous', code: `http_${answer.status}` }
          : { kind: 'unreachable', code: `response_url_${answer.status}` };
      } catch (error) {
        return classifyNetwork(error);
      }
    },
    openView: (trigger, view) => call(interactive, 'views.open', { trigger_id: trigger, view }, nothing),
    pushView: (trigger, view) => call(interactive, 'views.push', { trigger_id: trigger, view }, nothing),
    updateView: (id, hash, view) =>
      call(interactive, 'views.update', { view_id: id, ...(hash === null ? {} : { hash }), view }, nothing),
    publishHome: (user, view) => call(background, 'views.publish', { user_id: user, view }, nothing),
    person: (id) => call(interactive, 'users.info', { user: id }, (answer) => readPerson(id, answer)),
    quiet: (id) => call(background, 'dnd.info', { user: id }, readQuietTime),
    download: (url, limit) => download(parts, url, limit),
    upload: (file) =>
      upload((method, options, read) => call(background, method, options, read), parts.fetch ?? fetch, file),
    channel: (id) =>
      call(interactive, 'conversations.info', { channel: id }, (answer) => readChannel(id, answer)),
  };
}

/** Slack's files lie on its own hosts; the token is sent nowhere else. */
function isSlackFile(url: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, host } = new URL(url);
  if (apiUrl !== undefined && host === new URL(apiUrl).host) return true;
  return protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'));
}

async function download(parts: CourierParts, url: string, limit: number): Promise<Outcome<Uint8Array>> {
  if (!isSlackFile(url, parts.apiUrl)) return { kind: 'refused', code: 'not_slack', details: [] };
  try {
    const answer = await (parts.fetch ?? fetch)(url, {
      headers: { authorization: `Bearer ${parts.token}` },
      signal: AbortSignal.timeout(60_000),
      redirect: 'error',
    });
    // Without the scope Slack answers with a page to log in on.
    if ((answer.headers.get('content-type') ?? '').startsWith('text/html')) {
      return { kind: 'refused', code: 'missing_scope', details: [] };
    }
    if (!answer.ok || answer.body === null) return { kind: 'unreachable', code: `file_${answer.status}` };
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > limit) return { kind: 'refused', code: 'too_large', details: [] };
      chunks.push(chunk);
    }
    return { kind: 'done', value: Buffer.concat(chunks) };
  } catch (error) {
    return classifyNetwork(error);
  }
}

type Answer = Record<string, unknown>;
/** Words out of an answer, without what no database keeps and what would turn our own sentences around. */
const text = (value: unknown): string | null => {
  const clean = typeof value === 'string' ? cleanTyped(value) : '';
  return clean === '' ? null : clean;
};

function readIdentity(answer: Answer): Identity {
  return {
    workspace: String(answer['team_id'] ?? ''),
    workspaceName: text(answer['team']) ?? '',
    botUser: String(answer['user_id'] ?? ''),
    botId: text(answer['bot_id']),
  };
}

function readPerson(id: string, answer: Answer): SlackPerson {
  const user = (answer['user'] ?? {}) as Answer;
  const profile = (user['profile'] ?? {}) as Answer;
  return {
    id: text(user['id']) ?? id,
    name:
      text(user['real_name']) ??
      text(profile['real_name']) ??
      text(profile['display_name']) ??
      text(user['name']) ??
      id,
    timezone: text(user['tz']),
    isBot:
      user['is_bot'] === true ||
      user['is_workflow_bot'] === true ||
      user['is_connector_bot'] === true ||
      id === 'USLACKBOT',
    isDeactivated: user['deleted'] === true,
    isGuest: user['is_restricted'] === true || user['is_ultra_restricted'] === true,
    isAdmin: user['is_admin'] === true || user['is_owner'] === true,
    team: user['is_stranger'] === true ? 'stranger' : text(user['team_id']),
  };
}

function readChannel(id: string, answer: Answer): SlackChannel {
  const channel = (answer['channel'] ?? {}) as Answer;
  return {
    id: text(channel['id']) ?? id,
    name: text(channel['name']) ?? id,
    isMember: channel['is_member'] === true,
    isArchived: channel['is_archived'] === true,
    isPrivate: channel['is_private'] === true,
    isSharedOutside: channel['is_ext_shared'] === true || channel['is_pending_ext_shared'] === true,
  };
}
