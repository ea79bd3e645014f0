import { describe, expect, it } from 'vitest';
import { callApi } from '../sandbox/call-api.ts';
import { composer, eventually, message, openMenu, say, usePageWorld } from './page-world.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('a message', () => {
  const world = usePageWorld();

  it('reads as Slack formats it', async () => {
    await world.post('C0PROJECT01', {
      blocks: [
        section(
          '*Cost* of 2*3*4 &lt;b&gt; at 10:00:30 # not a heading\n<https://example.com/a?b=1&amp;c=2|a link> <@U0BELA00001> <#C0GENERAL01> `x &lt; y`\n&gt; said\n```a  *b*```',
        ),
      ],
    });
    const page = await world.open('/?as=amara&in=project');
    const said = message(page, 'Cost');
    expect(await said.locator('.section-text').innerText()).toBe(
      'Cost of 2*3*4 <b> at 10:00:30 # not a heading\na link @Béla Novák #general x < y\nsaid\na  *b*',
    );
    expect(await said.locator('strong').allInnerTexts()).toEqual(['Cost']);
    expect(await said.getByRole('link', { name: 'a link' }).getAttribute('href')).toBe(
      'https://example.com/a?b=1&c=2',
    );
    await said.getByRole('link', { name: '#general' }).click();
    await page.getByRole('heading', { name: 'general' }).waitFor();
  });

  it('shows times in the zone of who looks', async () => {
    await world.post('C0PROJECT01', { text: 'At <!date^1767600000^{date_num} {time}|some time>' });
    const amara = await world.open('/?as=amara&in=project');
    await message(amara, 'At 2026-01-05 8:00 AM').waitFor();
    await amara.getByRole('button', { name: 'Be Béla' }).click();
    await message(amara, 'At 2026-01-05 9:00 AM').waitFor();
  });

  it('is changed and taken away before the eyes of who reads', async () => {
    const ts = await world.post('C0PROJECT01', { text: 'First words' });
    const page = await world.open('/?as=amara&in=project');
    await message(page, 'First words').waitFor();
    await callApi(world.slack, 'chat.update', { channel: 'C0PROJECT01', ts, text: 'Better words' });
    await message(page, 'Better words').getByText('(edited)').waitFor();
    await callApi(world.slack, 'chat.delete', { channel: 'C0PROJECT01', ts });
    await message(page, 'Better words').waitFor({ state: 'detached' });
  });

  it('that one person sees is marked, can be dismissed, and nobody else has it', async () => {
    const ephemeral = { channel: 'C0PROJECT01', user: 'U0AMARA0001', text: 'Between us' };
    await callApi(world.slack, 'chat.postEphemeral', ephemeral);
    const amara = await world.open('/?as=amara&in=project');
    const tab = await world.beside(amara, '/?as=amara&in=project');
    const bela = await world.open('/?as=bela&in=project');
    await message(tab, 'Between us').waitFor();
    await message(amara, 'Between us').getByText('Only visible to you').waitFor();
    await message(amara, 'Between us').getByRole('button', { name: 'Dismiss' }).click();
    await message(tab, 'Between us').waitFor({ state: 'detached' });
    await bela.getByText('Nothing has been said here yet.').waitFor();
  });

  it('has a thread beside it', async () => {
    const { ts } = await world.slack.control.type('bela', '#project', 'What do we do?');
    const page = await world.open('/?as=amara&in=project');
    await message(page, 'What do we do?').hover();
    await page.getByRole('button', { name: 'Reply in thread' }).click();
    const thread = page.getByRole('region', { name: 'Thread #project' });
    await thread.getByRole('combobox', { name: 'Reply in this thread' }).fill('This');
    await page.keyboard.press('Enter');
    await thread.locator('.message', { hasText: 'This' }).waitFor();
    await message(page, 'What do we do?').getByRole('button', { name: '1 reply' }).waitFor();
    expect(new URL(page.url()).searchParams.get('thread')).toBe(ts);
    await world.slack.control.type('bela', '#project', 'Or that', { threadTs: ts });
    await thread.locator('.message', { hasText: 'Or that' }).waitFor();
    expect(await page.locator('.scroller .message').count()).toBe(1);
    await page.reload();
    await thread.locator('.message', { hasText: 'Or that' }).waitFor();
    await thread.getByRole('button', { name: 'Close the thread' }).click();
    await thread.waitFor({ state: 'detached' });
  });

  it('carries reactions that a press adds and takes back', async () => {
    const { ts } = await world.slack.control.type('bela', '#project', 'Done');
    await world.slack.control.react('bela', { channel: '#project', ts, name: 'tada' });
    const page = await world.open('/?as=amara&in=project');
    const reaction = page.getByRole('button', { name: 'tada: Béla Novák, 1' });
    await reaction.click();
    await page.getByRole('button', { name: 'tada: Béla Novák, you, 2', pressed: true }).click();
    await reaction.waitFor();
    await openMenu(message(page, 'Done'));
    await page.getByRole('menuitem', { name: 'React with eyes' }).click();
    await page.getByRole('button', { name: 'eyes: you, 1' }).waitFor();
  });

  it('shows pictures and other files', async () => {
    await upload(
      'chart.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
      'Cost falls',
    );
    await upload('values.csv', 'a,b\n1,2\n', 'Values');
    const page = await world.open('/?as=amara&in=project');
    const picture = page.getByRole('img', { name: 'Cost falls' });
    await eventually(() =>
      picture.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth),
    ).toBeGreaterThan(0);
    const file = page.getByRole('link', { name: 'values.csv' });
    expect(await file.innerText()).toContain('8 bytes');
    expect(
      await (await page.request.get(`${world.slack.url}${await file.getAttribute('href')}`)).text(),
    ).toBe('a,b\n1,2\n');
  });

  it('of an older shape shows its attachments', async () => {
    await world.post('C0PROJECT01', {
      attachments: [
        { color: 'good', title: 'Build', text: '*Passed*', fields: [{ title: 'Took', value: '3 min' }] },
      ],
    });
    const page = await world.open('/?as=amara&in=project');
    const attachment = page.locator('.attachment');
    expect(await attachment.innerText()).toMatch(/^Build\s+Passed\s+Took\s+3 min$/);
  });

  it('that Slack would refuse shows the refusal in its place', async () => {
    await world.post('C0PROJECT01', { text: 'Before it' });
    const page = await world.open('/?as=amara&in=project');
    await message(page, 'Before it').waitFor();
    await callApi(world.slack, 'chat.postMessage', {
      channel: 'C0PROJECT01',
      text: 'The words of it',
      blocks: [section('x'.repeat(3001))],
    });
    await world.post('C0PROJECT01', { text: 'After it' });
    const refusal = page.locator('.refusal');
    await refusal.getByText('Slack would refuse this.').waitFor();
    await message(page, 'After it').waitFor();
    expect(await refusal.innerText()).toContain(
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    );
    expect(await refusal.innerText()).toContain('The words of it');
    const order = await page.locator('.scroller :is(.message, .refusal)').allInnerTexts();
    expect(order.map((text) => /Before it|refuse|After it/.exec(text)?.[0])).toEqual([
      'Before it',
      'refuse',
      'After it',
    ]);
    await refusal.getByRole('button', { name: 'Show in the inspector' }).click();
    await page.getByRole('article', { name: /^Line/ }).getByText('Failed: invalid_blocks').waitFor();
  });

  it('with a block nobody knows shows it as a labelled box', async () => {
    await world.post('C0PROJECT01', { blocks: [section('Known'), { type: 'divider', block_id: 'odd' }] });
    const page = await world.open('/?as=amara&in=general');
    await page.route('**/control/page/messages', async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replaceAll('"type":"divider"', '"type":"hologram","depth":3');
      await route.fulfill({ response, body });
    });
    await page.getByRole('button', { name: 'project' }).click();
    const box = message(page, 'Known').locator('.unknown-box');
    await box.getByText('This page cannot draw this block: hologram').click();
    expect(await box.locator('pre').innerText()).toContain('"depth": 3');
  });

  it('can be looked at as JSON', async () => {
    await world.post('C0PROJECT01', { blocks: [section('Look inside')] });
    const page = await world.open('/?as=amara&in=project');
    await openMenu(message(page, 'Look inside'));
    await page.getByRole('menuitem', { name: 'Show its JSON' }).click();
    const dialog = page.getByRole('dialog', { name: 'This message as JSON' });
    expect(await dialog.locator('pre').innerText()).toContain('"text": "Look inside"');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  const upload = (filename: string, content: string, altText: string) =>
    world.app.app.client.files.uploadV2({ channel_id: 'C0PROJECT01', filename, content, alt_text: altText });
});

describe('the box to write in', () => {
  const world = usePageWorld({
    listen(app) {
      app.command('/test', async ({ ack, command }) => {
        if (command.text !== 'silence') await ack({ text: `You said ${command.text}` });
      });
      app.shortcut('start', async ({ ack, body, client }) => {
        await ack();
        const view = { type: 'modal' as const, title: plain('Started') as never, blocks: [] };
        await client.views.open({ trigger_id: body.trigger_id, view });
      });
      app.shortcut('attach', async ({ ack, body }) => {
        await ack();
        world.app.heard.push(body.type);
      });
    },
    sandbox: { ackTimeoutMs: 250 },
  });

  it('completes commands, people and channels', async () => {
    const page = await world.open('/?as=amara&in=project');
    await composer(page).pressSequentially('/t');
    const command = page.getByRole('option', { name: '/test [help] Tries things · Test app' });
    await command.waitFor();
    await page.keyboard.press('Tab');
    expect(await composer(page).inputValue()).toBe('/test ');
    await composer(page).pressSequentially('@bé');
    await page.getByRole('option', { name: 'Béla Novák @bela' }).click();
    await composer(page).pressSequentially('#gen');
    await page.keyboard.press('Enter');
    expect(await composer(page).inputValue()).toBe('/test @bela #general ');
    await page.keyboard.press('Enter');
    await message(page, 'You said').waitFor();
    expect(world.delivered('/test')).toMatchObject({ text: '<@U0BELA00001|bela> <#C0GENERAL01|general>' });
  });

  it('says what Slack says when the app does not answer, and keeps what was typed', async () => {
    const page = await world.open('/?as=amara&in=project');
    await say(page, '/test silence');
    await page.getByText('/test failed with the error "operation_timeout"').waitFor();
    expect(await composer(page).inputValue()).toBe('/test silence');
    await say(page, '/other thing');
    await page.getByText('/other is not a valid command.').waitFor();
  });

  it('keeps what is not sent for each place', async () => {
    const page = await world.open('/?as=amara&in=project');
    await composer(page).fill('Half a');
    await page.getByRole('button', { name: 'general' }).click();
    await eventually(() => composer(page).inputValue()).toBe('');
    await page.getByRole('button', { name: 'project' }).click();
    await eventually(() => composer(page).inputValue()).toBe('Half a');
  });

  it('offers shortcuts, of everywhere and of a message', async () => {
    const page = await world.open('/?as=amara&in=project');
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByRole('menuitem', { name: 'Start a thing' }).click();
    await page.getByRole('dialog', { name: 'Started' }).getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await say(page, 'Attach this');
    await openMenu(message(page, 'Attach this'));
    await page.getByRole('menuitem', { name: 'Attach to a thing' }).click();
    await eventually(() => world.app.heard).toEqual(['message_action']);
  });

  it('sends with Enter and breaks the line with Shift and Enter', async () => {
    const page = await world.open('/?as=amara&in=project');
    await composer(page).pressSequentially('One');
    await page.keyboard.press('Shift+Enter');
    await composer(page).pressSequentially('Two');
    await page.keyboard.press('Enter');
    await message(page, 'One').waitFor();
    expect(world.slack.control.read.messages('bela', '#project').map(({ text }) => text)).toEqual([
      'One\nTwo',
    ]);
  });
});
