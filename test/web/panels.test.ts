import { describe, expect, it } from 'vitest';
import { callApi } from '../sandbox/call-api.ts';
import { composer, eventually, message, say, usePageWorld } from './page-world.ts';

const hour = 3_600_000;
const monday = Date.UTC(2026, 0, 5, 8);

describe('the demo around the sandbox', () => {
  const clock = { at: monday, now: () => clock.at };
  const advanced: string[] = [];
  let done = false;
  const world = usePageWorld({
    sandbox: {
      clock,
      serve(request, response) {
        if (request.url?.startsWith('/demo/') !== true) return false;
        const answer = (status: number, body: object): void => {
          response.writeHead(status, { 'content-type': 'application/json' });
          response.end(JSON.stringify(body));
        };
        if (request.url === '/demo/state') answer(200, {});
        else if (request.url === '/demo/story') answer(200, storyOf(done));
        else {
          request.on('data', (data) => {
            const { advance } = JSON.parse(String(data)) as { advance: string };
            advanced.push(advance);
            if (advance === 'next') return answer(409, { error: 'Nothing more will happen.' });
            clock.at += hour;
            void world.slack.runDue().then(() => answer(200, {}));
          });
        }
        return true;
      },
    },
  });
  const storyOf = (ticked: boolean) => ({
    title: 'Sign a charter',
    intro: 'Be *anyone*.',
    chapters: [
      {
        title: 'One',
        steps: [
          {
            id: '1',
            text: 'Say hello as Béla',
            as: 'bela',
            where: '#project',
            command: 'Hello from Béla',
            done: ticked,
          },
          { id: '2', text: 'Look at the Home', where: 'Test app', done: false },
        ],
      },
    ],
  });

  it('moves the clock, which reads in the zone of who looks', async () => {
    clock.at = monday;
    const page = await world.open('/?as=bela&in=project');
    await page.locator('.clock-face').getByText('Mon, 5 Jan 2026, 09:00').waitFor();
    await page.getByRole('button', { name: '+1 hour' }).click();
    await page.locator('.clock-face').getByText('Mon, 5 Jan 2026, 10:00').waitFor();
    await page.getByRole('button', { name: 'Be Chien Wu' }).click();
    await page.locator('.clock-face').getByText('Mon, 5 Jan 2026, 17:00').waitFor();
    await page.getByRole('button', { name: 'Next thing that happens' }).click();
    await page.getByText('Nothing more will happen.').waitFor();
    expect(advanced).toEqual(['1h', 'next']);
  });

  it('suggests what to try, helps with it, and ticks what is done', async () => {
    done = false;
    const page = await world.open('/?as=amara&in=general');
    const story = page.getByRole('region', { name: 'Try this' });
    await story.getByText('0 of 2').waitFor();
    await story.getByRole('button', { name: 'Be Béla' }).click();
    await story.getByRole('button', { name: 'You are Béla' }).waitFor();
    await story.getByRole('button', { name: 'Go there' }).first().click();
    await page.getByRole('heading', { name: 'project' }).waitFor();
    await page.getByRole('button', { name: 'Be Amara Osei' }).click();
    await page.getByRole('button', { name: 'general' }).click();
    await story.getByRole('button', { name: 'Type it for me' }).click();
    await page.getByRole('heading', { name: 'project' }).waitFor();
    await eventually(() => composer(page).inputValue()).toBe('Hello from Béla');
    done = true;
    await page.keyboard.press('Enter');
    expect(await message(page, 'Hello from Béla').locator('.message-name').textContent()).toBe('Béla Novák');
    await story.getByText('1 of 2').waitFor();
    await story.getByRole('button', { name: 'Go there' }).click();
    await page.getByRole('navigation', { name: 'Tabs of Test app' }).waitFor();
  });
});

describe('without a demo around it', () => {
  const world = usePageWorld();

  it('there is no story and the time is not moved', async () => {
    const page = await world.open('/?as=amara&in=project');
    await composer(page).waitFor();
    await page.locator('.clock-face').waitFor();
    expect(await page.getByRole('button', { name: '+1 hour' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Try this' }).count()).toBe(0);
  });
});

describe('the inspector', () => {
  const world = usePageWorld({
    listen(app) {
      app.command('/test', async ({ ack }) => ack({ text: 'Answered' }));
    },
  });

  it('shows every call and delivery with what was sent and answered', async () => {
    const page = await world.open('/?as=amara&in=project');
    await page.getByRole('button', { name: 'Inspector', exact: true }).click();
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await say(page, '/test something');
    const line = inspector.locator('.journal-line', { hasText: '/test' });
    await line.click();
    expect(await line.innerText()).toMatch(/Amara Osei · #project\s+[\d.]+ ms/);
    const entry = page.getByRole('article', { name: /^Line/ });
    expect(await entry.getByRole('region', { name: 'Sent to the app' }).innerText()).toContain(
      '"text": "something"',
    );
    expect(await entry.getByRole('region', { name: 'Acknowledged with' }).innerText()).toContain(
      '"text": "Answered"',
    );
  });

  it('can be narrowed to a method, a person, or trouble', async () => {
    await callApi(world.slack, 'chat.postMessage', { channel: 'C0PROJECT01', blocks: [{ type: 'divider' }] });
    await callApi(world.slack, 'chat.postMessage', { channel: 'C0PROJECT01', text: '' });
    await world.slack.control.command('amara', '#project', '/test');
    await world.slack.control.command('bela', '#project', '/test');
    const page = await world.open('/?as=amara&in=project');
    await page.getByRole('button', { name: 'Inspector', exact: true }).click();
    const inspector = page.getByRole('region', { name: 'Inspector' });
    const names = () => inspector.locator('.line-name').allInnerTexts();
    await inspector.getByLabel('Filter by method').fill('POSTMessage');
    await eventually(names).toEqual(['chat.postMessage', 'chat.postMessage']);
    await inspector.getByLabel('Filter by method').fill('');
    await inspector.getByLabel('Filter by person').selectOption('Béla Novák');
    const shown = async () => [
      await inspector.getByLabel('Filter by method').inputValue(),
      await inspector.getByLabel('Filter by person').inputValue(),
      ...(await names()),
    ];
    await eventually(shown).toEqual(['', 'U0BELA00001', '/test']);
    await inspector.getByLabel('Filter by person').selectOption('Everyone');
    await inspector.getByLabel('Only trouble').check();
    await eventually(names).toEqual(['chat.postMessage', 'chat.postMessage']);
    expect(await inspector.locator('.line-failure').allInnerTexts()).toEqual(['no_text']);
    expect(await inspector.locator('.line-warning').first().getAttribute('title')).toContain(
      'No text beside the blocks',
    );
  });

  it('shows what is older when it is asked for', async () => {
    for (let n = 0; n < 310; n += 1) await callApi(world.slack, 'api.test', { n: String(n) });
    const page = await world.open('/?as=amara&in=project');
    await page.getByRole('button', { name: 'Inspector', exact: true }).click();
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await inspector.getByLabel('Filter by method').fill('api.test');
    await eventually(() => inspector.locator('.journal-line').count()).toBe(300);
    await inspector.getByRole('button', { name: 'Show older' }).click();
    await eventually(() => inspector.locator('.journal-line').count()).toBe(310);
  });
});
