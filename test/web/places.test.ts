import { describe, expect, it } from 'vitest';
import { composer, eventually, message, say, seedWithPartner, usePageWorld } from './page-world.ts';

describe('the page', () => {
  const world = usePageWorld({ seed: seedWithPartner });

  it('shows what is said as it is said, to whoever looks', async () => {
    const amara = await world.open('/?as=amara&in=project');
    const bela = await world.open('/?as=bela&in=project');
    await say(amara, 'Hello *all* & <everyone>');
    await message(bela, 'Hello *all* & <everyone>').waitFor();
    expect(await message(bela, 'Hello').locator('.message-name').textContent()).toBe('Amara Osei');
    expect(await composer(amara).inputValue()).toBe('');
  });

  it('becomes somebody else in one click, and stays where that person can be', async () => {
    const page = await world.open('/?as=amara&in=project');
    await page.getByRole('button', { name: 'Be Béla Novák' }).click();
    await page.locator('.self-name').getByText('Béla Novák').waitFor();
    expect(new URL(page.url()).search).toBe('?as=bela&in=project');
    await page.getByRole('button', { name: 'Be Chien Wu' }).click();
    await page.locator('.self-name').getByText('Chien Wu').waitFor();
    await page.getByRole('heading', { name: 'project' }).waitFor();
    await page.getByText('You are not in #project.').waitFor();
  });

  it('takes a person elsewhere who cannot see what is open', async () => {
    const page = await world.open('/?as=amara&in=secret');
    await page.getByRole('heading', { name: 'secret' }).waitFor();
    await page.getByRole('button', { name: 'Be Béla Novák' }).click();
    await page.waitForURL('**/?as=bela&in=general');
    expect(await page.getByRole('navigation', { name: 'Places' }).getByText('secret').count()).toBe(0);
  });

  it('marks guests and people of another company', async () => {
    const page = await world.open('/?as=amara&in=partner');
    await page.getByRole('button', { name: 'Be Eve Martin, other company' }).waitFor();
    await page.getByRole('button', { name: 'Be Dana Whitfield, guest' }).waitFor();
    await world.slack.control.type('eve', '#partner', 'From the other side');
    expect(await message(page, 'From the other side').locator('.message-head').textContent()).toContain(
      'other company',
    );
    await page.getByText('shared with another company').waitFor();
  });

  it('keeps person and place in its address, for a reload and a second tab', async () => {
    const page = await world.open('/?as=dana&in=project');
    await say(page, 'Kept');
    await page.reload();
    await message(page, 'Kept').waitFor();
    const tab = await world.beside(page, '/?as=amara&in=project');
    await say(page, 'From one tab');
    await message(tab, 'From one tab').waitFor();
    await page.goBack();
    await tab.getByRole('button', { name: 'general' }).click();
    await tab.goBack();
    await message(tab, 'From one tab').waitFor();
  });

  it('counts what a person has not read, and no more once they have', async () => {
    const page = await world.open('/?as=amara&in=general');
    const project = page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'project' });
    await world.slack.control.type('bela', '#project', 'Look @amara');
    await project.getByText('1').waitFor();
    await world.slack.control.type('amara', '@bela', 'Only for you');
    const bela = page.getByRole('button', { name: 'Be Béla Novák, 1 unread' });
    await bela.waitFor();
    await project.click();
    await message(page, 'Look').waitFor();
    await project.getByText('1').waitFor({ state: 'detached' });
    expect(await project.getAttribute('data-unread')).toBe('false');
    await bela.click();
    await page.getByRole('button', { name: 'Amara Osei 1 unread' }).click();
    await page.getByRole('button', { name: 'Be Béla Novák', exact: true }).waitFor();
  });

  it('divides what is new from what was there', async () => {
    await world.slack.control.type('bela', '#project', 'Before');
    const page = await world.open('/?as=amara&in=project');
    await message(page, 'Before').waitFor();
    await page.locator('.place[data-unread=false]', { hasText: 'project' }).waitFor();
    await page.getByRole('button', { name: 'general' }).click();
    await world.slack.control.type('bela', '#project', 'After');
    await page.getByRole('button', { name: 'project' }).click();
    const rows = page.locator('.row');
    await message(page, 'After').waitFor();
    await eventually(() =>
      rows.allInnerTexts().then((texts) => texts.map((text) => text.split('\n')[0])),
    ).toEqual(['Today', 'Béla Novák', 'New', 'Béla Novák']);
  });

  it('lets a person join a channel and read one that is archived', async () => {
    const page = await world.open('/?as=chien&in=project');
    await page.getByRole('button', { name: 'Join' }).click();
    await say(page, 'Here I am');
    await message(page, 'Here I am').waitFor();
    await page.locator('.system-line').getByText('Chien Wu joined.').waitFor();
    await world.slack.control.channels.archive('#project');
    await page.getByText('This channel is archived.').waitFor();
    expect(await composer(page).count()).toBe(0);
  });

  it('writes to somebody for the first time', async () => {
    const page = await world.open('/?as=amara&in=general');
    await page.getByRole('button', { name: 'Somebody else' }).click();
    await page.getByRole('button', { name: 'Chien Wu', exact: true }).click();
    await say(page, 'Good morning');
    await message(page, 'Good morning').waitFor();
    expect(world.slack.control.read.dm('chien', 'amara').map(({ text }) => text)).toEqual(['Good morning']);
  });

  it('says so when there is nobody of that name', async () => {
    const page = await world.open('/?as=nobody');
    await page.getByRole('alert').getByText('No person "nobody" here.').waitFor();
    await page.getByRole('button', { name: 'Begin again' }).click();
    await page.locator('.self-name').getByText('Amara Osei').waitFor();
  });
});
