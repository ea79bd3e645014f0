/** What does a Slack look like that costs nearly nothing, so that what is measured is the app? */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A Web API on this machine that says yes to everything. */
export interface FakeSlack {
  readonly url: string;
  /** Ends in `/api/`. */
  readonly apiUrl: string;
  /** How long every answer takes, in milliseconds; may be changed at any time. */
  answerMs: number;
  /** How often a method was called; calls of response addresses count as `response_url`. */
  calls(method: string): number;
  /** The view that is opened with a trigger, as soon as it is. */
  openedWith(trigger: string): Promise<OpenedView>;
  /** Resolves when nothing has been asked for `ms`. */
  quietFor(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** What a bench has to know of a view to fill it in. */
export interface OpenedView {
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly blocks: readonly {
    readonly type: string;
    readonly block_id?: string;
    readonly element?: { readonly type: string; readonly action_id: string };
  }[];
}

/** The workspace the fake Slack is about. */
export interface FakeWorkspace {
  readonly workspace: string;
  readonly botUser: string;
}

const PATIENCE_MS = 5000;

/** Starts it on a free port of this machine. */
export async function startFakeSlack(about: FakeWorkspace): Promise<FakeSlack> {
  const counts = new Map<string, number>();
  const views = new Map<string, OpenedView>();
  let heard = performance.now();
  let open = 0;
  let posted = 0;
  const server = createServer((request, response) => {
    const method = request.url?.startsWith('/api/') ? request.url.slice('/api/'.length) : 'response_url';
    counts.set(method, (counts.get(method) ?? 0) + 1);
    open += 1;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = JSON.stringify(answerTo(method, Buffer.concat(chunks).toString()));
      const reply = () => {
        open -= 1;
        heard = performance.now();
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        });
        response.end(text);
      };
      if (fake.answerMs === 0) reply();
      else setTimeout(reply, fake.answerMs);
    });
  });

  function answerTo(method: string, body: string): object {
    if (method === 'auth.test')
      return {
        ok: true,
        team_id: about.workspace,
        team: 'Bench',
        user_id: about.botUser,
        bot_id: 'B0BENCH0001',
      };
    if (method === 'users.info') {
      const id = new URLSearchParams(body).get('user') ?? '';
      const profile = { real_name: `Person ${id}` };
      return {
        ok: true,
        user: { id, name: id.toLowerCase(), team_id: about.workspace, tz: 'Europe/Berlin', profile },
      };
    }
    if (method === 'views.open') {
      const given = new URLSearchParams(body);
      views.set(given.get('trigger_id') ?? '', JSON.parse(given.get('view') ?? '{}') as OpenedView);
    }
    posted += 1;
    return { ok: true, channel: 'C0BENCH0001', ts: `1700000000.${String(posted).padStart(6, '0')}` };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakeSlack = {
    url,
    apiUrl: `${url}/api/`,
    answerMs: 0,
    calls: (method) => counts.get(method) ?? 0,
    async openedWith(trigger) {
      for (let waited = 0; waited < PATIENCE_MS; waited += 1) {
        const view = views.get(trigger);
        if (view !== undefined) return view;
        await pause(1);
      }
      throw new Error(`no view was opened with the trigger ${trigger}`);
    },
    async quietFor(ms) {
      const asked = performance.now();
      while (open > 0 || performance.now() - Math.max(asked, heard) < ms) await pause(Math.min(ms / 4, 50));
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}
