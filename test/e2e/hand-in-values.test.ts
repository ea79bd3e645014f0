/** Do values handed in by request count, and what becomes of those that cannot? */

import { randomBytes } from 'node:crypto';
import { get } from 'node:http';
import { expect, it } from 'vitest';
import { insertToken } from '../../src/db/queries/tokens.ts';
import { newToken } from '../../src/db/token-secret.ts';
import { addCriterion, asks, newest, reads, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };

async function tokenFor(world: World, more: { pilot?: string; expiresAt?: number } = {}): Promise<string> {
  const made = newToken(randomBytes(8), randomBytes(32));
  const [workspace] = await world.db.q.select().from(world.db.tables.workspaces);
  await world.db.atomically(workspace?.id ?? '', () => [
    insertToken(world.db, {
      workspace: workspace?.id ?? '',
      id: made.id,
      name: 'warehouse',
      digest: made.digest,
      pilot: more.pilot ?? null,
      createdAt: world.clock.now(),
      expiresAt: more.expiresAt ?? null,
    }),
  ]);
  return made.text;
}

const at = (world: World, path: string): string => `http://127.0.0.1:${world.app.httpPort()}${path}`;

async function post(
  world: World,
  token: string,
  body: string | object,
  more: { query?: string; type?: string } = {},
) {
  const answer = await fetch(at(world, `/api/v1/observations${more.query ?? ''}`), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': more.type ?? 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  await world.settle();
  return { status: answer.status, headers: answer.headers, body: JSON.parse(text) as Record<string, never> };
}

/** The path goes out as it is written, which fetch would not do. */
const statusAt = (world: World, path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: world.app.httpPort() ?? 0, path, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    }).on('error', reject);
  });

const value = (more: object = {}) => ({
  pilot: 'claims-triage',
  metric: 'cost-per-claim',
  end: '2026-01-12',
  value: '17.5',
  unit: 'EUR/claim',
  key: 'wh-1',
  ...more,
});

onBothEngines('values handed in by request', (openFresh) => {
  it('change the card in Slack, and a repeat is harmless', async () => {
    const world = await startWorld(await openFresh(), { httpPort: 0 });
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-13T08:00:00Z'));
    const token = await tokenFor(world);
    expect(await post(world, token, { observations: [value()] })).toMatchObject({
      status: 200,
      body: { accepted: 1, duplicate: 0, quarantined: [], rejected: [] },
    });
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/€17.50; agreed €12.50 or less/);
    expect((await post(world, token, { observations: [value()] })).body).toMatchObject({
      accepted: 0,
      duplicate: 1,
    });
    const [row] = await world.db.q.select().from(world.db.tables.observations);
    expect(row).toMatchObject({ source: 'warehouse', trust: 3, ingestKey: 'wh-1' });
    expect(world.complaints).toEqual([]);
  });

  it('refuse a missing, wrong, ended or foreign token with one and the same sentence', async () => {
    const world = await startWorld(await openFresh(), { httpPort: 0 });
    await signedPilot(world, 'Claims triage', { fields: START });
    await signedPilot(world, 'Churn model', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-13T08:00:00Z'));
    const good = await tokenFor(world);
    const other = `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`;
    const ended = await tokenFor(world, { expiresAt: world.clock.now() });
    const sentences = new Set<string>();
    for (const token of ['nonsense', other, ended]) {
      const answer = await post(world, token, { observations: [value()] });
      expect(answer.status).toBe(401);
      sentences.add(JSON.stringify(answer.body));
    }
    expect(sentences.size).toBe(1);
    const [churn] = (await world.db.q.select().from(world.db.tables.pilots)).filter(
      ({ key }) => key === 'churn-model',
    );
    const scoped = await tokenFor(world, { pilot: churn?.id ?? '' });
    expect((await post(world, scoped, { observations: [value()] })).status).toBe(403);
    expect(await world.db.q.select().from(world.db.tables.observations)).toHaveLength(0);
  });

  it('give each row its own sentence, and with atomic take all or nothing', async () => {
    const world = await startWorld(await openFresh(), { httpPort: 0 });
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-20T08:00:00Z'));
    const token = await tokenFor(world);
    const rows = [
      value(),
      value({ pilot: 'clams-triage', key: 'a' }),
      value({ value: '1,234', key: 'b', end: '2026-01-19' }),
      value({ value: 'NaN', key: 'c', end: '2026-01-19' }),
      value({ unit: '%', key: 'd', end: '2026-01-19' }),
      value({ metric: 'price', key: 'e', end: '2026-01-19' }),
      value({ end: '2026-02-09', key: 'f' }),
      { ...value({ key: 'g' }), surprise: 1 },
    ];
    const refused = await post(world, token, { observations: rows }, { query: '?atomic=true' });
    expect(refused.status).toBe(422);
    expect(await world.db.q.select().from(world.db.tables.observations)).toHaveLength(0);
    const taken = await post(world, token, { observations: rows });
    expect(taken.body).toMatchObject({ accepted: 1 });
    const codes = (list: { index: number; code: string }[]) => list.map(({ index, code }) => [index, code]);
    expect(codes(taken.body['quarantined'] ?? [])).toEqual([
      [4, 'unit_differs'],
      [5, 'unknown_metric'],
    ]);
    expect((taken.body['rejected'] as { index: number }[] | undefined)?.map(({ index }) => index)).toEqual([
      1, 2, 3, 6, 7,
    ]);
    const lines = rows
      .slice(0, 2)
      .map((row) => JSON.stringify(row))
      .join('\n');
    expect((await post(world, token, lines, { type: 'application/x-ndjson' })).body).toMatchObject({
      duplicate: 1,
    });
  });

  it('answer a bad body with its status', async () => {
    const world = await startWorld(await openFresh(), { httpPort: 0 });
    const token = await tokenFor(world);
    expect((await post(world, token, '{"observations": [')).status).toBe(400);
    expect((await post(world, token, '[]')).status).toBe(400);
    for (const query of ['?atomic=yes', '?atomic', '?atomic=true&atomic=false', '?dry=true'])
      expect(await post(world, token, { observations: [] }, { query }), query).toMatchObject({
        status: 400,
        body: { error: { code: 'query' } },
      });
    expect((await post(world, token, { observations: [] }, { query: '?atomic=false' })).status).toBe(200);
    expect((await post(world, token, 'a,b', { type: 'text/csv' })).status).toBe(415);
    expect((await post(world, token, ' '.repeat(5 * 1_048_576 + 1))).status).toBe(413);
    expect(
      (await post(world, token, { observations: Array.from({ length: 10_001 }, () => ({})) })).status,
    ).toBe(413);
    expect((await fetch(at(world, '/api/v1/nothing'))).status).toBe(404);
    expect((await fetch(at(world, '/api/v1/observations'))).status).toBe(405);
  });

  it('go on being taken after a request for what is no address', async () => {
    const world = await startWorld(await openFresh(), { httpPort: 0 });
    for (const path of ['//', '///', '//x:99999/', 'http://[', '*', '/%', '/%00'])
      expect(await statusAt(world, path), path).toBe(404);
    expect((await fetch(at(world, '/healthz'))).status).toBe(200);
    expect(world.complaints).toEqual([]);
  });

  it('with a name that stands twice go back, and no list of them is dropped', async () => {
    const world = await startWorld(await openFresh(), { httpPort: 0 });
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-20T08:00:00Z'));
    const token = await tokenFor(world);
    const fine = JSON.stringify(value());
    const twice = `${JSON.stringify(value({ key: 'b', end: '2026-01-19' })).slice(0, -1)},"value":"18"}`;
    const rejected = [
      { index: 1, code: 'repeated_columns', message: '"value" stands there twice. Keep one.' },
    ];
    const answer = await post(world, token, `{"observations": [${fine}, ${twice}]}`);
    expect(answer.body).toMatchObject({ accepted: 1, rejected });
    const lines = await post(world, token, `${fine}\n${twice}`, { type: 'application/x-ndjson' });
    expect(lines.body).toMatchObject({ duplicate: 1, rejected });
    const lists = await post(world, token, `{"observations": [${fine}], "observations": []}`);
    expect(lists).toMatchObject({ status: 400, body: { error: { code: 'repeated_fields' } } });
  });

  it('come as UTF-8 or not at all', async () => {
    const world = await startWorld(await openFresh(), { httpPort: 0 });
    const token = await tokenFor(world);
    const send = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) => {
      const answer = await fetch(at(world, '/api/v1/observations'), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        body,
      });
      const { error } = (await answer.json()) as { error?: { code: string; message: string } };
      return [answer.status, error?.code];
    };
    const body = '{"observations": []}';
    const typed = (charset: string) => ({ 'content-type': `application/json; charset=${charset}` });
    expect(await send(body, typed('UTF-8'))).toEqual([200, undefined]);
    expect(await send(body, typed('"utf-8"'))).toEqual([200, undefined]);
    expect(await send(body, typed('iso-8859-1'))).toEqual([415, 'charset']);
    expect(await send(body, typed('utf-16'))).toEqual([415, 'charset']);
    expect(await send(body, { 'content-encoding': 'identity' })).toEqual([200, undefined]);
    expect(await send(body, { 'content-encoding': 'gzip' })).toEqual([415, 'encoded_body']);
    const latin = new Uint8Array(Buffer.from('{"observations": ["caf\u00e9"]}', 'latin1'));
    expect(await send(latin, {})).toEqual([400, 'not_utf8']);
  });

  it('are limited, and say when to come again', async () => {
    const world = await startWorld(await openFresh(), { httpPort: 0 });
    const token = await tokenFor(world);
    const statuses: number[] = [];
    for (let turn = 0; turn < 101; turn += 1)
      statuses.push(
        (await fetch(at(world, '/api/v1/pilots'), { headers: { authorization: `Bearer ${token}` } })).status,
      );
    expect(statuses.slice(0, 100).every((status) => status === 200)).toBe(true);
    const limited = await fetch(at(world, '/api/v1/pilots'), {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('1');
  });

  it('are set aside with a place to settle them: the unit, the metric, or discarded', async () => {
    const world = await startWorld(await openFresh(), { httpPort: 0 });
    await signedPilot(world, 'Claims triage', { fields: START });
    await addCriterion(world, 'claims-triage', {
      Metric: 'Wrong denials',
      Unit: '%',
      Baseline: '2',
      Target: '2',
    });
    await world.time.advanceTo(Date.parse('2026-01-27T08:00:00Z'));
    const token = await tokenFor(world);
    await post(world, token, {
      observations: [
        value({ unit: 'USD/claim', key: '1' }),
        value({ unit: 'USD/claim', key: '2', end: '2026-01-19', value: '16' }),
        value({ metric: 'denials', unit: '%', key: '3', value: '1.4' }),
        value({ metric: 'mystery', unit: '%', key: '4' }),
      ],
    });
    expect(await asks(world, 'ana', '/pilot mine')).toMatch(/4 numbers are set aside, not counted/);
    await world.control
      .press('ana', { channel: '#general', label: 'Look at them: Claims triage' })
      .catch(() => world.control.press('ana', { channel: '#general', label: 'Look at them' }));
    await world.settle();
    const page = () => world.control.read.text(world.control.openView('ana') as never);
    expect(page()).toMatch(/2 numbers from warehouse/);
    await world.control.pressInView('ana', { label: 'Fix the unit' });
    await world.settle();
    expect(page()).not.toMatch(/USD/);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/€16/);
    await world.control.pressInView('ana', { label: 'Match another metric', blockId: 'aside-0' });
    await world.settle();
    await world.control.fill('ana', { 'These numbers are': 'Wrong denials' });
    await world.control.submit('ana');
    await world.settle();
    const after = await post(world, token, {
      observations: [value({ metric: 'denials', unit: '%', key: '5', end: '2026-01-19', value: '1.3' })],
    });
    expect(after.body).toMatchObject({ accepted: 1, quarantined: [] });
    expect(await asks(world, 'ana', '/pilot mine')).toMatch(/1 number is set aside/);
    expect(await asks(world, 'marek', '/pilot mine')).not.toMatch(/set aside/);
    expect(told(world, 'ana').join()).not.toMatch(/mystery/);
    expect(newest(world, 'ana', '#general')).toMatch(/Look at them/);
    expect(world.complaints).toEqual([]);
  });

  it('can be read back with what was agreed, by tokens that may see it', async () => {
    const world = await startWorld(await openFresh(), { httpPort: 0 });
    await signedPilot(world, 'Claims triage', { fields: START });
    await signedPilot(world, 'Secret plan', {
      fields: { ...START, 'Who can see it': 'Only people with a role' },
    });
    const token = await tokenFor(world);
    const get = async (path: string) => {
      const answer = await fetch(at(world, path), { headers: { authorization: `Bearer ${token}` } });
      return { status: answer.status, text: await answer.text() };
    };
    const list = await get('/api/v1/pilots');
    expect(JSON.parse(list.text)).toMatchObject({
      pilots: [{ key: 'claims-triage', stage: 'build', version: 1 }],
      next: null,
    });
    expect((await get('/api/v1/pilots/secret-plan')).status).toBe(404);
    const guessed = await post(world, token, { observations: [value({ pilot: 'secret-plans' })] });
    expect(guessed.body).toMatchObject({ rejected: [{ code: 'unknown_pilot' }] });
    expect(JSON.stringify(guessed.body)).not.toMatch(/secret-plan\b/);
    expect(JSON.stringify(guessed.body)).toMatch(/Near it: claims-triage/);
    const book = JSON.parse((await get('/api/v1/pilots/claims-triage/logbook')).text) as {
      entries: { kind: string }[];
    };
    expect(book.entries.map(({ kind }) => kind)).toContain('charter_signed');
    expect(JSON.stringify(book)).not.toMatch(/U0ANA|Ana Costa/);
    expect(JSON.parse((await get('/api/v1/openapi.json')).text)).toMatchObject({ openapi: '3.1.0' });
    expect(JSON.parse((await get('/healthz')).text)).toEqual({ alive: true });
    expect((await get('/readyz')).status).toBe(200);
    expect((await get('/metrics')).text).toMatch(/pilotage_outbox_ready 0/);
  });
});
