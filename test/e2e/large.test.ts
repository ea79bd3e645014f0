/** Does everything still fit, and say what it should, when there is far more of it than anybody planned for? */
import { expect, it } from 'vitest';
import { addCriterion, asks, askToSign, newest, register, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { faultsOf, homeOf } from '../support/failing.ts';
import { multiply } from '../support/multiply.ts';
import { commandBody, idOf, sendRaw, submitBody } from '../support/raw-acts.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };

/** What Slack refused, or did only with a warning: nothing of ours should be. */
const refusedBySlack = (world: World) =>
  world.control.read
    .log()
    .filter(({ failure, name }) => failure !== null && name !== 'views.open')
    .map(({ name, failure, answer }) => `${name}: ${failure} ${JSON.stringify(answer)}`);

onBothEngines('far too much', (openFresh) => {
  it('of pilots fits into lists, Home tabs and digests', { timeout: 60_000 }, async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world, 'Claims triage', { fields: START });
    await multiply(db, 300);
    await world.time.advanceTo(Date.parse('2026-01-13T12:00:00Z'));
    expect(await homeOf(world, 'ana')).toMatch(/Waiting for me: 301[\s\S]*and \d+ more[\s\S]*My pilots: 301/);
    expect(await homeOf(world, 'lena')).toMatch(/Other pilots: 301[\s\S]*and 291 more/);
    expect(await asks(world, 'marek', '/pilot list')).toMatch(/1 to 15 of 301[\s\S]*Next 15/);
    for (let page = 0; page < 3; page += 1) {
      await world.control.press('marek', { channel: '#general', label: 'Next 15' });
      await world.settle();
    }
    expect(newest(world, 'marek', '#general')).toMatch(/46 to 60 of 301/);
    expect(await asks(world, 'marek', '/pilot list copy 299')).toMatch(/Copy 299 of many/);
    expect(await asks(world, 'ana', '/pilot mine')).toMatch(/301 things wait for you[\s\S]*and 291 more/);
    expect(await asks(world, 'ana', '/pilot')).toMatch(/301 things wait/);
    await asks(world, 'ana', '/pilot digest now', '#ai-pilots');
    const digest = world.control.read
      .messages('marek', '#ai-pilots')
      .map((one) => world.control.read.text(one));
    expect(digest[0]).toMatch(/AI pilots this week/);
    expect(digest[1]).toMatch(/All 301 pilots|Copy 001/);
    expect(refusedBySlack(world)).toEqual([]);
    expect(faultsOf(world)).toEqual([]);
  });

  it('of criteria stops at forty, and forty can be read, changed, signed and recorded', {
    timeout: 60_000,
  }, async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    const { control } = world;
    await register(world, 'Claims triage', { fields: START });
    await addCriterion(world);
    const t = db.tables;
    const [[metric], [criterion]] = await Promise.all([
      db.q.select().from(t.metrics),
      db.q.select().from(t.criteria),
    ]);
    for (let n = 2; n <= 40; n += 1) {
      const name = `${'Measured thing with a very long name that nobody reads to its end '.slice(0, 74)} ${n}`;
      const own = { id: `metric-${n}`, key: `thing-${n}`, name };
      await db.q.insert(t.metrics).values({ ...metric, ...own } as never);
      await db.q.insert(t.criteria).values({
        ...criterion,
        id: `criterion-${n}`,
        lineage: `criterion-${n}`,
        metric: own.id,
        position: n,
      } as never);
    }
    await asks(world, 'ana', '/pilot criteria claims-triage');
    await control.fill('ana', {
      Metric: 'One more',
      Kind: 'at most',
      Unit: 'hours',
      Baseline: '2',
      Target: '1',
    });
    await world.settle();
    expect((await control.submit('ana')).errorsByLabel['Metric']).toMatch(/has 40 criteria, as many as/);
    await control.closeView('ana', true);
    await asks(world, 'ana', '/pilot criteria claims-triage');
    await control.pressInView('ana', { label: 'Edit', blockId: 'edit-39' });
    await world.settle();
    const ids = control.openView('ana')?.blocks.map(({ block_id: id }) => String(id)) ?? [];
    expect(ids.filter((id) => id.startsWith('remove-'))).toEqual(['remove-39']);
    await control.fill('ana', { Kind: 'at most', Target: '12' });
    await world.settle();
    expect((await control.submit('ana')).ok).toBe(true);
    await world.settle();
    await askToSign(world);
    expect(newest(world, 'priya', 'Pilotage')).toMatch(/More criteria stand under Read all/);
    await control.press('priya', { channel: 'Pilotage', label: 'Read all' });
    await world.settle();
    const page = control.openView('priya');
    expect(page?.blocks.length).toBeLessThanOrEqual(100);
    expect(page === null ? '' : control.read.text(page)).toMatch(/thing-39/);
    await control.closeView('priya', true);
    await control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    await world.time.advanceTo(Date.parse('2026-01-13T12:00:00Z'));
    await asks(world, 'ana', '/pilot record claims-triage');
    expect(control.openView('ana')?.blocks.length).toBeGreaterThan(15);
    await control.fill('ana', { 'Cost per claim, EUR per claim, 5–11 January': '17' });
    expect((await control.submit('ana')).ok).toBe(true);
    await world.settle();
    for (const label of ['How is this computed?', 'See values']) {
      await control.press('ana', { channel: 'Pilotage', label });
      await world.settle();
      expect(control.openView('ana'), label).not.toBeNull();
      await control.closeView('ana', true);
    }
    await asks(world, 'ana', '/pilot criteria claims-triage');
    expect(control.openView('ana')).not.toBeNull();
    expect(refusedBySlack(world)).toEqual([]);
    expect(faultsOf(world)).toEqual([]);
  });

  it('of text is refused with its length, and what fits is shown as it was typed', {
    timeout: 60_000,
  }, async () => {
    const world = await startWorld(await openFresh(), { mode: 'http' });
    const ana = { id: idOf('ana') };
    const form = (name: string, problem: string, id = 'pilot-1') =>
      submitBody(ana, 'register-pilot', JSON.stringify({ m: { id }, c: 'C0CLAIMS001', r: null }), {
        name: { type: 'plain_text_input', value: name },
        problem: { type: 'plain_text_input', value: problem },
        visibility: { type: 'static_select', selected_option: { value: 'workspace' } },
        owner: { type: 'users_select', selected_user: ana.id },
      });
    for (const far of ['x'.repeat(40_000), '&'.repeat(40_000), '👩‍👩‍👧'.repeat(8000)])
      expect(await sendRaw(world, ana, form('Claims', far))).toMatch(
        /Problem has [\d,]+ characters; 3,000 are possible/,
      );
    expect(await sendRaw(world, ana, form('x'.repeat(40_000), 'short'))).toMatch(
      /Name has 40,000 characters/,
    );
    expect(await world.db.q.select().from(world.db.tables.pilots)).toHaveLength(0);
    const name = '<!channel> *Claims* <@U0PRIYA0001> & "triage" \u202egnp\u202c مشروع';
    const long = '&<>"'.repeat(750);
    expect(await sendRaw(world, ana, form(name, long))).toMatch(/"response_action":"clear"/);
    const card = world.control.read.dm('ana', 'Pilotage')[0];
    expect(card?.text).toContain('&lt;!channel&gt;');
    expect(card?.text).not.toMatch(/<!channel>|<@U0PRIYA0001>|\u202e/);
    expect(told(world, 'ana')[0]).toContain('<!channel> *Claims* <@U0PRIYA0001> & "triage"');
    const [pilot] = await world.db.q.select().from(world.db.tables.pilots);
    expect(pilot?.key).toMatch(/^[\p{L}\p{N}-]+$/u);
    const listed = await sendRaw(world, ana, commandBody(ana, 'list mine'));
    expect(listed).toContain('&lt;!channel&gt;');
    expect(await sendRaw(world, ana, commandBody(ana, `show ${'x'.repeat(40_000)}`))).toMatch(/no pilot/);
    expect(await sendRaw(world, ana, commandBody(ana, `${'y'.repeat(40_000)}`))).toMatch(/I do not know/);
    expect(refusedBySlack(world)).toEqual([]);
    expect(faultsOf(world)).toEqual([]);
  });

  it('of a name in Slack is cleaned before it is kept', async () => {
    const world = await startWorld(await openFresh());
    await world.control.people.rename('ana', { realName: 'Ana\u0000 \u202eatsoC\ud800 <!here>' });
    await register(world);
    expect(faultsOf(world)).toEqual([]);
    expect(await asks(world, 'lena', '/pilot show claims-triage')).toMatch(/Claims triage/);
    const people = await world.db.q.select().from(world.db.tables.people);
    expect(people.find(({ id }) => id === idOf('ana'))?.name).toMatch(/^Ana atsoC\ufffd? ?<!here>$/);
  });
});
