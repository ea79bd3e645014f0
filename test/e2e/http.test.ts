/** Does everything work over HTTP too, and only for what really comes from Slack? */
import { createHmac } from 'node:crypto';
import { createServer, request } from 'node:http';
import { expect, it } from 'vitest';
import { harbourMutual } from '../../src/cli/demo/people.ts';
import { verify } from '../../src/db/verify.ts';
import {
  addCriterion,
  asks,
  askToSign,
  newest,
  reads,
  register,
  signedPilot,
  told,
} from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const SECRET = harbourMutual.apps[0]?.signingSecret ?? '';
const FIVE_MINUTES_S = 300;

/** A request as it stood on the wire. */
interface Captured {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** The headers Slack signs a body with. */
function signed(body: string, timestamp = nowSeconds(), secret = SECRET): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': `v0=${digest}`,
  };
}

/** Sends on a connection of its own: one that was hung up on must not spoil the next request. */
async function send(world: World, body: string, headers: Record<string, string>) {
  const answered = await new Promise<{ status: number; text: string }>((resolve) => {
    const hungUp = () => resolve({ status: 0, text: '' });
    const outgoing = request(
      world.requestUrl ?? '',
      { method: 'POST', agent: false, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text })).on('error', hungUp);
      },
    );
    outgoing.on('error', hungUp).end(body);
  });
  await world.settle();
  return answered;
}

const command = (text: string, more: Readonly<Record<string, string>> = {}): string =>
  new URLSearchParams({
    team_id: 'T0HARBOUR01',
    channel_id: 'C0GENERAL01',
    user_id: 'U0LENA00001',
    command: '/pilot',
    text,
    trigger_id: '1.2.3',
    ...more,
  }).toString();

/** Lets deliveries pass through a place where they can be read, and gives back what passed. */
async function tapped(world: World, act: () => Promise<unknown>): Promise<Captured[]> {
  const passed: Captured[] = [];
  const tap = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', async () => {
      const body = Buffer.concat(chunks).toString();
      const {
        'content-type': type,
        'x-slack-request-timestamp': at,
        'x-slack-signature': by,
      } = incoming.headers;
      const headers = {
        'content-type': String(type),
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': String(by),
      };
      passed.push({ headers, body });
      const answer = await fetch(world.requestUrl ?? '', { method: 'POST', body, headers });
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'text/plain',
      });
      response.end(await answer.text());
    });
  });
  await new Promise<void>((resolve) => tap.listen(0, '127.0.0.1', resolve));
  const address = tap.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await world.control.apps.setMode('http', `http://127.0.0.1:${port}/`);
  await act();
  await world.settle();
  await world.control.apps.setMode('http', world.requestUrl ?? '');
  await new Promise((resolve) => tap.close(resolve));
  return passed;
}

onBothEngines('the app over HTTP', (openFresh) => {
  it('answers Slack when it asks whether anybody is there', async () => {
    const world = await startWorld(await openFresh(), { mode: 'http' });
    expect((await world.control.apps.verifyRequestUrl()).ok).toBe(true);
  });

  it('takes a pilot from a name to a measured value and a digest', async () => {
    const db = await openFresh();
    const world = await startWorld(db, { mode: 'http' });
    await register(world, 'Claims triage', { fields: START });
    await addCriterion(world);
    await askToSign(world);
    await world.control.press('priya', { channel: 'Pilotage', label: 'Request changes' });
    await world.settle();
    await world.control.fill('priya', { 'What should change': 'Use the audited cost.' });
    await world.control.submit('priya');
    await world.settle();
    expect(told(world, 'ana').at(-1)).toMatch(/Use the audited cost/);
    await askToSign(world);
    await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/Claims triage · building/);
    await world.time.advanceTo(Date.parse('2026-01-13T08:00:00Z'));
    expect(await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90')).toMatch(
      /is recorded/,
    );
    await asks(world, 'ana', '/pilot digest now', '#ai-pilots');
    expect(reads(world, 'omar', '#ai-pilots').join('\n')).toMatch(/AI pilots this week/);
    await world.control.openHome('ana');
    await world.settle();
    expect(JSON.stringify(world.control.read.home('ana'))).toMatch(/Claims triage/);
    expect(world.complaints).toEqual([]);
    expect(await verify(db)).toBeNull();
  });

  it('lets nobody in who cannot sign a request', async () => {
    const world = await startWorld(await openFresh(), { mode: 'http' });
    const body = command('help');
    expect((await send(world, body, signed(body))).text).toMatch(/What \/pilot can do/);
    const old = nowSeconds() - FIVE_MINUTES_S - 1;
    const wrong: Record<string, Record<string, string>> = {
      'another secret': signed(body, nowSeconds(), 'another'),
      'another body': signed(command('list')),
      'an old signature': signed(body, old),
      'an old signature with a new date': {
        ...signed(body, old),
        'x-slack-request-timestamp': String(nowSeconds()),
      },
      'no signature': { 'content-type': 'application/x-www-form-urlencoded' },
      'no date': { ...signed(body), 'x-slack-request-timestamp': 'soon' },
      'half a signature': { ...signed(body), 'x-slack-signature': 'v0=00' },
    };
    for (const [what, headers] of Object.entries(wrong)) {
      const answer = await send(world, body, headers);
      expect(answer.status, what).toBe(401);
      expect(answer.text, what).not.toMatch(/pilot/i);
    }
    expect((await fetch(world.requestUrl ?? '')).status).toBe(404);
  });

  it('reads no more of a body than it has to, and goes on working', async () => {
    const world = await startWorld(await openFresh(), { mode: 'http' });
    const large = command('help', { more: 'x'.repeat(1_100_000) });
    // What is refused may be hung up on before it has been sent to the end.
    expect([413, 0]).toContain((await send(world, large, signed(large))).status);
    const broken = 'payload={"type":';
    expect((await send(world, broken, signed(broken))).status).toBe(400);
    const json = { 'content-type': 'application/json' };
    expect((await send(world, '{"type":', { ...signed('{"type":'), ...json })).status).toBe(400);
    const body = command('help');
    expect((await send(world, body, signed(body))).text).toMatch(/What \/pilot can do/);
  });

  it('does nothing twice when a captured request comes again while its signature is still good', async () => {
    const db = await openFresh();
    const world = await startWorld(db, { mode: 'http' });
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-20T08:00:00Z'));
    const record = '/pilot record claims-triage cost-per-claim 17.90';
    const requests = await tapped(world, async () => {
      await world.control.command('ana', '#general', record);
      await world.settle();
      await world.control.command('ana', '#ai-pilots', '/pilot digest now');
    });
    expect(requests).toHaveLength(2);
    expect(newest(world, 'ana', '#general')).toMatch(/12–18 January: €17.90 is recorded/);
    world.clock.set(world.clock.now() + 60_000);
    for (const { body, headers } of requests)
      expect((await send(world, body, { ...headers })).status).toBe(200);
    const values = await db.q.select().from(db.tables.observations);
    expect(values.map(({ periodEnd, value }) => [periodEnd, value])).toEqual([['2026-01-19', '17.90']]);
    const digests = reads(world, 'omar', '#ai-pilots').filter((text) => /AI pilots this week/.test(text));
    expect(digests).toHaveLength(1);
    expect(world.complaints).toEqual([]);
  });
});
